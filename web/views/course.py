"""An answer's steps -> what somebody said by day, month or year, and what of it is worded otherwise than before.

Promises: nothing is said of what the change means; every word shown is a slice of its article, what was said before
among it. What this does not know: how statements were compared.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from qa.answering.days import in_stretches, said_when
from qa.answering.denying import denied
from qa.types import Citation, Rewording, Span, Step
from web.views.back import Back
from web.views.cards import Card, card

__all__ = ["StepView", "StretchView", "course"]

_FEW = 8  # words that are told beneath a statement; more are only marked in it
_OMISSION = " … "


@dataclass(frozen=True, slots=True)
class ChangeView:
    """What was said before and what is said now; either may be empty, and what is denied is not said."""

    then: str
    now: str
    figure: bool
    then_denied: bool
    now_denied: bool


@dataclass(frozen=True, slots=True)
class StepView:
    """A statement, and the number of the earlier one that it is compared with.

    ``then`` is when the earlier words are from; ``here`` says that the earlier one is on the same page; ``changes`` are
    those few enough to be told.
    """

    card: Card
    since: int | None
    then: str | None
    here: bool
    changes: tuple[ChangeView, ...]


@dataclass(frozen=True, slots=True)
class StretchView:
    """The statements of a day, a month or a year."""

    words: str
    steps: tuple[StepView, ...]


def course(
    citations: Sequence[Citation], steps: Sequence[Step], shown: Collection[int] | None = None, back: Back | None = None
) -> tuple[StretchView, ...]:
    """Draw a course, or those of its steps whose numbers are ``shown``."""
    cited = {one.number: one for one in citations}
    drawn = [one for one in steps if one.number in (cited if shown is None else shown)]
    here = {one.number for one in drawn}
    every = {one.number: one for one in steps}
    return tuple(
        StretchView(words, tuple(_step(one, cited, every, here, back) for one in said))
        for words, said in in_stretches(drawn)
    )


def _step(
    step: Step, cited: dict[int, Citation], steps: dict[int, Step], here: Collection[int], back: Back | None
) -> StepView:
    now = cited[step.number]
    then = cited.get(step.since) if step.since else None
    changed = [(span, one.figure) for one in step.rewordings for span in one.now]
    return StepView(
        card=card(now, now.sentence, changed, back),
        since=step.since if then else None,
        then=said_when(steps[step.since]) if then and step.since else None,
        here=step.since in here,
        changes=tuple(_changes(step.rewordings, then, now)) if then else (),
    )


def _changes(rewordings: Sequence[Rewording], then: Citation, now: Citation) -> Iterator[ChangeView]:
    for one in rewordings:
        change = ChangeView(_words(one.then, then), _words(one.now, now), one.figure, _denied(then), _denied(now))
        if max(len(change.then.split()), len(change.now.split())) <= _FEW:
            yield change


def _denied(citation: Citation) -> bool:
    return citation.statement is not None and denied(citation.statement, citation.article)


def _words(spans: Sequence[Span], citation: Citation) -> str:
    return _OMISSION.join(" ".join(span.of(citation.article.text).split()) for span in spans)
