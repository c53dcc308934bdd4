"""The same answer from several places is one proposal."""

from __future__ import annotations

import pytest

from qa.answering.proposals import proposals
from qa.types import Candidate, FoundBy, Hit, Passage
from tests.newsprint import article, span_of


def candidate(words: str, text: str, margin: float) -> Candidate:
    source = article(text)
    span = span_of(source.text, source)
    passage = Passage(f"{source.id}:0", source.id, span, "", source.text)
    return Candidate(Hit(passage, 1, 1.0, FoundBy.FUSION), span_of(words, source), span, margin, 0.0)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Dario Peskin", "dario peskin", True),
        ("Dario Peskin", "Peskin", True),
        ("the old quay", "old quay", True),
        ("48", "48 million", False),
        ("Marrow", "Ostrel", False),
        ("quay", "old quay wall", False),
        ("Varn", "Varn and Reck", False),
        ("12 March", "12 March 2024", False),
    ],
)
def test_two_answers_are_the_same_when_their_words_are_or_one_has_the_others_name(
    one: str, other: str, same: bool
) -> None:
    found = proposals([candidate(one, f"They said {one}.", 2.0), candidate(other, f"It was {other} then.", 1.0)])
    assert len(found) == (1 if same else 2)
    assert found[0].best.margin == 2.0


def test_of_overlapping_candidates_the_better_stays_and_supports_nobody() -> None:
    text = "Port spokesman Dario Peskin spoke."
    found = proposals([candidate("Dario Peskin", text, 2.0), candidate("spokesman Dario Peskin", text, 1.0)])
    assert [len(proposal.candidates) for proposal in found] == [1]
