"""Settings -> the reader that answers and the confidence that was fitted for it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qa.answering import SENTENCE_READER, Confidence, SpanConfidence, TwiceConfidence, likeliest
from qa.errors import ModelMismatch
from qa.protocols import Encoder, Reader
from qa.reading import SecondReader, SentenceReader, SpanModel, SpanReader
from qa.settings import ReadingSettings
from qa.types import Candidate

__all__ = ["READER", "SECOND", "Reading", "digest_of", "load_reading", "read_again", "span_reading"]

READER = Path(__file__).resolve().parents[1] / "weights" / "reader"
SECOND = READER.with_name("second")
_CARD = "card.json"


@dataclass(frozen=True, slots=True)
class Reading:
    """A reader, how sure its candidates are, and what it is called."""

    reader: Reader
    confidence: Confidence
    name: str = "whole sentences"

    @property
    def quick(self) -> Reader:
        """The same without a second look, for what is shown without being an answer."""
        return self.reader.first if isinstance(self.reader, SecondReader) else self.reader


def load_reading(settings: ReadingSettings, encoder: Encoder, folder: Path = READER) -> Reading:
    """Load the reader that the settings choose.

    Raises:
        ModelMissing: the span reader's weights are not there, or have no confidence.
        ModelMismatch: the confidence was fitted for other weights.
        ModelError: the weights cannot be loaded.
    """
    if settings.reader == "sentence":
        return Reading(SentenceReader(encoder, n_best=settings.n_best), SENTENCE_READER)
    second = SECOND if settings.second else None
    return span_reading(folder, second, threads=settings.threads, n_best=settings.n_best)


def span_reading(folder: Path = READER, second: Path | None = None, *, threads: int = 2, n_best: int = 3) -> Reading:
    """Load the span reader in ``folder`` with its confidence, and the one in ``second``, if any, to read again.

    Raises as :func:`load_reading`. The second one's network is loaded when it is first needed, and raises then.
    """
    model = SpanModel(folder, threads=threads)
    confidence = SpanConfidence.read(folder, digest_of(folder))
    first = SpanReader(model, n_best=n_best, enough=confidence.fitted.get("enough"))
    name = f"exact spans, {confidence.reader[:16]}"
    if second is None:
        return Reading(first, confidence, name)
    twice = TwiceConfidence.read(second, digest_of(second), confidence)
    reader = read_again(first, confidence, second, sure=twice.sure, threads=threads, n_best=n_best)
    return Reading(reader, twice, f"{name}; again {twice.second[:16]}")


def read_again(
    first: Reader, confidence: Confidence, folder: Path, *, sure: float, threads: int = 2, n_best: int = 3
) -> SecondReader:
    """Let the network in ``folder`` read again what ``first`` is less than ``sure`` of."""

    def ranked(candidates: Sequence[Candidate]) -> list[tuple[float, Candidate]]:
        return [(sure, one) for sure, proposal in likeliest(candidates, confidence) for one in proposal.candidates]

    return SecondReader(first, lambda: SpanModel(folder, threads=threads), ranked, sure=sure, n_best=n_best)


def digest_of(folder: Path) -> str:
    """The weights' SHA-256 as their card has it."""
    try:
        card: dict[str, Any] = json.loads((folder / _CARD).read_text(encoding="utf-8"))
        return str(card["sha256"])
    except (OSError, ValueError, KeyError) as error:
        raise ModelMismatch(
            f"{folder / _CARD} cannot be read as the reader's card: {error}", remedy="Install On Record again."
        ) from error
