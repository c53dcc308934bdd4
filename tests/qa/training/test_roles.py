"""Who is what, asked of made-up news."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from qa.training.roles import MOST_OF_ONE, main, questions_in, rows_of
from qa.training.rows import read_rows

NEWS = (
    "Ostrel Mayor Ilse Varn opened the quay. “It took years,” said Tomas Reck, the director of the Ostrel Harbour "
    "Authority. Brakken’s envoy Lotte Brun stayed away, and so did Prime Minister Keir Lund."
)


def asked(passage: str) -> dict[str, str]:
    """Questions in small letters and without question marks, and their answers."""
    found = {}
    for question, start, answer in questions_in(passage):
        assert passage[start : start + len(answer)] == answer
        found[question.lower().rstrip("?")] = answer
    return found


def ends(found: dict[str, str], ending: str) -> list[str]:
    return [answer for question, answer in found.items() if question.endswith(ending)]


def test_a_role_beside_a_name_is_asked_for_both_ways() -> None:
    found = asked(NEWS)
    assert ends(found, "ostrel mayor") == ["Ilse Varn"]
    assert "Ostrel Mayor" in {answer for question, answer in found.items() if "ilse varn" in question}
    assert ends(found, "director of the ostrel harbour authority") == ["Tomas Reck"]
    assert ends(found, "brakken’s envoy") == ["Lotte Brun"]
    assert not any("the brakken’s" in question for question in found)


def test_a_bare_title_is_nobody_in_particular() -> None:
    assert not any(question.endswith("prime minister") for question in asked(NEWS))


def test_a_passage_with_two_people_in_one_role_is_not_asked_for_it() -> None:
    found = asked("Ostrel Mayor Ilse Varn met the former Ostrel Mayor Keir Lund.")
    assert ends(found, "ostrel mayor") == []
    assert len(found) == 2, "but for each of the two"


@pytest.mark.parametrize("text", ["", "The river rose.", "Rain and Fog Director Nobody"])
def test_news_without_roles_asks_nothing(text: str) -> None:
    assert asked(text) == {}


def test_rows_are_training_rows_and_no_question_fills_them(tmp_path: Path) -> None:
    archive = tmp_path / "archive.jsonl.gz"
    with gzip.open(archive, "wt") as lines:
        lines.writelines(json.dumps({"content": f"Day {day}. {NEWS}"}) + "\n" for day in range(9))
    main([str(archive), "--output", str(tmp_path / "news_roles.jsonl.gz")])
    rows = read_rows(tmp_path / "news_roles.jsonl.gz")
    assert len({row.id for row in rows}) == len(rows)
    assert all(row.context[slice(*row.answers[0])] for row in rows)
    questions = [row.question for row in rows]
    assert max(map(questions.count, questions)) == MOST_OF_ONE
    assert len(rows) == len(list(rows_of({"content": f"Day {day}. {NEWS}"} for day in range(9))))
