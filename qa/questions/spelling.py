"""A question with slips of the fingers ("in wich swiss city") -> the words that were meant, and which those are.

A word is a slip when no passage has it, no list of known words has it (nor its stem), and it is one letter from one
that passages have: two exchanged, or one doubled or not; in a long word that is meant and known also one missing, too
many or wrong; a long word may have two of the first kind. Of several the likeliest is meant: how often passages have
it, times how likely the slip is. Where two are nearly as likely, nothing is changed.

Promises: a question whose words are all in the archive, or all known, stays as it is, and so do short words, words
with a digit, in capitals or within quotation marks, and questions of which much is unknown (another language, a text
that was pasted). Where German is asked, only slips of the first kind are read: few German words are known. A name
becomes another only where two letters are exchanged, and where several passages have that one: Mullally is not Mulally,
nor Zelda Zelensky. Every change is told.

What it does not know: meaning: "pay" for "say" stands as typed, a word that exists being no slip; small words that
asking is done with are mended by :mod:`qa.questions.mending`, where they then fit a wording.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from qa.lazily import pattern
from qa.questions.content import STOP_WORDS
from qa.text import fold, word_spans
from qa.types import Carried, Part, Span

__all__ = ["Lexicon", "respelt"]

_LEAST = 4  # letters of a word that is mended
_SHORT = 6  # letters below which a word, and any name, is only mended where the slip is plain
_LOOKED_UP = 6  # words that have to be there as they are, the likeliest
_SEVERAL = 3  # passages that have a name
_LONG = 9  # letters from which a word may have two slips
_LONGEST = 24  # letters of a word that is mended: what it may be a slip of grows with the square of them
_UNKNOWN = 2  # one word of so many may be unknown
_MOST = 4  # unknown words of a question that is mended
_CLEARLY = 3.0  # times as likely as the next
# How likely a slip is, beside one of hands: a letter exchanged or doubled. The first letter is
# hardly ever wrong: only a word that questions are made of is looked for so.
_OF_HANDS, _MISSING, _TOO_MANY, _BESIDE_IT = 1.0, 0.5, 0.3, 0.3
_TWICE = 0.1  # two slips of hands
_COMMON = 20  # passages that have a word that may stand for one with a capital
_SURE = 8  # letters of a word from which such a slip is no word by itself: "scorned" is, a letter from "scored"
_ASKED = 200  # passages that have a word of questions, at least
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm", "qwertzuiop", "yxcvbnm")
_SOUNDS = ("aeiou", "iy", "cks", "sz", "bp", "dt", "gj", "mn", "fv")  # letters that are taken for each other
_POSSESSIVE = pattern(r"['’]s?$")
_QUOTED = pattern(r"[\"“„«‘'](?<!\w.)[^\"”“»’]+[\"”“»’'](?!\w)")
# What stands before a noun, and never before a word that questions are made of.
_DETERMINED = pattern(r"\b(?:the|an?|this|that|its|his|her|their|our|your|my|no|any|some)\s$", re.IGNORECASE)
_INFLECTED = ("s", "es", "ed", "ing", "ly", "d", "er", "ers", "en", "e", "n")
_WITHOUT_E = ("ed", "ing", "er", "ers", "est", "or", "ors", "able", "ist", "ists")  # "hate", "hater"
_DERIVED = ("or", "ors", "able", "ist", "ists", "ness", "ish", "est")
_BEFORE = ("un", "re", "over", "under", "out", "inter", "super", "anti", "mis", "non", "sub", "pre")
_GERMAN = frozenset(
    ("der", "die", "das", "wer", "wann", "wo", "wie", "warum", "ist", "war", "wird", "und", "über", "hat")
)
_GERMAN_ENDINGS = frozenset("enrsmt")


def _beside() -> Mapping[str, frozenset[str]]:
    """The letters that are typed for each: its neighbours in a row of keys, and those that sound like it."""
    found: dict[str, set[str]] = {letter: set() for letter in _LETTERS}
    for row in _KEYS:
        for one, other in pairwise(row):
            found[one].add(other)
            found[other].add(one)
    for letters in _SOUNDS:
        for letter in letters:
            found[letter].update(set(letters) - {letter})
    return {letter: frozenset(those) for letter, those in found.items()}


_BESIDE = _beside()


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words that there are.

    ``counted`` says in how many passages each of some words is, up to some number, 0 where in none; ``exists`` whether
    a word is known beside these; ``printed`` how passages print a word, some of the times. All words are folded.
    """

    counted: Callable[[Sequence[str]], Mapping[str, int]]
    exists: Callable[[str], bool]
    printed: Callable[[str], Sequence[str]]


def respelt(asked: str, lexicon: Lexicon | None) -> tuple[str, tuple[Carried, ...]]:
    """Mend the slips of a question on one line; returns it as it is, and nothing, where it has none."""
    if lexicon is None:
        return asked, ()
    spans = _mendable(asked)
    counts = lexicon.counted(list(dict.fromkeys(word for word, _ in spans)))
    missing = [(word, span) for word, span in spans if not counts.get(word) and not _exists(word, lexicon)]
    if not 0 < len(missing) <= _MOST or len(missing) * _UNKNOWN > max(len(word_spans(asked)), _UNKNOWN):
        return asked, ()
    german = any(fold(span.of(asked)) in _GERMAN for span in word_spans(asked))
    text, carried = asked, list[Carried]()
    for word, span in reversed(missing):
        typed = span.of(asked)
        meant = _meant(word, lexicon, name=_is_name(asked, span), german=german)
        if meant is None or (meant in STOP_WORDS and _DETERMINED.search(asked[: span.start])):
            continue
        text = f"{text[: span.start]}{_like(typed, meant)}{text[span.end :]}"
        carried.append(Carried(Part.SPELLING, _like(typed, meant), typed))
    return text, tuple(reversed(carried))


def _mendable(asked: str) -> list[tuple[str, Span]]:
    """The words, folded and without a possessive, that may be slips."""
    quoted = [Span(*match.span()) for match in _QUOTED.finditer(asked)]
    found: list[tuple[str, Span]] = []
    for span in word_spans(asked):
        bare = _POSSESSIVE.sub("", span.of(asked))
        place = Span(span.start, span.start + len(bare))
        word = fold(bare)
        fits = (
            (_LEAST if found or span.start else _LEAST - 1) <= len(word) <= _LONGEST
            and word.isascii()
            and word.isalpha()
            and not bare[1:].isupper()
        )
        if fits and word not in STOP_WORDS and not any(one.overlaps(place) for one in quoted):
            found.append((word, place))
    return found


def _exists(word: str, lexicon: Lexicon) -> bool:
    """Whether a word is known, as it is, or without what is put before or behind a word."""
    if lexicon.exists(word):
        return True
    roots = [word, *(word.removeprefix(before) for before in _BEFORE if word.startswith(before))]
    return any(
        len(stem) >= least and lexicon.exists(stem) for root in roots for stem, least in [(root, _LEAST), *_stems(root)]
    )


def _stems(word: str) -> Iterator[tuple[str, int]]:
    """A word without its ending, and the letters that must be left of it: "hater", "protestors"."""
    for ending in (*_INFLECTED, *_DERIVED):
        if not word.endswith(ending):
            continue
        stem = word.removesuffix(ending)
        if ending != "d" or stem.endswith("e"):
            yield stem, _LEAST if len(ending) == 1 or ending in _DERIVED else _LEAST + 1
        if ending in _WITHOUT_E:
            yield f"{stem}e", _LEAST


def _is_name(asked: str, span: Span) -> bool:
    """Whether a word has a capital that its place does not give it."""
    return span.start > 0 and asked[span.start].isupper() and not (asked.istitle() or asked.isupper())


def _like(typed: str, meant: str) -> str:
    return meant[:1].upper() + meant[1:] if typed[:1].isupper() else meant


def _meant(word: str, lexicon: Lexicon, *, name: bool, german: bool) -> str | None:
    """The word that one without meaning is a slip of; as passages print it."""
    once = {other: likely for other, likely in _slips(word).items() if _may_be(word, other, likely, name=name)}
    for slips in (once, {} if name else _twice(word)):
        ranked = _ranked(word, slips, lexicon, german=german)
        real = _that_exist(ranked, lexicon)
        if not real:
            continue
        best, score = real[0]
        if len(real) > 1 and _CLEARLY * real[1][1] > score:
            return None
        if not _is_sure(word, best, slips[best], lexicon, german=german):
            return None
        printed = lexicon.printed(best)
        if not printed and best not in STOP_WORDS:
            return None
        in_capitals = bool(printed) and all(one[:1].isupper() for one in printed)
        if name or in_capitals:
            enough = _SEVERAL if in_capitals else _COMMON
            if not _may_be(word, best, slips[best], name=True) or lexicon.counted([best])[best] < enough:
                return None
        return (printed or [best])[0] if in_capitals or not printed else printed[0].lower()
    return None


def _may_be(word: str, other: str, likely: float, *, name: bool) -> bool:
    """Whether a slip is plain enough for a word: for a name and a short word it has to be one of hands.

    Words that questions are made of may lack a letter too.
    """
    if name:
        return len(word) >= _SHORT and likely >= _OF_HANDS and len(word) == len(other)
    if other in STOP_WORDS:
        return likely >= _OF_HANDS or (likely >= _MISSING and len(other) > _LEAST)
    return len(word) >= _LEAST and (likely >= _OF_HANDS or max(len(word), len(other)) >= _SHORT)


def _is_sure(word: str, meant: str, likely: float, lexicon: Lexicon, *, german: bool) -> bool:
    """Whether no word by itself has to be feared: a slip that hands rarely make is one of a long and known word.

    Few German words are known, so that such a slip is never read there.
    """
    if likely in (_OF_HANDS, _TWICE) or meant in STOP_WORDS:
        return True
    return not german and len(word) >= _SURE and lexicon.exists(meant)


def _ranked(word: str, slips: Mapping[str, float], lexicon: Lexicon, *, german: bool) -> list[tuple[str, float]]:
    """Words that there are, each with how likely it is meant, likeliest first."""
    counts = lexicon.counted(list(slips))
    found = []
    for other, likely in slips.items():
        count = counts.get(other, 0)
        if other in STOP_WORDS:
            count = max(count, _ASKED)
        if count or lexicon.exists(other):
            found.append((other, likely * (count + 1)))
    found.sort(key=lambda one: (-one[1], one[0]))
    if found and (not counts.get(found[0][0]) and found[0][0] not in STOP_WORDS):
        return []
    inflected = german and found and _only_inflected(word, found[0][0])
    return [] if inflected else found


def _that_exist(ranked: Sequence[tuple[str, float]], lexicon: Lexicon) -> list[tuple[str, float]]:
    """The likeliest, and the next if that is nearly as likely; not what merely has the stem of another word."""
    found: list[tuple[str, float]] = []
    for other, score in ranked[:_LOOKED_UP]:
        if len(found) > 1 or (found and _CLEARLY * score <= found[0][1]):
            break
        if other in STOP_WORDS or lexicon.exists(other) or lexicon.printed(other):
            found.append((other, score))
    return found


def _only_inflected(one: str, other: str) -> bool:
    """Whether a German word is another with another ending."""
    short, long = sorted((one, other), key=len)
    return long.startswith(short) and _GERMAN_ENDINGS.issuperset(long[len(short) :])


def _slips(word: str) -> Mapping[str, float]:
    """What ``word`` may be a slip of, and how likely a slip that is: 1 for one that changes no sound."""
    found: dict[str, float] = {}

    def add(other: str, likely: float, at: int) -> None:
        if at or other in STOP_WORDS:
            found[other] = max(found.get(other, 0.0), likely)

    for other, at in _of_hands(word):
        add(other, _OF_HANDS, at)
    for at in range(len(word)):
        add(word[:at] + word[at + 1 :], _TOO_MANY, at)
        for letter in _LETTERS:
            other = word[:at] + letter + word[at + 1 :]
            if letter in _BESIDE[word[at]]:
                add(other, _BESIDE_IT, at)
    for at in range(len(word) + 1):
        for letter in _LETTERS:
            add(word[:at] + letter + word[at:], _MISSING, at)
    found.pop(word, None)
    return found


def _twice(word: str) -> Mapping[str, float]:
    """What a long word may be of which two slips were made that hands make most; nothing for a short one."""
    if len(word) < _LONG:
        return {}
    once = [other for other, _ in _of_hands(word)]
    return {other: _TWICE for each in once for other, at in _of_hands(each) if at and other != word}


def _of_hands(word: str) -> Iterator[tuple[str, int]]:
    """Two letters exchanged, or a letter that was typed twice or that stands twice in what was meant."""
    for at in range(len(word) - 1):
        yield word[:at] + word[at + 1] + word[at] + word[at + 2 :], at
        if word[at] == word[at + 1]:
            yield word[:at] + word[at + 1 :], at
    for at, letter in enumerate(word):
        yield word[:at] + letter + word[at:], at or 1
