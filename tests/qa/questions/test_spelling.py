"""Words with a slip are read as what was meant; a question that stands as it is, is never changed."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from qa.questions import Known, Lexicon, follow
from qa.questions.spelling import respelt
from qa.types import Carried, Part

ARCHIVE = {
    "ballistic": 9,
    "missile": 40,
    "president": 300,
    "minister": 80,
    "ministry": 80,
    "Zelensky": 90,
    "Mulally": 12,
    "hero": 30,
    "building": 208,
    "bild": 1,
    "committee": 60,
    "announcement": 50,
    "receive": 40,
    "code": 20,
    "with": 1_000,
    "scored": 148,
    "overrode": 30,
    "lunar": 17,
    "planned": 40,
    "white": 300,
    "supported": 90,
    "protesters": 108,
    "Trump": 500,
}
KNOWN = frozenset(
    (
        "heron",
        "mandolin",
        "swiss",
        "city",
        "born",
        "closed",
        "visited",
        "scored",
        "white",
        "protest",
        "beat",
        "plane",
        "supported",
    )
)


def lexicon() -> Lexicon:
    printed = {word.lower(): word for word in ARCHIVE}
    counts = {word.lower(): count for word, count in ARCHIVE.items()}

    def counted(words: Sequence[str]) -> dict[str, int]:
        return {word: counts.get(word, 0) for word in words}

    return Lexicon(counted, KNOWN.__contains__, lambda word: [printed[word]] if word in printed else [])


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("in wich swiss city", "in which swiss city"),
        ("Whcih missile was closed?", "Which missile was closed?"),
        ("what about the balistic missile", "what about the ballistic missile"),
        ("when did presidnet Trump say", "when did president Trump say"),
        ("who recieved the missile?", "who recieved the missile?"),  # no word is "received" here
        ("does the president recieve it", "does the president receive it"),
        ("where is Zelenksy's missile", "where is Zelensky's missile"),
        ("the annnouncemnet of the president", "the announcement of the president"),
    ],
)
def test_a_slip_is_read_as_the_word_that_was_meant(typed: str, read: str) -> None:
    assert respelt(typed, lexicon())[0] == read


@pytest.mark.parametrize(
    "typed",
    [
        "where was the heron closed?",  # known, and a letter from "hero"
        "two mandolins",  # known without its ending
        "Who is Zelda?",
        "Where is Megan Mullally?",  # another person
        "did the ministr say so",  # minister or ministry?
        "which regions are to cede",  # short
        "what did reck say",
        "who said 'the balistic missile'?",
        "was it B4listic in 2019?",
        "was war mit dem Minstr",  # short of a language with endings
        "Quelle est la balistik française",  # another language
        "did NATOO say so",
        "who was scorned for it?",  # one letter from "scored", as many words are from another
        "did the president override it",  # "overrode"
        "where is the ulnar nerve?",
        "who planed the city?",
        "is it whiter now?",
        "who sells teal musk, beet and mulch in the city?",  # "tell", "must", "been", "much"
        "where is the wold of the city?",  # "would" stands behind no "the"
        "who saw the protestors?",
        "an unbeatable president",
        "wer hat das suportet oder supportet",  # of a language of which few words are known
        "",
    ],
)
def test_what_stands_as_it_is_is_not_changed(typed: str) -> None:
    assert respelt(typed, lexicon()) == (typed, ())
    assert respelt(typed, None) == (typed, ())


def test_what_was_read_is_told_with_what_was_typed() -> None:
    readings = follow("in wich city was the balistic missile closed", [], known=Known(lexicon=lexicon()))
    for one in readings:
        assert one.text == "in which city was the ballistic missile closed"
        assert one.words == "in wich city was the balistic missile closed"
        assert one.carried == (
            Carried(Part.SPELLING, "which", "wich"),
            Carried(Part.SPELLING, "ballistic", "balistic"),
        )
        assert one.respelt == ("which", "ballistic")
        assert one.filled_in == ()


def test_a_slip_in_a_word_of_a_wording_is_told_too() -> None:
    statements, span = follow("wat did Trump say", [], known=Known())
    assert (statements.respelt, span.respelt) == (("what",), ())


def test_a_text_that_was_pasted_and_a_word_without_end_cost_nothing() -> None:
    asked: list[int] = []

    def counted(words: Sequence[str]) -> dict[str, int]:
        asked.append(len(words))
        return dict.fromkeys(words, 0)

    none = Lexicon(counted, KNOWN.__contains__, lambda word: ())
    unknown = " ".join(f"balistic{letter}x in the city" for letter in "abcdefgh")
    for typed in (unknown, f"where was {'balistic' * 2_000} closed in the city?"):
        assert respelt(typed, none) == (typed, ())
    assert sum(asked) < 20
