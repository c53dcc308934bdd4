from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.attribution.masking import find_quotations, mask_quotations


def masked(text: str) -> str:
    return mask_quotations(text, find_quotations(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“Not now,” he said.", "“Xxxxxxx,” he said."),
        ('"not now." He left.', "“xxxxxxx.” He left."),
        ("''Not now?'' he asked.", "“Xxxxxxxxx?” he asked."),
        ("She called it “a farce”.", "She called it “xxxxxxx”."),
        ("No quotation, he’s sure.", "No quotation, he’s sure."),
    ],
)
def test_only_marks_first_case_and_last_stop_remain(text: str, expected: str) -> None:
    assert masked(text) == expected


@given(st.text(alphabet="\"'“”‘’«»,.?! aBé😀\n", max_size=60))
def test_positions_stay_whatever_is_quoted(text: str) -> None:
    assert len(masked(text)) == len(text)
