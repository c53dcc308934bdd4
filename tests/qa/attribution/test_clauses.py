"""Each cue has the subject of its own clause: participles, nouns of speech, and whoever is only talked to."""

from __future__ import annotations

import pytest

from qa.attribution.clauses import of_own_clause
from qa.attribution.drafts import Draft, Page
from qa.types import Span
from tests.newsprint import article


def drafted(text: str, *parts: tuple[str | None, str, str]) -> list[tuple[str | None, str]]:
    """The sources and cues that are left of drafts given as source, cue and content, in words of the text."""
    page = Page.of(article(text))

    def span(words: str) -> Span:
        start = page.text.index(words)
        return Span(start, start + len(words))

    drafts = [
        Draft(span(source) if source else None, span(cue), (span(content),), 0.9) for source, cue, content in parts
    ]
    return [
        (one.source.of(page.text) if one.source else None, one.cue.of(page.text) if one.cue else "")
        for one in of_own_clause(page, drafts)
    ]


def test_a_participle_belongs_to_whoever_speaks_right_before_it() -> None:
    text = "Reck has “lost his way”, said the Ostrel Courier, suggesting that the bridge would go."
    found = drafted(
        text,
        ("the Ostrel Courier", "said", "Reck has “lost his way”"),
        ("Reck", "suggesting", "that the bridge would go"),
    )
    assert found == [("the Ostrel Courier", "said"), ("the Ostrel Courier", "suggesting")]


def test_a_participle_stays_with_its_subject_where_nobody_else_speaks_between() -> None:
    text = "Reck shut the bridge, saying that the steel was old."
    assert drafted(text, ("Reck", "saying", "that the steel was old")) == [("Reck", "saying")]


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("The county said that it would end on Friday, despite calls for it to go on.", "calls for"),
        ("The county lives with new demands for it to go on.", "demands for"),
        ("The county shut it – claims for it to go on are weak.", "claims for"),
    ],
)
def test_a_noun_of_speech_that_the_subject_does_not_own_is_nobodys(text: str, cue: str) -> None:
    assert drafted(text, ("The county", cue, "it to go on")) == [(None, cue)]


@pytest.mark.parametrize("text", ["Reck’s claims that it would hold", "Reck claims that it would hold"])
def test_a_noun_of_speech_that_is_owned_and_a_verb_stay(text: str) -> None:
    assert drafted(text, ("Reck", "claims", "that it would hold")) == [("Reck", "claims")]


@pytest.mark.parametrize("person", ["he", "Nora Lindqvist", "them"])
def test_whoever_is_talked_to_is_nothing_that_was_said(person: str) -> None:
    text = f"The rope was gone and {person} was called by the Courier."
    assert drafted(text, ("the Courier", "called", person)) == []


def test_what_is_quoted_or_more_than_a_person_was_said() -> None:
    text = "Reck called “Nora Lindqvist” and said Lindqvist was late."
    parts = (("Reck", "called", "“Nora Lindqvist”"), ("Reck", "said", "Lindqvist was late"))
    assert [cue for _, cue in drafted(text, *parts)] == ["called", "said"]


@pytest.mark.parametrize(
    ("text", "cue", "source"),
    [
        ("The pier stays shut, TIDE-TV reports. It rained.", "reports", "TIDE-TV"),
        ("“The pier stays shut”, noted Harbourlight.", "noted", "Harbourlight"),
        ("“The pier stays shut”, Ilse “Ili” Varn, told TIDE-TV.", "told", None),
        ("The storm that reports told of passed.", "told", None),
        ("The pier stays shut, it was said on Monday.", "said", None),
    ],
)
def test_a_verb_of_speech_without_a_source_takes_the_name_beside_it(text: str, cue: str, source: str | None) -> None:
    found = drafted(text, (None, cue, text.split(",", maxsplit=1)[0].strip("“”") if "," in text else "The storm"))
    assert [each for each, _ in found] == [source]


@pytest.mark.parametrize("before", ["Monday", "Meanwhile", "He"])
def test_no_weekday_adverb_or_pronoun_beside_a_verb_is_made_its_source(before: str) -> None:
    found = drafted(f"The boats lie still. {before} said the ferry would stop.", (None, "said", "the ferry would stop"))
    assert found == [(None, "said")]
