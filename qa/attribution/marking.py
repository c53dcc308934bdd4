"""A text's words -> which parts of attributions they are, and how they are linked, by a trained network.

The network (int8 ONNX) reads windows of whole paragraphs that overlap; each word is labelled by the window that shows
most around it, and each cue is linked within the window that does so for the cue. Labels are decoded as one chain over
the text (:mod:`qa.attribution.chain`).

What this module does not know: articles, speakers, and what is made of the parts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from qa.attribution.assembling import Marked
from qa.attribution.chain import Chain, Floats
from qa.attribution.labels import CUE, Part, parts_of
from qa.attribution.linking import Links, places, softmax
from qa.attribution.windows import Window, Words, collate, pack, words_of
from qa.errors import ModelError
from qa.graphs import Graph
from qa.types import Span
from qa.wordpieces import Wordpieces

__all__ = ["GRAPH", "HEADS", "TOKENIZER", "TokenModel"]

GRAPH = "attribution.onnx"
HEADS = "heads.npz"
TOKENIZER = "tokenizer.json"


class Output(NamedTuple):
    """What the network says about the words of a window: scores of labels, and projections for the links.

    ``persons``, where names of persons begin and go on, is a second task that the network learnt; trainings alone read
    it, since the resolver finds people better by itself.
    """

    tags: Floats
    persons: Floats
    words: Floats
    cues: Floats


@dataclass(frozen=True, slots=True)
class Seen:
    """The windows of a text, what the network says about each, and for each word the window that shows most around."""

    windows: Sequence[Window]
    outputs: Sequence[Output]
    owner: NDArray[np.int64]

    def collected(self, values: Sequence[Floats]) -> Floats:
        """Put together each word's values from its own window: (words, …)."""
        collected = np.empty((len(self.owner), values[0].shape[1]), dtype=np.float32)
        for number, (window, some) in enumerate(zip(self.windows, values, strict=True)):
            own = self.owner[window.begin : window.end] == number
            collected[window.begin : window.end][own] = some[own]
        return collected

    def linked(self, cues: Sequence[Part], judge: Links, paragraphs: NDArray[np.int64], tags: Floats) -> Floats:
        """How likely every word is nothing, source or content to each cue, in the cue's window: (cues, words, 3)."""
        links = np.zeros((len(cues), len(self.owner), 3), dtype=np.float32)
        for number, (window, output) in enumerate(zip(self.windows, self.outputs, strict=True)):
            inside = slice(window.begin, window.end)
            here = [index for index, cue in enumerate(cues) if cue.end > window.begin and cue.begin < window.end]
            borders = [
                (max(cues[index].begin, window.begin) - window.begin, min(cues[index].end, window.end) - window.begin)
                for index in here
            ]
            own = [place for place, index in enumerate(here) if self.owner[cues[index].begin] == number]
            if own:
                projected = np.stack([output.cues[slice(*borders[place])].mean(axis=0) for place in own])
                where = places(paragraphs[inside], borders)[own]
                links[[here[place] for place in own], inside] = judge.likelihoods(
                    output.words, projected, tags[inside], where
                )
        return links


class TokenModel:
    """The network behind the attributor: a text -> its words with labels and links; it holds no state between calls.

    Args:
        folder: holds ``attribution.onnx``, ``heads.npz`` and ``tokenizer.json``.
        threads: threads that one call uses.
        overlap: wordpieces, at most, that a window shows again of the window before.

    Raises:
        ModelMissing: there is no tokenizer.
        ModelError: the graph or its heads cannot be loaded.
    """

    def __init__(self, folder: Path, *, threads: int = 2, overlap: int = 64) -> None:
        try:
            self._graph = Graph(folder / GRAPH, threads)
            with (folder / HEADS).open("rb") as file, np.load(file) as heads:
                self._chain = Chain(heads["begins"], heads["follows"], heads["ends"])
                self._links = Links(*(heads[name] for name in ("of_place", "of_tag", "judge", "bias", "judge_pair")))
        except Exception as error:  # onnxruntime's exceptions have no common base
            raise ModelError(
                f"The attributor in {folder} cannot be loaded: {error}", remedy="Install On Record again."
            ) from error
        self._wordpieces = Wordpieces(folder / TOKENIZER)
        self._overlap = overlap

    def cut(self, text: str, paragraphs: Sequence[Span], quotations: Sequence[Span]) -> Words:
        """Cut a text into the words that :meth:`mark` reads."""
        return words_of(text, paragraphs, quotations, self._wordpieces)

    def mark(self, words: Words) -> Marked:
        """Label words and link them."""
        if not len(words):
            return Marked((), np.zeros(0, dtype=np.float32), np.zeros((0, 0, 3), dtype=np.float32))
        seen = self.see(words)
        scores = seen.collected([output.tags for output in seen.outputs])
        labels = self._chain.best(scores)
        parts = tuple(parts_of(labels))
        cues = [part for part in parts if part.part == CUE]
        links = seen.linked(cues, self._links, words.paragraphs, softmax(scores))
        likely = self._chain.likelihoods(scores)[np.arange(len(labels)), labels]
        return Marked(parts, likely, links)

    def see(self, words: Words) -> Seen:
        """Run the network over the windows of words; there has to be one."""
        windows = pack(words, overlap=self._overlap)
        return Seen(windows, self._run(windows), _owners(windows, len(words)))

    def _run(self, windows: Sequence[Window]) -> list[Output]:
        """Run windows; what comes back is in their order, by word."""
        outputs = self._graph.run_each([collate([window]).inputs for window in windows])
        return [
            Output(*(value[0][window.places] for value in values))
            for window, values in zip(windows, outputs, strict=True)
        ]


def _owners(windows: Sequence[Window], length: int) -> NDArray[np.int64]:
    """For each word, the window that shows most around it; the ends of a text are no borders."""
    owner = np.zeros(length, dtype=np.int64)
    best = np.full(length, -1, dtype=np.int64)
    for number, window in enumerate(windows):
        words = np.arange(window.begin, window.end)
        left = words - window.begin if window.begin else np.full(len(words), length)
        right = window.end - 1 - words if window.end < length else np.full(len(words), length)
        around = np.minimum(left, right)
        better = around > best[window.begin : window.end]
        owner[words[better]], best[words[better]] = number, around[better]
    return owner
