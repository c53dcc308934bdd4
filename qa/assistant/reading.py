"""Settings -> the reader that answers and the confidence that was fitted for it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qa.answering import SENTENCE_READER, Confidence, SpanConfidence
from qa.errors import ModelMismatch
from qa.protocols import Encoder, Reader
from qa.reading import SentenceReader, SpanModel, SpanReader
from qa.settings import ReadingSettings

__all__ = ["READER", "Reading", "digest_of", "load_reading", "span_reading"]

READER = Path(__file__).resolve().parents[1] / "weights" / "reader"
_CARD = "card.json"


@dataclass(frozen=True, slots=True)
class Reading:
    """A reader, how sure its candidates are, and what it is called."""

    reader: Reader
    confidence: Confidence
    name: str = "whole sentences"


def load_reading(settings: ReadingSettings, encoder: Encoder, folder: Path = READER) -> Reading:
    """Load the reader that the settings choose.

    Raises:
        ModelMissing: the span reader's weights are not there, or have no confidence.
        ModelMismatch: the confidence was fitted for other weights.
        ModelError: the weights cannot be loaded.
    """
    if settings.reader == "sentence":
        return Reading(SentenceReader(encoder, n_best=settings.n_best), SENTENCE_READER)
    return span_reading(folder, threads=settings.threads, n_best=settings.n_best)


def span_reading(folder: Path = READER, *, threads: int = 2, n_best: int = 3) -> Reading:
    """Load the span reader in ``folder`` with its confidence; raises as :func:`load_reading`."""
    model = SpanModel(folder, threads=threads)
    confidence = SpanConfidence.read(folder, digest_of(folder))
    reader = SpanReader(model, n_best=n_best, enough=confidence.fitted.get("enough"))
    return Reading(reader, confidence, f"exact spans, {confidence.reader[:16]}")


def digest_of(folder: Path) -> str:
    """The weights' SHA-256 as their card has it."""
    try:
        card: dict[str, Any] = json.loads((folder / _CARD).read_text(encoding="utf-8"))
        return str(card["sha256"])
    except (OSError, ValueError, KeyError) as error:
        raise ModelMismatch(
            f"{folder / _CARD} cannot be read as the reader's card: {error}", remedy="Install On Record again."
        ) from error
