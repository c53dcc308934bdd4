"""Statements become what they are about."""

from __future__ import annotations

from qa.answering import answer_from_statements, topics_of, understand
from qa.types import Answer, Citation, Speaker, Statement, StatementForm
from tests.newsprint import article, span_of

SAID = [
    "the harbour wall needs sixty new stones",
    "nobody would pay for the harbour wall",
    "the Harbour wall is older than the town",
    "the ferry should run on Sundays",
    "a ferry without a captain is a raft",
    "Reck would rather swim",
]


def citations() -> tuple[Citation, ...]:
    source = article("\n\n".join(f"Reck said {words}." for words in SAID))
    statements = [
        Statement(source.id, Speaker("Reck", "Petra Reck"), (), (), (span_of(words, source),), StatementForm.INDIRECT)
        for words in SAID
    ]
    outcome = answer_from_statements(
        understand("what did Reck say"), statements, {source.id: source}, speaker_known=True
    )
    assert isinstance(outcome, Answer)
    return outcome.citations


def test_words_that_statements_share_are_topics_with_their_statements() -> None:
    found = topics_of(citations(), articles=100, mentions=lambda words: 3, without=["Petra Reck"])
    assert [(one.label, one.numbers) for one in found] == [("harbour wall", (1, 2, 3)), ("ferry", (4, 5))]


def test_what_the_whole_archive_speaks_of_is_less_telling() -> None:
    found = topics_of(citations(), articles=100, mentions=lambda words: 1 if words == "ferry" else 90, without=["Reck"])
    assert found[0].label == "ferry"


def test_nothing_in_common_is_no_topic() -> None:
    assert topics_of(citations()[4:], articles=100, mentions=lambda words: 1) == []
    assert topics_of((), articles=0, mentions=lambda words: 0) == []
