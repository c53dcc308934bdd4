"""The sentence reader finds the sentence that answers, and knows when there is none."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from qa.protocols import Vectors
from qa.questions import plain
from qa.reading import SentenceReader
from qa.types import Candidate
from tests.newsprint import HARBOUR, WordEncoder, article, hits

SOURCE = article(HARBOUR)


def read(asked: str, text: str = HARBOUR) -> list[Candidate]:
    return SentenceReader(WordEncoder()).read(plain(asked), hits(article(text)))


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ("Who is the port spokesman?", "Port spokesman Dario Peskin said"),
        ("who is the port spokesman", "Port spokesman Dario Peskin said"),
        ("Which article would the plan mirror?", "One engineer said the plan would mirror Article Seven"),
        ("What did Reck call a turning point?", "Harbour Master Tomas Reck described the talks"),
        ("Who would listen when Reck telephoned Varn?", "From Ostrel, Reck said he would telephone Varn"),
    ],
)
def test_the_sentence_that_answers_comes_first(asked: str, sentence: str) -> None:
    best = read(asked)[0]
    assert best.span.of(SOURCE.text).startswith(sentence)
    assert best.span == best.sentence


def test_a_question_off_the_archive_has_a_lower_margin_than_one_that_is_answered() -> None:
    answered = read("Who is the port spokesman?")[0].margin
    assert read("How much does a barrel of oil cost in Caracas?")[0].margin < answered
    assert read("Who is the hospital spokesman?")[0].margin < answered


def test_a_quotation_of_several_sentences_is_not_cut() -> None:
    text = "Nobody spoke. “The wall will hold. The quay will not,” said Ada Voss. The hall was cold."
    spans = {candidate.span.of(text) for candidate in read("What will hold?", text)}
    assert spans == {"Nobody spoke.", "“The wall will hold. The quay will not,” said Ada Voss.", "The hall was cold."}


def test_one_passage_contributes_no_more_than_its_share() -> None:
    text = "\n\n".join(" ".join(f"Gate {i}{j} is open." for j in range(6)) for i in range(3))
    reader = SentenceReader(WordEncoder(), n_best=2, encode_at_most=18)
    candidates = reader.read(plain("Which gate is open?"), hits(article(text)))
    assert len(candidates) == 6
    assert {candidate.hit.rank for candidate in candidates} == {1, 2, 3}


def test_no_more_sentences_are_encoded_than_the_limit() -> None:
    class Counting(WordEncoder):
        encoded = 0

        def encode(self, texts: Sequence[str]) -> Vectors:
            self.encoded += len(texts)
            return super().encode(texts)

    encoder = Counting()
    text = "\n\n".join(f"Gate {i} is open. Gate {i} is shut." for i in range(30))
    SentenceReader(encoder, encode_at_most=5).read(plain("Which gate is open?"), hits(article(text)))
    assert encoder.encoded == 6, "five sentences and the question"


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ("When was the wall built?", "The wall was built in 1923."),
        ("How many people built the wall?", "Some forty people built the wall, most of them for nothing."),
        ("Who built the wall?", "It was Ada Voss who built the wall, so the story goes."),
    ],
)
def test_the_expected_kind_of_answer_tips_the_scales(asked: str, answer: str) -> None:
    text = " ".join(
        [
            "The wall was built of granite blocks.",
            "The wall was built in 1923.",
            "It was Ada Voss who built the wall, so the story goes.",
            "Some forty people built the wall, most of them for nothing.",
        ]
    )
    assert read(asked, text)[0].span.of(text) == answer
