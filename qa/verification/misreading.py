"""Words of a quotation in the place of printed ones -> whether all of them were misread, or one of them was meant.

A misread word is seldom a word, but "bad" for "had" may be either: misread, or meant. Three things tell. A sentence's
first word has a capital and is no name. A name that is spelled like no word ("Hcndrik") is nobody's, where "Hecker" may
be. And what reads one "h" as a "b" reads others so: beside "tbe", "bad" was "had", and so it was beside "be" for "he",
since nobody means two such words.

Promises: a name that is a common word or that the texts have is never misread, whatever stands beside it; a word is
taken for misread only where it is spelled as scans confuse the printed one, which the caller has seen to
(:mod:`qa.verification.damage`). What this does not know: where the words stand.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import Enum, auto

from qa.text import fold
from qa.verification.damage import is_common, oddly_spelled, plainly_alike

__all__ = ["Substitute", "all_misread"]

_LONG_NAME = 8  # letters; it has hardly another beside it that differs by one which scans confuse

_Confusion = frozenset[str]
"""The letters of one place as they are printed and as they are read, whichever is which."""


@dataclass(frozen=True, slots=True)
class Substitute:
    """A word of a quotation and what is printed in its place.

    ``key`` is the word as it is compared; ``opens`` says that what is printed begins a sentence.
    """

    key: str
    word: str
    printed: str
    opens: bool

    @property
    def is_name(self) -> bool:
        """Whether it may be a name: it has a capital that a sentence's beginning does not explain."""
        return self.word[:1].isupper() and not (self.opens and is_common(fold(self.printed.partition(" ")[0])))

    @property
    def confusions(self) -> frozenset[_Confusion]:
        """What was taken for what."""
        word, printed = fold(self.word), fold(self.printed)
        if len(word) == len(printed):
            pairs = list(zip(printed, word, strict=True))
        else:
            steps = SequenceMatcher(None, printed, word, autojunk=False).get_opcodes()
            pairs = [(printed[one:other], word[start:end]) for _, one, other, start, end in steps]
        return frozenset(frozenset(pair) for pair in pairs if pair[0] != pair[1])


class _Told(Enum):
    MISREAD = auto()
    UNSURE = auto()
    MEANT = auto()


def all_misread(substitutes: Iterable[Substitute], is_word: Callable[[str], bool]) -> bool:
    """Whether damage explains every one of these words.

    Args:
        substitutes: words that differ from what is printed by letters which scans confuse.
        is_word: whether a key is a common word, or one that the texts have.
    """
    told = [(one, _told(one, is_word)) for one in substitutes]
    if any(what is _Told.MEANT for _, what in told):
        return False
    often = Counter(confusion for one in {one.key: one for one, _ in told}.values() for confusion in one.confusions)
    seen = {confusion for one, what in told if what is _Told.MISREAD for confusion in one.confusions}
    seen |= {confusion for confusion, words in often.items() if words > 1}
    return all(one.confusions <= seen for one, what in told if what is _Told.UNSURE)


def _told(one: Substitute, is_word: Callable[[str], bool]) -> _Told:
    if is_word(one.key):
        return _Told.MEANT if one.is_name else _Told.UNSURE
    if not one.is_name or len(one.word) >= _LONG_NAME or oddly_spelled(one.word, one.printed):
        return _Told.MISREAD
    alike = any(plainly_alike(one.word, each) for each in (one.printed, *one.printed.split()))
    return _Told.MISREAD if alike else _Told.UNSURE
