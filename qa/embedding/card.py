"""What is known of a compiled model: written beside it, read before it is used."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path

from qa.errors import ModelMismatch

__all__ = ["CARD", "MODEL", "TOKENIZER", "Card", "space_digest"]

CARD = "card.json"
MODEL = "model.onnx"
TOKENIZER = "tokenizer.json"


@dataclass(frozen=True, slots=True)
class Card:
    """A compiled model's origin and shape.

    ``source_sha256`` is of the weights it was made from, ``model_sha256`` of ``model.onnx``. ``modules`` are the
    sentence-transformers modules that the graph holds (transformer, pooling, normalisation). ``max_tokens`` is the
    longest input that the model itself takes. The prompts stand before every passage and every question.
    """

    name: str
    source_sha256: str
    model_sha256: str
    quantisation: str
    modules: tuple[str, ...]
    dimension: int
    max_tokens: int
    pad_id: int
    passage_prompt: str
    question_prompt: str

    def write(self, folder: Path) -> None:
        """Write the card into ``folder``."""
        (folder / CARD).write_text(json.dumps(asdict(self), indent=2, sort_keys=True) + "\n")

    @classmethod
    def read(cls, folder: Path) -> Card:
        """Read the card in ``folder``.

        Raises:
            ModelMismatch: it was written by another version or is damaged.
        """
        try:
            fields = json.loads((folder / CARD).read_text())
            return cls(**{**fields, "modules": tuple(fields["modules"])})
        except (OSError, ValueError, TypeError, KeyError) as error:
            raise ModelMismatch(
                f"{folder / CARD} cannot be read as the card of a compiled model: {error}",
                remedy=f"Delete {folder} and run `qa prepare`.",
            ) from error


def space_digest(source: str, quantisation: str, modules: tuple[str, ...], max_tokens: int, *prompts: str) -> str:
    """Name a vector space: what would change a vector changes this. ``source`` is the weights' SHA-256."""
    parts = (source, quantisation, *modules, str(max_tokens), *prompts)
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]
