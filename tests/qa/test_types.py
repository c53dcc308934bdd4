"""The nouns refuse what would break the one promise: every string is a slice of an article."""

from __future__ import annotations

from datetime import UTC, datetime
from hashlib import sha256

import pytest

from qa.types import Article, Citation, Paragraph, Span, article_id_of


def _article(text: str) -> Article:
    return Article(
        id=article_id_of(text),
        url="https://gazette.example/a",
        outlet="The Gazette",
        title="A title",
        byline=None,
        published=None,
        modified=None,
        retrieved=datetime(2025, 1, 1, tzinfo=UTC),
        language="en",
        text=text,
        text_sha256=sha256(text.encode()).hexdigest(),
        paragraphs=(Paragraph(0, Span(0, len(text))),),
    )


@pytest.mark.parametrize(("start", "end"), [(3, 3), (4, 3), (-1, 2)])
def test_a_span_is_never_empty_or_backwards(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="not a span"):
        Span(start, end)


def test_a_span_slices_code_points() -> None:
    assert Span(1, 2).of("😀x") == "x"


def test_a_span_beyond_its_text_is_an_error() -> None:
    with pytest.raises(ValueError, match="beyond"):
        Span(0, 4).of("abc")


def test_spans_know_how_they_lie() -> None:
    assert Span(0, 5).contains(Span(1, 5))
    assert not Span(0, 5).contains(Span(1, 6))
    assert Span(0, 5).overlaps(Span(4, 6))
    assert not Span(0, 5).overlaps(Span(5, 6))
    assert Span(2, 3).shifted(10) == Span(12, 13)


def test_a_citation_of_other_words_cannot_be_made() -> None:
    article = _article("The ferry is closed.")
    with pytest.raises(ValueError, match="not a slice"):
        Citation(1, article, Span(0, 9), "The Ferry", "", "", Span(0, 20), Span(0, 20))
