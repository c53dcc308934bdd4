"""Texts -> vectors with sentence-transformers: for models that do not compile, and where there is a GPU."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from qa.embedding.card import space_digest
from qa.embedding.sources import locate, open_model
from qa.protocols import Vectors

__all__ = ["TorchEncoder", "module_names", "prompt_for_passages", "prompt_for_questions"]


class TorchEncoder:
    """Encodes with a model as sentence-transformers loads it, in full precision.

    Args:
        model: a name as :func:`qa.embedding.load_encoder` takes it.
        batch_size: texts that are run at once.
        max_tokens: longest text in wordpieces; the model's own limit where that is lower.
        device: a torch device; None takes a GPU where there is one.
    """

    def __init__(self, model: str, *, batch_size: int = 32, max_tokens: int = 256, device: str | None = None) -> None:
        source = locate(model)
        self._model, sha256 = open_model(source, device=device)
        self._model.max_seq_length = min(max_tokens, self._model.max_seq_length or max_tokens)
        self._name = source.name
        self._batch_size = batch_size
        self._prompt = passages = prompt_for_passages(self._model.prompts)
        self._question_prompt = questions = prompt_for_questions(self._model.prompts)
        self._digest = space_digest(
            sha256, "none", module_names(self._model), self._model.max_seq_length, passages, questions
        )

    @property
    def name(self) -> str:
        """The model's name, as an operator would write it in a setting."""
        return self._name

    @property
    def digest(self) -> str:
        """Identifies the vector space: weights, pooling, prompts and the longest text."""
        return self._digest

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return int(self._model.get_embedding_dimension())

    def for_questions(self) -> TorchEncoder:
        """The same encoder with the prompt for questions; most models have none and it is this one."""
        if self._question_prompt == self._prompt:
            return self
        twin = object.__new__(TorchEncoder)
        twin.__dict__.update(self.__dict__, _prompt=self._question_prompt)
        return twin

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Embed ``texts``: (len(texts), dimension) float32, each row of Euclidean length 1."""
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        vectors = self._model.encode(
            list(texts),
            prompt=self._prompt,
            batch_size=self._batch_size,
            normalize_embeddings=True,
            show_progress_bar=False,
        )
        return np.asarray(vectors, dtype=np.float32)


def prompt_for_passages(prompts: dict[str, str]) -> str:
    """The prompt that stands before a passage, by the names sentence-transformers uses; empty where there is none."""
    return next((prompts[name] for name in ("document", "passage", "corpus") if prompts.get(name)), "")


def prompt_for_questions(prompts: dict[str, str]) -> str:
    """The prompt that stands before a question; empty where there is none."""
    return prompts.get("query") or ""


def module_names(model: object) -> tuple[str, ...]:
    """What the model does after its transformer, such as ``Pooling(mean)`` and ``Normalize``."""
    return tuple(_describe(module) for module in model)  # type: ignore[attr-defined]


def _describe(module: object) -> str:
    mode = getattr(module, "pooling_mode", None)
    return type(module).__name__ + (f"({mode})" if mode else "")
