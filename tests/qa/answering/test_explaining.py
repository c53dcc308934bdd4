"""What happened, and what is the latest, are told by the first sentences of the articles of that event."""

from __future__ import annotations

from datetime import date

import pytest

from qa.answering import answer_from_event
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


@pytest.mark.parametrize(
    "above",
    [
        "Port Ellery CNN —",
        "By Odile Brandreth",
        "What about the ferry?",
        "Rain is expected in the hills on Monday.",
        "For the latest on the ferry sold, please see our live updates.",
    ],
)
def test_what_stands_above_the_news_of_the_event_does_not_tell_it(above: str) -> None:
    page = article(f"{above}\n\nThe council has sold the ferry.", title="Ferry sold, rain, a prize: the briefs")
    outcome = answer_from_event(understand("What happened to the ferry?")[0], [page])
    assert isinstance(outcome, Answer)
    assert outcome.text == "The council has sold the ferry."


def test_an_article_whose_top_never_speaks_of_the_event_tells_nothing_of_it() -> None:
    page = article("Rain is expected in the hills on Monday.", title="Ferry sold, and rain: the briefs")
    assert isinstance(answer_from_event(understand("What happened to the ferry?")[0], [page]), NoAnswer)


@pytest.mark.parametrize("asked", ["What is the latest on the ferry?", "What happened to the ferry?"])
def test_a_correction_is_no_news_of_what_it_corrects(asked: str) -> None:
    notice = article(
        "An article of 2 January about the ferry gave a wrong number of employees. It employs 48 people, not 84.",
        title="Correction: The ferry’s employees",
        published=date(2026, 2, 1),
    )
    outcome = answer_from_event(understand(asked)[0], [FIRST, notice])
    assert isinstance(outcome, Answer)
    assert [citation.exact for citation in outcome.citations] == ["The ferry will close in March."]


def test_what_an_article_tells_beside_its_own_correction_is_news() -> None:
    page = article(
        "Correction: An earlier version of this article gave a wrong price for the ferry.\n\n"
        "The council has sold the ferry.",
        title="Ferry sold",
    )
    outcome = answer_from_event(understand("What happened to the ferry?")[0], [page])
    assert isinstance(outcome, Answer)
    assert outcome.text == "The council has sold the ferry."
