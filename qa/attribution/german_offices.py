"""An office as German asks for it -> the same in English: "die Bürgermeisterin von Harrow", "the mayor of Harrow".

Promises: only an office that is known in both languages is turned, with all that stands beside it; what it is of stays
as it is typed, as names do. What it does not know: how German calls places and their people ("Kreml", "die ukrainische
Präsidentin").
"""

from __future__ import annotations

import re

from qa.attribution.offices import called
from qa.lazily import pattern
from qa.text import fold

__all__ = ["asked_in_english", "office_in_english"]

_OFFICE = pattern(
    r"d(?:er|ie|en|em)\s(?P<how>(?:[^\W\d_]+\s){0,2}?)(?:(?P<owner>[^\W_]+)-)?(?P<noun>[^\W\d_]+)"
    r"(?:\s(?:von|vom|des|der|in|im|bei|beim|für)\s(?P<of>\S.*))?",
    re.IGNORECASE,
)
_ASKED = pattern(r"wer\s(?P<verb>ist|war)\s(?:(?:derzeit|aktuell|jetzt)\s)?(?P<office>\S.*)", re.IGNORECASE)
_IS = {"ist": "is", "war": "was"}
_HELD = {
    "stellvertretend": "deputy",
    "fruher": "former",
    "ehemalig": "former",
    "kommissarisch": "acting",
    "amtierend": "current",
    "jetzig": "current",
    "derzeitig": "current",
    "aktuell": "current",
    "neu": "new",
}
_ENDING = pattern(r"e[rnm]?$")


def office_in_english(asked: str) -> str | None:
    """An office in English words; None for anything else, or where a word beside it is not known."""
    found = _OFFICE.fullmatch(asked.strip())
    noun = called(fold(found["noun"])) if found else None
    if found is None or noun is None:
        return None
    how = [_HELD.get(_ENDING.sub("", fold(word))) for word in found["how"].split()]
    if None in how:
        return None
    of = f" of {found['of']}" if found["of"] else ""
    return " ".join(["the", *filter(None, (*how, found["owner"])), noun]) + of


def asked_in_english(question: str) -> str | None:
    """A German question for the bearer of an office in English; None for any other."""
    found = _ASKED.fullmatch(question.strip().rstrip("?!. "))
    office = office_in_english(found["office"]) if found else None
    return f"Who {_IS[found['verb'].lower()]} {office}?" if found and office else None
