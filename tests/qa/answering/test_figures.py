"""Figures that articles give for one thing are set beside each other only where they cannot both hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from qa.answering import Calibration, answer_from_figures
from qa.questions import plain
from qa.types import (
    Answer,
    Article,
    Candidate,
    Contrary,
    Correction,
    FoundBy,
    Hit,
    NoAnswer,
    NoAnswerReason,
    Notice,
    NoticeKind,
    Outcome,
    Pair,
    Passage,
    QuestionKind,
    Span,
    Struck,
)
from tests.newsprint import article, span_of

TOPIC = "how many people work at the mill"
QUESTION = replace(plain(f"Do the outlets agree on {TOPIC}?"), kind=QuestionKind.CONTRARY, topic=TOPIC)
PLAIN = Calibration(intercept=0.0, margin=1.0, threshold=0.5)  # margin 0 is a confidence of a half
FIRST, LATER = date(2026, 3, 1), date(2026, 3, 3)


def candidate(words: str, of: Article, margin: float = 2.0) -> Candidate:
    whole = Span(0, len(of.text))
    passage = Passage(f"{of.id}:0-{len(of.text)}", of.id, whole, of.title, of.text)
    return Candidate(Hit(passage, 1, 1.0, FoundBy.FUSION, 0.5), span_of(words, of), whole, margin, 0.0)


def outcome_of(*found: Candidate, articles: tuple[Article, ...], corrections: dict[str, list[Correction]]) -> Outcome:
    by_id = {one.id: one for one in articles}
    return answer_from_figures(QUESTION, found, by_id, calibration=PLAIN, corrections=corrections)


def given(first: str, later: str, *, days: tuple[date, date] = (FIRST, LATER)) -> Outcome:
    """The outcome of two articles, each with its figure in brackets: "The mill employs [84] people."."""
    told = [
        (text.replace("[", "").replace("]", ""), text[text.index("[") + 1 : text.index("]")]) for text in (first, later)
    ]
    articles = tuple(article(text, published=day) for (text, _), day in zip(told, days, strict=True))
    found = (candidate(words, one) for (_, words), one in zip(told, articles, strict=True))
    return outcome_of(*found, articles=articles, corrections={})


@pytest.mark.parametrize(
    ("first", "later"),
    [
        ("The mill employs [84] people.", "At the mill work [48] people."),
        ("The mill employs [nine] people.", "At the mill work [six] people."),
        ("The bridge cost [€2.4 million] in all.", "It cost [€3 million] in all."),
        ("Of them [71 per cent] agreed.", "Only [64 per cent] agreed."),
    ],
)
def test_two_figures_for_one_thing_are_a_pair_the_older_first(first: str, later: str) -> None:
    outcome = given(later, first, days=(LATER, FIRST))
    assert isinstance(outcome, Answer)
    assert outcome.pairs == (Pair(1, 2, Contrary.FIGURE),)
    assert [one.exact for one in outcome.citations] == [
        text[text.index("[") + 1 : text.index("]")] for text in (first, later)
    ]


@pytest.mark.parametrize(
    ("first", "later"),
    [
        ("The mill employs [1,200] people.", "At the mill work [1200] people."),
        ("The mill employs [84] people.", "At the mill work more than [48] people."),
        ("The mill employs about [84] people.", "At the mill work [80] people."),
        ("The mill lost [84] workers.", "The mill lost [48%] of them."),
        ("It cost [€84] in all.", "It cost [$48] in all."),
        ("The mill employs [84] people.", "At the mill work [the millers] alone."),
    ],
)
def test_what_is_the_same_a_bound_a_guess_or_of_another_sort_is_no_pair(first: str, later: str) -> None:
    outcome = given(first, later)
    assert isinstance(outcome, NoAnswer)
    assert outcome.reason is NoAnswerReason.UNDISPUTED


def test_a_count_may_be_another_one_weeks_later() -> None:
    days = (FIRST, date(2026, 5, 1))
    assert isinstance(given("The mill employs [84] people.", "At the mill work [48] people.", days=days), NoAnswer)


def test_only_the_likeliest_of_an_article_counts_and_only_where_it_is_sure() -> None:
    one, other = (
        article("The mill employs 84 people and 7 cats.", published=FIRST),
        article("There 48 work.", published=LATER),
    )
    unsure = [candidate("84", one), candidate("7", one, 1.0), candidate("48", other, -1.0)]
    refused = outcome_of(*unsure, articles=(one, other), corrections={})
    assert isinstance(refused, NoAnswer)
    assert [each.exact for each in refused.nearest] == ["84"], "the one figure that is sure is shown"
    sure = [*unsure[:2], candidate("48", other, 1.0)]
    assert isinstance(outcome_of(*sure, articles=(one, other), corrections={}), Answer)


def test_a_figure_that_several_articles_give_is_cited_once() -> None:
    texts = ("The mill employs 84 people.", "84 work there.", "At the mill work 48 people.")
    articles = tuple(article(text, published=FIRST) for text in texts)
    found = (candidate(words, one) for words, one in zip(("84", "84", "48"), articles, strict=True))
    outcome = outcome_of(*found, articles=articles, corrections={})
    assert isinstance(outcome, Answer)
    assert sorted(one.exact for one in outcome.citations) == ["48", "84"]
    assert [len(one.also_in) for one in outcome.citations if one.exact == "84"] == [1]


def test_what_a_notice_puts_right_is_of_the_same_thing_however_unsure_it_was() -> None:
    wrong = article("It would find work for its 84 people.", published=FIRST)
    notice = article("The mill employs 48 people, not 84.", published=LATER)
    struck = Struck(span_of("84", wrong), span_of("48", notice))
    correction = Correction(
        Notice(notice.id, Span(0, len(notice.text)), NoticeKind.CORRECTION, own=False), notice, LATER, (struck,)
    )
    found = [candidate("84", wrong, -5.0), candidate("48", notice)]
    outcome = outcome_of(*found, articles=(wrong, notice), corrections={wrong.id: [correction]})
    assert isinstance(outcome, Answer)
    assert [one.exact for one in outcome.citations] == ["84", "48"]
    assert isinstance(outcome_of(*found, articles=(wrong, notice), corrections={}), NoAnswer)
