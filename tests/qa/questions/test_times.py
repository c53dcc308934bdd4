"""Words for a time become days."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.questions.times import _ONE, _SIGN, day_to_count_from, days_meant, find_time, names_weekday, times_in

NEWEST = date(2025, 12, 17)  # a Wednesday


@given(st.from_regex(rf"(?a:{_ONE})", fullmatch=True))
def test_every_time_has_a_sign_by_which_it_is_looked_for(time: str) -> None:
    assert _SIGN.search(time)
    assert _SIGN.search(f"what did merz say {time.upper()}")


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("today", "2025-12-17", "2025-12-17"),
        ("yesterday", "2025-12-16", "2025-12-16"),
        ("on Monday", "2025-12-15", "2025-12-15"),
        ("on Wednesday", "2025-12-17", "2025-12-17"),
        ("last Wednesday", "2025-12-10", "2025-12-10"),
        ("Friday morning", "2025-12-12", "2025-12-12"),
        ("this week", "2025-12-15", "2025-12-17"),
        ("last week", "2025-12-08", "2025-12-14"),
        ("last weekend", "2025-12-13", "2025-12-14"),
        ("last month", "2025-11-01", "2025-11-30"),
        ("last year", "2024-01-01", "2024-12-31"),
        ("in the last two weeks", "2025-12-04", "2025-12-17"),
        ("past 3 days", "2025-12-15", "2025-12-17"),
        ("in December", "2025-12-01", "2025-12-17"),
        ("this morning", "2025-12-17", "2025-12-17"),
        ("yesterday evening", "2025-12-16", "2025-12-16"),
        ("two days ago", "2025-12-15", "2025-12-15"),
        ("a week ago", "2025-12-08", "2025-12-14"),
        ("three months ago", "2025-09-01", "2025-09-30"),
        ("two years ago", "2023-01-01", "2023-12-31"),
        ("in the past week", "2025-12-11", "2025-12-17"),
        ("the past month", "2025-11-18", "2025-12-17"),
        ("on 15/12/2025", "2025-12-15", "2025-12-15"),
        ("5/12/2025", "2025-12-05", "2025-12-05"),
        ("12/15/2025", "2025-12-15", "2025-12-15"),
        ("15.12.2025", "2025-12-15", "2025-12-15"),
        ("Dec 15", "2025-12-15", "2025-12-15"),
        ("Dec. 15, 2024", "2024-12-15", "2024-12-15"),
        ("since March", "2025-03-01", None),
        ("between Dec 1 and Dec 10", "2025-12-01", "2025-12-10"),
        ("between September 1 and September 30, 2022", "2022-09-01", "2022-09-30"),
        ("vor zwei Tagen", "2025-12-15", "2025-12-15"),
        ("heute Morgen", "2025-12-17", "2025-12-17"),
        ("last December", "2024-12-01", "2024-12-31"),
        ("in May", "2025-05-01", "2025-05-31"),
        ("in December 2025", "2025-12-01", "2025-12-31"),
        ("in February 2024", "2024-02-01", "2024-02-29"),
        ("in 2024", "2024-01-01", "2024-12-31"),
        ("on 24 December", "2024-12-24", "2024-12-24"),
        ("on December 1st, 2023", "2023-12-01", "2023-12-01"),
        ("on 2023-12-01", "2023-12-01", "2023-12-01"),
        ("since Monday", "2025-12-15", None),
        ("after 12 December", "2025-12-13", None),
        ("before 2025", None, "2024-12-31"),
        ("until last Friday", None, "2025-12-12"),
        ("between 1 December and 10 December", "2025-12-01", "2025-12-10"),
        ("from October to November 2025", "2025-10-01", "2025-11-30"),
        ("am Montag", "2025-12-15", "2025-12-15"),
        ("letzte Woche", "2025-12-08", "2025-12-14"),
        ("im März 2024", "2024-03-01", "2024-03-31"),
        ("seit gestern", "2025-12-16", None),
    ],
)
def test_a_time_means_days_counted_from_the_newest_article(words: str, first: str | None, last: str | None) -> None:
    days = days_meant(words, NEWEST)
    assert days is not None
    assert [day.isoformat() if day else None for day in days] == [first, last]


@pytest.mark.parametrize(
    ("newest", "today", "counted"),
    [
        (NEWEST, date(2025, 12, 20), date(2025, 12, 20)),
        (NEWEST, date(2025, 12, 24), NEWEST),
        (NEWEST, date(2025, 12, 1), NEWEST),
        (NEWEST, None, NEWEST),
        (None, date(2025, 12, 20), None),
    ],
)
def test_a_live_archive_counts_from_today_and_any_other_from_its_newest_article(
    newest: date | None, today: date | None, counted: date | None
) -> None:
    assert day_to_count_from(newest, today) == counted


@pytest.mark.parametrize(
    ("words", "relative"),
    [("last week", True), ("on Monday", True), ("in December", True), ("in December 2025", False), ("in 2024", False)],
)
def test_a_time_says_whether_it_depends_on_the_day_that_is_counted_from(words: str, relative: bool) -> None:
    found = find_time(f"what did Reck say {words}", NEWEST)
    assert found is not None
    assert found[1].relative is relative


@pytest.mark.parametrize("words", ["on 31 February", "in the end", "on territory", "between May 2025 and May 2024"])
def test_what_is_no_time_means_no_days(words: str) -> None:
    assert days_meant(words, NEWEST) is None


@pytest.mark.parametrize(
    ("asked", "left", "words"),
    [
        ("what did Reck say on Monday", "what did Reck say", "on Monday"),
        ("what did Reck say two days ago", "what did Reck say", "two days ago"),
        ("what did Reck say the past week", "what did Reck say", "the past week"),
        ("what did Reck say Dec 15", "what did Reck say", "Dec 15"),
        ("what did Reck say on Dec. 15, 2025 about the quay", "what did Reck say about the quay", "on Dec. 15, 2025"),
        ("what did Reck say on 15/12/2025", "what did Reck say", "on 15/12/2025"),
        ("what did Reck say this morning", "what did Reck say", "this morning"),
        ("was hat Reck vor zwei Tagen gesagt", "was hat Reck gesagt", "vor zwei Tagen"),
        ("what did Reck say on Monday about the quay", "what did Reck say about the quay", "on Monday"),
        ("In December 2024, what did Reck say", "what did Reck say", "In December 2024"),
        ("what did Reck say about the quay last week", "what did Reck say about the quay", "last week"),
        ("was hat Reck am Montag gesagt", "was hat Reck gesagt", "am Montag"),
        ("Reck on the quay in May", "Reck on the quay", "in May"),
    ],
)
def test_a_time_is_taken_out_of_a_question(asked: str, left: str, words: str) -> None:
    found = find_time(asked, NEWEST)
    assert found is not None
    assert (found[0], found[1].words) == (left, words)


@pytest.mark.parametrize(
    "asked",
    [
        "what did Reck say about Monday",
        "what did Reck say about Monday Night Football",
        "what did Reck say about December",
        "what did Theresa May say",
        "what did March say",
        "what did Reck say about the budget for 2026",
    ],
)
def test_a_time_that_is_the_topic_or_a_name_stays(asked: str) -> None:
    assert find_time(asked, NEWEST) is None


@pytest.mark.parametrize(
    ("text", "words", "first", "last"),
    [
        ("Reck said on Monday that", "on Monday", "2025-12-15", "2025-12-15"),
        ("Reck told reporters late Wednesday", "late Wednesday", "2025-12-17", "2025-12-17"),
        ("Reck said on Thursday, Jan. 9, that", "on Thursday, Jan. 9", "2025-01-09", "2025-01-09"),
        ("Reck said in August that", "in August", "2025-08-01", "2025-08-31"),
        ("Reck said in late August.", "in late August", "2025-08-01", "2025-08-31"),
        ("in a 2019 interview, Reck said", "2019", "2019-01-01", "2019-12-31"),
        ("as he wrote in his Jan. 9 letter", "Jan. 9", "2025-01-09", "2025-01-09"),
        ("Reck said last week", "last week", "2025-12-08", "2025-12-14"),
        ("Reck said last night", "last night", "2025-12-16", "2025-12-16"),
        ("Reck said over the weekend", "over the weekend", "2025-12-13", "2025-12-14"),
    ],
)
def test_a_time_in_an_article_means_days_counted_from_its_own(text: str, words: str, first: str, last: str) -> None:
    assert [(text[begin:end], f"{one}", f"{other}") for begin, end, one, other in times_in(text, NEWEST)] == [
        (words, first, last)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "next Thursday",
        "until Friday",
        "Friday’s vote",
        "all 5 may go",
        "told USA TODAY",
        "in The Sunday Times",
        "on Sundays",
    ],
)
def test_what_is_no_time_at_which_something_can_be_said_is_not_found_in_an_article(text: str) -> None:
    assert not list(times_in(text, NEWEST))


def test_a_bare_weekday_is_told_from_one_that_is_counted_otherwise() -> None:
    assert all(map(names_weekday, ("on Thursday", "Thursday morning", "am Montag")))
    assert not any(map(names_weekday, ("last Thursday", "since Thursday", "in August", "on Thursday, Jan. 9")))
