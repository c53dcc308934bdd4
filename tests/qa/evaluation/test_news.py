"""The news questions are whole, and what becomes of them is judged by their exact answers."""

from __future__ import annotations

import json
import os
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from qa.assistant import Assistant
from qa.assistant.keeping.attributing import articles_of
from qa.citing import Find, cite
from qa.evaluation.news import Told, fill, judge, read_questions, render
from qa.questions import plain
from qa.settings import IngestionSettings, Settings
from qa.types import Answer, AnswerKind, Article, NoAnswer, NoAnswerReason
from tests.newsprint import HARBOUR, article, span_of

ROWS = read_questions()
SOURCE = article(HARBOUR)
DATA = os.environ.get("ONRECORD_DATA")


def row(*answers: str, kind: str = "answerable") -> dict[str, Any]:
    return {"id": "n", "half": "tune", "article": "a", "question": "Who?", "kind": kind, "answers": list(answers)}


def answer(words: str) -> Answer:
    span = span_of(words, SOURCE)
    return Answer(plain("Who?"), AnswerKind.SPAN, (cite(1, Find(SOURCE, span, span, span)),), 0.9)


def refusal(*nearest: str) -> NoAnswer:
    spans = [span_of(words, SOURCE) for words in nearest]
    citations = tuple(cite(1, Find(SOURCE, span, span, span)) for span in spans)
    return NoAnswer(plain("Who?"), NoAnswerReason.BELOW_THRESHOLD, nearest=citations)


def test_there_are_two_hundred_questions_of_which_sixty_have_no_answer_in_six_ways() -> None:
    assert len({one["id"] for one in ROWS}) == len({one["question"] for one in ROWS}) == 200
    counts = Counter(one["kind"] for one in ROWS)
    assert counts.pop("answerable") == 140
    assert set(counts) == {"role", "person", "place", "number", "negation", "never"}
    assert set(counts.values()) == {10}


def test_a_question_has_short_answers_or_a_premise_and_never_both() -> None:
    for one in ROWS:
        assert bool(one["answers"]) is (one["kind"] == "answerable") is (one["premise"] is None), one
        assert all(len(words.split()) <= 12 for words in one["answers"]), one


def test_the_halves_are_even_and_share_no_article() -> None:
    halves = {half: {one["article"] for one in read_questions(half=half)} for half in ("tune", "report")}
    assert not halves["tune"] & halves["report"]
    assert Counter(one["half"] for one in ROWS) == {"tune": 100, "report": 100}
    assert len(halves["tune"] | halves["report"]) >= 110


@pytest.mark.slow
@pytest.mark.skipif(not DATA, reason="needs ONRECORD_DATA")
def test_every_answer_is_a_slice_of_its_article() -> None:
    read = articles_of([str(Path(DATA or "") / "archive" / "news-2023.jsonl.gz")], IngestionSettings())
    texts = {one.url: one.text for one in read if isinstance(one, Article)}
    assert [one["id"] for one in ROWS if any(words not in texts[one["article"]] for words in one["answers"])] == []


@pytest.mark.parametrize(
    ("words", "said", "right", "exact"),
    [
        ("Dario Peskin", "Dario Peskin", True, True),
        ("Dario Peskin", "spokesman Dario Peskin", True, False),
        ("Dario Peskin", "Keir Lund", False, False),
    ],
)
def test_an_answer_is_right_by_its_words(words: str, said: str, right: bool, exact: bool) -> None:
    told = judge(row(words), answer(said))
    assert (told.right, told.exact) == (right, exact)


def test_nothing_is_right_where_nothing_answers_and_a_refusal_may_show_the_answer() -> None:
    assert not judge(row(kind="role"), answer("Keir Lund")).right
    assert judge(row("Keir Lund"), refusal("Keir Lund")).nearest
    assert not judge(row("Keir Lund"), refusal()).nearest


def test_the_page_counts_answers_refusals_and_false_answers_by_half() -> None:
    told: list[Told] = [
        judge(row("Keir Lund"), answer("Keir Lund")),
        judge(row("Keir Lund"), answer("Dario Peskin")),
        judge(row("Keir Lund"), refusal("Keir Lund")),
        judge(row(kind="role"), answer("Keir Lund")),
        judge({**row(kind="role"), "half": "report"}, refusal()),
    ]
    page = render(told, 3)
    assert "| tune | 3 | 2 of 3, 66.7 % | 1 | 1 | 1 of 2, 50.0 % | 1 of 3, 33.3 % | 1 of 1, 100.0 % |" in page
    assert "| **all** | 1 of 2, 50.0 % | 1 of 2, 50.0 % |" in page


def test_the_articles_of_the_questions_are_filled_in_with_so_many_others(settings: Settings, tmp_path: Path) -> None:
    texts = [f"The harbour council of town {number} met on Monday.\n\nIt closed ferry {number}." for number in range(4)]
    lines = [
        json.dumps({"id": str(n), "url": f"https://n.example/{n}", "headline": f"Town {n}", "content": text})
        for n, text in enumerate(texts)
    ]
    (tmp_path / "news.jsonl").write_text("\n".join(lines), encoding="utf-8")
    with Assistant.open(settings, label="tests", write=True) as assistant:
        fill(assistant, tmp_path / "news.jsonl", {"https://n.example/2"}, others=1)
        assert {one.title for one in assistant.articles()[0]} == {"Town 2", "Town 0"}
