"""Quotations compared with texts that are in no archive."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa import Texts, verify
from qa.errors import QuestionError
from qa.text import word_spans
from qa.verification import Verdict
from tests.newsprint import HARBOUR

HERON = "The heron count rose to 40 this year, said warden Ada Voss. “We counted every nest twice,” she wrote."
HOSTILE = "😀 “Ça va?” said İbrahim of the straße. e\u0301tude,\r\n\t नमस्ते दुनिया और सब लोग यहाँ हैं. $1,250.50 (5 %)\x00"
WRITTEN = [HARBOUR, HERON, HOSTILE, HERON]
READ = Texts(WRITTEN)


@st.composite
def runs(draw: st.DrawFn) -> tuple[int, int, int]:
    """A run of whole words of one of the texts."""
    number = draw(st.integers(0, len(WRITTEN) - 1))
    words = word_spans(WRITTEN[number])
    first = draw(st.integers(0, len(words) - 1))
    last = draw(st.integers(first, min(len(words) - 1, first + 40)))
    return number, words[first].start, words[last].end


@given(runs())
def test_any_run_of_words_of_any_text_is_verbatim_where_it_stands(run: tuple[int, int, int]) -> None:
    number, start, end = run
    found = READ.verify(WRITTEN[number][start:end])
    assert found.verdict is Verdict.VERBATIM
    for one in found.citations:
        assert WRITTEN[int(one.article.id)][one.span.start : one.span.end] == one.exact
    assert (str(number), start) in {(one.article.id, one.span.start) for one in found.citations}


def test_texts_may_be_a_generator_or_have_names() -> None:
    assert verify("counted every nest", (text for text in WRITTEN)).citations[0].article.id == "1"
    assert verify("counted every nest", {"heron": HERON}).citations[0].article.id == "heron"


def test_what_was_altered_is_told_and_two_texts_are_stitched() -> None:
    altered = verify("We counted each nest twice", [HERON])
    assert altered.verdict is Verdict.ALTERED
    assert [(one.quoted, one.source) for one in altered.differences] == [("each", "every")]
    stitched = verify("the ferry stops in March … the heron count rose", ["So the ferry stops in March.", HERON])
    assert stitched.verdict is Verdict.STITCHED
    assert [one.article.id for one in stitched.citations] == ["0", "1"]


def test_what_a_writer_left_out_or_a_speaker_was_interrupted_by_is_verbatim() -> None:
    assert verify("The heron count … this year", [HARBOUR, HERON]).verdict is Verdict.VERBATIM
    interrupted = "“We want peace,” Merz said, “and we want it to last.”"
    assert verify("We want peace and we want it to last", [HERON, interrupted]).verdict is Verdict.VERBATIM


@pytest.mark.parametrize("texts", [[], [""], ["", "…", HERON]])
def test_what_no_text_has_is_absent(texts: list[str]) -> None:
    assert verify("zeppelins over the harbour wall", texts).verdict is Verdict.ABSENT


def test_a_quotation_without_words_is_refused() -> None:
    with pytest.raises(QuestionError):
        verify("…", [HERON])


@given(st.text(max_size=60), st.lists(st.text(max_size=80), max_size=4))
def test_whatever_the_characters_there_is_a_verdict_of_exact_slices(quotation: str, texts: list[str]) -> None:
    try:
        found = verify(quotation, texts)
    except QuestionError:
        return
    for one in found.citations:
        assert texts[int(one.article.id)][one.span.start : one.span.end] == one.exact


@pytest.mark.slow
def test_hundreds_of_quotations_are_checked_in_less_time_than_a_thousand_texts_are_read_in() -> None:
    """A ratio, since a busy machine lengthens the processor's time too; a second: ``qa.evaluation.checking``."""
    chance = random.Random(7)
    words = [f"{stem}{ending}" for stem in ("har", "bel", "tor", "min", "qua", "ver") for ending in range(1_500)]
    common = [1 / rank for rank in range(1, len(words) + 1)]  # as often as words of a language are
    texts = [" ".join(chance.choices(words, common, k=800)) for _ in range(1_000)]
    begun = time.process_time()
    read, quotations = Texts(texts), []
    reading = time.process_time() - begun
    for at in range(300):
        said = chance.choice(texts).split()[50 : 50 + chance.randint(6, 30)]
        if at % 3 == 1:
            said[3] = "zeppelin"
        if at % 3 == 2:
            chance.shuffle(said)
        quotations.append(" ".join(said))
    begun = time.process_time()
    verdicts = [read.verify(one).verdict for one in quotations]
    assert time.process_time() - begun <= reading
    assert verdicts[::3] == [Verdict.VERBATIM] * 100
    assert verdicts[1::3].count(Verdict.ALTERED) >= 90
