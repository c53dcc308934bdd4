"""Questions are read from either form, answered from their context and scored by set and question word."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from qa.errors import SourceError
from qa.evaluation.reader import Asked, main, predict, question_word, read_questions, report
from qa.reading.span import SpanModel
from qa.splits import KEPT
from tests.qa.reading.test_span import network_that_likes

ROWS = [
    {"id": "a", "dataset": "port", "context": "Voss came.", "question": "Who came?", "split": "dev"}
    | {"answers": [{"text": "Voss", "start": 0}]},
    {"id": "b", "dataset": "port", "context": "Nobody came.", "question": "Who came?", "split": "dev", "answers": []},
    {"id": "c", "dataset": "sea", "context": "It cost 5 million.", "question": "How much was it?", "split": "dev"}
    | {"answers": [{"text": "5 million", "start": 8}]},
    {"id": "d", "dataset": "sea", "context": "x", "question": "Who?", "split": "train", "answers": []},
]


@pytest.fixture
def rows(tmp_path: Path) -> Path:
    path = tmp_path / "rows.jsonl.gz"
    path.write_bytes(gzip.compress("\n".join(map(json.dumps, ROWS)).encode()))
    return path


@pytest.fixture
def weights(tmp_path: Path) -> Path:
    return network_that_likes(tmp_path / "weights", {"voss": 4, "5": 3, "nobody": 1}, null=2)


def test_rows_of_the_split_are_read(rows: Path) -> None:
    assert [asked.id for asked in read_questions(rows)] == ["a", "b", "c"]
    assert [asked.id for asked in read_questions(rows, None)] == ["a", "b", "c", "d"]


def test_paragraphs_that_are_kept_from_training_are_a_split_of_their_own(tmp_path: Path) -> None:
    path = tmp_path / "squad_train_unansq.jsonl"
    row: dict[str, object] = {"dataset": "x", "question": "Who?", "split": "train", "answers": []}
    numbered = [{**row, "id": str(number), "context": f"Boat {number} came."} for number in range(60)]
    path.write_text("\n".join(map(json.dumps, numbered)))
    kept, trained = ({asked.id for asked in read_questions(path, split)} for split in (KEPT, "train"))
    assert kept
    assert kept | trained == {str(number) for number in range(60)}
    assert not kept & trained


def test_the_squad_form_is_read(tmp_path: Path) -> None:
    asked = {"id": "1", "question": "Who?", "answers": [{"text": "Voss", "answer_start": 0}], "is_impossible": False}
    path = tmp_path / "dev.json"
    path.write_text(json.dumps({"data": [{"paragraphs": [{"context": "Voss came.", "qas": [asked]}]}]}))
    assert read_questions(path) == [Asked("1", "dev", "Voss came.", "Who?", ("Voss",))]


def test_a_file_of_another_form_is_named(tmp_path: Path) -> None:
    path = tmp_path / "dev.json"
    path.write_text('{"rows": []}')
    with pytest.raises(SourceError, match="not a question-answering set"):
        read_questions(path)


def test_answers_are_widened_as_the_reader_does(rows: Path, weights: Path) -> None:
    questions = read_questions(rows)
    model = SpanModel(weights, threads=1)
    assert [prediction.text for prediction in predict(model, questions)] == ["Voss", "Nobody", "5 million"]
    assert predict(model, questions, widen=False)[2].text == "5"
    assert [prediction.no_answer for prediction in predict(model, questions)] == [-4, 2, -2]


def test_scores_come_by_set_and_by_question_word(rows: Path, weights: Path) -> None:
    questions = read_questions(rows)
    result = report(questions, predict(SpanModel(weights, threads=1), questions), threshold=0.0)
    assert result["all"]["f1"] == 100
    assert result["by_dataset"]["port"]["no_answer_exact"] == 100
    assert result["by_question_word"]["how much"]["questions"] == 1


@pytest.mark.parametrize(
    ("question", "word"),
    [
        ("Who came?", "who"),
        ("In what year did he say how many came?", "what"),
        ("how many came", "how many"),
        ("How did it end?", "how"),
        ("Name the mayor.", "other"),
        ("Whatever happened?", "other"),
    ],
)
def test_a_question_counts_under_its_first_question_word(question: str, word: str) -> None:
    assert question_word(question) == word


def test_predictions_are_written_in_the_official_form(
    rows: Path, weights: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main([str(rows), "--weights", str(weights), "--threads", "1", "--predictions", str(tmp_path / "out.json")])
    assert json.loads((tmp_path / "out.json").read_text()) == {"a": "Voss", "b": "Nobody", "c": "5 million"}
    assert json.loads((tmp_path / "out.na_prob.json").read_text())["b"] == pytest.approx(0.8808, abs=1e-4)
    assert json.loads(capsys.readouterr().out)["all"]["questions"] == 3


def test_a_sample_is_the_same_each_time(rows: Path, weights: Path, capsys: pytest.CaptureFixture[str]) -> None:
    reports = []
    for _ in range(2):
        main([str(rows), "--weights", str(weights), "--threads", "1", "--sample", "2"])
        reports.append({**json.loads(capsys.readouterr().out), "seconds": 0})
    assert reports[0] == reports[1]
    assert reports[0]["all"]["questions"] == 2


@pytest.mark.parametrize("content", ["", '["a list"]\n', '{"id": "a", "context": "b", "question": 7, "answers": []}\n'])
def test_a_file_without_questions_is_named(tmp_path: Path, content: str) -> None:
    path = tmp_path / "set.jsonl"
    path.write_text(content)
    folder = network_that_likes(tmp_path / "reader", {})
    with pytest.raises(SourceError, match=r"set\.jsonl"):
        main([str(path), "--weights", str(folder)])


def test_predictions_need_a_folder_before_anything_is_read(tmp_path: Path) -> None:
    with pytest.raises(SystemExit):
        main(
            [str(tmp_path / "no.jsonl"), "--weights", str(tmp_path), "--predictions", str(tmp_path / "no" / "out.json")]
        )
