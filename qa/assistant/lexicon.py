"""A catalog -> the words that there are, for whoever reads a question: those of its passages, and a list beside.

The list are the whole words of the vocabulary that the shipped attribution network reads with (BERT's, 21,000 English
words and names, by how common they were): enough to tell a word that an archive lacks from a slip. What it does not
know: rare words and names, and words of other languages.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache, partial
from pathlib import Path

from qa.catalog import Catalog
from qa.questions import Lexicon
from qa.text import fold, words_in
from qa.types import EVERYTHING

__all__ = ["known_words", "lexicon_of"]

_VOCABULARY = Path(__file__).resolve().parents[1] / "weights" / "attribution" / "tokenizer.json"
_ENOUGH = 1_000  # passages that make a word common
_LOOKED_AT = 8  # passages in which it is looked up how a word is printed
_POSSESSIVES = ("'s", "’s", "'", "’")


def lexicon_of(catalog: Catalog) -> Lexicon:
    """The words of a catalog, and those that are known beside; the list is read when it is first needed."""
    return Lexicon(
        counted=partial(catalog.counted, most=_ENOUGH),
        exists=lambda word: word in known_words(),
        printed=partial(_printed, catalog),
    )


@lru_cache(maxsize=1)
def known_words() -> frozenset[str]:
    """Words that are no slips wherever they stand, folded."""
    vocabulary = json.loads(_VOCABULARY.read_text(encoding="utf-8"))["model"]["vocab"]
    return frozenset(word for word in vocabulary if len(word) > 2 and word.isascii() and word.isalpha())


def _printed(catalog: Catalog, word: str) -> Sequence[str]:
    """How the text of some passages prints ``word``, in any letter case; of headlines nothing can be told."""
    found = [id_ for id_, _ in catalog.search([word], _LOOKED_AT, EVERYTHING)]
    printed = (_bare(each) for one in catalog.passages(found).values() for each in words_in(one.text))
    return [each for each in printed if fold(each) == word]


def _bare(word: str) -> str:
    return next((word.removesuffix(ending) for ending in _POSSESSIVES if word.endswith(ending)), word)
