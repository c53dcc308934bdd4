"""Words that nobody says are not given out as speech; words whose speaker is only not named are."""

from __future__ import annotations

import pytest

from qa.attribution.nobodys import is_nobodys


@pytest.mark.parametrize(
    "cue",
    [
        "is accused of",
        "was asked",
        "are asked",
        "asked again",
        "is also predicted",
        "growing calls for",
        "claims about",
        "to be named",
        "the tag line:",
        "answering",
    ],
)
def test_a_passive_a_noun_or_an_infinitive_without_a_source_is_nobodys(cue: str) -> None:
    assert is_nobodys(None, cue, quoted=False)


@pytest.mark.parametrize("cue", ["contends", "suggested", "told", "has warned", "wrote on Monday", "chanted", ""])
def test_a_finite_verb_of_speech_whose_source_was_not_found_is_somebodys(cue: str) -> None:
    assert not is_nobodys(None, cue, quoted=False)


@pytest.mark.parametrize(
    ("source", "cue"),
    [
        ("officials", "had avoided saying"),
        ("no harbour town", "has said"),
        ("someone", "say"),
        ("I", "wrote"),
    ],
)
def test_what_is_denied_or_the_writers_own_is_nobodys(source: str, cue: str) -> None:
    assert is_nobodys(source, cue, quoted=False)


def test_whoever_has_a_passive_for_a_cue_or_speaks_of_oneself_in_a_quotation_is_somebody() -> None:
    assert not is_nobodys("the harbour board", "was described by", quoted=False)
    assert not is_nobodys("I", "said", quoted=True)
    assert not is_nobodys("Ilse Varn", "declined to say", quoted=False)
    assert not is_nobodys("Norma Reck", "said", quoted=False)
