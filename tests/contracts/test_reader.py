"""What every reader promises, whatever it is made of."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from qa.answering import answer_from_candidates
from qa.assistant.reading import READER
from qa.protocols import Reader
from qa.questions import plain
from qa.reading import SentenceReader, SpanModel, SpanReader
from qa.types import Article, NoAnswer, Scope
from tests.newsprint import HARBOUR, WordEncoder, article, hits

# Each reader with its name; another reader joins here.
READERS: dict[str, Callable[[], Reader]] = {
    "sentence": lambda: SentenceReader(WordEncoder()),
    "span": lambda: SpanReader(SpanModel(READER, threads=1)),
}

QUESTIONS = [
    "Who is the port spokesman?",
    "who is the port spokesman",
    "Which article would the plan mirror?",
    "When did the port fence off the quay?",
    "How many herons were counted?",
    "Wer ist Dario Peskin?",
    "😀?1",
    "the of and",
]


@pytest.fixture(params=READERS)
def reader(request: pytest.FixtureRequest) -> Reader:
    return READERS[request.param]()


@pytest.fixture
def sources() -> list[Article]:
    return [
        article(HARBOUR),
        article("😀 “Ça va?” said İbrahim. 12 e\u0301tudes. 👩‍👩‍👧 The herons: 40.\r\nNo full stop"),
    ]


@pytest.mark.parametrize("asked", QUESTIONS)
def test_every_span_lies_in_its_sentence_and_that_in_its_passage(
    reader: Reader, sources: list[Article], asked: str
) -> None:
    candidates = reader.read(plain(asked), hits(*sources))
    assert candidates
    for candidate in candidates:
        assert candidate.sentence.contains(candidate.span)
        assert candidate.hit.passage.span.contains(candidate.sentence)
        source = next(one for one in sources if one.id == candidate.hit.passage.article_id)
        assert candidate.span.of(source.text).strip()


@pytest.mark.parametrize("asked", QUESTIONS)
def test_candidates_come_best_margin_first_and_the_same_each_time(
    reader: Reader, sources: list[Article], asked: str
) -> None:
    found = hits(*sources)
    candidates = reader.read(plain(asked), found)
    margins = [candidate.margin for candidate in candidates]
    assert margins == sorted(margins, reverse=True)
    assert reader.read(plain(asked), found) == candidates


def test_no_hits_make_no_candidates(reader: Reader) -> None:
    assert reader.read(plain("Who?"), []) == []


def test_hits_without_scores_can_be_read(reader: Reader, sources: list[Article]) -> None:
    assert reader.read(plain("Who is the port spokesman?"), hits(*sources, similarity=None))


def test_what_a_reader_finds_can_be_cited(reader: Reader, sources: list[Article]) -> None:
    question = plain("Who is the port spokesman?")
    candidates = reader.read(question, hits(*sources))
    outcome = answer_from_candidates(question, candidates, {one.id: one for one in sources}, threshold=0.0)
    assert not isinstance(outcome, NoAnswer)
    assert "Dario Peskin" in outcome.citations[0].sentence.of(outcome.citations[0].article.text)


def test_dates_of_the_question_do_not_reach_the_reader(reader: Reader, sources: list[Article]) -> None:
    """Hits are filtered before they are read."""
    dated = plain("Who is the port spokesman?", Scope(date(2030, 1, 1)))
    whenever = plain("Who is the port spokesman?")
    found = hits(*sources)
    assert [c.span for c in reader.read(dated, found)] == [c.span for c in reader.read(whenever, found)]
