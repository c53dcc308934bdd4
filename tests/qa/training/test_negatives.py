"""Negatives look like answers and are none."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from qa.embedding import PACKAGED_MODEL, load_encoder
from qa.protocols import Encoder
from qa.training.negatives import Passages, find_negatives, load_negatives, main, passages_of
from qa.training.rows import read_rows
from tests.qa.training.small import FERRY, HARBOUR, write_rows

RIVAL = "The gate of Brakken has no keeper. Nobody at Ostrel wants one."
TELLING = "The gate of Ostrel is kept by one Ada Voss, they say."
FAR = "Zebras graze."


@pytest.fixture(scope="module")
def encoder(compiled_models: Path) -> Encoder:
    return load_encoder(PACKAGED_MODEL, compiled_models, threads=1)


def test_a_negative_is_like_the_question_and_does_not_hold_the_answer(tmp_path: Path, encoder: Encoder) -> None:
    rows = read_rows(write_rows(tmp_path))
    found = dict(find_negatives(rows, Passages([HARBOUR, FERRY, RIVAL, TELLING, FAR], encoder)))
    assert found["row-0"][0] == RIVAL
    assert found["row-0"][-1] == FAR
    assert TELLING not in found["row-0"], "it holds the answer"
    assert HARBOUR not in found["row-0"], "it is the row's own context"
    assert "row-4" not in found, "it has no answer to begin with"


def test_a_passage_in_other_words_is_found_by_meaning(tmp_path: Path, encoder: Encoder) -> None:
    rows = read_rows(write_rows(tmp_path))
    meant = "Somebody looks after this lock on the coast."
    found = dict(find_negatives(rows, Passages([HARBOUR, FAR, meant], encoder)))
    assert found["row-0"] == [meant, FAR]


def test_by_words_alone_a_passage_without_words_in_common_is_no_negative(tmp_path: Path) -> None:
    rows = read_rows(write_rows(tmp_path))
    assert dict(find_negatives(rows, Passages([HARBOUR, FAR, RIVAL], None)))["row-0"] == [RIVAL]


def test_a_question_of_common_or_unknown_words_is_asked_by_meaning(tmp_path: Path, encoder: Encoder) -> None:
    passages = Passages([RIVAL, FAR], encoder)
    assert list(passages.ranked(["Whither Xyzzy?"])) in ([[0, 1]], [[1, 0]])
    assert list(Passages([RIVAL, FAR], None).ranked(["Whither Xyzzy?"])) == [[]]


def test_passages_are_cut_at_sentences_and_lose_none() -> None:
    text = "One sentence that is about fifty characters long. " * 40
    passages = list(passages_of(text))
    assert all(len(passage) <= 700 for passage in passages)
    assert " ".join(passages) == text.strip()


def test_what_is_written_can_be_read(tmp_path: Path) -> None:
    write_rows(tmp_path)
    output = tmp_path / "negatives.jsonl"
    recipe = tmp_path / "run.toml"
    recipe.write_text(
        "\n".join(
            f"{name} = {json.dumps(value)}"
            for name, value in {
                **{"base": "x", "seed": 1, "steps": 1, "warmup": 1, "learning_rate": 0.1, "weight_decay": 0.1},
                **{
                    "clip": 1.0,
                    "dropout": 0.1,
                    "mask": 0.1,
                    "ema": 0.9,
                    "freeze_words": True,
                    "freeze_layers": 0,
                    "shards": 1,
                },
                **{"batch_tokens": 64, "max_tokens": 64, "short": [8, 16], "full": 0.5, "negatives": 0.5},
                **{"after": "", "keeps": "", "kept": 0.0, "beside": 0, "absent": 0.0, "typed": 0.0, "headings": 0.0},
            }.items()
        )
        + "\n[sets]\nsmall = { answerable = 1.0 }\n"
    )
    main([str(recipe), "--data", str(tmp_path), "--output", str(output)])
    assert load_negatives(output)["row-5"] == [HARBOUR]
