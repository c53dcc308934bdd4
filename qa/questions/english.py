"""How questions are worded in English; the first wording that fits is how a question is read."""

from __future__ import annotations

import re

from qa.lazily import pattern
from qa.questions.verbs import VERBS
from qa.questions.wordings import QUOTED, SPEAKER, TOPIC, WHO, Wording, someone
from qa.types import QuestionKind

__all__ = [
    "ASKING",
    "EVERYBODY",
    "GIVE_THE_SAME",
    "OPENING",
    "OUTLETS_AGREE",
    "OVER_TIME",
    "UNREADABLE_TIMES",
    "WHETHER",
    "WORDINGS",
]

OPENING = pattern(
    r"(?:(?:and|so|ok|okay|well|but|hi|hello|please|now)[,\s]+"
    r"|(?:can|could|would)\syou\s(?:please\s)?(?:tell|show)\sme\s|(?:please\s)?(?:tell|show)\sme\s"
    r"|(?:do\s)?you\sknow\s|i(?:['’]d|\swould)\slike\sto\sknow\s|i\swant\sto\sknow\s)+",
    re.IGNORECASE,
)
# What makes a question of words: one of these anywhere, or one of those that ask by standing first.
ASKING = (
    r"\b(?:who|whom|whose|what|when|where|why|how|which)|^(?:is|are|was|were|am|do|does|did|has|have|had|can|could|will|would"
    r"|should|shall|may|might|must|list|compare|name|give|show|tell|find)"
)
# What asks for yes or no, by standing first. "Was fordert Merz?" is German and asks for something else, as do questions
# with a question word further on ("Do we know how many …?") and requests ("Can you name …?").
_ELSE = (
    r"(?!.*\b(?:who|whom|when|where|why|how|which|what)\b|\w+\s(?:you|i|we)\s(?:name|give|say|tell|show|list|find)\b)"
)
WHETHER = (
    rf"{_ELSE}(?:(?:is|are|were|am|do|does|did|has|have|had|can|could|may|might|will|would|shall|should|must)(?:n['’]?t)?"
    r"|(?:ca|wo)n['’]t|wasn['’]?t|was(?=\s(?:the|an?|it|he|she|they|there|this|that|these|those|any\w*|every\w*|no\w*|his|her"
    r"|their|its|[^\s]+\s(?:the|an?|at|in|to|by|ever|also|really|not|\w+ed)\b)))\s"
)
EVERYBODY = frozenset(
    ("everyone", "everybody", "people", "all", "others", "the others", "other people", "anybody", "anyone")
)
# Times that no days can be read from; they are left out of the topic.
UNREADABLE_TIMES = (
    r"(?:last|this|next)\s(?:night|spring|summer|autumn|fall|winter)"
    r"|earlier|recently|lately|(?:(?:up\sto|until|till)\s)?now|so\sfar|thus\sfar|to\sdate"
)

_NOW_AND_THEN = r"(?:\s(?:also|actually|ever|really|then|just|publicly|recently|already|exactly|been))?"
_DO = r"(?:did|does|do|has|have|had)"
_HAVE = r"(?:did|has|have|had)"
# Verbs that ask for whatever was said; "deny", "promise" or "announce" ask for what was said with that verb.
_SAY = (
    r"(?:say|said|saying|think|thought|reply|replied|write|written|(?:have\s|had\s)to\ssay"
    r"|(?:stat|declar|argu|believ|alleg)(?:e|ed)"
    r"|(?:comment|remark|claim|respond|explain|insist|add|report|assert)(?:ed)?)"
)
_ABOUT = (
    r"(?:about|on|upon|over|regarding|concerning|of|to(?!\s(?:date|now)\b)|towards?|with\s+regard\s+to|with\s+respect\s+to|in\s+response\s+to"
    r"|abt|re)"
)
# Right behind whoever speaks: "the mayor of Harrowmere" is one person.
_ON_TOPIC = (
    r"(?:about|on|upon|over|regarding|concerning|to(?!\s(?:date|now)\b)|towards?|with\s+regard\s+to|with\s+respect\s+to"
    r"|abt|re)"
)
# After "say", these open an adverbial; anything else opens a clause ("what did he say the talks had opened?"), which
# asks for a span.
_ADVERBIAL = (
    r"in|at|during|after|before|when|while|as|from|since|following|earlier|today|yesterday|last|this|next|there|so\sfar"
    r"|thus\sfar|to\sdate|recently|lately|(?:(?:up\sto|until|till)\s)?now"
)


def _rest(about: str) -> str:
    """What may follow: a topic, a time or a place."""
    return (
        r"(?:\s(?:so\sfar|thus\sfar|to\sdate|(?:up\sto|until)\snow)(?=\s))?(?:\s(?:anything|something)(?:\selse)?)?"
        rf"(?:\s(?:{about}\s{TOPIC}|(?P<adverbial>(?:{_ADVERBIAL})\b.*)))?"
    )


_REST, _REST_OF_SPEAKER = _rest(_ABOUT), _rest(_ON_TOPIC)
_VIEW = (
    r"(?:views?|opinions?|positions?|stance|reactions?|responses?|comments?|statements?|remarks?|take|verdict|assessment"
    r"|quotes?|quotations?|words)"
)
_OF = r"(?:['’]s|(?<=s)['’])"
_TALKED = r"(?:talk(?:ed|s|ing)?|sp(?:oke|oken|eaks?|eaking)|comment(?:ed|s|ing)?|remark(?:ed|s)?)"
OVER_TIME = (
    r"(?:over\s(?:time|the\s(?:(?:last|past)\s)?(?:years|months|weeks|days))|(?:through|down)\sthe\s(?:years|months)"
    r"|then\sand\snow|before\sand\s(?:now|after)|as\stime\swent\sby)"
)
_CHANGED = r"(?:(?:chang|shift|evolv|develop|soften|harden|var|mov|differ)(?:e|ed|y|ied)?)"
_MIND = (
    r"(?:(?:his|her|their|its)\s(?:\S+\s)?(?:mind|tune|views?|opinions?|positions?|stance|story)"
    r"|(?:position|opinion|views?|course|tack))"
)
_QUOTES = r"(?:quotes?|quotations?|statements?|comments?|remarks?)"
_OTHER = someone("other")
_SHORT_TOPIC = r"(?P<topic>\S.*?)"
_NAMED = r"(?P<speaker>\S(?:.{0,60}?\S)??)(?:['’]s?)?"
_ON = r"(?:on|about|regarding)"
_SAID = r"(?:quoted\s+as\s+saying|sa(?:id|ys)|used\s+the\s+words|spoke\s+of|called|described)"
_CALLED = r"who(?:\s(?:has|had|also))?\s(?:called|calls|labell?ed|branded|dubbed)"

_OFFICE = (
    r"(?:chair(?:s|ed|ing)?|lead(?:s|ing)?|led|head(?:s|ed|ing)?|runs?|ran|running|manag(?:es?|ed|ing)"
    r"|direct(?:s|ed|ing)?|overs(?:ees?|aw|een|eeing)|own(?:s|ed|ing)?|edit(?:s|ed|ing)?|coach(?:es|ed|ing)?"
    r"|captain(?:s|ed|ing)?|command(?:s|ed|ing)?|(?:co-)?found(?:s|ed|ing)?|represent(?:s|ed|ing)?"
    r"|govern(?:s|ed|ing)?|teach(?:es|ing)?|taught|advis(?:es?|ed|ing))"
)
_WHO_ELSE = (
    r"(?:who(?:\selse)?(?:\s(?:has|have|had|is|was))?|(?:does|did|do|has|have|is)\s(?:any|some)(?:one|body)(?:\selse)?)"
)
_DISAGREE = r"(?:disagree(?:s|d|ing)?|differ(?:s|ed|ing)?)"
_CONTRADICT = (
    r"(?:contradict(?:s|ed|ing)?|disput(?:e|es|ed|ing)|den(?:y|ies|ied|ying)|refut(?:e|es|ed|ing)|rebut(?:s|ted)?"
    r"|question(?:s|ed|ing))"
)
_OTHERWISE = r"(?:otherwise|differently|the\s(?:opposite|contrary)|something\s(?:else|different))"

_OUTLETS = (
    r"(?:(?:all|both|the|these|other|different|various)\s){0,3}(?:news\s)?"
    r"(?:outlets?|papers?|newspapers?|sources?|articles?|reports?|media|accounts?|everyone|everybody)"
)
GIVE_THE_SAME = (
    rf"(?:do|does|did)\s(?:{_OUTLETS}|they)\s(?:all\s)?(?:give|report|have|name|cite|state|print|say)\s"
    r"(?:(?:the|a)\s)?(?:same|different)"
)
OUTLETS_AGREE = (
    rf"(?:do|does|did)\s(?:{_OUTLETS}|they)\s(?:all\s)?(?:dis)?agree|(?:do|does|did)\s(?:{_OUTLETS}|they)\sdiffer"
    r"|is\sthere\s(?:any\s|an?\s)?(?:dis)?(?:agreement|consensus|dispute)|are\s(?:they|(?:all|the)\s\w+)\sagreed"
)
_COUNT = r"(?:numbers?|counts?|totals?|figures?|amounts?|tolls?)"

_SPAN, _STATEMENTS, _QUOTATION = QuestionKind.SPAN, QuestionKind.STATEMENTS, QuestionKind.QUOTATION
_COURSE, _COMPARISON, _CONTRARY = QuestionKind.COURSE, QuestionKind.COMPARISON, QuestionKind.CONTRARY
_LATEST, _EVENT, _EXPLANATION = QuestionKind.LATEST, QuestionKind.EVENT, QuestionKind.EXPLANATION
_PERSON = QuestionKind.PERSON

WORDINGS = (
    # Whether all give one number
    Wording(
        _CONTRARY,
        rf"(?:{OUTLETS_AGREE})\s(?:on|about|over)\s{TOPIC}",
        (
            "Do the outlets agree on {topic:how many people work at the mill}?",
            "Do all the papers agree on {topic:the number of injured}?",
            "Did the reports differ on {topic:how much the bridge cost}?",
            "Is there agreement on {topic:how many houses were flooded}?",
            "is there any dispute about {topic:the vote}",
        ),
    ),
    Wording(
        _CONTRARY,
        rf"{GIVE_THE_SAME}\s(?P<topic>{_COUNT}\s(?:of|for)\s\S.*)",
        (
            "Do all the papers give the same {topic:number of employees}?",
            "did the outlets report different {topic:figures for the dead}",
        ),
    ),
    Wording(
        _CONTRARY,
        rf"are\sthere\s(?:any\s)?(?:different|conflicting|contradictory|other|several)\s(?P<topic>{_COUNT}\s(?:of|for|on)\s\S.*)",
        ("Are there conflicting {topic:figures for the injured}?",),
    ),
    # What somebody says over time
    Wording(
        _COURSE,
        rf"(?:how\s)?{_HAVE}\s{SPEAKER}{_OF}\s(?:\S+\s)?{_VIEW}(?:\s{_ABOUT}\s{_SHORT_TOPIC})?\s{_CHANGED}"
        rf"(?:\s{OVER_TIME})?",
        (
            "How has {speaker:Merz}'s position on {topic:Ukraine} changed?",
            "How did {speaker:Merz}'s view of {topic:the talks} evolve over the years?",
            "Has {speaker:Merz}’s stance on {topic:NATO} shifted?",
            "How has {speaker:Merz}'s view changed?",
        ),
        certain=False,
    ),
    Wording(
        _COURSE,
        rf"(?:how\s)?{_HAVE}\sthe\s{_VIEW}\s(?:of|taken\sby)\s{SPEAKER}\s{_ON_TOPIC}\s{_SHORT_TOPIC}\s{_CHANGED}"
        rf"(?:\s{OVER_TIME})?",
        ("How has the position of {speaker:the mayor of Harrowmere} on {topic:the ferry} changed?",),
        certain=False,
    ),
    Wording(
        _COURSE,
        rf"how\s{_HAVE}\swhat\s{SPEAKER}\s(?:says?|said|(?:has|have|had)\ssaid)(?:\s{_ABOUT}\s{_SHORT_TOPIC})?\s"
        rf"{_CHANGED}(?:\s{OVER_TIME})?",
        ("How has what {speaker:Merz} says about {topic:Ukraine} changed?",),
        certain=False,
    ),
    Wording(
        _COURSE,
        rf"(?:how\s(?:often\s)?)?{_HAVE}\s{SPEAKER}{_NOW_AND_THEN}\s{_CHANGED}(?:\s{_MIND})?\s{_ABOUT}\s"
        rf"{_SHORT_TOPIC}(?:\s{OVER_TIME})?",
        (
            "Has {speaker:Merz} changed his mind about {topic:the fund}?",
            "Did {speaker:the mayor} ever change her position on {topic:the ferry}?",
            "How has {speaker:Merz} shifted on {topic:NATO} over time?",
        ),
        certain=False,
    ),
    Wording(
        _COURSE,
        rf"(?:(?:the|a)\s)?(?:timeline|course|history|chronology|evolution)\sof\s(?:what\s)?{SPEAKER}"
        rf"(?:{_OF}\s(?:\S+\s)?{_VIEW}|\s(?:has\s)?sa(?:id|ys?))\s{_ABOUT}\s{TOPIC}",
        (
            "Timeline of {speaker:Merz}'s statements on {topic:Ukraine}",
            "the history of what {speaker:Merz} said about {topic:the vote}",
        ),
    ),
    Wording(
        _COURSE,
        rf"what\s{_DO}\s{SPEAKER}{_NOW_AND_THEN}\s{_SAY}(?:\s{_ABOUT}\s{_SHORT_TOPIC})?\s{OVER_TIME}",
        (
            "What did {speaker:Merz} say about {topic:the talks} over time?",
            "What has {speaker:Merz} said over the years?",
            "What did {speaker:Merz} say about {topic:NATO} then and now?",
        ),
    ),
    # What two people say about one topic
    Wording(
        _COMPARISON,
        rf"compare\s(?:what\s)?{SPEAKER}\s(?:and|with|to|vs\.?|versus)\s{_OTHER}"
        rf"(?:\s(?:sa(?:y|id)|think|thought))?(?:\s{_ON_TOPIC}\s{TOPIC})?",
        (
            "Compare {speaker:Lorcan Beamish} and {other:the mayor of Harrowmere} on {topic:the dinner}",
            "Compare {speaker:Merz} and {other:Zelensky} on {topic:the guarantees}",
            "compare what {speaker:Merz} and {other:Trump} said about {topic:territory}",
            "Compare {speaker:Petra Reck} with {other:Tomas Reck}",
        ),
        certain=False,
    ),
    Wording(
        _COMPARISON,
        rf"(?:how|where)\s(?:did|do)\s{SPEAKER}\sand\s{_OTHER}\s(?:differ|disagree|agree)\s{_ABOUT}\s{TOPIC}",
        ("How do {speaker:Merz} and {other:Zelensky} differ on {topic:the guarantees}?",),
        certain=False,
    ),
    # Who says otherwise
    Wording(
        _CONTRARY,
        rf"{_WHO_ELSE}\s(?:{_DISAGREE}|(?:argu|quarrel+)(?:e|es|ed)?)\swith\s(?:what\s)?{SPEAKER}(?:\s(?:says?|said))?"
        rf"(?:\s{_ON_TOPIC}\s{TOPIC})?",
        (
            "Who disagrees with {speaker:the mayor of Harrowmere} on {topic:the marina}?",
            "Who disagrees with {speaker:Merz} on {topic:Ukraine}?",
            "who disagreed with {speaker:the mayor}",
            "Does anybody disagree with {speaker:Merz} about {topic:the fund}?",
            "Has anyone disagreed with what {speaker:Merz} said about {topic:the fund}?",
        ),
    ),
    Wording(
        _CONTRARY,
        rf"{_WHO_ELSE}\s{_CONTRADICT}\swhat\s{SPEAKER}\s(?:says?|said|claim(?:s|ed))(?:\s{_ABOUT}\s{TOPIC})?",
        (
            "Who contradicts what {speaker:Merz} says about {topic:Ukraine}?",
            "Does anyone dispute what {speaker:Lorcan Beamish} claimed?",
        ),
    ),
    Wording(
        _CONTRARY,
        rf"{_WHO_ELSE}\ssa(?:ys?|id)\s{_OTHERWISE}(?:\s(?:than|to|from)\s{SPEAKER})?(?:\s{_ON_TOPIC}\s{_SHORT_TOPIC})?",
        (
            "Who says otherwise than {speaker:Merz} about {topic:Ukraine}?",
            "Who says otherwise about {topic:the meeting}?",
            "Did anybody say the opposite?",
        ),
    ),
    Wording(
        _CONTRARY,
        rf"{_WHO_ELSE}\s(?:contradict(?:s|ed)?|rebut(?:s|ted)?)\s{SPEAKER}(?:\s{_ON_TOPIC}\s{TOPIC})?",
        ("Who contradicted {speaker:Merz} on {topic:Ukraine}?", "who contradicts {speaker:the mayor}"),
        certain=False,
        known=True,
    ),
    Wording(
        _CONTRARY,
        rf"{_WHO_ELSE}\s{_CONTRADICT}\s(?:that\s)?{_SHORT_TOPIC}",
        ("Who denies {topic:the meeting with the developer}?", "Is anybody disputing {topic:the vote}?"),
        certain=False,
    ),
    # What somebody says
    Wording(
        _STATEMENTS,
        rf"what(?:\selse|\sexactly|\sall)?\s{_DO}\s(?P<speaker>he|she|they){_NOW_AND_THEN}\s{_SAY}(?:\selse)?{_REST}",
        ("What did {speaker:he} say?", "what else has {speaker:she} said about {topic:the ferry}"),
    ),
    Wording(
        _STATEMENTS,
        rf"what(?:\selse|\sexactly|\sall)?\s{_DO}\s{SPEAKER}{_NOW_AND_THEN}\s{_SAY}{_REST}",
        (
            "what did {speaker:merz} say about {topic:putins attack}",
            "What has {speaker:Trump} said about {topic:surrendering territory}?",
            "What else did {speaker:Chancellor Merz} say on {topic:security guarantees}?",
            "What did {speaker:Lorcan Beamish} allege?",
            "What does {speaker:Merz} think of {topic:the talks}?",
            "And what did {speaker:Merz} say?",
            "What has {speaker:Merz} said to date about {topic:the talks}?",
            "Can you tell me what did {speaker:Merz} say?",
        ),
    ),
    Wording(
        _STATEMENTS,
        rf"what\s{SPEAKER}\s(?:says?|said|thinks?|thought|(?:has|had)\s(?:said|to\ssay)){_REST}",
        ("tell me what {speaker:merz} said",),
    ),
    Wording(
        _STATEMENTS,
        rf"what(?:\selse)?\s{_DO}\s{SPEAKER}{_NOW_AND_THEN}\s(?:tell|told)\s\S+(?:\s\S+){{0,3}}?{_REST}",
        ("What did {speaker:Zelensky} tell reporters about {topic:territory}?",),
    ),
    Wording(
        _STATEMENTS,
        rf"what\s(?:is|was|are|were)\s{SPEAKER}\s(?:quoted\sas\s)?saying{_REST}",
        (
            "What is {speaker:Merz} saying about {topic:the vote}?",
            "What was {speaker:Merz} quoted as saying?",
        ),
    ),
    Wording(
        _STATEMENTS,
        rf"what\s(?:was|is|has\sbeen)\ssaid\sby\s{SPEAKER}{_REST_OF_SPEAKER}",
        ("What was said by {speaker:Merz} about {topic:the attack}?",),
    ),
    Wording(
        _STATEMENTS,
        rf"{_DO}\s{SPEAKER}{_NOW_AND_THEN}\s(?:say|said|comment|commented|speak|spoken|talk|talked|remark|remarked)"
        rf"(?:\s(?:anything|something))?(?:\s(?:{_ABOUT}|that)\s{TOPIC})?",
        (
            "Did {speaker:Macron} comment on {topic:the talks}?",
            "Has {speaker:Macron} said anything?",
            "Did {speaker:Trump} say that {topic:Ukraine must surrender territory}?",
        ),
    ),
    Wording(
        _STATEMENTS,
        rf"how\s{_DO}\s{SPEAKER}{_NOW_AND_THEN}\s(?:describe|call|characteri[sz]e|view|see|judge|assess|portray|label)d?"
        rf"\s{TOPIC}",
        (
            "How did {speaker:Merz} describe {topic:the talks}?",
            "How did {speaker:the U.S. officials} call {topic:the deal}?",
        ),
    ),
    Wording(
        _STATEMENTS,
        rf"how\s{_DO}\s{SPEAKER}{_NOW_AND_THEN}\s(?:respond|react|comment|feel|felt|think)(?:ed)?\s{_ABOUT}\s{TOPIC}",
        ("how has {speaker:moscow} reacted to {topic:the proposals}?",),
    ),
    Wording(
        _STATEMENTS,
        rf"where\s{_DO}\s{SPEAKER}\sstand\s{_ABOUT}\s{TOPIC}",
        ("Where does {speaker:Merz} stand on {topic:NATO}?",),
    ),
    Wording(
        _STATEMENTS,
        rf"what\s(?:is|was|are|were|(?:has|have)\sbeen)\s{SPEAKER}{_OF}\s(?:\S+\s)?{_VIEW}\s{_ABOUT}\s{TOPIC}",
        (
            "What is {speaker:Merz}'s view on {topic:Ukraine}?",
            "What has been {speaker:Merz}’s reaction to {topic:the vote}?",
        ),
    ),
    Wording(
        _STATEMENTS,
        rf"what\s(?:is|was|are|were)\sthe\s{_VIEW}\s(?:of|by|from)\s{SPEAKER}\s{_ON_TOPIC}\s{TOPIC}",
        (
            "What is the position of {speaker:the mayor of Harrowmere} on {topic:the ferry}?",
            "What was the reaction of {speaker:Merz} to {topic:the vote}?",
        ),
    ),
    Wording(
        _STATEMENTS,
        rf"(?:list\s)?(?:all\s|any\s)?(?:the\s)?(?:statements?|quotes?|quotations?|comments?|remarks?)\s"
        rf"(?:made\s)?(?:by|from|of)\s{SPEAKER}{_REST_OF_SPEAKER}",
        ("All statements by {speaker:the mayor of Harrowmere}", "quotes from {speaker:Merz} on {topic:Ukraine}"),
    ),
    # What somebody says with a certain verb
    Wording(
        _STATEMENTS,
        rf"(?:what|whom?)(?:\selse)?\s{_DO}\s{SPEAKER}{_NOW_AND_THEN}\s(?P<cue>{VERBS})(?:\sto\sdo|\sdoing)?"
        rf"(?:\s(?:{_ABOUT}|for|against))?{_REST}",
        (
            "What did {speaker:Ilse Varnholt} {cue:deny}?",
            "What has {speaker:Merz} {cue:promised} about {topic:Ukraine}?",
            "What did {speaker:the fire chief} {cue:warn} of?",
            "Who did {speaker:the mayor} {cue:blame}?",
            "What did {speaker:the mayor} {cue:rule out}?",
            "What has {speaker:the union} {cue:promised} to do?",
        ),
        certain=False,
        known=True,
    ),
    Wording(
        _STATEMENTS,
        rf"what(?:\selse)?\s{_DO}\s{SPEAKER}{_NOW_AND_THEN}\s(?P<cue>{VERBS})\s(?!(?:{_ABOUT}|for|against|as|that|if)\s)"
        rf"{_SHORT_TOPIC}(?:\sto\sdo|\sas|\s(?:{_ABOUT}|for|against))?",
        (
            "What did {speaker:the director} {cue:call} {topic:the staff}?",
            "What did {speaker:Merz} {cue:describe} {topic:the talks} as?",
            "What did {speaker:the water office} {cue:advise} {topic:people} to do?",
            "What has {speaker:the mayor} {cue:promised} {topic:the parents}?",
            "What did {speaker:Merz} {cue:accuse} {topic:Putin} of?",
        ),
        certain=False,
        known=True,
    ),
    Wording(
        _STATEMENTS,
        rf"{_DO}\s{SPEAKER}{_NOW_AND_THEN}\s(?P<cue>{VERBS})\s(?:that\s|(?:{_ABOUT}|for|against)\s)?{TOPIC}",
        (
            "Did {speaker:Ilse Varnholt} {cue:deny} {topic:the meeting}?",
            "Has {speaker:Merz} {cue:called} for {topic:a ceasefire}?",
        ),
        certain=False,
        known=True,
    ),
    # What anybody says about a topic
    Wording(
        _STATEMENTS,
        rf"who(?:\selse|\sall)?(?:\s(?:has|have|had|is|was|were))?(?:\salso)?\s{_TALKED}\s(?:about|on|upon|of|regarding)"
        r"\s(?P<topic>[^\W_].*)",
        (
            "who talked about {topic:territory}",
            "Who has spoken about {topic:the talks}?",
            "who commented on {topic:NATO}",
        ),
    ),
    Wording(
        _STATEMENTS,
        r"who(?:\selse|\sall)?(?:\s(?:has|have|had))?(?:\salso)?\s(?:mention(?:ed|s)|discuss(?:ed|es))"
        r"\s(?P<topic>[^\W_].*)",
        ("who mentioned {topic:the quay}",),
    ),
    Wording(
        _STATEMENTS,
        r"who(?:\selse)?(?:\s(?:has|have|had))?\ssa(?:id|ys?)\s(?:anything|something|what)\s(?:about|on|of|regarding)"
        r"\s(?P<topic>[^\W_].*)",
        ("Who said anything about {topic:the ferry}?",),
    ),
    Wording(
        _STATEMENTS,
        rf"(?:what(?:['’]s|\s(?:was|is|has\sbeen))(?:\sbeing)?\ssaid|(?:(?:all|any|the)\s)?{_QUOTES})\s(?:about|on|regarding)"
        rf"\s{_SHORT_TOPIC}\s(?:by|from)\s{SPEAKER}",
        (
            "quotes about {topic:the climate} by {speaker:Biden}",
            "What was said about {topic:the vote} by {speaker:Merz}?",
        ),
        certain=False,
        known=True,
    ),
    Wording(
        _STATEMENTS,
        r"what(?:['’]s|\s(?:was|is|has\sbeen))(?:\sbeing)?\ssaid\s(?:about|regarding)\s(?P<topic>[^\W_].*)",
        ("What was said about {topic:the marina}?", "what is being said about {topic:the strike}"),
    ),
    Wording(
        _STATEMENTS,
        rf"(?:(?:all|any|the)\s)?{_QUOTES}\s(?:about|on|regarding)\s(?P<topic>[^\W_].*)",
        ("quotes about {topic:herons}", "any comments on {topic:the budget}"),
        certain=False,
    ),
    # Who says some words
    Wording(
        _QUOTATION,
        rf"\W*who\s+(?:was\s+|is\s+|has\s+)?{_SAID}{QUOTED}",
        (
            "who said “{quoted:not easy}”",
            "Who said '{quoted:a very important step forward}'?",
            "Who called it '{quoted:not easy}'?",
        ),
        certain=False,
    ),
    Wording(
        _QUOTATION,
        r"\W*who\s+(?:said|says)\s+(?:that\s+)?(?P<quoted>\w+\W+\w.*)",
        ("who said {quoted:not easy}", "Who said that {quoted:the talks were a breakthrough}?"),
        certain=False,
    ),
    Wording(
        _QUOTATION,
        rf"{_CALLED}\s{_SHORT_TOPIC}\s(?:an?|the)\s(?P<quoted>\w.*)",
        ("Who called {topic:the talks} a {quoted:breakthrough}?",),
        certain=False,
    ),
    Wording(
        _QUOTATION,
        rf"{_CALLED}\s(?P<topic>(?:the|his|her|their|its)\s\w+|it|them|him|her|this)\s(?P<quoted>\w+)",
        ("Who called {topic:the decision} {quoted:cruel}?",),
        certain=False,
    ),
    Wording(
        _QUOTATION,
        rf"who(?:\s(?:has|had|also))?\sdescribed\s{_SHORT_TOPIC}\sas\s(?:(?:an?|the)\s)?(?P<quoted>\w.*)",
        ("Who described {topic:the talks} as a {quoted:breakthrough}?",),
        certain=False,
    ),
    # What is new
    Wording(
        _LATEST,
        r"what(?:['’]s|\s(?:is|are))\s(?:the\s)?(?:latest|newest|new|news)(?:\s(?:news|development|developments|update))?"
        rf"\s(?:on|about|with|in|from|regarding)\s{TOPIC}",
        ("What is the latest on {topic:the ferry}?", "what's new with {topic:the harbour}"),
    ),
    Wording(
        _LATEST,
        rf"(?:is\sthere\s)?(?:any|the\slatest|latest)\s(?:news|updates?|developments?)\s(?:on|about|from|regarding)\s{TOPIC}",
        ("any news on {topic:the strike}", "Is there any news about {topic:the strike}?"),
    ),
    Wording(
        _LATEST, rf"(?:the\s)?(?:latest|newest)\s(?:on|about|from|with)\s{TOPIC}", ("latest on {topic:the strike}",)
    ),
    # What happened, why, how
    Wording(
        _EVENT,
        rf"what(?:\s(?:has|had))?\shappened\s(?:at|to|with|in|on|during|after|before)\s{TOPIC}",
        ("What happened at {topic:Sandle Point school}?", "what happened to {topic:the compass}"),
    ),
    Wording(
        _EXPLANATION,
        r"why\s.+|how\s(?:come|did|does|do|has|have|had|is|are|was|were|can|could|will|would)\s.+",
        ("Why are there more herons on the Ostrel?", "how did the fire start"),
    ),
    # A name and a topic
    Wording(
        _COURSE,
        rf"{_NAMED}\s(?:\S+\s)?{_ON}\s{_SHORT_TOPIC}[,:]?\s{OVER_TIME}",
        ("{speaker:Merz} on {topic:Ukraine} over time", "{speaker:Merz} on {topic:Ukraine}, then and now"),
        certain=False,
        known=True,
    ),
    Wording(
        _COMPARISON,
        r"(?P<speaker>\S(?:.{0,40}?\S)??)\s(?:and|vs\.?|versus)\s(?P<other>\S(?:.{0,40}?\S)??)(?:['’]s?)?"
        rf"\s{_ON}\s{TOPIC}",
        (
            "{speaker:Merz} and {other:Zelensky} on {topic:the guarantees}",
            "{speaker:Merz} vs {other:Trump} on {topic:Putin}",
        ),
        certain=False,
        known=True,
    ),
    Wording(
        _STATEMENTS,
        rf"{_NAMED}\s(?:(?:quotes?|statements?|comments?|remarks?)\s)?{_ON}\s{TOPIC}",
        (
            "{speaker:merz} on {topic:ukraine}",
            "{speaker:Merz} about {topic:the talks}",
            "{speaker:Merz}’s comments on {topic:the attack}",
        ),
        certain=False,
        known=True,
    ),
    # Who somebody is, and who does something for a time or by office
    Wording(
        _PERSON,
        rf"who\s(?:(?:has|have|is|was)\s)?(?:\w+ly\s|now\s)?{_OFFICE}\s{TOPIC}",
        ("Who chairs {topic:the finance committee}?", "who runs {topic:the museum}", "Who has led {topic:the party}?"),
        certain=False,
        introduced=True,
    ),
    Wording(
        _PERSON,
        rf"how\sold\s(?:is|was)\s{TOPIC}",
        ("How old is {topic:Petra Reck}?", "how old was {topic:merz}"),
        certain=False,
        introduced=True,
    ),
    Wording(
        _PERSON,
        rf"who(?:['’]?s|\s(?:is|are|was|were))\s{TOPIC}",
        ("Who is {topic:the NATO chief}?", "who's {topic:the mayor of Harrowmere}", "whos {topic:NPR's CEO}"),
        certain=False,
        introduced=True,
    ),
    Wording(
        _PERSON,
        r"who(?:['’](?:s|re)|\s(?:is|was|are|were|exactly\sis))\s(?P<speaker>he|she|they)",
        ("Who is {speaker:she}?",),
    ),
    Wording(
        _PERSON,
        rf"who(?:['’]s|\s(?:is|was|exactly\sis))\s{WHO}",
        ("Who is {speaker:Dmitry Peskov}?", "who's {speaker:Peskov}", "Who was {speaker:Chancellor Merz}?"),
        certain=False,
        introduced=True,
    ),
)
