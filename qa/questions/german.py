"""How questions are worded in German; the first wording that fits is how a question is read."""

from __future__ import annotations

import re

from qa.lazily import pattern
from qa.questions.verbs import VERBS_GERMAN
from qa.questions.wordings import BEHIND_QUOTED, QUOTED, SPEAKER, TOPIC, WHO, Wording, someone
from qa.text import fold, word_spans
from qa.types import QuestionKind

__all__ = ["ASKING", "EVERYBODY", "OPENING", "OVER_TIME", "TO", "WHETHER", "WORDINGS", "is_german"]

# Words that only German has, and some that English has too.
_WORDS = """
wer wen wem wessen wann warum wieso weshalb wie wieviele welche welcher welches ist sind hat haben hatte wird wurde
sagte sagt gesagt der das den dem des und zu zum zur uber von vom bei im mit gibt es er sie ein eine nicht noch
"""
_OF_ENGLISH = "the of did what who is are does do has how when where why about and to"
_GERMAN, _ENGLISH = frozenset(_WORDS.split()), frozenset(_OF_ENGLISH.split())
_SHARED = frozenset(("was", "wo", "war", "die"))


def is_german(text: str) -> bool:
    """Whether a question is plainly German, by its small words."""
    words = {fold(span.of(text)) for span in word_spans(text)}
    return bool(words & _GERMAN) and len(words & (_GERMAN | _SHARED)) > 1 and not words & _ENGLISH


# As in English.
OPENING = pattern(
    r"(?:(?:und|aber|also|ok|okay|bitte|nun|hallo)[,\s]+|(?:kannst\sdu|können\ssie)\smir\s(?:bitte\s)?sagen,?\s"
    r"|(?:bitte\s)?(?:sag|sagen\ssie|zeig|zeigen\ssie)\smir,?\s|(?:weißt\sdu|wissen\ssie),?\s|ich\s(?:möchte|will)\swissen,?\s)+",
    re.IGNORECASE,
)
ASKING = (
    r"\b(?:wer|wen|wem|wessen|wann|wo|woher|wohin|warum|wieso|weshalb|wie|wieviele?|welche[mnrs]?|worüber|wozu|wofür)"
    r"|^(?:was|ist|sind|war|waren|hat|haben|hatte|hatten|kann|können|wird|werden|soll|sollen|gibt|nenne|zeige|vergleiche?)"
)
WHETHER = (
    r"(?!.*\b(?:wer|wen|wem|wann|wo|warum|wie|wieviele?|welche[mnrs]?)\b)(?:(?:ist|sind|waren|haben|hatten?|wird|werden|wurden?"
    r"|würden?|kann|können|konnten?|könnten?|soll|sollen|sollten?|muss|müssen|darf|dürfen|dürften?|gab|gibt)\s"
    r"|(?:war|hat)\s(?:der|die|das|ein|eine|er|sie|es|man|[^\s]+\s(?:der|die|das|den|dem|ein\w*|in|im|bei\w*|nicht)\b))"
)
EVERYBODY = frozenset(("alle", "jeder", "andere", "die anderen"))

TO = r"(?:zu|zum|zur|über)"
_SHORT_TOPIC = r"(?P<topic>\S.*?)"
_SAID = r"(?:gesagt|erklärt|geäußert|gemeint)"
# "dazu" is the topic that was named before.
_ABOUT = rf"\s(?:{TO}\s|(?=(?:dazu|darüber|davon)(?:\s{_SAID})?$)){_SHORT_TOPIC}"
_ON = rf"(?:{_ABOUT})?"
_NOW_AND_THEN = r"(?:\s(?:auch|schon|noch|sonst(?:\snoch)?|bisher|bislang|bis\sheute|eigentlich|genau|öffentlich))?"
_VIEW = r"(?:Haltung|Position|Meinung|Ansicht|Sicht|Einstellung)"
_CHANGED = r"(?:verändert|geändert|gewandelt|entwickelt|gewechselt|verschoben)"
OVER_TIME = (
    r"(?:im\sLaufe?\sder\s(?:Zeit|Jahre)|über\sdie\s(?:Zeit|Jahre|Monate|Wochen)"
    r"|(?:damals|früher)\sund\s(?:heute|jetzt))"
)
_PREFIX = r"an|zu|vor|ab|zurück|ein|aus"  # of a verb that is taken apart: "kündigte … an"
_STATEMENTS, _QUOTATION, _COURSE = QuestionKind.STATEMENTS, QuestionKind.QUOTATION, QuestionKind.COURSE

WORDINGS = (
    Wording(
        _COURSE,
        rf"(?:wie\s)?hat\ssich\s{SPEAKER}(?:s|['’]|(?<=s))\s{_VIEW}\s{TO}\s{_SHORT_TOPIC}\s{_CHANGED}",
        (
            "Wie hat sich {speaker:Merz}’ Haltung zur {topic:Ukraine} verändert?",
            "Hat sich {speaker:Merz}’ Meinung über {topic:die Gespräche} geändert?",
        ),
        certain=False,
    ),
    Wording(
        _COURSE,
        rf"(?:wie\s)?hat\ssich\sdie\s{_VIEW}\s(?:von|der|des)\s{SPEAKER}\s{TO}\s{_SHORT_TOPIC}\s{_CHANGED}",
        ("Wie hat sich die Position von {speaker:Merz} zur {topic:Ukraine} entwickelt?",),
        certain=False,
    ),
    Wording(
        _COURSE,
        rf"hat\s{SPEAKER}\s(?:seine|ihre)\s{_VIEW}\s{TO}\s{_SHORT_TOPIC}\s{_CHANGED}",
        ("Hat {speaker:Merz} seine Meinung zur {topic:Ukraine} geändert?",),
        certain=False,
    ),
    Wording(
        _COURSE,
        rf"was\s(?:hat|haben)\s{SPEAKER}(?:\s{TO}\s{_SHORT_TOPIC})?\s{OVER_TIME}\s{_SAID}",
        ("Was hat {speaker:Merz} zu {topic:den Garantien} über die Jahre gesagt?",),
    ),
    Wording(
        _COURSE,
        rf"was\s(?:hat|haben)\s{SPEAKER}\s{OVER_TIME}(?:\s{TO}\s{_SHORT_TOPIC})?\s{_SAID}",
        ("Was hat {speaker:Merz} im Laufe der Zeit zu {topic:den Garantien} gesagt?",),
    ),
    Wording(
        QuestionKind.COMPARISON,
        rf"vergleiche?\s{SPEAKER}\s(?:und|mit)\s{someone('other')}{_ON}",
        ("Vergleiche {speaker:Merz} und {other:Selenskyj} zu {topic:den Garantien}",),
        certain=False,
    ),
    Wording(
        QuestionKind.CONTRARY,
        rf"wer\s(?:widersprach|widerspricht)\s{SPEAKER}{_ON}",
        (
            "Wer widersprach {speaker:Merz} zu {topic:den Gesprächen}?",
            "Wer widerspricht {speaker:der Bürgermeisterin}?",
        ),
    ),
    Wording(
        QuestionKind.CONTRARY,
        rf"wer\ssag(?:t|te)\s(?:etwas\sanderes|das\sgegenteil)(?:\sals\s{SPEAKER})?{_ON}",
        ("Wer sagt etwas anderes als {speaker:Merz}?", "Wer sagt das Gegenteil?"),
    ),
    Wording(
        QuestionKind.CONTRARY,
        r"wer\s(?:bestreitet|bestritt|dementiert|dementierte)\s(?P<topic>\S.*)",
        ("Wer bestreitet {topic:das Treffen}?",),
        certain=False,
    ),
    # "sie" are several, and nobody in particular, where the verb says so.
    Wording(
        _STATEMENTS,
        rf"was\s(?:(?:sagen|sagten|meinen|meinten|erklärten)(?!.*\s{_SAID}$)|haben(?=.*\s{_SAID}$))\ssie{_NOW_AND_THEN}{_ABOUT}"
        rf"(?:\s{_SAID})?",
        (
            "Was sagten sie zu {topic:dem Haushalt}?",
            "Was sagen sie {topic:dazu}?",
            "Was haben sie zu {topic:dem Haushalt} gesagt?",
        ),
    ),
    Wording(
        _STATEMENTS,
        rf"was\s(?:hat|haben)\s{SPEAKER}{_NOW_AND_THEN}{_ON}\s{_SAID}",
        (
            "Was hat {speaker:Merz} gesagt?",
            "Was hat {speaker:Merz} bisher zu {topic:der Ukraine} gesagt?",
            "Was hat {speaker:Friedrich Merz} zu {topic:Putins Angriff} gesagt?",
        ),
    ),
    Wording(
        _STATEMENTS,
        rf"was\s(?:sagten?|sagt|sagen|erklärte|erklärt|meinte|meint|denkt|dachte|schrieb|schreibt|äußerte|antwortete|erwiderte)"
        rf"\s{SPEAKER}{_NOW_AND_THEN}{_ON}",
        (
            "was sagte {speaker:merz} über {topic:den angriff}",
            "Was sagte {speaker:Merz} sonst noch {topic:dazu}?",
            "Und was sagte {speaker:Selenskyj} zum {topic:Waffenstillstand}?",
            "Was denkt {speaker:Merz} über {topic:die Gespräche}?",
            "Kannst du mir sagen, was sagte {speaker:Merz} zur {topic:Ukraine}?",
        ),
    ),
    Wording(
        _STATEMENTS,
        rf"wie\s(?:steht|stand|denkt|dachte)\s{SPEAKER}\s{TO}\s{TOPIC}",
        ("Wie steht {speaker:Merz} zur {topic:Ukraine}?",),
    ),
    Wording(
        _STATEMENTS,
        rf"wie\s(?:reagierte|reagiert)\s{SPEAKER}\sauf\s{TOPIC}",
        ("Wie reagierte {speaker:Quast} auf {topic:den Streik}?",),
    ),
    Wording(
        _STATEMENTS,
        rf"was\s(?:hält|hielt)\s{SPEAKER}\svo[nm]\s{TOPIC}",
        ("Was hält {speaker:Quast} vom {topic:Haushalt}?",),
    ),
    Wording(
        _STATEMENTS,
        rf"wie\s(?:äußerte|äußert)\ssich\s{SPEAKER}\s{TO}\s{TOPIC}",
        ("Wie äußerte sich {speaker:Merz} zu {topic:den Gesprächen}?",),
    ),
    # What somebody says with a certain verb
    Wording(
        _STATEMENTS,
        rf"(?:was|wen|wem|wovor|wofür|wogegen)\s(?P<cue>{VERBS_GERMAN})\s{SPEAKER}{_NOW_AND_THEN}{_ON}(?:\s(?:{_PREFIX}))?",
        (
            "Was {cue:bestritt} {speaker:Varnholt}?",
            "Was {cue:kündigte} {speaker:Merz} zu {topic:den Steuern} an?",
            "Wovor {cue:warnte} {speaker:der Wetterdienst}?",
        ),
        certain=False,
        known=True,
    ),
    Wording(
        _STATEMENTS,
        rf"(?:was|wen|wem|wovor|wofür|wogegen)\s(?:hat|haben)\s{SPEAKER}{_NOW_AND_THEN}{_ON}\s(?P<cue>{VERBS_GERMAN})",
        (
            "Was hat {speaker:die Bürgermeisterin} {cue:bestritten}?",
            "Was hat {speaker:Quast} zum {topic:Hafen} {cue:gefordert}?",
        ),
        certain=False,
        known=True,
    ),
    Wording(
        _STATEMENTS,
        rf"wie\s(?P<cue>nannten?|nennt|nennen|bezeichneten?|bezeichnet)\s{SPEAKER}\s"
        r"(?P<topic>(?:der|die|das|den|dem|eine?n?|seine?n?|ihre?n?)\s\S.*)",
        ("Wie {cue:nannte} {speaker:Stanes} {topic:das Personal}?",),
        certain=False,
        known=True,
    ),
    Wording(
        _STATEMENTS,
        r"wer\s(?:sprach|spricht|redete|redet)\s(?:über|von)\s(?P<topic>[^\W_].*)",
        ("Wer sprach über {topic:die Gespräche}?",),
    ),
    Wording(
        _STATEMENTS,
        rf"wer\s(?:äußerte|äußert)\ssich\s{TO}\s(?P<topic>[^\W_].*)",
        ("Wer äußerte sich zu {topic:den Gesprächen}?",),
    ),
    Wording(
        _QUOTATION,
        rf"\W*wer\s+(?:hat\s+gesagt|sagte|hat|sprach\s+von|nannte){QUOTED}(?:gesagt{BEHIND_QUOTED})?",
        ("wer hat „{quoted:not easy}“ gesagt", "Wer nannte es „{quoted:nicht einfach}“?"),
        certain=False,
    ),
    Wording(
        _QUOTATION,
        r"\W*wer\s+sagte,?\s+(?:dass\s+)?(?P<quoted>\w+\W+\w.*)",
        ("Wer sagte {quoted:nicht einfach}?",),
        certain=False,
    ),
    Wording(
        QuestionKind.LATEST,
        rf"(?:was\s(?:gibt\ses|ist)\sneu(?:es)?|was\sist\sder\sstand)\s(?:zu|zum|zur|von|vom|bei|beim|über)\s{TOPIC}",
        ("Was gibt es Neues zur {topic:Fähre}?",),
    ),
    Wording(
        QuestionKind.EVENT,
        rf"was\sist\s(?:in|im|mit|bei|beim|am)\s{TOPIC}\s(?:passiert|geschehen)",
        ("Was ist mit {topic:der Fähre} passiert?",),
    ),
    Wording(
        QuestionKind.EXPLANATION,
        r"(?:warum|wieso|weshalb)\s.+|wie\s(?:kam|kommt|hat|haben|konnte|wurde|wird)\s.+",
        ("Warum gibt es mehr Reiher?", "Wie kam es zu dem Brand?"),
    ),
    Wording(
        QuestionKind.PERSON,
        rf"wie\salt\s(?:ist|war)\s{TOPIC}",
        ("Wie alt ist {topic:Petra Reck}?",),
        certain=False,
        introduced=True,
    ),
    Wording(
        QuestionKind.PERSON,
        rf"wer\s(?:leitete?|führte?|besitzt|besaß|trainierte?|gründete|vertritt|vertrat|regierte?)\s{TOPIC}",
        ("Wer leitet {topic:das Museum}?",),
        certain=False,
        introduced=True,
    ),
    Wording(
        QuestionKind.PERSON,
        rf"wer\s(?:ist|war)\s{TOPIC}",
        ("Wer ist {topic:der Bürgermeister von Harrowmere}?", "wer war {topic:die Präsidentin}"),
        certain=False,
        introduced=True,
    ),
    Wording(
        QuestionKind.PERSON,
        r"wer\s(?:ist|war|sind|waren)\s(?P<speaker>er|sie)",
        ("Wer ist {speaker:er}?",),
    ),
    Wording(
        QuestionKind.PERSON,
        rf"wer\s(?:ist|war)\s{WHO}",
        ("Wer ist {speaker:Friedrich Merz}?",),
        certain=False,
        introduced=True,
    ),
    Wording(
        QuestionKind.COMPARISON,
        r"(?P<speaker>\S(?:.{0,40}?\S)??)\sund\s(?P<other>\S(?:.{0,40}?\S)??)"
        rf"\s{TO}\s{TOPIC}",
        ("{speaker:Merz} und {other:Selenskyj} zu {topic:den Garantien}",),
        certain=False,
        known=True,
    ),
    Wording(
        _COURSE,
        rf"(?P<speaker>\S(?:.{{0,60}}?\S)??)(?:['’]s?)?\s{TO}\s{_SHORT_TOPIC},?\s{OVER_TIME}",
        ("{speaker:Merz} zur {topic:Ukraine} damals und heute",),
        certain=False,
        known=True,
    ),
    Wording(
        _STATEMENTS,
        rf"(?P<speaker>\S(?:.{{0,60}}?\S)??)(?:['’]s?)?\s{TO}\s{TOPIC}",
        ("{speaker:Merz} zu {topic:Putins Angriff}",),
        certain=False,
        known=True,
    ),
)
