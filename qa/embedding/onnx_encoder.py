"""Texts -> vectors with onnxruntime and tokenizers alone.

The graph holds pooling and normalisation. Texts are encoded in batches of similar length, so that little is padded, and
come back in their order. The only module of the stage that names tokenizers.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from qa.embedding.card import MODEL, TOKENIZER, Card, space_digest
from qa.embedding.sources import sha256_of
from qa.errors import ModelMismatch
from qa.graphs import open_graph
from qa.protocols import Vectors

__all__ = ["OnnxEncoder"]


class OnnxEncoder:
    """Encodes with a compiled model.

    Args:
        folder: what :func:`qa.embedding.compile_encoder` made.
        threads: threads that one call of :meth:`encode` uses.
        batch_size: texts that are run at once.
        max_tokens: longest text in wordpieces; the model's own limit where that is lower.

    Raises:
        ModelMismatch: the folder's files are damaged or do not belong together.
    """

    def __init__(self, folder: Path, *, threads: int = 2, batch_size: int = 4, max_tokens: int = 256) -> None:
        card = Card.read(folder)
        if not (folder / MODEL).is_file() or sha256_of([folder / MODEL]) != card.model_sha256:
            raise ModelMismatch(
                f"{folder / MODEL} is missing or is not the file that its card describes.",
                remedy=f"Delete {folder} and run `qa prepare`.",
            )
        self._card = card
        self._batch_size = batch_size
        self._max_tokens = min(max_tokens, card.max_tokens)
        self._tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(self._max_tokens)
        self._session = open_graph(folder / MODEL, threads)
        self._prompt = card.passage_prompt

    @property
    def name(self) -> str:
        """The model's name, as an operator would write it in a setting."""
        return self._card.name

    @property
    def digest(self) -> str:
        """Identifies the vector space: weights, quantisation, pooling, prompts and the longest text."""
        card = self._card
        return space_digest(
            card.source_sha256,
            card.quantisation,
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
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        tokens = self._tokens(texts)
        by_length = sorted(range(len(tokens)), key=lambda index: len(tokens[index]))
        for start in range(0, len(by_length), self._batch_size):
            batch = by_length[start : start + self._batch_size]
            vectors[batch] = self._run([tokens[index] for index in batch])
        return vectors

    def count_tokens(self, texts: Sequence[str]) -> int:
        """How many wordpieces :meth:`encode` runs for ``texts``."""
        return sum(map(len, self._tokens(texts)))

    def _tokens(self, texts: Sequence[str]) -> list[list[int]]:
        encodings = self._tokenizer.encode_batch([self._prompt + text for text in texts])
        return [encoding.ids for encoding in encodings]

    def _run(self, batch: list[list[int]]) -> Vectors:
        longest = max(map(len, batch))
        ids = np.full((len(batch), longest), self._card.pad_id, dtype=np.int64)  # (text, token)
        mask = np.zeros_like(ids)
        for row, tokens in enumerate(batch):
            ids[row, : len(tokens)] = tokens
            mask[row, : len(tokens)] = 1
        (vectors,) = self._session.run(None, {"input_ids": ids, "attention_mask": mask})
        return np.asarray(vectors, dtype=np.float32)
