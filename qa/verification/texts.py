"""A quotation and any texts -> a :class:`Verification`, without an archive.

    >>> verify_in("the ferry stops in May", {"gazette": "The ferry stops in March, the mayor said."}).verdict.value
    'altered'

Promises: spans count in the texts as they were given, in code points; a citation's ``article.id`` is the text's key in
a mapping, else its number from 0; a run of whole words of any of the texts is found, wherever it stands. Texts that
many quotations are compared with are read once, as :class:`Texts`.

What this does not know: where the texts are from, and when they were published.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from qa.tokens import keys_of
from qa.types import Article, Span
from qa.verification.matching import Source
from qa.verification.verifying import Verification, verify

__all__ = ["Texts", "verify_in"]

_WITH_PHRASE = 20  # texts that hold all of a quotation in a row and are reported
_ALIKE = 12  # texts that hold most of its words, of those the rarest, and are compared
_LINE = re.compile(r"[^\n]+")


class Texts:
    """Texts, read once, that quotations are compared with; nothing of them may change meanwhile.

    Args:
        texts: the texts, or names with texts.
    """

    def __init__(self, texts: Iterable[str] | Mapping[str, str]) -> None:
        named = texts.items() if isinstance(texts, Mapping) else ((str(at), text) for at, text in enumerate(texts))
        self._sources = {article.id: Source(article).prepared() for article in (_article(*one) for one in named)}
        self._ids = list(self._sources)
        holding: dict[str, list[int]] = defaultdict(list)
        for number, source in enumerate(self._sources.values()):
            for key in set(source.keys):
                holding[key].append(number)
        self._holding = {key: np.array(numbers, dtype=np.int32) for key, numbers in holding.items()}

    def __len__(self) -> int:
        """Number of texts."""
        return len(self._ids)

    def verify(self, quotation: str) -> Verification:
        """Say whether a quotation is in one of the texts verbatim, damaged, altered, stitched together or not at all.

        Raises:
            QuestionError: there is no word in the quotation, or it is too long.
        """
        return verify(quotation, search=self._search, prepare=lambda article: self._sources[article.id])

    def _search(self, words: Sequence[str]) -> list[Article]:
        """The texts that hold the words in a row, then those that hold most of them, rare ones first."""
        keys = keys_of(" ".join(words))
        held = [self._holding[key] for key in dict.fromkeys(keys) if key in self._holding]
        if not held:
            return []
        numbers = np.concatenate(held)
        weights = [np.log1p(len(self._ids) / len(each)) for each in held]
        rarity = np.bincount(numbers, np.repeat(weights, [len(each) for each in held]))
        if len(held) == len(set(keys)):
            having_all = np.flatnonzero(np.bincount(numbers) == len(held))
            found = [self._sources[self._ids[number]] for number in having_all]
            exact = [source for source in found if next(source.occurrences(keys), None)][:_WITH_PHRASE]
            if exact:
                return [source.article for source in exact]
        best = np.argsort(-rarity, kind="stable")[:_ALIKE]
        return [self._sources[self._ids[number]].article for number in best if rarity[number] > 0]


def verify_in(quotation: str, texts: Texts | Iterable[str] | Mapping[str, str]) -> Verification:
    """Say whether a quotation is in one of some texts verbatim, damaged, altered, stitched together or not at all.

    Args:
        quotation: the words to check, with or without quotation marks.
        texts: texts, or names with texts; :class:`Texts` where more than one quotation is checked against them.

    Raises:
        QuestionError: there is no word in the quotation, or it is too long.
    """
    return (texts if isinstance(texts, Texts) else Texts(texts)).verify(quotation)


def _article(name: str, text: str) -> Article:
    """A text as what citations point into; its lines are its paragraphs."""
    return Article.bare(text, [Span(*line.span()) for line in _LINE.finditer(text)], named=name, language="")
