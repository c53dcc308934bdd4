"""Phrases that mark what somebody says."""

from __future__ import annotations

import pytest

from qa.people import Backdrop, topics_of
from qa.people.nouns import is_noun, words_of

NEWS = Backdrop.of(
    [
        "The mayor said the ferry was late. The country waited, and the council met in the town.",
        "Ships wait in the harbour. The harbour is old. To vote on the dues, the council has to meet.",
        "They seek the truth about the weather; the weather was bad in the whole country because it rained.",
    ]
    * 20
)


def test_topics_are_nouns_and_names_of_several_statements_and_never_the_speakers_own() -> None:
    said = [
        "the Security Council must meet on the ferry",
        "Merz wants the Security Council to vote about ferries",
        "we think that Merz will vote",
    ]
    assert topics_of(said, ["Friedrich Merz"]) == [("ferry", 2), ("Security Council", 2)]
    assert topics_of(said[:1], []) == []


def test_a_phrase_stands_for_its_words_where_they_hardly_occur_without_it() -> None:
    said = ["because the country needs harbour dues", "the country’s harbour dues are high, because ships wait"]
    assert topics_of(said, []) == [("harbour dues", 2)]
    more = [*said, "the harbour is old", "a harbour of ours", "in the harbour"]
    assert topics_of(more, []) == [("harbour", 5), ("harbour dues", 2)]


def test_a_topic_has_up_to_three_words_of_which_the_last_is_a_noun() -> None:
    said = ["she sees a tighter monetary policy in spring", "no tighter monetary policy, he says, quickly"]
    assert topics_of(said, []) == [("tighter monetary policy", 2)]


def test_what_everybody_speaks_of_marks_nobody() -> None:
    said = ["the dykes are old, and the weather is bad", "no dyke, and the weather", "dykes in the rain", "the weather"]
    assert topics_of(said, [], NEWS) == [("dykes", 3)]


def test_what_marks_somebody_most_comes_first_however_often_another_word_is_said() -> None:
    said = ["the ferry, the tide and the tide gate", "on the ferry or a tide gate", "the ferry of the town"]
    assert topics_of(said, [], NEWS)[0] == ("tide gate", 2)


@pytest.mark.parametrize(
    "said",
    [
        ("because of it", "because of them"),
        ("the country of", "a country in"),
        ("to seek the truth", "they seek a truth"),
        ("on Monday in March", "on Monday of March"),
        ("it was personally approved", "he personally approved it"),
        ("in 2024, 12,000 of", "in 2024 with 12,000"),
    ],
    ids=["grammar", "vague", "verbs", "days", "adverbs", "numbers"],
)
def test_what_says_nothing_is_no_topic(said: tuple[str, str]) -> None:
    assert topics_of(said, []) == []


@pytest.mark.parametrize(
    ("word", "noun"), [("storm", True), ("seek", False), ("discharged", False), ("concerned", False), ("Ukraine", True)]
)
def test_a_noun_is_told_by_what_stands_beside_it(word: str, noun: bool) -> None:
    seen = Backdrop.of(
        [
            "The storm, a storm of the year. To storm the gate.",
            "They seek the storm. To seek a way.",
            "He was discharged from hospital; patients discharged in May were discharged.",
            "She is more concerned about it, and deeply concerned.",
            "The war in Ukraine. Ukraine will end it.",
        ]
    )
    [one] = words_of(word)
    assert is_noun(one, seen) is noun
