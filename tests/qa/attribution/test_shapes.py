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


def test_letters_stand_for_those_whom_the_head_names(attributor: TokenAttributor) -> None:
    text = (
        "The bridge master talks to Nora Lindqvist about rust.\n\nQ. Will it hold?\n\nA. It will. I have walked it "
        "every day for a year.\n\nQ. And the winter?\n\nA. The winter is longer than the bridge."
    )
    found = said(attributor, text, title="A talk with Tomas Reck")
    assert found[-4:] == [
        ("Nora Lindqvist", "Will it hold?"),
        ("Tomas Reck", "It will. I have walked it every day for a year."),
        ("Nora Lindqvist", "And the winter?"),
        ("Tomas Reck", "The winter is longer than the bridge."),
    ]


def test_letters_without_a_name_stay_open(attributor: TokenAttributor) -> None:
    text = "The county answers.\n\nQ: Will it hold?\n\nA: It will hold until the spring comes."
    assert said(attributor, text) == [(None, "Will it hold?"), (None, "It will hold until the spring comes.")]


def test_labels_in_capitals_are_the_people_of_the_text_and_answers_are_whole(attributor: TokenAttributor) -> None:
    text = (
        "Bridge master Tomas Reck met Nora Lindqvist of the Ostrel Courier.\n\nNORA LINDQVIST: Who pays for it?\n\n"
        "TOMAS RECK: The county does. It always has.\n\nThat is what a county is for.\n\nLINDQVIST: And next year?\n\n"
        "RECK: Ask me next year."
    )
    found = said(attributor, text)
    assert ("Tomas Reck", "The county does. It always has. … That is what a county is for.") in found
    assert [name for name, _ in found] == ["Nora Lindqvist", "Tomas Reck", "Nora Lindqvist", "Tomas Reck"]


def test_what_follows_the_last_answer_is_not_taken_for_it(attributor: TokenAttributor) -> None:
    text = "Nora Lindqvist: Who pays?\n\nTomas Reck: The county does.\n\nThe bridge was built in 1931 by convicts."
    assert said(attributor, text)[-1] == ("Tomas Reck", "The county does.")


def test_an_office_with_a_name_in_parentheses_is_the_name(attributor: TokenAttributor) -> None:
    text = (
        "The Minister for Bridges (Dame Ada Voss): The county will pay for the steel. It will not pay for paint.\n\n"
        "Tomas Reck (Ostrel North): Will she say when?\n\nDame Ada Voss: I will say so when I know."
    )
    assert [name for name, _ in said(attributor, text)] == ["Ada Voss", "Tomas Reck", "Ada Voss"]


@pytest.mark.parametrize("label", ["Update", "Photo", "Read more", "OSTREL", "Tickets"])
def test_what_only_looks_like_a_label_speaks_nothing(attributor: TokenAttributor, label: str) -> None:
    text = f"{LEDE}{label}: The ferry runs again on Sundays.\n\nIs it any use? Few people take it."
    assert not any("ferry" in words for _, words in said(attributor, text))


@pytest.mark.parametrize(
    "line",
    [
        "Nora Lindqvist: Lindqvist won the bridge run in 2019 and came back two years later with a new coach.",
        "Nora Lindqvist: The oldest runner of the county has won the bridge run four times.",
        "BRIDGE RUN:What to know about the race that closes the Marr on Sunday",
        "Ostrel North: Busted boats and old laptops will be sold next month, and the county hopes for a crowd.",
        "Lindqvist:Why the bridge run should stay where it is",
    ],
)
def test_an_entry_of_a_list_and_a_link_are_nobodys_words(attributor: TokenAttributor, line: str) -> None:
    text = f"{LEDE}Nora Lindqvist ran over the bridge with forty others.\n\n{line}\n\nThe bridge is shut until spring."
    assert not any(name for name, _ in said(attributor, text))


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Nora Lindqvist: No. I have run it four times, and I will run it again.", "Nora Lindqvist"),
        ("Nora Lindqvist: “The bridge is ours.”", "Nora Lindqvist"),
        ("The Minister for Bridges (Dame Ada Voss): The county will pay for the steel, but not for paint.", "Ada Voss"),
    ],
)
def test_a_label_speaks_alone_where_its_words_are_somebodys(attributor: TokenAttributor, line: str, name: str) -> None:
    assert name in {speaker for speaker, _ in said(attributor, f"{LEDE}{line}")}


def test_an_answer_is_its_labels_where_the_question_has_none(attributor: TokenAttributor) -> None:
    text = "What makes the bridge run so hard?\n\nLindqvist: The wind. It comes from below and turns.\n\n"
    found = said(
        attributor, f"Nora Lindqvist ran over the bridge.\n\n{text}Is it over?\n\nLindqvist: The steel says so."
    )
    assert ("Nora Lindqvist", "The wind. It comes from below and turns.") in found


def test_what_a_paper_asks_of_its_readers_is_no_statement(attributor: TokenAttributor) -> None:
    text = f"{LEDE}BRIDGE CHANNEL: Join our new channel to hear of the bridge on your phone."
    assert not any(name for name, _ in said(attributor, text))


def test_a_note_beside_a_dialogue_is_no_turn_of_it(attributor: TokenAttributor) -> None:
    text = "Nora Lindqvist: Who pays?\n\nTomas Reck: The county does.\n\nBridge History: The men who built the Marr"
    assert said(attributor, text) == [("Nora Lindqvist", "Who pays?"), ("Tomas Reck", "The county does.")]


def test_whoever_speaks_behind_a_place_at_the_head_of_a_line_is_the_speaker(attributor: TokenAttributor) -> None:
    text = f"{LEDE}Ostrel: Gov. Ada Voss said the county would pay for the steel."
    assert said(attributor, text) == [("Ada Voss", "the county would pay for the steel")]


@pytest.mark.parametrize(
    ("text", "via"),
    [
        ("“I never touched that rope,” Reck said, according to the Ostrel Courier.", "the Ostrel Courier"),
        ("“I never touched that rope,” Reck told investigators, according to his lawyer.", "his lawyer"),
        ("“I never touched that rope,” Reck said, the Ostrel Courier reported.", "the Ostrel Courier"),
    ],
)
def test_second_hand_words_are_the_speakers_via_who_reports_them(
    attributor: TokenAttributor, text: str, via: str
) -> None:
    whole = f"Tomas Reck looked after the bridge.\n\n{text}"
    statement = only(attributor, whole)
    assert statement.speaker
    assert statement.speaker.name == "Tomas Reck"
    assert [one.of(whole) for one in statement.content] == ["“I never touched that rope,”"]
    assert statement.via
    assert statement.via.of(whole) == via


def test_a_report_of_its_own_has_no_second_hand(attributor: TokenAttributor) -> None:
    statement = only(attributor, "The rope was cut twice, according to the Ostrel Courier.")
    assert statement.via is None
    assert statement.speaker
    assert statement.speaker.name == "Ostrel Courier"


def test_german_verbs_of_speech_make_statements(attributor: TokenAttributor) -> None:
    text = (
        "Der Rat tagte am Montag.\n\n„Die Brücke bleibt zu“, sagte Bürgermeisterin Nora Lindqvist dem Kurier. "
        "Die Kosten seien zu hoch, erklärte der Kämmerer Tomas Reck.\n\n"
        "Lindqvist betonte am Abend: „Wir zahlen nicht.“ Sie sagte, dass man im Mai neu entscheide. "
        "Die Fähre fährt wieder, teilte der Hafen mit."
    )
    assert said(attributor, text) == [
        ("Nora Lindqvist", "„Die Brücke bleibt zu“"),
        ("Tomas Reck", "Die Kosten seien zu hoch"),
        ("Nora Lindqvist", "„Wir zahlen nicht.“"),
        ("Nora Lindqvist", "dass man im Mai neu entscheide"),
        (None, "Die Fähre fährt wieder"),
    ]


@pytest.mark.parametrize(
    "text", ["Reck teilte das Zimmer mit Voss.", "Der Rat sagte Reck ab.", "Sie sagt die Reise ab."]
)
def test_german_verbs_with_nothing_said_make_none(attributor: TokenAttributor, text: str) -> None:
    assert said(attributor, f"Der Rat tagte am Montag.\n\n{text}") == []
