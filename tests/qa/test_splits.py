"""One paragraph in ten of the sets with unanswerable questions is kept for measuring."""

from __future__ import annotations

from qa.splits import KEPT, split_of

PARAGRAPHS = [f"Boat {number} came in at eight and left again." for number in range(1000)]


def test_about_one_training_paragraph_in_ten_is_kept() -> None:
    kept = [text for text in PARAGRAPHS if split_of("squad_train_unansq", "train", text) == KEPT]
    assert 70 < len(kept) < 130


def test_a_paragraph_is_kept_in_every_set_that_shares_it_or_in_none() -> None:
    for text in PARAGRAPHS:
        assert split_of("squad_train_sample", "train", text) == split_of("squad_train_cs224n", "train", text)


def test_other_sets_and_splits_stay_what_they_say() -> None:
    assert {split_of("newsqa", "train", text) for text in PARAGRAPHS} == {"train"}
    assert {split_of("squad_train_unansq", "dev", text) for text in PARAGRAPHS} == {"dev"}
