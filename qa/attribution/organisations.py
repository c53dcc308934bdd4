"""A noun phrase -> the organisation that it names or takes up again, or None.

"The White House", "Saudi government", "U.S. officials", "police" and "Moscow" are speakers of their own; "the fund" and
"the IMF" are the International Monetary Fund where the article writes it out. Promise: a name is a slice of the text.
What this module does not know: the world; whatever has a capital and is no person counts as an organisation.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import dropwhile

from qa.attribution.capitals import ACRONYM, CAPITALS
from qa.attribution.lexicon import (
    COLLECTIVES,
    CROWDS,
    DOCUMENTS,
    EPITHETS,
    FIRMS,
    MEDIA,
    NAME_PARTICLES,
    NEVER_A_NAME,
    NOT_PEOPLE,
    OFFICES,
    ORGANISATIONS,
    OUTLETS,
    ROLES,
    ROYAL,
    SOMEBODY,
)
from qa.attribution.names import GIVEN_NAMES
from qa.attribution.phrases import head_noun
from qa.attribution.places import is_place
from qa.text import fold

__all__ = ["Organisations"]

_DEFINITE = re.compile(r"the\s|its\s|their\s|his\s|her\s", re.IGNORECASE)
_DETERMINER = re.compile(r"\A(?:the|a|an|its|his|her|their|our|this|that)\s+", re.IGNORECASE)
_WORD = rf"(?:(?:[{CAPITALS}]\.)+|[{CAPITALS}$]\w*(?:[’'](?!s\b)\w+|[&.-]\w+)*)"
_LOWER = re.compile(rf"(?<![\w’'-])[^\W\d_{CAPITALS}][\w’'-]*")
_NAME = re.compile(rf"{_WORD}(?:(?: (?:of|for|and|on|the|&))* {_WORD})*")
_PROPER = re.compile(rf"(?:[{CAPITALS}$][\w’'&.-]*|of|for|and|on|the|&|{'|'.join(sorted(NAME_PARTICLES))})(?:\s|\Z)")
_PAPERS = frozenset(("times", "post", "journal", "telegraph", "tribune", "herald", "globe", "news", "guardian"))
_OPENS_NO_NAME = NEVER_A_NAME | CROWDS
_SPEECHLESS = DOCUMENTS | CROWDS
_CHAMBERS = frozenset(("Congress", "Parliament"))  # without an article they are names
_DAYS = r"\w+day\b|Jan|Feb|Mar|Apr|May\b|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
_ELSEWHERE = re.compile(rf"\s(?:in|at|from|near|during|whose|based|based in|on(?! [{CAPITALS}])|on(?= (?:{_DAYS})))\s")
_TWO = re.compile(r"\s(?:and|or|nor)\s(?:the|The|U\.S\.|other)\b")
_CHANNEL = re.compile(rf"[{CAPITALS}]\w+ \d{{1,2}}")  # "Radio 4"
_REACH = 800  # code points behind a paper in which "the paper" means it
_MAX_WORDS = 7
_COMMON_NOUN = re.compile(r"(?:(?:an|ic|crat|er|or|ist|ese|ent|ion|ess|to)s|ment|[ts]ion|age|ness|ity|ing)\Z")


@dataclass(slots=True)
class Organisations:
    """The organisations of one text, and the one that spoke last."""

    masked: str
    last: str | None = None
    medium: tuple[str, int] | None = None
    _common: frozenset[str] = field(init=False)
    _names: dict[str, int] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._common = frozenset(_LOWER.findall(self.masked))
        for match in _NAME.finditer(self.masked):
            name = " ".join(dropwhile(lambda word: fold(word) in _OPENS_NO_NAME, match[0].split()))
            if name not in self._names and " " in name:
                self._names[name] = match.start()

    def spoke(self, name: str, position: int) -> None:
        """Take in that ``name``, which is no person's, is a source; "the paper" behind it means it if it may be one."""
        words = set(fold(name).split())
        other = words & (NOT_PEOPLE | ROLES | COLLECTIVES | CROWDS)
        if words & MEDIA or not (other or is_place(name) or ACRONYM.fullmatch(name)):
            self.medium = name, position

    def paper(self, phrase: str) -> str | None:
        """The paper that a phrase names by what people are called, if its article has a capital within a sentence."""
        words = phrase.removeprefix("The ").split()
        if not phrase.startswith("The ") or not words or not all(map(_PROPER.fullmatch, words)):
            return None
        if fold(words[-1]) not in (ROLES | EPITHETS) - OFFICES - ROYAL:
            return None
        return " ".join(words) if re.search(rf"[\w,”’] {re.escape(phrase)}\b", self.masked) else None

    def reported(self, phrase: str, position: int) -> str | None:
        """What "the paper" takes up: the last source before it that may be one."""
        words = phrase.lower().split()
        if self.medium is None or words[:1] != ["the"] or words[-1] not in OUTLETS:
            return None
        name, at = self.medium
        return name if set(words[1:-1]) <= {"news"} and 0 < position - at < _REACH else None

    def named(self, phrase: str, position: int) -> str | None:
        """The organisation that a phrase means; None for "experts", "Republicans" and "the poll"."""
        name = _DETERMINER.sub("", phrase, count=1).strip()
        name = _ELSEWHERE.split(name)[0]
        words = name.split()
        shouted = len(words) > 3 and name.isupper()
        if (
            not words
            or shouted
            or len(words) > _MAX_WORDS
            or _TWO.search(phrase)
            or {head_noun(name), fold(words[-1])} & _SPEECHLESS
        ):
            return None
        if _CHANNEL.fullmatch(name) and (is_place(words[0]) or fold(words[0]) in OUTLETS | MEDIA):
            return name
        noun = fold(words[-1]) if fold(words[-1]) in COLLECTIVES else head_noun(name)
        owner = " ".join(words[:-1])
        if noun in COLLECTIVES:
            alone = noun == "police" and not owner
            return name if alone or (" and " not in owner and self._has_proper(words[:-1])) else None
        if self._is_proper(name) or (name == phrase and name in _CHAMBERS):
            return self._in_full(name)
        if noun in ORGANISATIONS and fold(words[-1]) == noun:
            return name if self._has_proper(words[:-1]) else self._again(noun, fold(owner).split(), phrase, position)
        return None

    def _is_proper(self, name: str) -> bool:
        words = name.split()
        if not name[0].isupper() or not all(_PROPER.fullmatch(word) for word in words):
            return False
        if len(words) > 1:
            two = len(words) == 3 and words[1] == "and"  # "Walmart and Target"
            titled = fold(words[-1]) in _PAPERS  # "The Sunday Times"
            return not two and (titled or fold(words[0]) not in CROWDS | NEVER_A_NAME)
        if fold(name) in NEVER_A_NAME | ORGANISATIONS | GIVEN_NAMES | ROLES | EPITHETS:
            return False
        if is_place(name):
            return True
        if self._is_common(name) or fold(name) in SOMEBODY:
            return False
        return not _COMMON_NOUN.search(name) or self._within_sentence(name)

    def _is_common(self, word: str) -> bool:
        return word.lower() in self._common

    def _has_proper(self, words: Sequence[str]) -> bool:
        """Whether any of the words is a name, and the first no "Some" or "Many"."""
        names = [word for word in words if word[0].isupper() and (word[0] in "“$" or not self._is_common(word))]
        return bool(names) and fold(words[0]) not in CROWDS | NEVER_A_NAME

    def _within_sentence(self, name: str) -> bool:
        """Whether a word has its capital also where no sentence begins."""
        return bool(re.search(rf"[\w,] {re.escape(name)}\b", self.masked))

    def _in_full(self, name: str) -> str:
        """The article's longer form of an acronym, or of "the Times"."""
        letters = name.replace(".", "")
        if len(letters) < 6 and letters.isupper() and not is_place(name):
            full = [each for each in self._names if _initials(each) == letters]
            return full[0] if full else name
        ending = [each for each in self._names if each.endswith(f" {name}")]
        return ending[0] if len(ending) == 1 and fold(name) in _PAPERS else name

    def _again(self, noun: str, besides: Sequence[str], phrase: str, position: int) -> str | None:
        """What "the company" takes up: who spoke last, if it fits, else the nearest name that has the noun in it."""
        if not _DEFINITE.match(phrase):
            return None
        wanted = {noun, *besides}
        if self.last and (wanted <= set(fold(self.last).split()) or (wanted <= FIRMS)):
            return self.last
        having = [(at, name) for name, at in self._names.items() if wanted <= set(fold(name).split()) and at < position]
        owned = re.compile(rf"(?!The |A |An |This |That |Its |His |Her |Jr)({_WORD}(?: {_WORD})*)(?:[’']s)? {noun}\b")
        if not besides:
            having += [(match.start(), match[0]) for match in owned.finditer(self.masked, 0, position)]
        return max(having)[1] if having else None

    def nearest(self, position: int) -> str | None:
        """The organisation that ends right before ``position``: "the Chicago Police Department which"."""
        found = re.search(
            rf"({_NAME.pattern}|[{CAPITALS}]\w+ [a-z]+),?\s*\Z", self.masked[max(0, position - 90) : position]
        )
        return self.named(found[1], position) if found else None


def _initials(name: str) -> str:
    return "".join(word[0] for word in name.split() if word[0].isupper())
