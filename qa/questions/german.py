"""How questions are worded in German; the first wording that fits is how a question is read."""

from __future__ import annotations

from qa.questions.wordings import BEHIND_QUOTED, QUOTED, SPEAKER, TOPIC, Wording, someone
from qa.types import QuestionKind

__all__ = ["ASKING", "EVERYBODY", "WORDINGS"]

# As in English.
ASKING = (
    r"\b(?:wer|wen|wem|wessen|wann|wo|woher|wohin|warum|wieso|weshalb|wie|wieviele?|welche[mnrs]?|worüber|wozu|wofür)"
    r"|^(?:was|ist|sind|war|waren|hat|haben|hatte|hatten|kann|können|wird|werden|soll|sollen|gibt|nenne|zeige|vergleiche?)"
)
EVERYBODY = frozenset(("alle", "jeder"))

_TO = r"(?:zu|zum|zur|über)"
_ON = rf"(?:\s{_TO}\s{TOPIC})?"
_STATEMENTS, _QUOTATION = QuestionKind.STATEMENTS, QuestionKind.QUOTATION

WORDINGS = (
    Wording(
        QuestionKind.COURSE,
        rf"wie\shat\ssich\s{SPEAKER}(?:s|['’]|(?<=s))\s(?:Haltung|Position|Meinung|Ansicht)\s{_TO}\s(?P<topic>\S.*?)"
        r"\s(?:ver|ge)ändert",
        ("Wie hat sich {speaker:Merz}’ Haltung zur {topic:Ukraine} verändert?",),
        certain=False,
    ),
    Wording(
        QuestionKind.COMPARISON,
        rf"vergleiche?\s{SPEAKER}\s(?:und|mit)\s{someone('other')}{_ON}",
        ("Vergleiche {speaker:Merz} und {other:Selenskyj} zu {topic:den Garantien}",),
        certain=False,
    ),
    Wording(
        _STATEMENTS,
        rf"was\s(?:hat|haben)\s{SPEAKER}{_ON}\s(?:gesagt|erklärt|geäußert|gemeint)",
        (
            "Was hat {speaker:Merz} gesagt?",
            "Was hat {speaker:Friedrich Merz} zu {topic:Putins Angriff} gesagt?",
        ),
    ),
    Wording(
        _STATEMENTS,
        rf"was\s(?:sagte|sagt|sagten|sagen|erklärte|meinte|meint)\s{SPEAKER}{_ON}",
        ("was sagte {speaker:merz} über {topic:den angriff}",),
    ),
    Wording(
        _STATEMENTS,
        rf"wie\s(?:äußerte|äußert)\ssich\s{SPEAKER}\s{_TO}\s{TOPIC}",
        ("Wie äußerte sich {speaker:Merz} zu {topic:den Gesprächen}?",),
    ),
    Wording(
        _STATEMENTS,
        r"wer\s(?:sprach|spricht|redete|redet)\s(?:über|von)\s(?P<topic>[^\W_].*)",
        ("Wer sprach über {topic:die Gespräche}?",),
    ),
    Wording(
        _STATEMENTS,
        rf"wer\s(?:äußerte|äußert)\ssich\s{_TO}\s(?P<topic>[^\W_].*)",
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
        QuestionKind.COMPARISON,
        r"(?P<speaker>\S(?:.{0,40}?\S)??)\sund\s(?P<other>\S(?:.{0,40}?\S)??)"
        rf"\s{_TO}\s{TOPIC}",
        ("{speaker:Merz} und {other:Selenskyj} zu {topic:den Garantien}",),
        certain=False,
        known=True,
    ),
    Wording(
        _STATEMENTS,
        rf"(?P<speaker>\S(?:.{{0,60}}?\S)??)(?:['’]s?)?\s{_TO}\s{TOPIC}",
        ("{speaker:Merz} zu {topic:Putins Angriff}",),
        certain=False,
        known=True,
    ),
)
