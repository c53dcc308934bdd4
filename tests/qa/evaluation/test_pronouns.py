from __future__ import annotations

from pathlib import Path

import pytest

from qa.evaluation.pronouns import Row, Score, main, means, read_rows, score

TEXT = "Ilse Varn met Anna Holt in May. Varn said that she was late."
HEAD = "ID\tText\tPronoun\tPronoun-offset\tA\tA-offset\tA-coref\tB\tB-offset\tB-coref\tURL"


def _file(folder: Path) -> Path:
    place = TEXT.index("she")
    row = f"one\t{TEXT}\tshe\t{place}\tIlse Varn\t0\tTRUE\tAnna Holt\t{TEXT.index('Anna')}\tFALSE\thttp://example.org"
    path = folder / "gap.tsv"
    path.write_text(f"{HEAD}\n{row}\n", encoding="utf-8")
    return path


def test_a_row_is_read_and_decided_name_by_name(tmp_path: Path) -> None:
    (row,) = read_rows(_file(tmp_path))
    assert row.text[row.position :].startswith(row.pronoun)
    person, positions = means(row)
    assert person is not None
    assert person.name == "Ilse Varn"
    assert positions == [0, TEXT.index("Varn said")]
    assert score([row]) == Score(right=1)


def test_what_is_meant_wrongly_counts_twice() -> None:
    place = TEXT.index("she")
    row = Row(TEXT, "she", place, (("Ilse Varn", 0, False), ("Anna Holt", TEXT.index("Anna"), True)))
    scored = score([row])
    assert scored == Score(right=0, wrong=1, missed=1)
    assert (scored.f1, scored.precision) == (0.0, 0.0)


def test_the_page_names_the_file_and_the_ratio(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main([str(_file(tmp_path)), "--output", str(tmp_path / "page.md")])
    page = (tmp_path / "page.md").read_text(encoding="utf-8")
    assert "gap.tsv" in page
    assert "| all | 1 | 100.0 | 100.0 | 0 |" in page
    assert capsys.readouterr().out.strip() == page.strip()
