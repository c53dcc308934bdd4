from __future__ import annotations

import pytest

from qa.evaluation.pages import PAGES, Judged, figures, judge, main, read_gold, read_page, report

# What must hold; a floor that falls needs a reason here. "pages" pins the size, "sentences lost" is a ceiling.
FLOORS = {"date": 137, "byline": 138, "title": 137, "outlet": 137, "clean": 131, "complete": 139}


@pytest.fixture(scope="module")
def judged() -> list[Judged]:
    return [judge(name, row, read_page(PAGES / f"{name}.html", row)) for name, row in read_gold().items()]


@pytest.mark.slow
def test_pages_are_read_as_well_as_they_were(judged: list[Judged]) -> None:
    found = figures(judged)
    assert found["sentences lost"] == 0
    assert {aspect: found[aspect] for aspect in FLOORS if found[aspect] < FLOORS[aspect]} == {}, report(
        judged, each=True
    )


def test_every_page_has_its_gold_and_every_gold_its_page() -> None:
    assert {page.stem for page in PAGES.glob("*.html")} == set(read_gold())


def test_clutter_and_lost_sentences_are_told_apart() -> None:
    name, gold = "jsonld_graph", read_gold()["jsonld_graph"]
    found = read_page(PAGES / f"{name}.html", gold)
    more = {**gold, "paragraphs": [*gold["paragraphs"], "The owls have left."]}
    fewer = {**gold, "paragraphs": gold["paragraphs"][1:]}
    assert judge(name, more, found).lost == ("The owls have left.",)
    assert judge(name, fewer, found).clutter == (gold["paragraphs"][0],)
    assert judge(name, {**gold, "may": [gold["paragraphs"][0]]}, found).right("clean")


def test_the_table_is_filed(tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path_factory.mktemp("pages")
    (folder / "gold.json").write_text(
        '{"none": {"set": "mine", "address": "https://a.example/", "paragraphs": ["A."]}}'
    )
    (folder / "none.html").write_text("<html></html>")
    assert main([str(folder), "--out", str(folder / "table.md"), "--each"]) == 0
    assert (folder / "table.md").read_text() == capsys.readouterr().out
    assert "| mine | 1 | 0 (0%) |" in (folder / "table.md").read_text()
