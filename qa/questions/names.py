"""The names that a question's own words give away."""

from __future__ import annotations

from qa.lazily import pattern
from qa.types import Question

__all__ = ["names_in", "pronoun_left"]

_NAME = pattern(
    r"(?!(?:Who|What|When|Where|Which|Why|How|Did|Does|Is|Was|Are|Were|Has|Have|Can|The|In|On)\b)"
    r"[^\W\d_a-z]\w*(?:[ -][^\W\d_a-z]\w*)+"
)
_PRONOUNS = frozenset(("he", "she", "they", "er", "sie"))


def names_in(asked: str) -> list[str]:
    """People and bodies that a question names by two capitalised words or more; none where it is typed without."""
    return [name for name in _NAME.findall(asked) if not asked.istitle() and not asked.isupper()]


def pronoun_left(question: Question) -> str | None:
    """The pronoun for whom a question asks and that nothing before it gives a meaning; None where it names somebody."""
    return next((word for word in question.speakers if word.lower() in _PRONOUNS), None)
