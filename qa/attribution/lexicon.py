"""The word lists of the rules, in lower case; what each is for stands above it."""

from __future__ import annotations

__all__ = [
    "ADDRESSED",
    "CLAUSE_VERBS",
    "DETERMINERS",
    "FEMALE",
    "HONORIFICS",
    "INVERTING",
    "MALE",
    "NAME_PARTICLES",
    "NEVER_A_NAME",
    "OBJECT_VERBS",
    "ORGANISATIONS",
    "PREPOSITIONS",
    "PRONOUNS",
    "ROLES",
    "STOPS",
    "UNRESOLVED",
]


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


# Verbs whose object is a clause or a quotation: "said that …", "said: “…”".
CLAUSE_VERBS = _words(
    """
    say tell write add ask announce note report argue explain declare claim insist warn suggest acknowledge concede
    admit confirm reply respond answer tweet predict promise pledge vow urge assert allege maintain stress
    emphasize emphasise reiterate repeat recall remark observe complain joke conclude reveal estimate contend caution
    counter indicate signal signalle agree advise deny lament continue quip testify echo shout
    assure remind criticize criticise
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
    president chancellor minister premier secretary senator representative congressman congresswoman governor mayor
    councillor chairman chairwoman chair commissioner director inspector chief general colonel judge justice professor
    doctor dr prof sen rep gov gen lt col sgt spokesman spokeswoman spokesperson envoy ambassador leader candidate
    secretary-general speaker officer nurse teacher headteacher headmistress librarian editor farmer baker biologist
    manager coach master attorney treasurer economist strategist analyst author historian adviser advisor head rabbi
    pastor bishop lord lady sir king queen prince princess pope mr mrs ms miss cleaner scientist researcher lawyer
    executive founder owner coordinator pollster host actor actress singer player captain fisherman firefighter driver
    son-in-law wife husband son daughter expert activist organizer organiser student resident deputy
    """
)
# Titles that say nothing about what somebody does.
HONORIFICS = _words(
    """
    mr mrs ms miss dr prof sir lady
    """
)
# Titles and given names (the common ones in English-language news) of men and of women.
MALE = _words(
    """
    mr sir lord king prince congressman chairman spokesman husband son son-in-law fisherman rabbi pope donald barack
    joe bill george john james robert michael william david richard charles thomas mark paul steven steve andrew kevin
    brian edward ronald anthony jeff jeffrey scott eric stephen jonathan larry frank raymond gregory samuel patrick
    jack dennis jerry ted marco ben bernie mitch mike tim peter josh chris christopher daniel matthew jason ryan adam
    nathan henry keith roger carl arthur albert joseph philip louis harry vladimir volodymyr friedrich emmanuel keir
    olaf jared dmitry alexander antonio jose juan carlos luis manuel ahmed mohammed hassan rudy newt rand rick
    """
)
FEMALE = _words(
    """
    mrs ms miss lady queen princess congresswoman chairwoman spokeswoman wife daughter headmistress actress hillary
    mary patricia jennifer linda elizabeth barbara susan jessica sarah karen nancy lisa betty margaret sandra ashley
    kimberly emily donna michelle carol amanda melissa deborah stephanie rebecca laura sharon cynthia kathleen amy
    angela anna ruth brenda pamela nicole katherine christine debbie rachel carolyn janet maria heather diane julie
    joyce victoria kelly christina joan evelyn judith megan andrea cheryl hannah jacqueline martha gloria teresa ann
    sara janice jean alice kathryn ivanka melania chelsea kellyanne carly ursula giorgia theresa claire loretta
    """
)
# Parts of surnames.
NAME_PARTICLES = _words(
    """
    von van der den de di da del la le al bin ibn
    """
)
# Capitalised at the head of a sentence, and no part of a name.
NEVER_A_NAME = _words(
    """
    the a an but and or on in at after before when while from for with by as if according however meanwhile asked last
    this that these those it its he she they we i his her their our my what who why how where there here not nobody no
    one two three four some many most both each all another former also still now then so yet because although though
    since despite during until under over about against among january february march april may june july august
    september october november december monday tuesday wednesday thursday friday saturday sunday
    """
)
# Nouns that take up an organisation again: "the company".
ORGANISATIONS = _words(
    """
    company firm union trust group office council agency ministry cooperative party committee club hospital school
    university museum bank department bureau commission association society network newspaper campaign organisation
    organization police it
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
    the a an one some many most several two three four five six both no another his her its their our my other few all
    each every these those this that nobody everyone everybody neither more
    """
)
# Words with which an adverbial begins, and no subject.
PREPOSITIONS = _words(
    """
    in on at from to during after before with by for about against under over through amid despite since while as when
    of last earlier speaking asked who had late later
    """
)
# Words at which a subject ends, seen from the verb.
STOPS = _words(
    """
    but or nor that which when while if because as where what how whether than so although though since before after
    until however yet is was were are be been being has had have will would could should may might can did does do not
    then why unless despite said says told also
    """
)
