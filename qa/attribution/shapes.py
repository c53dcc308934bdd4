"""The shapes of statements that a network trained on newspaper prose knows little of, in the order they are read.

Each takes a page and the drafts so far, and returns the drafts with what it reads by its own evidence.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from qa.attribution.asking import answered
from qa.attribution.beats import beaten
from qa.attribution.clauses import of_own_clause
from qa.attribution.dialogue import spoken
from qa.attribution.drafts import Draft, Page
from qa.attribution.german import reported_in_german
from qa.attribution.secondhand import passed_on
from qa.attribution.signing import signed

__all__ = ["SHAPES"]

SHAPES: Sequence[Callable[[Page, list[Draft]], list[Draft]]] = (
    answered,
    of_own_clause,
    passed_on,
    reported_in_german,
    spoken,
    signed,
    beaten,
)
