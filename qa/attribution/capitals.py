"""A text -> its runs of capitalised words that may be names of people, each with the title before it.

Promise: a run's words are a slice of the text; names of institutions and places are left out where a word of theirs
tells ("White House", "Orlando Sentinel"). Of a headline, where every word has a capital, only a known given name with
the word behind it is taken, and only where that word turns up again. What this module does not know: who anybody is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import dropwhile

from qa.attribution.lexicon import NAME_PARTICLES, NEVER_A_NAME, NOT_PEOPLE, POST_NOMINALS, ROLES, SURNAMES
from qa.attribution.names import GIVEN_NAMES
from qa.attribution.places import is_place
from qa.lazily import pattern
from qa.text import fold

__all__ = ["ACRONYM", "CAPITALS", "SPEAKS", "SUFFIXES", "Named", "find_names", "split_name"]

CAPITALS = "".join(filter(str.isupper, map(chr, range(0x250))))
_PARTICLE = rf"(?:{'|'.join(sorted(NAME_PARTICLES))})"
_ABBREVIATION = (
    "Mr|Mrs|Ms|Dr|Pres|Prof|Sens?|Reps?|Gov|Gen|Lt|Col|Sgt|St|Rev|Adm|Capt|Maj|Del|Atty|Supt|Insp|Det|Cllr|Fr|Hon|Cpl|"
    "Const|Cmdr|Brig|Ing"
)
_CAPITAL = (
    rf"(?:(?:{_ABBREVIATION})\.|(?:[{CAPITALS}]\.)+|"
    rf"(?:[ae]l-)?[{CAPITALS}][^\W_]*(?:[’'](?!s\b)[^\W_]+|-[^\W_]+)*)"
)
_RUN = pattern(rf"(?<![\w’'-]){_CAPITAL}(?: (?:{_PARTICLE} )*{_CAPITAL})*")
_LETTERS_BEHIND = pattern(rf"(?<=[a-zß-ÿ])(?:,? (?:{'|'.join(sorted(POST_NOMINALS)).upper()}))+\Z")
_TITLES = ROLES - GIVEN_NAMES
_SURELY_NOT = NOT_PEOPLE - SURNAMES
_IN_HEADLINES = GIVEN_NAMES - {"will", "mark", "grant", "hope", "faith", "grace", "joy"}  # verbs and nouns as well
_NO_SURNAME = NOT_PEOPLE | GIVEN_NAMES
SUFFIXES = frozenset(("jr", "sr", "ii", "iii", "iv"))
SPEAKS = "(?:said|says|told|tweeted|added|argued|wrote|noted|explained|asked|insisted|responded|replied|warned)"
_SAID = pattern(rf"\b{SPEAKS}\b")
_HEADLINE_WORD = pattern(r"(?<![“\w’'])[^\W\d_]+(?:[’'-]\w+)*")
_SMALL = frozenset("a an and as at but by for from in is into it not of off on or over s the to up via with".split())  # noqa: SIM905
_OFFICE_OF = pattern(rf"\b(?:{'|'.join(sorted(ROLES))})\sof\s\Z", re.IGNORECASE)
_REACH = 30
ACRONYM = pattern(r"[A-Z]{2,5}|(?:[A-Z]\.){2,}")


@dataclass(frozen=True, slots=True)
class Named:
    """A run of capitalised words that may be a name, with the title before it."""

    start: int
    end: int
    title: str
    words: tuple[str, ...]
    headline: bool


def split_name(run: str) -> tuple[str, list[str]]:
    """Split capitalised words into the title before a name, and the name: "German Chancellor Merz"."""
    words = list(dropwhile(lambda word: fold(word) in NEVER_A_NAME, _LETTERS_BEHIND.sub("", run).split()))
    last = len(words) - (1 + (fold(words[-1]).strip(".") in SUFFIXES) if words else 0)
    titles = [at for at, word in enumerate(words) if fold(word).strip(".") in _TITLES]
    if titles and titles[-1] >= last and (len(titles) > 1 or (last and fold(words[0]) in GIVEN_NAMES)):
        titles = [at for at in titles if at < last]  # "Mr. King", "Larry King"
    cut = max(titles, default=-1) + 1
    for at, word in enumerate(words[cut:last], cut):
        if re.fullmatch(r"(?:\w\.)+", word) and not is_place(word):
            break  # "C. Boyden Gray", "Emmet G. Sullivan"
        if fold(word) in GIVEN_NAMES and not (at and words[at - 1] == "St."):  # "Kathaleen St. Jude McCormick"
            cut = at  # "Republican Donald Trump"
            break
    while last - cut > 1 and (is_place(words[cut]) or (ACRONYM.fullmatch(words[cut]) and "." not in words[cut])):
        cut += 1  # "German Angela Merkel", "NYPD James O’Neill"
    for half in (1, 2):  # "Ilse Varn Ilse Varn", as a caption runs into its text
        if len(words) - cut >= 2 * half and words[-half:] == words[-2 * half : -half]:
            words = words[:-half]
    return " ".join(words[:cut]), words[cut:]


def find_names(masked: str) -> Iterator[Named]:
    """The runs of capitalised words that are no institutions; from headlines only what has a known given name."""
    for line in re.finditer(r"[^\n]+", masked):
        headline = _is_headline(line[0])
        for match in _RUN.finditer(masked, line.start(), line.end()):
            yield from _in_headline(match, masked) if headline else _in_run(match)


def _is_headline(line: str) -> bool:
    """Whether all words have capitals but those that never have them in a headline."""
    words = _HEADLINE_WORD.findall(line)
    return len(words) > 3 and all(word[0].isupper() or word in _SMALL for word in words) and not _SAID.search(line)


def _in_run(match: re.Match[str]) -> Iterator[Named]:
    title, words = _without_place(match, *split_name(match[0]))
    letters = _LETTERS_BEHIND.search(match[0])
    end = match.start() + letters.start() if letters else match.end()
    if words and _may_be_person(words):
        yield Named(end - len(" ".join(words)), end, title, tuple(words), headline=False)


def _without_place(match: re.Match[str], title: str, words: list[str]) -> tuple[str, list[str]]:
    """A name less what the office before it is of, which no list knows: "Mayor of Brackwater Gero Plimsoll"."""
    own = 2 + (len(words) > 2 and words[-2].endswith("."))
    if (
        title
        or len(words) <= own
        or not _OFFICE_OF.search(match.string[max(0, match.start() - _REACH) : match.start()])
    ):
        return title, words
    return (" ".join(words[:-own]), words[-own:]) if _may_be_person(words) else (title, words)


def _may_be_person(words: Sequence[str]) -> bool:
    """Say whether capitalised words are no institution or place: "Bill Clinton", but not "White House"."""
    if fold(words[0]) in GIVEN_NAMES and not is_place(words[0]):
        return len(words) == 1 or fold(words[-1]) not in _SURELY_NOT
    if is_place(" ".join(words)) or is_place(words[0]):
        return False
    return len(words) == 1 or not any(fold(word) in NOT_PEOPLE for word in words)


def _in_headline(match: re.Match[str], masked: str) -> Iterator[Named]:
    words = list(re.finditer(r"\S+", match[0]))
    for at, word in enumerate(words[:-1]):
        if fold(word[0]) in _IN_HEADLINES and fold(words[at + 1][0]) not in _NO_SURNAME:
            initial = len(words) > at + 2 and words[at + 1][0].endswith(".")
            name = words[at : at + 2 + initial]
            start = match.start() + word.start()
            if re.search(rf"[\w,”] {re.escape(name[-1][0])}\b", masked[match.end() :]):
                yield Named(start, match.start() + name[-1].end(), "", tuple(each[0] for each in name), headline=True)
    if len(words) == 1:
        yield Named(match.start(), match.end(), "", (match[0],), headline=True)
