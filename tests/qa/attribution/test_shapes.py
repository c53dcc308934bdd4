"""Shapes of statements beside plain reporting, through the shipped model: signatures, beats, answers."""

from __future__ import annotations

import pytest

from qa.assistant.keeping.attributing import ATTRIBUTION
from qa.attribution import TokenAttributor
from qa.types import Statement
from tests.newsprint import article

LEDE = "The bridge over the Marr stays shut until spring.\n\n"


@pytest.fixture(scope="module")
def attributor() -> TokenAttributor:
    return TokenAttributor(ATTRIBUTION, threads=1)


def said(attributor: TokenAttributor, text: str, title: str = "Untitled") -> list[tuple[str | None, str]]:
    """Who says what, in one line each."""
    source = article(text, title=title)
    return [
        (one.speaker.name if one.speaker else None, " … ".join(span.of(source.text) for span in one.content))
        for one in attributor.attribute(source)
    ]


def only(attributor: TokenAttributor, text: str) -> Statement:
    [statement] = attributor.attribute(article(text))
    return statement


@pytest.mark.parametrize("dash", ["—", "– ", "-", "-- "])
def test_a_line_behind_a_dash_signs_the_quotation_before_it(attributor: TokenAttributor, dash: str) -> None:
    text = f"{LEDE}“Nobody asked the people who cross it at five.” {dash}Councillor Nora Lindqvist"
    assert ("Nora Lindqvist", "“Nobody asked the people who cross it at five.”") in said(attributor, text)


def test_each_line_signs_its_own_quotation(attributor: TokenAttributor) -> None:
    text = (
        f"{LEDE}“The steel is older than my father.” — Tomas Reck, bridge master\n\n"
        "And from Governor Ada Voss:\n\n“We will pay for every bolt of it.”"
    )
    assert said(attributor, text)[-2:] == [
        ("Tomas Reck", "“The steel is older than my father.”"),
        ("Ada Voss", "“We will pay for every bolt of it.”"),
    ]


def test_a_post_is_its_authors_and_whole(attributor: TokenAttributor) -> None:
    text = f"{LEDE}Crossing at dawn. Nobody on it but gulls.\n\n— Nora Lindqvist (@noralind) March 3, 2021"
    assert ("Nora Lindqvist", "Crossing at dawn. Nobody on it but gulls.") in said(attributor, text)


def test_a_dash_inside_a_sentence_signs_nothing(attributor: TokenAttributor) -> None:
    text = f"{LEDE}He called it “a farce.” — Lindqvist was not there when the council voted."
    assert all(name != "Nora Lindqvist" for name, _ in said(attributor, text))


@pytest.mark.parametrize(
    "text",
    [
        "Nora Lindqvist put down her cup. “They never came to look at it.” The clerk looked away.",
        "Tomas Reck was there. Nora Lindqvist laughed. “They never came to look at it.”",
        "“They never came to look at it.” Nora Lindqvist turned to the window.",
    ],
)
def test_a_beat_beside_a_quotation_makes_its_speaker_and_is_unsure(attributor: TokenAttributor, text: str) -> None:
    statement = next(
        one for one in attributor.attribute(article(LEDE + text)) if one.content[0].of(LEDE + text)[0] == "“"
    )
    assert statement.speaker
    assert statement.speaker.name == "Nora Lindqvist"
    assert statement.unsure
    assert not statement.cue


def test_things_beat_nothing(attributor: TokenAttributor) -> None:
    text = f"{LEDE}The bridge creaked in the wind. “They never came to look at it.” The rain went on."
    assert not any(name for name, words in said(attributor, text) if "never came" in words)


@pytest.mark.parametrize(
    "text",
    [
        "Asked whether the county would pay, Voss said the money was there.",
        "When asked why it took so long, Voss said the money was there.",
        "Pressed on how the county would pay, Voss said the money was there.",
    ],
)
def test_a_question_that_nobody_puts_is_no_statement(attributor: TokenAttributor, text: str) -> None:
    intro = "Governor Ada Voss came late.\n\n"
    assert said(attributor, intro + text) == [("Ada Voss", "the money was there")]


def test_a_question_with_an_asker_is_his(attributor: TokenAttributor) -> None:
    text = "Tomas Reck asked whether the county would pay, and Ada Voss said that it would."
    assert {name for name, _ in said(attributor, text)} == {"Tomas Reck", "Ada Voss"}


def test_whoever_is_asked_inside_a_report_is_not_who_asks(attributor: TokenAttributor) -> None:
    text = (
        "A neighbour, Nora Lindqvist, told the court Reck leaned over her with a lamp and asked her if she could walk."
    )
    assert said(attributor, text) == [
        ("Nora Lindqvist", "Reck leaned over her with a lamp and asked her if she could walk")
    ]
