"""Rows become examples whose answers are the answers."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from qa.errors import SourceError
from qa.splits import KEPT, split_of
from qa.training.rows import read_rows, to_examples
from tests.qa.training.small import HARBOUR, WORDPIECES, examples, write_rows

SHARED = "squad_train_unansq"


def test_only_training_rows_are_read(tmp_path: Path) -> None:
    ids = [row.id for row in read_rows(write_rows(tmp_path))]
    assert "row-7" in ids
    assert "row-8" not in ids, "it is a dev row"


def test_a_paragraph_that_is_kept_for_measuring_is_never_trained_on(tmp_path: Path) -> None:
    small = write_rows(tmp_path)
    kept = next(text for text in (f"{HARBOUR} {n}" for n in range(99)) if split_of(SHARED, "train", text) == KEPT)
    row = {"id": "kept", "dataset": "x", "context": kept, "question": "Who?", "answers": [], "split": "train"}
    (tmp_path / f"{SHARED}.jsonl").write_text(f"{gzip.decompress(small.read_bytes()).decode()}{json.dumps(row)}\n")
    assert "kept" not in [one.id for one in read_rows(tmp_path / f"{SHARED}.jsonl")]
    (tmp_path / "other.jsonl").write_text(json.dumps(row))
    assert [one.id for one in read_rows(tmp_path / "other.jsonl")] == ["kept"]


@pytest.mark.parametrize(("unanswered", "asked"), [("who left?", "who came?"), ("Who left?", "Who came?")])
def test_case_does_not_tell_whether_a_question_is_answered(tmp_path: Path, unanswered: str, asked: str) -> None:
    """A set whose unanswerable questions all lack capitals would teach a cased reader to refuse by them."""
    row = {"id": "1", "dataset": "x", "context": "Ada came.", "question": "Who came?", "split": "train"}
    rows = [{**row, "answers": [{"text": "Ada", "start": 0}]}, {**row, "question": unanswered, "answers": []}]
    (tmp_path / "set.jsonl").write_text("\n".join(map(json.dumps, rows)))
    assert [one.question for one in read_rows(tmp_path / "set.jsonl")] == [asked, unanswered]


def test_the_wordpieces_of_an_answer_spell_it(tmp_path: Path) -> None:
    checked = 0
    for example in examples(tmp_path):
        tokens = example.context.tokens
        for (first, last), (start, end) in zip(example.answers, example.row.answers, strict=True):
            assert (tokens.starts[first], tokens.ends[last]) == (start, end)
            checked += 1
    assert checked == 7


def test_an_answer_that_is_too_long_for_a_span_is_left_out_with_its_row(tmp_path: Path) -> None:
    assert "row-9" not in [example.row.id for example in examples(tmp_path)]


def test_sentences_of_a_context_are_found(tmp_path: Path) -> None:
    context = next(example.context for example in examples(tmp_path) if example.row.context == HARBOUR)
    begins = [HARBOUR[context.tokens.starts[index] :][:12] for index in context.sentences]
    assert begins[:3] == ["The gate of ", "She took it ", "“Nobody else"]


def test_a_part_of_a_context_keeps_the_sentences_in_it(tmp_path: Path) -> None:
    context = next(example.context for example in examples(tmp_path) if example.row.context == HARBOUR)
    second = int(context.sentences[1])
    part = context[second:]
    assert part.sentences[0] == 0
    assert part.tokens.ids[0] == WORDPIECES.tokens("She").ids[0]


def test_a_file_that_is_no_set_is_named(tmp_path: Path) -> None:
    path = tmp_path / "broken.jsonl"
    path.write_text('{"id": 1}\n')
    with pytest.raises(SourceError, match=r"broken\.jsonl: not a question-answering set"):
        read_rows(path)


def test_no_rows_give_no_examples() -> None:
    assert to_examples([], WORDPIECES) == []
