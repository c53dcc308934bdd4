"""Candidates -> the same and some more, the likeliest places read again by a second, larger network where it pays.

The first reader finds the right span more often than it knows that it is right, and the second errs elsewhere: where
the first is not sure, the sentences around its likeliest candidates are read again (a cascade, as in Viola and Jones
2001). A candidate that was read again has the second network's margin as ``again``; what the second finds where the
first has nothing is a candidate too, with the least margin that the first gave in that passage: it had better ones.

Promises: no candidate of the first reader is lost or moved, and what is sure is not read again and costs what it did.
Nor is a place that lacks a year or another number of the question, since a network hardly sees that 2010 is not 2016.
The network is loaded when it is first needed.

What it does not know: how far to believe either reader; a confidence that was fitted for both knows.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from threading import Lock

from qa.protocols import Reader
from qa.reading.decoding import Found
from qa.reading.span import SpanModel, candidates_of
from qa.reading.support import with_evidence
from qa.reading.windows import typed
from qa.reading.years import beside_the_year
from qa.text import sentence_spans
from qa.types import Candidate, Hit, Question, Span

__all__ = ["SecondReader"]

_PLACES = 2  # most places that are read again; each may take a core of its own
_AROUND = 400  # code points of a place: a sentence with its neighbours, some 90 wordpieces


@dataclass(frozen=True, slots=True)
class _Place:
    """A part of a passage, in the passage's code points."""

    hit: Hit
    span: Span

    def holds(self, candidate: Candidate) -> bool:
        """Whether the candidate's words lie here."""
        passage = self.hit.passage
        return candidate.hit.passage.id == passage.id and self.span.shifted(passage.span.start).contains(candidate.span)

    def inside(self, span: Span) -> Span:
        """A span of the article, counted from where this place begins."""
        return span.shifted(-self.hit.passage.span.start - self.span.start)


class SecondReader:
    """Reads again what the first reader is not sure of.

    Args:
        first: finds the candidates.
        load: loads the second network.
        likeliest: candidates, each with the first reader's confidence in it, the likeliest first.
        sure: confidence from which nothing is read again.
        n_best: most spans of a place.
    """

    def __init__(
        self,
        first: Reader,
        load: Callable[[], SpanModel],
        likeliest: Callable[[Sequence[Candidate]], list[tuple[float, Candidate]]],
        *,
        sure: float,
        n_best: int = 3,
    ) -> None:
        self.first = first
        self._load = load
        self._model: SpanModel | None = None
        self._loading = Lock()
        self._likeliest = likeliest
        self._sure = sure
        self._n_best = n_best

    @property
    def model(self) -> SpanModel:
        """The second network, loaded now if it is the first time; raises as :class:`SpanModel`."""
        with self._loading:
            self._model = self._model or self._load()
            return self._model

    def read(self, question: Question, hits: Sequence[Hit]) -> list[Candidate]:
        """Return candidates, the first reader's best margin first."""
        candidates = self.first.read(question, hits)
        ranked = self._likeliest(candidates)
        if not ranked or ranked[0][0] >= self._sure:
            return candidates
        places = _places([one for _, one in ranked if not one.evidence.get("numbers_absent")])
        if not places:
            return candidates
        texts = [place.span.of(place.hit.passage.text) for place in places]
        titles = [place.hit.passage.heading for place in places]
        held = [[one for one in candidates if place.holds(one)] for place in places]
        spans = [[place.inside(one.span) for one in there] for place, there in zip(places, held, strict=True)]
        read = self.model.judge(typed(question.text), texts, spans, self._n_best, titles)
        every = list(candidates)
        again: dict[tuple[str, Span], float] = {}
        for place, there, (found, margins) in zip(places, held, read, strict=True):
            here = _found_here(question, place, found)
            for one, margin in zip(there, margins, strict=True):
                again[_key(one)] = max([margin, *(other.margin for other in here if _overlap(one, other))])
            lowest = min(one.margin for one in candidates if one.hit.passage.id == place.hit.passage.id)
            for one in here:
                if not any(_overlap(one, other) for other in every):
                    every.append(replace(one, score=lowest, null_score=0.0))
                    again[_key(one)] = one.margin
        every = [replace(one, again=again.get(_key(one))) for one in with_evidence(question, every)]
        return sorted(every, key=lambda one: (-one.margin, one.hit.rank, one.span))


def _places(ranked: Sequence[Candidate]) -> list[_Place]:
    """Where the likeliest candidates stand, each place once."""
    places: list[_Place] = []
    for candidate in ranked:
        if len(places) < _PLACES and not any(place.holds(candidate) for place in places):
            places.append(_Place(candidate.hit, _around(candidate)))
    return places


def _around(candidate: Candidate) -> Span:
    """The candidate's sentence and as many of its neighbours as there is room for, the one before first."""
    passage = candidate.hit.passage
    sentences = sentence_spans(passage.text)
    own = candidate.sentence.shifted(-passage.span.start)
    before = [one for one in sentences if one.end <= own.start][::-1]
    after = [one for one in sentences if one.start >= own.end]
    around = own
    for step in range(max(len(before), len(after))):
        for wider in (*before[step : step + 1], *after[step : step + 1]):
            whole = Span(min(around.start, wider.start), max(around.end, wider.end))
            if whole.end - whole.start > _AROUND:
                return around
            around = whole
    return around


def _found_here(question: Question, place: _Place, found: Sequence[Found]) -> list[Candidate]:
    """What the second network found in a place, with its margins."""
    shifted = [replace(one, span=one.span.shifted(place.span.start)) for one in found]
    return beside_the_year(question, candidates_of(place.hit, shifted))


def _overlap(one: Candidate, other: Candidate) -> bool:
    return one.hit.passage.id == other.hit.passage.id and one.span.overlaps(other.span)


def _key(candidate: Candidate) -> tuple[str, Span]:
    return candidate.hit.passage.id, candidate.span
