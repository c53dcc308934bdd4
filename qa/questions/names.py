"""The names that a question's own words give away."""

from __future__ import annotations

from qa.lazily import pattern

__all__ = ["names_in"]

_NAME = pattern(
    r"(?!(?:Who|What|When|Where|Which|Why|How|Did|Does|Is|Was|Are|Were|Has|Have|Can|The|In|On)\b)"
    r"[^\W\d_a-z]\w*(?:[ -](?!I\b)[^\W\d_a-z]\w*)+"
)


def names_in(asked: str) -> list[str]:
    """People and bodies that a question names by two capitalised words or more; none where it is typed without."""
    return [name for name in _NAME.findall(asked) if not asked.istitle() and not asked.isupper()]
