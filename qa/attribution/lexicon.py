"""The word lists of the rules, in lower case; what each is for stands above it."""

from __future__ import annotations

from qa.text.vocabulary import MONTHS, WEEKDAYS

__all__ = [
    "ADDRESSED",
    "AGENTS",
    "CLAUSE_VERBS",
    "COLLECTIVES",
    "CROWDS",
    "DETERMINERS",
    "DOCUMENTS",
    "EPITHETS",
    "FEMALE",
    "FIRMS",
    "GOVERNING",
    "HONORIFICS",
    "INVERTING",
    "IN_BUSINESS",
    "MALE",
    "MEDIA",
    "NAME_PARTICLES",
    "NEVER_A_NAME",
    "NOT_PEOPLE",
    "OBJECT_VERBS",
    "OFFICES",
    "ORGANISATIONS",
    "OUTLETS",
    "POST_NOMINALS",
    "PREPOSITIONS",
    "PRONOUNS",
    "ROLES",
    "ROYAL",
    "RUNNING",
    "SOMEBODY",
    "STOPS",
    "SURNAMES",
    "UNRESOLVED",
]


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


# Verbs whose object is a clause or a quotation: "said that …", "said: “…”".
CLAUSE_VERBS = _words(
    """
    say tell write add ask announce note report argue explain declare claim insist warn suggest acknowledge concede
    admit confirm reply respond answer tweet predict promise pledge vow urge assert allege maintain stress emphasize
    emphasise reiterate repeat recall remark observe complain joke conclude reveal estimate contend caution counter
    indicate signal signalle agree advise deny lament continue quip testify echo shout assure remind criticize
    criticise
    """
)
# Verbs whose object is what they judge: "praised the staff", "described the vote as a farce".
OBJECT_VERBS = _words(
    """
    describe praise condemn reject dismiss welcome denounce blame accuse reaffirm dispute demand defend blast slam
    deride decry propose mock
    """
)
# They may stand before their subject: "“…,” said Wilma Oduya".
INVERTING = _words(
    """
    said says wrote writes added adds asked replied explained warned noted tweeted recalled joked argued
    """
)
# Whoever is spoken to stands between them and what is said: "told the committee that".
ADDRESSED = _words(
    """
    told tells tell telling assured assures assuring reminded reminds reminding
    """
)
# What people are called beside their names.
ROLES = _words(
    """
    president pres president-elect vice-president chancellor minister premier secretary secretary-general
    undersecretary senator sen sens representative rep reps congressman congresswoman lawmaker governor gov
    governor-elect mayor councillor councilman councilwoman alderman delegate del assemblyman assemblywoman
    legislator mp whip chairman chairwoman chairperson chair co-chair co-chairman commissioner director inspector
    chief general gen colonel col admiral adm major maj captain capt lieutenant lt sergeant sgt detective sheriff
    marshal judge justice professor doctor dr prof spokesman spokeswoman spokesperson envoy ambassador diplomat
    negotiator leader candidate nominee hopeful contender front-runner frontrunner challenger incumbent rival
    opponent speaker officer nurse teacher headteacher headmistress principal dean provost librarian editor reporter
    journalist correspondent columnist commentator anchor host moderator pundit farmer baker biologist physician
    surgeon psychologist sociologist scholar fellow engineer manager coach master attorney lawyer counsel prosecutor
    solicitor treasurer economist strategist consultant lobbyist operative analyst author writer novelist poet
    historian adviser advisor aide staffer assistant surrogate head rabbi pastor priest reverend rev imam bishop
    archbishop cardinal lord lady sir king queen prince princess pope emperor sultan emir mr messrs mrs ms miss
    cleaner scientist researcher executive ceo founder co-founder owner investor developer entrepreneur businessman
    businesswoman billionaire mogul tycoon financier partner donor coordinator organizer organiser pollster actor
    actress comedian singer rapper musician composer filmmaker artist designer player quarterback fisherman
    firefighter driver veteran son-in-law daughter-in-law wife husband widow son daughter father mother brother
    sister expert specialist activist advocate critic supporter student resident voter neighbor neighbour deputy
    member star auditor supervisor superintendent supt insp det constable const corporal cpl cllr fr dame shri smt ing
    commander cmdr brigadier warden trustee clerk magistrate barrister coroner registrar curator conductor chef pilot
    skipper presenter broadcaster co-host producer photographer archaeologist geologist paramedic midwife vicar rector
    deacon abbot chaplain td mep cfo coo cto cio ombudsman trooper examiner astrologer astronaut astronomer
    meteorologist forecaster climatologist epidemiologist virologist immunologist anthropologist criminologist
    statistician mathematician chemist physicist ecologist zoologist entomologist veterinarian pediatrician
    paediatrician cardiologist dermatologist psychiatrist pharmacist dietitian nutritionist therapist counselor
    counsellor caseworker playwright screenwriter choreographer cinematographer illustrator photojournalist
    podcaster influencer blogger goalkeeper striker midfielder defender pitcher slugger boxer wrestler gymnast
    golfer swimmer sprinter skier cyclist rower jockey
    """
)
# At the end of a word that stands beside a name as only a role can, these make it one.
AGENTS = ("er", "or", "ist", "ian", "eer", "man", "woman", "person")
# Letters behind a name: "Dara Hollis MP".
POST_NOMINALS = _words(
    """
    mp mps td mep msp mla mlc qc kc sc obe mbe cbe phd md rn esq
    """
)
# Titles before a given name alone.
ROYAL = _words(
    """
    king queen prince princess pope emperor empress duke duchess
    """
)
# Titles that say nothing about what somebody does.
HONORIFICS = _words(
    """
    mr mrs ms miss dr prof sir lady dame shri smt ing
    """
)
# Titles of men and of women.
MALE = _words(
    """
    mr sir lord fr shri king prince congressman chairman spokesman husband son son-in-law father brother grandfather
    uncle businessman fisherman rabbi pope councilman alderman assemblyman statesman
    """
)
FEMALE = _words(
    """
    mrs ms miss lady dame smt queen princess congresswoman chairwoman spokeswoman wife daughter daughter-in-law mother
    sister grandmother aunt widow businesswoman headmistress actress councilwoman assemblywoman
    """
)
# Parts of surnames.
NAME_PARTICLES = _words(
    """
    von van der den de di da del della dos la le el al bin ibn ten ter du des st zu
    """
)
# Capitalised at the head of a sentence, and no part of a name.
NEVER_A_NAME = frozenset((*MONTHS, *WEEKDAYS)) | _words(
    """
    the a an but and or on in at after before when while from for with by as if according however meanwhile asked
    last this that these those it its he she they we i his her their our my what who why how where there here not
    nobody no one two three four some many most both each all another former also still now then so yet because
    although though since despite during until under over about against among like
    via per speaking citing calling given whether either neither even only just yes well look okay maybe perhaps
    indeed instead thus today yesterday tomorrow earlier later again once first second finally beyond had has have
    is was were are do does did can could would should besides within without across behind below above toward near
    inside outside throughout following amid plus several any every few other others jan feb mar apr jun jul aug
    sept sep oct nov dec mon tue wed thu fri sat sun editor's thanks dear gold good more old young late early next
    including unlike
    """
)
# Nouns that take up an organisation again: "the company".
ORGANISATIONS = _words(
    """
    company firm union trust group office council agency ministry cooperative party committee club hospital school
    university college museum bank fund department bureau commission association society network newspaper magazine
    channel broadcaster station website campaign team organisation organization police administration government
    parliament congress senate panel court foundation institute board alliance coalition league federation bloc army
    airline automaker carmaker retailer carrier manufacturer startup nonprofit charity utility lender platform
    supermarket publisher studio military navy regime cabinet embassy caucus authority corporation service
    institution think-tank
    """
)
# Of these, what any of them may be called without having the word in its name.
FIRMS = _words(
    """
    company firm group organization organisation outlet airline automaker carmaker retailer carrier manufacturer startup
    nonprofit charity utility lender platform publisher
    """
)
# What takes up a paper or a channel that was named: "the broadcaster".
OUTLETS = _words(
    """
    paper newspaper magazine broadcaster network outlet publication tabloid daily weekly site website channel station
    radio
    """
)
# Words in the names of papers and channels.
MEDIA = _words(
    """
    times post journal tribune herald news press gazette globe today daily weekly review nbc cbs abc cnn msnbc espn bbc
    fox politico bloomberg reuters guardian telegraph independent mirror standard express dispatch courier inquirer
    enquirer ledger observer register chronicle examiner sentinel beacon tv radio mail
    """
)
# Words in the names of institutions and places, and in no person's.
NOT_PEOPLE = ORGANISATIONS | _words(
    """
    times post journal tribune herald news press gazette globe today daily weekly review house forum conference
    convention center centre institution initiative project program programme act law bill treaty agreement pact
    plan report poll survey study index union unions republicans democrats americans states nations state nation
    city county street avenue road boulevard square park beach hall tower hotel airport river lake island islands
    mountain valley bay ocean sea coast north south east west northern southern eastern western district province
    region day night week year election elections primary debate war wars world inc corp ltd llc co plc holdings
    partners group hospital church cathedral republic kingdom empire capitol pentagon kremlin security intelligence
    defense defence treasury homeland affairs relations america american policy international national federal
    university facebook twitter google microsoft amazon apple youtube instagram bloomberg reuters politico nato fox
    nbc cbs abc cnn msnbc espn bbc isis isil medicare medicaid obamacare brexit nafta wall olympics cup series
    dam bridge canal cafe cantina restaurant diocese archdiocese seminary ministries clinic laboratory
    stadium game team statesman arena garden gardens field tv radio police army navy force forces guard corps agency
    supreme circuit appeals united first general global sentinel beacon examiner observer register chronicle
    guardian telegraph independent mirror standard express dispatch courier inquirer enquirer ledger pac super
    legion research pew gallup columbia association markets solutions democrat republican new technologies systems
    industries airlines motors brothers rock music festival prize award awards
    """
)
# Of these, the ones that are surnames as well: "Kanye West", "Don Guardian".
SURNAMES = _words(
    """
    bloomberg fox west day hall park lake street wall bay north house law post rock guardian beach island hill
    rivers weeks guard pew bush
    """
)
# Things that are written, and no speakers: "the report".
DOCUMENTS = _words(
    """
    poll report study survey article story book memo memoir email emails letter ad ads advertisement video recording
    filing complaint lawsuit document documents transcript analysis account piece column editorial tweet tweets
    message law bill ruling order indictment affidavit records data figures returns headline note review biography
    polls reports studies surveys script plan statement statistics website
    """
)
# With a country or an office before them they speak for it: "U.S. officials".
COLLECTIVES = _words(
    """
    officials authorities negotiators diplomats prosecutors investigators regulators police
    """
)
# Many, and no organisation.
CROWDS = _words(
    """
    experts analysts voters republicans democrats supporters survivors victims families candidates participants
    groups aides sources critics observers scientists researchers economists protesters residents lawmakers senators
    leaders members activists conservatives liberals people americans men women students workers projections
    politicos others many both neither some half attorneys lawyers advisers advisors allies friends colleagues
    strategists advocates scholars historians executives millennials hundreds thousands two-thirds messages unions
    anyone someone everyone everybody somebody nobody politicians reporters journalists doctors physicians figures
    crowd funds governments movement
    """
)
# What a person is called who has been named before: "the New York businessman".
EPITHETS = _words(
    """
    businessman businesswoman billionaire mogul tycoon nominee candidate hopeful contender front-runner frontrunner
    senator congressman congresswoman lawmaker governor mayor politician republican democrat libertarian independent
    native mother father grandmother grandfather celebrity star veteran developer magnate
    """
)
# Of these, offices; those who run for one; those who are in business.
OFFICES = _words(
    """
    president senator sen governor gov congressman congresswoman rep lawmaker mayor secretary
    """
)
RUNNING = _words(
    """
    nominee candidate hopeful contender front-runner frontrunner
    """
)
IN_BUSINESS = _words(
    """
    businessman businesswoman billionaire mogul tycoon developer magnate
    """
)
# Whoever stands after one of these heads no phrase: "an aide to Mitch McConnell".
GOVERNING = _words(
    """
    for to by with from about in at on like against nor of including
    """
)
# One human being, and nobody in particular.
SOMEBODY = _words(
    """
    man woman person boy girl employee worker official insider witness victim suspect caller attendee protester
    narrator source friend colleague teenager mom dad child
    """
)
# Whole subjects.
PRONOUNS = _words(
    """
    he she they it we i you who
    """
)
# Pronouns that may mean anybody.
UNRESOLVED = _words(
    """
    they we i you it who its
    """
)
# Words with which a subject may begin.
DETERMINERS = _words(
    """
    the a an one some many most several two three four five six both no another his her its their our my other few
    all each every these those this that nobody everyone everybody neither more
    """
)
# Words with which an adverbial begins, and no subject.
PREPOSITIONS = _words(
    """
    in on at from to during after before with by for about against under over through amid despite since while as
    when of last earlier speaking asked who had late later
    """
)
# Words at which a subject ends, seen from the verb.
STOPS = _words(
    """
    but or nor that which when while if because as where what how whether than so although though since before after
    until however yet is was were are be been being has had have will would could should may might can did does do
    not then why unless despite said says told also
    """
)
