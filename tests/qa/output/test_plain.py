"""Outcomes as plain text."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from qa.output.plain import MOST, Plain, shown, write_plain
from qa.types import (
    Ambiguous,
    Answer,
    AnswerKind,
    Citation,
    Correction,
    Meant,
    NoAnswer,
    NoAnswerReason,
    Notice,
    NoticeKind,
    Question,
    QuestionKind,
    Step,
    Struck,
)
from tests.web.archive import MERZ, WHO_SAID, FakeArchive, berlin, cite, ferry, make_article, said_by_merz, span_of

QUESTION = Question("When does the ferry stop?")


def slices(plain: Plain) -> list[str]:
    return [plain.text[one.span.start : one.span.end] for one in plain.placed]


def many(number: int) -> tuple[Citation, ...]:
    """So many citations of one text, some of whose letters are outside the basic plane."""
    article = make_article("\n".join(f"😀 Line {at}" for at in range(number)), "Lines")
    return tuple(cite(article, f"😀 Line {at}", at + 1) for at in range(number))


def test_every_placed_citation_stands_where_it_is_said_to() -> None:
    plain = write_plain(Answer(QUESTION, AnswerKind.PASSAGES, many(9), 1.0), "http://h")
    assert slices(plain) == [one.exact for one in many(9)]
    assert plain.text.count("\n[") == 9


def test_of_a_long_list_ten_are_written_and_where_the_rest_is() -> None:
    answer = Answer(QUESTION, AnswerKind.STATEMENTS, many(25), 0.9)
    plain = write_plain(answer, "http://h")
    assert len(plain.placed) == MOST == len(shown(answer))
    assert "15 more: http://h/?q=When+does+the+ferry+stop%3F" in plain.text


def test_of_a_long_course_the_newest_are_written_beneath_their_days() -> None:
    steps = tuple(Step(at, date(2025, 12, 1 + at // 20), date(2025, 12, 1 + at // 20)) for at in range(1, 26))
    plain = write_plain(Answer(QUESTION, AnswerKind.COURSE, many(25), 0.9, steps=steps))
    assert [one.citation.number for one in plain.placed] == list(range(16, 26))
    assert plain.text.index("1 December 2025:") < plain.text.index("2 December 2025:")


def test_words_that_a_correction_takes_back_are_said_to_be() -> None:
    notice = make_article("Correction: The ferry stops on 2 March.", "Correction")
    found = Notice(notice.id, span_of(notice, notice.text), NoticeKind.CORRECTION, own=False)
    struck = Struck(span_of(ferry, "1 March"), span_of(notice, "2 March"))
    cited = replace(cite(ferry, "on 1 March"), corrections=(Correction(found, notice, date(2026, 1, 14), (struck,)),))
    text = write_plain(Answer(QUESTION, AnswerKind.SPAN, (cited,), 0.9)).text
    assert text.startswith("on 1 March [1] (corrected since; right: 2 March)")
    assert "Corrected on 14 January 2026" in text


def test_who_is_meant_by_words_that_name_nobody_is_told_after_them() -> None:
    plain = write_plain(FakeArchive().ask(WHO_SAID))
    assert plain.text.startswith("He [1] (Friedrich Merz)")
    assert slices(plain) == ["He"]


def test_what_is_said_stands_under_a_name_and_its_sentence_only_where_it_says_more() -> None:
    plain = write_plain(FakeArchive().ask(MERZ))
    assert "Friedrich Merz, reported: the talks as a breakthrough [3]" in plain.text
    assert "    German Chancellor" not in plain.text


def test_a_name_that_is_several_peoples_asks_back() -> None:
    people = (Meant("Tomas Reck", 3, "What did Tomas Reck say?"), Meant("Petra Reck", 2, "What did Petra Reck say?"))
    answer = replace(said_by_merz(QUESTION), ambiguous=(Ambiguous("Reck", people),))
    asked = "Which “Reck”: Tomas Reck (3) or Petra Reck (2)? For one alone ask: What did Tomas Reck say?"
    assert asked in write_plain(answer).text


@pytest.mark.parametrize("to_read", [True, False])
def test_what_came_nearest_is_shown_where_it_is_to_be_read_and_never_else(to_read: bool) -> None:
    near = (cite(berlin, "Kremlin spokesman Dmitry Peskov"),)
    refusal = NoAnswer(QUESTION, NoAnswerReason.BELOW_THRESHOLD, nearest=near, to_read=to_read)
    plain = write_plain(refusal)
    assert plain.text.startswith("No sure answer." if to_read else "Not in this archive.")
    assert bool(plain.placed) is to_read
    assert ("not an answer" in plain.text) is to_read


def test_the_page_of_the_rest_has_the_days_and_outlets_that_were_chosen() -> None:
    asked = FakeArchive().ask(MERZ).question
    scope = replace(asked.scope, published_after=date(2025, 12, 1), outlets=("Courier",))
    chosen = Answer(replace(asked, scope=scope), AnswerKind.STATEMENTS, many(11), 0.9)
    assert "&published_after=2025-12-01&outlets=Courier" in write_plain(chosen).text
    said = replace(asked, scope=scope, dates_said="since December", kind=QuestionKind.STATEMENTS)
    text = write_plain(Answer(said, AnswerKind.STATEMENTS, many(11), 0.9)).text
    assert "published_after" not in text
    assert "“since December” was read as from 1 December 2025." in text
