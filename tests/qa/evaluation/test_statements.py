from __future__ import annotations

import gzip
import json
import os
from pathlib import Path
from typing import Any

import pytest

from qa.attribution import RuleAttributor
from qa.evaluation.speakers import Label, read_labels
from qa.evaluation.statements import LISTS, Attributed, evaluate, main, match, read_rows, render
from qa.types import Span

# docs/results/statements-2026-11-23.md, less about a point
FLOOR, FLOOR_OF_LISTS = 74.0, 78.0
FLOORS_OF_SPEAKERS = {"named": 93.0, "pronoun": 89.0, "nominal": 95.0}
TEXT = "Ilse Varn said that the ferry was late. Tomas Reck thinks it is fine."


def fragment(words: str) -> list[list[int]]:
    start = TEXT.index(words)
    return [[start, start + len(words)]]


def row(*attributions: tuple[str, str, str]) -> dict[str, Any]:
    return {
        "text": TEXT,
        "id": "ferry",
        "attributions": [
            {"source": fragment(source), "cue": fragment(cue), "content": fragment(content), "type": "indirect"}
            for source, cue, content in attributions
        ],
    }


def attributed(*content: int, source: int = 0) -> Attributed:
    return Attributed(frozenset([source]), frozenset(content), "indirect", speech=True)


def test_a_perfect_answer_scores_a_hundred() -> None:
    figures = evaluate([row(("Ilse Varn", "said", "that the ferry was late"))], RuleAttributor())
    for measure in ("content exact", "content IoU .5", "joint"):
        assert figures.score(measure, "all").f1 == 100
        assert figures.score(measure, "other cue").gold == 0
    assert figures.lists["people"].f1 == 100
    assert figures.clean == {(whose, True): 1 for whose in LISTS}


def test_a_belief_that_is_not_found_costs_recall_but_not_among_speech_cues() -> None:
    rows = [row(("Ilse Varn", "said", "that the ferry was late"), ("Tomas Reck", "thinks", "it is fine"))]
    figures = evaluate(rows, RuleAttributor())
    assert figures.score("joint", "all").recall == 50
    assert figures.score("joint", "all").precision == 100
    assert figures.score("joint", "speech cue").recall == 100


def test_the_right_words_from_the_wrong_source_are_not_joint() -> None:
    figures = evaluate([row(("Tomas Reck", "said", "that the ferry was late"))], RuleAttributor())
    assert figures.score("content exact", "all").f1 == 100
    assert figures.score("joint", "all").f1 == 0


def test_content_words_are_counted_without_regard_to_borders() -> None:
    figures = evaluate([row(("Ilse Varn", "said", "that the ferry"))], RuleAttributor())
    assert figures.score("content IoU .5", "all").f1 == 100
    assert figures.score("content words", "all").recall == 100
    assert figures.score("content words", "all").precision == 60


def test_a_statement_on_the_wrong_list_costs_both_lists() -> None:
    figures = evaluate([row(("Tomas Reck", "said", "that the ferry was late"))], RuleAttributor())
    assert figures.lists["people"].f1 == 0
    assert figures.clean["people", False] == 2


def test_what_somebody_believes_is_on_no_list() -> None:
    figures = evaluate([row(("Tomas Reck", "thinks", "it is fine"))], RuleAttributor())
    assert figures.lists["people"].gold == 0


def test_the_resolver_is_judged_by_the_labels() -> None:
    rows = [row(("Ilse Varn", "said", "that the ferry was late"), ("Tomas Reck", "thinks", "it is fine"))]
    right = Label("ferry", Span(0, 9), "named", "person", (Span(0, 9),))
    wrong = Label("ferry", Span(40, 50), "named", "person", (Span(0, 9),))
    figures = evaluate(rows, RuleAttributor(), {"ferry": [right, wrong]})
    assert sorted((kind, verdict) for _, kind, verdict in figures.resolved) == [("named", "right"), ("named", "wrong")]
    assert [verdict for _, _, verdict in figures.given_match] == ["right"]
    assert "**50.0 %** of 2 (1, 0)" in render(figures, "judged")


def test_each_is_matched_once_and_the_best_overlap_first() -> None:
    gold = [attributed(1, 2, 3, 4), attributed(1, 2, 3)]
    found = [attributed(1, 2, 3), attributed(7)]
    assert match(gold, found) == [(1, 0, 1.0)]


def test_less_than_half_an_overlap_is_no_match() -> None:
    assert match([attributed(1, 2, 3)], [attributed(3, 4, 5)]) == []
    assert match([attributed(1, 2, 3)], [attributed(2, 3, 4)]) == [(0, 0, 0.5)]


def test_the_page_names_its_command(tmp_path: Path) -> None:
    file = tmp_path / "few.jsonl.gz"
    with gzip.open(file, "wt", encoding="utf-8") as lines:
        lines.write(json.dumps(row(("Ilse Varn", "said", "that the ferry was late"))) + "\n")
    page = tmp_path / "page.md"
    main([str(file), "--output", str(page)])
    assert "python -m qa.evaluation.statements few.jsonl.gz" in page.read_text(encoding="utf-8")
    assert "**100.0**" in page.read_text(encoding="utf-8")


def annotated_news() -> Path:
    folder = os.environ.get("ONRECORD_DATA")
    if not folder:
        pytest.skip("ONRECORD_DATA does not name the folder of the annotated articles")
    return Path(folder) / "polnear" / "dev.jsonl.gz"


@pytest.mark.slow
def test_rules_and_resolver_keep_their_floors_on_annotated_news() -> None:
    figures = evaluate(read_rows(annotated_news()), RuleAttributor(), read_labels())
    page = render(figures, "below the floor")
    assert figures.score("joint", "speech cue").f1 >= FLOOR, page
    assert figures.lists["people"].f1 >= FLOOR_OF_LISTS, page
    for kind, floor in FLOORS_OF_SPEAKERS.items():
        total = sum(n for (_, of, _), n in figures.resolved.items() if of == kind)
        right = sum(n for (_, of, each), n in figures.resolved.items() if of == kind and each == "right")
        assert 100 * right / total >= floor, (kind, page)
