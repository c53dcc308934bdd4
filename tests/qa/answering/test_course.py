"""What somebody said over time, and what is worded otherwise."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from qa.answering import in_stretches
from qa.answering.course import steps_of
from qa.citing import Find, cite
from qa.types import (
    Article,
    Citation,
    Paragraph,
    Resolution,
    Span,
    Speaker,
    Statement,
    StatementForm,
    Step,
    article_id_of,
)

VOICES = {"Alma Reiss": "Alma Reiss", "Reiss": "Alma Reiss"}
DAYS = [date(2026, 1, 5), date(2026, 1, 12), date(2026, 2, 2), date(2026, 2, 9)]


def _said(words: list[str], speaker: str = "Alma Reiss") -> list[Citation]:
    return [
        _citation(number, each, day, speaker) for number, (each, day) in enumerate(zip(words, DAYS, strict=False), 1)
    ]


def _citation(number: int, words: str, day: date, speaker: str) -> Citation:
    text = f"{words}, {speaker} said."
    whole, said = Span(0, len(text)), Span(0, len(words))
    article = Article(
        article_id_of(text + str(day)), f"https://a.example/{number}", None, "Ferry", None, day, None,
        datetime(2026, 3, 1, tzinfo=UTC), "en", text, "", (Paragraph(0, whole),),
    )  # fmt: skip
    statement = Statement(
        article.id, Speaker(speaker, speaker, None, Resolution.NAMED), (), (), (said,), StatementForm.INDIRECT
    )
    return cite(number, Find(article, said, whole, whole, statement))


def _changes(citations: list[Citation], at: int) -> list[tuple[str, str, bool]]:
    step = steps_of(citations, VOICES)[at]
    assert step.since is not None
    then, now = citations[step.since - 1].article.text, citations[at].article.text
    return [
        (" … ".join(span.of(then) for span in one.then), " … ".join(span.of(now) for span in one.now), one.figure)
        for one in step.rewordings
    ]


def test_another_figure_for_the_same_thing_is_marked_as_one() -> None:
    said = _said(
        ["The ferry company employs 84 people at the harbour", "The ferry company employs 48 people at the harbour"]
    )
    assert _changes(said, 1) == [("84", "48", True)]


def test_other_words_are_marked_and_are_no_figure() -> None:
    said = _said(["The harbour council will never close the ferry", "The harbour council will perhaps close the ferry"])
    assert _changes(said, 1) == [("never", "perhaps", False)]


def test_the_latest_earlier_statement_that_is_worded_alike_is_compared() -> None:
    words = [
        "The ferry will close on 1 March for good",
        "Wages in the town should rise",
        "The ferry will close on 1 April for good",
    ]
    steps = steps_of(_said(words), VOICES)
    assert [one.since for one in steps] == [None, None, 1]
    assert _changes(_said(words), 2)[0][2], "a date is a figure"


def test_the_same_day_in_other_words_is_no_other_figure() -> None:
    said = _said(["The ferry stopped at the harbour on Sunday", "The ferry stopped at the harbour on 11 January"])
    said[0], said[1] = _citation(1, said[0].exact, date(2026, 1, 12), "Alma Reiss"), said[1]
    assert [figure for *_, figure in _changes(said, 1)] == [False]


def test_what_two_people_say_is_no_course_of_one() -> None:
    one = _citation(1, "The ferry company employs 84 people", DAYS[0], "Alma Reiss")
    other = _citation(2, "The ferry company employs 48 people", DAYS[1], "Tomas Reck")
    assert [step.since for step in steps_of([one, other], VOICES)] == [None, None]


@pytest.mark.parametrize("words", ["", "ferry company"])
def test_the_words_of_the_topic_do_not_make_two_statements_alike(words: str) -> None:
    said = _said(["The ferry company pays too little", "The ferry company sold a boat"])
    assert [step.since for step in steps_of(said, VOICES, topic=words)] == [None, None]


def test_words_that_moved_or_say_nothing_are_no_rewording() -> None:
    said = _said(
        [
            "that the ferry company sold boats and crews to the port",
            "the ferry company may have sold crews and boats to the port",
        ]
    )
    assert _changes(said, 1) == [("", "may have", False)]


def test_a_short_statement_is_not_compared_with_a_long_one_that_has_its_words_among_many() -> None:
    said = _said(
        [
            "The ferry company employs many people",
            "After years of neglect the ferry company, which once employs people from every valley, owes its crews, its"
            " suppliers and the port an apology, a plan and a good deal of money",
        ]
    )
    assert [step.since for step in steps_of(said, VOICES)] == [None, None]


def test_a_short_course_is_parted_by_days_and_a_long_one_by_months_and_years() -> None:
    def parts(*days: tuple[date, date] | None) -> list[str]:
        steps = [Step(at, *(day or (None, None))) for at, day in enumerate(days, start=1)]
        return [name for name, _ in in_stretches(steps)]

    fifth, sixth = date(2025, 3, 5), date(2025, 3, 6)
    year, days = (date(2019, 1, 1), date(2019, 12, 31)), (date(2025, 3, 30), date(2025, 4, 2))
    assert parts((fifth, fifth), (sixth, sixth)) == ["5 March 2025", "6 March 2025"]
    assert parts(year, (fifth, fifth), (sixth, sixth), days, None) == [
        "2019",
        "March 2025",
        "30 March 2025 to 2 April 2025",
        "No date",
    ]
