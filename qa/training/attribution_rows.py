"""Annotated articles -> batches of windows with labels and links.

The rows are PolNeAR's as JSON Lines: ``text``, ``attributions`` with ``source``, ``cue`` and ``content`` as lists of
``[start, end]``, silver ``mentions``, and ``alt``, the attributions of further annotators by name. Each pass over the
data packs its windows anew, with a first window of another length and, where several people have annotated an article,
with the attributions of one of them.

A span that crosses the border of a window is cut there. Promise: what a step sees depends on the seed and the step
alone.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qa.attribution.labels import CONTENT, CUE, SOURCE, Part, tagged
from qa.attribution.linking import places
from qa.attribution.masking import find_quotations
from qa.attribution.windows import Batch, Window, Words, collate, pack, words_of
from qa.text import paragraph_spans
from qa.training.attribution_recipe import AttributionRecipe
from qa.wordpieces import Wordpieces

__all__ = ["Annotated", "Data", "LinkedBatch", "batches", "held_out", "read_rows", "to_annotated"]

_HELD_OUT = 20  # one article in so many is kept from training, to choose thresholds on
IGNORED = -100


@dataclass(frozen=True, slots=True)
class Annotated:
    """An article: its words, each annotator's attributions as parts, and the persons' names in it."""

    words: Words
    attributions: tuple[tuple[tuple[Part, ...], ...], ...]
    persons: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class LinkedBatch:
    """Windows with what is to be learnt; ``words`` is the longest window's number of words.

    ``at`` (windows, words) says where each word stands, ``valid`` whether there is one. ``tags`` and ``persons``
    (windows, words) are labels, the latter ``IGNORED`` where there is no word. For every cue: ``window`` (cues,),
    ``members`` (cues, words) marks its words, ``links`` (cues, words) what each word is to it, ``IGNORED`` where there
    is none, and ``places`` (cues, words, 3) where.
    """

    batch: Batch
    at: NDArray[np.int64]
    valid: NDArray[np.bool_]
    tags: NDArray[np.int64]
    persons: NDArray[np.int64]
    window: NDArray[np.int64]
    members: NDArray[np.bool_]
    links: NDArray[np.int64]
    places: NDArray[np.int64]


def read_rows(path: Path) -> list[dict[str, Any]]:
    """Read JSON Lines, gzipped or not."""
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def held_out(row: dict[str, Any]) -> bool:
    """Whether an article is kept from training; its name alone decides."""
    return int(hashlib.sha256(str(row["id"]).encode()).hexdigest(), 16) % _HELD_OUT == 0


def to_annotated(row: dict[str, Any], wordpieces: Wordpieces) -> Annotated:
    """Cut a row's text into words, and say its attributions in them."""
    text = row["text"]
    words = words_of(text, paragraph_spans(text), find_quotations(text), wordpieces)
    versions = [row["attributions"], *(row.get("alt") or {}).values()]
    names = [_part(words, mention[:2], 0) for mention in row.get("mentions") or () if mention[2] == "PERSON"]
    return Annotated(
        words,
        tuple(tuple(_parts(words, attribution) for attribution in version) for version in versions),
        tuple((name.begin, name.end) for name in names if name),
    )


def _parts(words: Words, attribution: dict[str, Any]) -> tuple[Part, ...]:
    spans = [(span, part) for part, name in enumerate(("source", "cue", "content")) for span in attribution[name]]
    return tuple(found for span, part in spans if (found := _part(words, span, part)))


def _part(words: Words, span: Sequence[int], part: int) -> Part | None:
    """The words that a span touches; None where it touches none."""
    begin = int(np.searchsorted(words.ends, span[0], side="right"))
    end = int(np.searchsorted(words.starts, span[1], side="left"))
    return Part(begin, end, part) if begin < end else None


@dataclass(frozen=True, slots=True)
class Data:
    """Articles that people annotated, pages made of their quotations, and articles that other weights have labelled."""

    articles: Sequence[Annotated]
    formats: Sequence[Annotated] = ()
    silver: Sequence[Annotated] = ()

    def drawn(self, recipe: AttributionRecipe, chance: np.random.Generator) -> list[Annotated]:
        """What a pass sees: every article, and as many of the others as the recipe says."""
        seen = [*self.articles]
        for others, share in ((self.formats, recipe.formats), (self.silver, recipe.silver)):
            chosen = chance.permutation(len(others))[: round(share * len(self.articles))]
            seen += [others[number] for number in chosen]
        return seen


def batches(recipe: AttributionRecipe, data: Data, shard: int, start: int = 0) -> Iterator[LinkedBatch]:
    """Yield the batches of one shard for ever, from step ``start`` on."""
    step_windows = recipe.windows * recipe.shards
    step = 0
    for epoch in range(1 << 30):
        chance = np.random.default_rng((recipe.seed, epoch))
        pieces = [
            piece for article in data.drawn(recipe, chance) for piece in _pieces(article, chance, recipe.max_tokens)
        ]
        order = chance.permutation(len(pieces))
        for begin in range(0, len(order) - step_windows + 1, step_windows):
            step += 1
            if step > start:
                chosen = order[begin + shard * recipe.windows :][: recipe.windows]
                yield to_batch([pieces[number] for number in chosen])


Piece = tuple[Window, Annotated, tuple[tuple[Part, ...], ...]]


def _pieces(article: Annotated, chance: np.random.Generator, max_tokens: int) -> list[Piece]:
    version = article.attributions[int(chance.integers(len(article.attributions)))]
    first = int(chance.integers(max_tokens // 4, max_tokens + 1))
    return [(window, article, version) for window in pack(article.words, max_tokens=max_tokens, first_tokens=first)]


def to_batch(pieces: Sequence[Piece]) -> LinkedBatch:
    """Put windows with their labels into arrays."""
    longest = max(len(window.places) for window, _, _ in pieces)
    shape = (len(pieces), longest)
    at, tags = np.zeros(shape, dtype=np.int64), np.zeros(shape, dtype=np.int64)
    persons, valid = np.full(shape, IGNORED, dtype=np.int64), np.zeros(shape, dtype=bool)
    cues = []
    for row, (window, article, version) in enumerate(pieces):
        length = len(window.places)
        at[row, :length], valid[row, :length] = window.places, True
        linked = [attribution for one in version if (attribution := _within(window, one))]
        tags[row, :length] = tagged(length, [part for attribution in linked for part in attribution])
        persons[row, :length] = _persons(window, article)
        cues += [(row, *cue) for cue in _cues(article.words.paragraphs[window.begin : window.end], linked, longest)]
    stacked = (np.stack(parts) for parts in zip(*cues, strict=True)) if cues else _no_cues(longest)
    return LinkedBatch(collate([window for window, _, _ in pieces]), at, valid, tags, persons, *stacked)


def _no_cues(longest: int) -> tuple[NDArray[Any], ...]:
    nothing = np.zeros((0, longest), dtype=np.int64)
    return nothing[:, 0], nothing.astype(bool), nothing, np.zeros((0, longest, 3), dtype=np.int64)


def _within(window: Window, attribution: Sequence[Part]) -> list[Part]:
    """The parts of an attribution that lie in a window, cut to it and counted from its begin."""
    cut = (
        Part(max(part.begin, window.begin) - window.begin, min(part.end, window.end) - window.begin, part.part)
        for part in attribution
    )
    return [part for part in cut if part.begin < part.end]


def _persons(window: Window, article: Annotated) -> NDArray[np.int64]:
    """Label names: 1 at their first word, 2 inside."""
    labels = np.zeros(len(article.words), dtype=np.int64)
    for begin, end in article.persons:
        labels[begin:end] = 2
        labels[begin] = 1
    return labels[window.begin : window.end]


def _cues(
    paragraphs: NDArray[np.int64], linked: Sequence[Sequence[Part]], longest: int
) -> Iterator[tuple[NDArray[np.bool_], NDArray[np.int64], NDArray[np.int64]]]:
    """For each cue of a window, in order: its words, what each word is to it, and where."""
    found = sorted(
        ((part, attribution) for attribution in linked for part in attribution if part.part == CUE),
        key=lambda pair: pair[0],
    )
    length = len(paragraphs)
    where = places(paragraphs, [(cue.begin, cue.end) for cue, _ in found])
    for number, (cue, attribution) in enumerate(found):
        members, links = np.zeros(longest, dtype=bool), np.full(longest, IGNORED, dtype=np.int64)
        members[cue.begin : cue.end] = True
        links[:length] = 0
        for part in attribution:
            if part.part != CUE:
                links[part.begin : part.end] = {SOURCE: 1, CONTENT: 2}[part.part]
        padded = np.zeros((longest, 3), dtype=np.int64)
        padded[:length] = where[number]
        yield members, links, padded
