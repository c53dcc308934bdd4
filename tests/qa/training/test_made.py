"""A made question looks like the one that it was made of, and its context does not answer it."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from qa.errors import SourceError
from qa.evaluation.reader import read_questions
from qa.splits import KEPT
from qa.training.made import Made, Names, Way, made_from, main
from qa.training.rows import Row

CONTEXT = (
    "Ada Voss was elected mayor of Ostrel in 1998. The largest ferry left for Brakken on Monday. 41 boats left, too. "
    "Her brother keeps the northern gate."
)
NAMES = Names.of(
    ("Did Robert Lund speak?", "Why was the ferry to France late?", "What does Harbour Watch want?", "Is he Ada Voss?")
)


def _made(question: str, way: Way, context: str = CONTEXT) -> str | None:
    row = Row("row", "small", "small", context, question, ((0, 8),))
    return next((one.row.question for one in made_from(row, NAMES) if one.way is way), None)


@pytest.mark.parametrize(
    ("way", "question", "made"),
    [
        (Way.NEGATION, "Who was elected mayor?", "Who was not elected mayor?"),
        (Way.NEGATION, "What did Ada Voss keep?", "What did Ada Voss not keep?"),
        (Way.OPPOSITE, "Where did the largest ferry go?", "Where did the smallest ferry go?"),
        (Way.ENTITY, "Where was Ada Voss elected?", "Where was Robert Lund elected?"),
    ],
)
def test_one_thing_is_changed(way: Way, question: str, made: str) -> None:
    assert _made(question, way) == made


def test_an_exclusive_word_is_of_the_same_kind_and_not_in_the_context() -> None:
    made = _made("Who left on Monday?", Way.EXCLUSION)
    assert made
    assert made.removeprefix("Who left on ").removesuffix("?") in {
        *("Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
    }


def test_a_number_is_exchanged_for_one_nearby_that_the_context_has_not() -> None:
    made = _made("Who was elected in 1998?", Way.NUMBER)
    assert made
    year = int(made.removeprefix("Who was elected in ").removesuffix("?"))
    assert 1978 <= year <= 2018
    assert year != 1998


def test_a_condition_goes_before_the_question_mark() -> None:
    made = _made("Who was elected mayor?", Way.CONDITION)
    assert made
    assert made.startswith("Who was elected mayor ")
    assert made.endswith("?")


@pytest.mark.parametrize(
    ("way", "question"),
    [
        (Way.NEGATION, "Which gate is northern?"),
        (Way.OPPOSITE, "Who keeps the gate?"),
        (Way.EXCLUSION, "Who keeps the gate?"),
        (Way.ENTITY, "Who keeps the gate?"),
        (Way.NUMBER, "Who keeps gate 7?"),
        (Way.CONDITION, "When was she elected?"),
    ],
)
def test_where_there_is_nothing_to_change_nothing_is_made(way: Way, question: str) -> None:
    assert _made(question, way) is None


def test_what_the_context_has_is_not_put_in() -> None:
    both = CONTEXT + " The smallest ferry stayed. Nothing was refused."
    assert _made("Where did the largest ferry go?", Way.OPPOSITE, both) is None
    assert _made("Who was elected mayor?", Way.NEGATION, both) is None, "what was not may stand there"


def test_the_same_row_gives_the_same_questions_and_no_answers() -> None:
    row = Row("row", "small", "small", CONTEXT, "Who was elected mayor of Ostrel in 1998?", ((0, 8),))
    made = made_from(row, NAMES)
    assert made == made_from(row, NAMES)
    assert [one for one in made if one.row.answers] == []
    assert {one.row.context for one in made} == {CONTEXT}
    assert len({one.way for one in made}) == len(made) > 2


def test_a_test_set_takes_each_way_in_turn_from_rows_that_no_reader_trains_on(tmp_path: Path) -> None:
    rows = [
        {"id": f"r{n}", "dataset": "d", "split": split, "context": CONTEXT, "question": question, "answers": [{}]}
        for n, (split, question) in enumerate(
            [
                ("dev", "Who was elected in 1998?"),
                ("dev", "Where did the largest ferry go?"),
                ("train", "Who left on Monday?"),
            ]
        )
    ]
    path = tmp_path / "small.jsonl.gz"
    with gzip.open(path, "wt", encoding="utf-8") as lines:
        lines.writelines(json.dumps(row) + "\n" for row in rows)
    main([str(path), "--output", str(tmp_path / "made.jsonl"), "--count", "5"])
    questions = read_questions(tmp_path / "made.jsonl", KEPT)
    assert len(questions) == 2
    assert [one for one in questions if one.answers or "Monday" in one.question] == []
    with pytest.raises(SourceError):
        main([str(tmp_path / "none.jsonl.gz"), "--output", str(tmp_path / "made.jsonl")])


def test_made_names_its_way() -> None:
    assert isinstance(made_from(Row("x", "s", "s", CONTEXT, "Who was elected?", ()), NAMES)[0], Made)
