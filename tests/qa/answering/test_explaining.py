"""What happened, and what is the latest, are told by the first sentences of the articles of that event."""

from __future__ import annotations

from datetime import date

from qa.answering import answer_from_event, asks_what_happened
from qa.questions import understand
from qa.types import Answer, AnswerKind, NoAnswer
from tests.newsprint import article

FIRST = article("The ferry will close in March. Nobody knows why.", title="Ferry to close", published=date(2026, 1, 2))
LATER = article("The ferry sails again. All cheer.", title="A boat returns", published=date(2026, 4, 1))
OTHER = article("The baker won a prize. She baked bread.", title="Golden Crust", published=date(2026, 5, 1))


def _told(asked: str) -> list[str]:
    outcome = answer_from_event(understand(asked)[0], [LATER, OTHER, FIRST])
    assert isinstance(outcome, Answer)
    assert outcome.kind is AnswerKind.EXPLANATION
    return [citation.exact for citation in outcome.citations]


def test_what_happened_is_told_in_the_order_of_the_days() -> None:
    assert _told("What happened to the ferry?") == ["The ferry will close in March.", "The ferry sails again."]


def test_the_latest_begins_with_the_newest_article_of_the_event() -> None:
    assert _told("What is the latest on the ferry?") == ["The ferry sails again.", "The ferry will close in March."]


def test_articles_that_do_not_name_all_of_the_topic_are_not_of_the_event() -> None:
    assert isinstance(answer_from_event(understand("What happened at the ferry museum?")[0], [FIRST, OTHER]), NoAnswer)


def test_a_question_for_a_reason_asks_for_no_event() -> None:
    assert not asks_what_happened(understand("Why was the ferry closed?")[0])
    assert asks_what_happened(understand("What happened at the school?")[0])
    assert asks_what_happened(understand("Was gibt es Neues zur Fähre?")[0])
