from __future__ import annotations

import time

import pytest

from qa.text import fold, normalise, paragraph_spans, quotation_spans, sentence_spans, utf16_offset, word_spans
from qa.types import Span


def sentences(text: str) -> list[str]:
    return [span.of(text) for span in sentence_spans(text)]


def quotations(text: str) -> list[str]:
    return [span.of(text) for span in quotation_spans(text)]


@pytest.mark.parametrize(
    ("raw", "normal"),
    [
        ("e\u0301lan", "élan"),
        ("a\r\nb\rc\x85d\u2028e", "a\nb\nc\nd\ne"),
        ("a\u2029b", "a\n\nb"),
        ("a\u00a0b\u2009c\u202fd\t \u3000e", "a b c d e"),
        ("\ufeffsoft\u00adhy\u200bphen\u2060", "softhyphen"),
        ("bell\x07 and\x00 nul", "bell and nul"),
        ("a \n \n\n \nb  ", "a\n\nb"),
        ("  a\n\tb", "a\nb"),
        ("left\u202eright", "leftright"),
        ("lone \ud83d half", "lone \ufffd half"),
        ("👩\u200d🚀 می\u200cخواهم", "👩\u200d🚀 می\u200cخواهم"),
        ("joi\u200dner", "joiner"),
        ("\u00a0\n", ""),
    ],
)
def test_text_is_brought_into_one_form(raw: str, normal: str) -> None:
    assert normalise(raw) == normal


def test_paragraphs_stand_between_blank_lines() -> None:
    text = "One.\n\nTwo\ngoes on.\n\n\n  Three. "
    assert [span.of(text) for span in paragraph_spans(text)] == ["One.", "Two\ngoes on.", "Three."]


@pytest.mark.parametrize(
    "text",
    [
        "U.S. President Donald Trump spoke.",
        "Then Gov. Smith met Dr. Jones, Sen. Lee and Rep. Foo (D-Calif.) Monday.",
        "It happened on Jan. 5 at 10 a.m. Monday in St. Louis.",
        "It was No. 3 on the list, or 3.5 percent, of J. K. Rowling and J.R.R. Tolkien.",
        "Acme Inc. said Acme Corp. Chairman Lee left.",
        "“Why?” he asked.",
        "“Why?” Zelensky asked.",
        "“Enough!” the mayor cried.",
        "He threatened … promised me that … I would see.",
        "“We … Ukraine” is what he said.",
        "Am 15. Dezember kam er.",
        "« Non ! » a-t-il dit.",
        "1. Do not cut a list item.",
        "See example.com. or nothing",
    ],
)
def test_one_sentence_stays_one(text: str) -> None:
    assert sentences(text) == [text]


@pytest.mark.parametrize(
    "expected",
    [
        ["He left.", "She stayed."],
        ["“It was not easy.”", "He left."],
        ["“I will go,” he said.", "“You will not.”"],
        ["He said it was “a step forward.”", "Merz agreed."],
        ['"Come on," he said.', '"Now!"'],
        ["“Why?”", "The mayor did not say."],
        ["He lives in the U.S.", "The law is new."],
        ["It closed at 5 p.m.", "Police came."],
        ["It was in Jan.", "The rest is known."],
        ["They left (in haste).", "Nobody saw it."],
        ["Well…", "Nobody saw it."],
        ["It ended.", "... In the meantime, it rained."],
        ["Great!", "😀 He came."],
        ["Was it 1980?", "1990?"],
        ["你好。", "再见。"],
    ],
)
def test_a_sentence_ends_where_it_should_and_takes_its_closing_mark(expected: list[str]) -> None:
    assert sentences(" ".join(expected)) == expected


def test_no_sentence_crosses_a_paragraph_border() -> None:
    assert sentences("A headline without a stop\n\nA sentence.") == ["A headline without a stop", "A sentence."]


def test_sentences_of_a_part_are_clipped_to_it() -> None:
    text = "One two. Three four. Five six."
    assert [span.of(text) for span in sentence_spans(text, Span(4, 15))] == ["two.", "Three"]


def test_a_part_is_judged_in_the_light_of_its_paragraph() -> None:
    text = "He met U.S. President Trump. He left."
    inside = Span(text.index("President"), len(text))
    assert [span.of(text) for span in sentence_spans(text, inside)] == ["President Trump.", "He left."]


@pytest.mark.parametrize("text", ["." * 50_000, ". " * 50_000, "a" * 50_000 + ". A", "”." * 50_000, "“a. " * 300])
def test_hostile_text_is_split_in_bounded_time(text: str) -> None:
    started = time.perf_counter()
    sentence_spans(text)
    quotation_spans(text)
    assert time.perf_counter() - started < 5


def test_words_keep_their_apostrophes_hyphens_and_decimal_marks() -> None:
    text = "Moscow’s NATO-like 1,250.5 don't — हिन्दी’ Über U.S."
    assert [span.of(text) for span in word_spans(text)] == [
        "Moscow’s",
        "NATO-like",
        "1,250.5",
        "don't",
        "हिन्दी",
        "Über",
        "U",
        "S",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It was “not easy” but “real progress,” he said.", ["“not easy”", "“real progress,”"]),
        ("“He said ‘no’ to me,” she said.", ["“He said ‘no’ to me,”"]),
        ("‘The players’ union is good,’ he said.", ["‘The players’ union is good,’"]),
        ("Rock ’n’ roll in the ’90s, the boys' house, don't.", []),
        ("He said \"yes\" and 'no way' to 6'2\" men.", ['"yes"', "'no way'"]),
        ("„Ja“, sagte er. »Nein«, sagte sie. « Oui », dit-il.", ["„Ja“", "»Nein«", "« Oui »"]),
        ("‘Don’t,’ he said. ‘It’s mine.’ I can’t.", ["‘Don’t,’", "‘It’s mine.’"]),
        ("He said “a “b” c” then.", ["“a “b” c”"]),
        ('He said “mixed" marks.', ['“mixed"']),
        ("“A slip of the pen. Then prose.", ["“A slip of the pen."]),
        ("No marks at all.", []),
    ],
)
def test_quotations_are_found_with_their_marks(text: str, expected: list[str]) -> None:
    assert quotations(text) == expected


def test_a_quotation_over_paragraphs_gives_one_span_for_each() -> None:
    text = "He said: “It began here. And went on.\n\n“It ended there,” he said."
    assert quotations(text) == ["“It began here. And went on.", "“It ended there,”"]


def test_quotations_within_a_span_are_whole() -> None:
    text = "“One,” he said. “Two. Three.” “Four.”"
    inside = Span(text.index("Three"), text.index("Three") + 5)
    assert [span.of(text) for span in quotation_spans(text, inside)] == ["“Two. Three.”"]


def test_folding_levels_case_diacritics_quotes_and_dashes() -> None:
    assert fold("“Élan” – Straße, Bjørn, İstanbul’s…") == '"elan" - strasse, bjorn, istanbul\'s...'


def test_an_emoji_counts_twice_in_utf_16() -> None:
    assert utf16_offset("😀x", 1) == 2
    assert utf16_offset("😀x", 2) == 3


@pytest.mark.parametrize("position", [-1, 3])
def test_a_position_outside_the_text_is_refused(position: int) -> None:
    with pytest.raises(ValueError, match="outside a text of 2"):
        utf16_offset("ab", position)
