from __future__ import annotations

import pytest

from qa.attribution.cues import find_cues


def cues(sentence: str) -> list[str]:
    return [sentence[cue.start : cue.end] for cue in find_cues(sentence)]


def test_adverbs_and_auxiliaries_belong_to_the_cue() -> None:
    assert cues("Varn has repeatedly said it; they also warned her.") == ["has repeatedly said", "also warned"]


def test_what_somebody_called_something_is_one_cue() -> None:
    assert cues("Reck left, condemning what he called “xxx,” and said no") == ["condemning what he called", "said"]


@pytest.mark.parametrize(
    "sentence",
    [
        "She declined to say where.",
        "Varn did not say why.",
        "The vote was reported correctly.",
        "Nobody would say it.",
        "Their claims and the report state nothing.",
        "Zelensky's claims remain open.",
        "He thinks and hopes and believes it.",
        "The saying is old.",
    ],
)
def test_silence_passives_nouns_and_beliefs_are_no_cues(sentence: str) -> None:
    assert cues(sentence) == []


def test_a_verb_that_is_a_noun_too_counts_after_a_name_or_a_pronoun() -> None:
    assert cues("Reck claims it.") == ["claims"]
    assert cues("they report it") == ["report"]
