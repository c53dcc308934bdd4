from __future__ import annotations

import json
from pathlib import Path

import pytest

from qa.evaluation.pages import PAGES, read_gold
from qa.ingestion.boxes import FEATURES
from qa.training.boxes import Row, counts, fit, main, rows_of, told


def _row(page: str, *, kept: bool, body: float) -> Row:
    return Row(page, (body, *[0.0] * (len(FEATURES) - 1)), kept, "words")


def test_a_figure_that_parts_the_kinds_gets_a_weight_that_does() -> None:
    rows = [_row(f"{at}", kept=at % 2 == 0, body=float(at % 2 == 0)) for at in range(40)]
    found = told(rows, fit(rows))
    assert counts(found) == {"the article's": 20, "of these lost": 0, "others": 20, "of these left": 0}


def test_in_doubt_a_box_is_the_articles() -> None:
    rows = [_row(f"{at}", kept=at % 2 == 0, body=1.0) for at in range(40)]
    assert all(kept for _, kept in told(rows, fit(rows)))


def test_weights_and_card_are_written_and_name_what_was_held_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    names = ["newspack", "paywall_de", "krant_nl", "ghost_cards"]
    gold = {name: {**read_gold()[name], "set": "b" if name == "ghost_cards" else "a"} for name in names}
    (tmp_path / "gold.json").write_text(json.dumps(gold), encoding="utf-8")
    for name in names:
        (tmp_path / f"{name}.html").write_bytes((PAGES / f"{name}.html").read_bytes())
    assert main([str(tmp_path), "--held-out", "b", "--output", str(tmp_path / "boxes")]) == 0
    card = json.loads((tmp_path / "boxes" / "card.json").read_text(encoding="utf-8"))
    assert json.loads(capsys.readouterr().out) == card
    assert (card["held out"], card["recipe"]["pages"]) == (["b"], 3)
    (held,) = [rows for group, rows in rows_of(tmp_path) if group == "b"]
    assert card["scores"]["held out"]["others"] == sum(not row.kept for row in held) > 0
    assert tuple(json.loads((tmp_path / "boxes" / "weights.json").read_text())["weights"]) == FEATURES
