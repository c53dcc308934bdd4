"""Texts -> vectors with onnxruntime and tokenizers alone.

The graph holds pooling and normalisation. Promise: a text's vector depends on the text alone, bit for bit, and not on
what is encoded with it: the same articles make the same index. The only module of the stage that names tokenizers.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from qa.embedding.card import MODEL, TOKENIZER, Card, space_digest
from qa.embedding.sources import sha256_of
from qa.errors import ModelMismatch
from qa.graphs import Graph, Inputs
from qa.protocols import Vectors
from qa.wordpieces import open_tokenizer

__all__ = ["OnnxEncoder"]

_RUN = "one text at a time"  # part of the vector space's digest: vectors from batches differ


class OnnxEncoder:
    """Encodes with a compiled model.

    Args:
        folder: what :func:`qa.embedding.compile_encoder` made.
        threads: texts that one call of :meth:`encode` runs at the same time.
        max_tokens: longest text in wordpieces; the model's own limit where that is lower.

    Raises:
        ModelMismatch: the folder's files are damaged or do not belong together.
    """

    def __init__(self, folder: Path, *, threads: int = 2, max_tokens: int = 256) -> None:
        card = Card.read(folder)
        remedy = f"Delete {folder} and run `qa prepare`."
        if _digest_of(folder / MODEL) != card.model_sha256:
            raise ModelMismatch(
                f"{folder / MODEL} is missing or is not the file that its card describes.", remedy=remedy
            )
        self._card = card
        self._max_tokens = min(max_tokens, card.max_tokens)
        self._tokenizer = open_tokenizer(folder / TOKENIZER, remedy)
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(self._max_tokens)
        self._graph = Graph(folder / MODEL, threads)
        self._prompt = card.passage_prompt

    @property
    def name(self) -> str:
        """The model's name, as an operator would write it in a setting."""
        return self._card.name

    @property
    def digest(self) -> str:
        """Identifies the vector space: weights, quantisation, pooling, prompts, longest text, batches."""
        card = self._card
        return space_digest(
            card.source_sha256,
            f"{card.quantisation}, {_RUN}",
            card.modules,
            self._max_tokens,
            card.passage_prompt,
            card.question_prompt,
        )

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return self._card.dimension

    def for_questions(self) -> OnnxEncoder:
        """The same encoder with the prompt for questions; most models have none and it is this one."""
        if self._card.question_prompt == self._prompt:
            return self
        twin = object.__new__(OnnxEncoder)
        twin.__dict__.update(self.__dict__, _prompt=self._card.question_prompt)
        return twin

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Embed ``texts``: (len(texts), dimension) float32, each row of Euclidean length 1."""
        outputs = self._graph.run_each(self.inputs(texts))
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, (vector,) in enumerate(outputs):
            vectors[row] = vector[0]
        return vectors

    def inputs(self, texts: Sequence[str]) -> list[Inputs]:
        """What the graph takes for each text: ids (1, token) with the prompt and without padding."""
        encodings = self._tokenizer.encode_batch([self._prompt + text for text in texts])
        ids = [np.array([encoding.ids], dtype=np.int64) for encoding in encodings]
        return [{"input_ids": one, "attention_mask": np.ones_like(one)} for one in ids]

    def count_tokens(self, texts: Sequence[str]) -> int:
        """How many wordpieces :meth:`encode` runs for ``texts``."""
        return sum(one["input_ids"].size for one in self.inputs(texts))


def _digest_of(path: Path) -> str:
    """The file's SHA-256; empty where it cannot be read."""
    try:
        return sha256_of([path])
    except OSError:
        return ""
