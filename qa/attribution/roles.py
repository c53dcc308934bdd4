"""A name and the text around it -> what its bearer is called there.

A role is a title before a name ("former German Chancellor Angela Merkel", "Kremlin spokesman Dmitry Peskov") or an
apposition after it or around it ("the museum's director, Bertrand Ilves"). Promise: a role is a slice of the text. What
this module does not know: offices; whether a noun is one says a list.
"""

from __future__ import annotations

import re

from qa.attribution.capitals import SPEAKS, Named
from qa.attribution.lexicon import AGENTS, GOVERNING, NEVER_A_NAME, ROLES
from qa.attribution.phrases import head_noun
from qa.lazily import pattern
from qa.text import fold

__all__ = ["apposition", "title_before"]

_SPEAKS = pattern(SPEAKS)
_WORD = pattern(r"(?=[^\W\d])[\w’'-]+|(?:[A-Z]\.)+")
_MODIFIERS = frozenset(("former", "late", "acting", "retired", "outgoing", "incoming", "then", "deputy", "vice", "ex"))
_MAX_WORDS = 4
_REACH = 60
_INTRODUCED = pattern(
    r"(?:\A|[\s(“—-])((?:[Tt]he|[Aa]n?|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir|[Oo]ne of)\s[^,.;:“”]{3,60}"
    r"|[\w’'.-]+[’']s?\s[^,.;:“”]{3,40}), \Z"
)
_APPOSITION = pattern(r", ((?:the|a|an|its|his|her|their|[a-z]+|[A-Z])[^,.;:“”]{3,70})")
# What it opens is a clause, whose subject is nobody's role: "When the nurse from Hungary asked, Pell laughed".
_SUBORDINATE = pattern(
    r"\b(?:when|while|as|after|before|because|if|since|although|though|until|once|that|whether)\s\Z", re.IGNORECASE
)
_DEFINITE = pattern(r"(?:the|an?|its|his|her|their) |[\w’'.-]+[’']s? ", re.IGNORECASE)
_ASIDE = pattern(r" \([^)]{1,24}\)")


def title_before(masked: str, one: Named) -> str:
    """The title that ends where a name begins, in capitals or not; empty where no office is in it."""
    start = one.start - len(one.title) - bool(one.title)
    before = masked[max(0, start - _REACH) : start].rpartition("\n")[2]
    left = before.split() if before.endswith(" ") else []
    role = one.title.split()
    if role and not _is_office(role[-1]) and len(left) > 1 and left[-1] == "of" and _is_office(left[-2]):
        role, left = [*left[-2:], *role], left[:-2]  # "Secretary of State Jocelyn Benson"
    capital = any(map(_is_office, role))
    if not capital and not (left and fold(left[-1]).strip("—–“") in ROLES):
        return ""
    role = [] if not capital else role
    while left and len(role) < _MAX_WORDS + capital and _goes_on(left[-1], bool(role), capital=capital):
        role.insert(0, left.pop().strip("—–“"))
    return " ".join(role)


def apposition(masked: str, one: Named) -> str:
    """The apposition after a name, or the phrase to which the name itself is the apposition."""
    aside = _ASIDE.match(masked, one.end)  # "Schiff (D-Calif.), the top Democrat"
    after = _APPOSITION.match(masked, aside.end() if aside else one.end)
    if after and (head_noun(after[1]) in ROLES or _set_off(after[1], masked[after.end() :])):
        return after[1]
    before = _INTRODUCED.search(masked, max(0, one.start - 90), one.start)
    if not before or _SUBORDINATE.search(masked, max(0, before.start(1) - 12), before.start(1)):
        return ""
    return before[1] if head_noun(before[1]) in ROLES or _set_off(before[1], masked[one.end :]) else ""


def _set_off(phrase: str, behind: str) -> bool:
    """Whether a phrase that no list knows is what somebody is called all the same: "the glazier, Odile Marsh,"."""
    return head_noun(phrase).endswith(AGENTS) and bool(_DEFINITE.match(phrase)) and behind.startswith((",", "."))


def _is_office(word: str) -> bool:
    return fold(word).strip(".") in ROLES


def _goes_on(word: str, begun: bool, *, capital: bool) -> bool:
    """Say whether a word to the left still belongs to a title."""
    plain = fold(word)
    if capital:
        return plain in _MODIFIERS
    stops = plain in (NEVER_A_NAME | GOVERNING) - _MODIFIERS or _SPEAKS.fullmatch(plain)
    return not begun or bool(_WORD.fullmatch(word) and not stops)
