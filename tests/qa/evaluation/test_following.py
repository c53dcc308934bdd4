"""What a follow-up carries is right only where speaker, topic and days are those that a person gave it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from qa.evaluation.following import judge, render
from qa.types import Carried, Part, Question, QuestionKind, Scope

ROW: dict[str, Any] = {
    "id": "f1",
    "half": "tune",
    "earlier": ["What did Ada Venn say about the pier?"],
    "question": "and in March?",
    "speaker": "Ada Venn",
    "topic": "the pier",
    "first": "2026-03-01",
    "last": "2026-03-31",
    "stands_alone": False,
}
MARCH = Scope(date(2026, 3, 1), date(2026, 3, 31))
READ = Question(
    "What did Ada Venn say about the pier in March?",
    QuestionKind.STATEMENTS,
    "Ada Venn",
    "the pier",
    MARCH,
    carried=(Carried(Part.SPEAKER, "Ada Venn", ""), Carried(Part.TOPIC, "the pier", "")),
    typed="and in March?",
)


def test_all_three_parts_have_to_be_right() -> None:
    assert judge(ROW, READ).right
    for wrong in (replace(READ, speaker="Bo Wick"), replace(READ, topic="the quay"), replace(READ, scope=Scope())):
        assert not judge(ROW, wrong).right


def test_what_was_carried_wrongly_is_told_from_what_was_missed() -> None:
    assert judge(ROW, replace(READ, topic="the quay")).wrongly_carried
    assert not judge(
        ROW, replace(READ, speaker=None, topic=None, text="and in March?", typed=None, carried=())
    ).wrongly_carried
    alone = {**ROW, "stands_alone": True}
    assert judge(alone, READ).wrongly_carried


def test_a_page_has_each_half_and_tells_what_is_wrong_of_the_one_that_may_be_looked_at() -> None:
    wrong = replace(READ, topic="the quay")
    page = render([judge(ROW, READ), judge(ROW, wrong), judge({**ROW, "id": "f2", "half": "report"}, wrong)], "# Title")
    assert "| right topic | 1, 50.0 % | 0, 0.0 % |" in page
    assert "f1, wrong topic" in page
    assert "f2" not in page
