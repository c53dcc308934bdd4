"""What is compared word by word is found twice over: with its places, and without them in a fraction of the time."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.tokens import keys_of, tokens_of

SIGNS = "ab1٣_é'’ʼ-‐., \u0301\u0903\uff9e\u037aאְक्\u200d%$€"


@given(st.text(SIGNS, max_size=20) | st.text(max_size=20))
def test_keys_are_those_of_the_tokens(text: str) -> None:
    assert keys_of(text) == [token.key for token in tokens_of(text)]


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("The 5% rise", ["the", "5", "%", "rise"]),
        ("$1,250.5 for twenty-five", ["$", "1250.5", "for", "twenty", "five"]),
        ("Über “Moscow’s” café", ["uber", "moscow's", "cafe"]),
        ("₽ ‰", ["₽", "‰"]),
        ("…", []),
    ],
)
def test_words_and_signs_of_figures_are_compared(text: str, keys: list[str]) -> None:
    assert keys_of(text) == keys
