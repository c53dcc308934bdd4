"""Quotations and drafts -> what the archive has of them, with who says it; the attributor reads a draft as an article.

What this does not know: how words are compared, and how a draft's quotations are told to be somebody else's
(``qa.verification``).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from qa.errors import QuestionError
from qa.text import normalise, paragraph_spans
from qa.types import Article, Citation, Statement
from qa.verification import LONGEST_DRAFT, Verification, said_in

__all__ = ["attributed", "draft_of"]


def attributed(verification: Verification, statements_of: Callable[[str], Sequence[Statement]]) -> Verification:
    """Say with each citation who says its words; ``statements_of`` gives those of an article, by its id."""

    def named(citation: Citation) -> Citation:
        return replace(citation, statement=said_in(citation.span, statements_of(citation.article.id)))

    return replace(
        verification,
        pieces=tuple(replace(piece, citation=named(piece.citation)) for piece in verification.pieces),
    )


def draft_of(text: str) -> Article:
    """Read a draft as an article that is in no archive.

    Raises:
        QuestionError: there is nothing in it, or too much.
    """
    if len(text) > LONGEST_DRAFT:
        raise QuestionError(
            f"The draft has {len(text):,} characters; at most {LONGEST_DRAFT:,} are read.",
            limit=LONGEST_DRAFT,
            remedy="Check it in parts.",
        )
    text = normalise(text)
    if not any(map(str.isalnum, text)):
        raise QuestionError("The draft has no words.", remedy="Paste its text.")
    return Article.bare(text, paragraph_spans(text))
