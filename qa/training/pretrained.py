"""A pretrained encoder, wherever it came from: a BERT's shape and weights, and its tokenizer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

__all__ = ["WORDS", "Pretrained"]

WORDS = "embeddings.word_embeddings.weight"  # (pieces, width)


@dataclass(frozen=True, slots=True)
class Pretrained:
    """``shape`` is what ``BertConfig`` takes, ``weights`` are float32 under the names of ``BertModel``."""

    shape: Mapping[str, Any]
    weights: Mapping[str, NDArray[np.float32]]
    tokenizer: Tokenizer
