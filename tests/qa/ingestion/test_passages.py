from __future__ import annotations

from pathlib import Path

import pytest

from qa.ingestion import cut_passages
from tests.qa.ingestion.reading import read_one

SENTENCE = "The council of the little town voted on Monday to close the ferry that has crossed the river since 1914. "


def passages_of(folder: Path, body: str, front: str = "title: T") -> list[str]:
    file = folder / "a.md"
    file.write_text(f"---\n{front}\n---\n{body}", encoding="utf-8")
    return [passage.text for passage in cut_passages(read_one(file))]


def test_short_neighbours_are_joined_with_the_break_between_them(tmp_path: Path) -> None:
    assert passages_of(tmp_path, "One.\n\nTwo.\n\nThree.") == ["One.\n\nTwo.\n\nThree."]


def test_a_long_paragraph_is_cut_at_sentences_into_like_sizes(tmp_path: Path) -> None:
    passages = passages_of(tmp_path, SENTENCE * 30)
    sizes = [len(passage.split()) for passage in passages]
    assert all(passage.startswith("The council") and passage.endswith("1914.") for passage in passages)
    assert min(sizes) >= 60
    assert max(sizes) <= 180
    assert " ".join(passages) == (SENTENCE * 30).strip()


def test_ordinary_paragraphs_stay_whole(tmp_path: Path) -> None:
    paragraph = (SENTENCE * 5).strip()
    assert passages_of(tmp_path, f"{paragraph}\n\n{paragraph}") == [paragraph, paragraph]


@pytest.mark.parametrize("endless", ["word " * 1_000, "word" * 1_000, "字" * 1_000, "😀" * 1_000])
def test_a_sentence_without_an_end_is_cut_where_the_passage_is_full(tmp_path: Path, endless: str) -> None:
    passages = passages_of(tmp_path, endless)
    assert len(passages) > 3
    assert "".join("".join(passages).split()) == "".join(endless.split())


def test_the_heading_is_title_and_date(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_text("---\ntitle: Ferry to close\ndate: 2026-01-02\n---\nText.")
    assert cut_passages(read_one(file))[0].heading == "Ferry to close, 2 January 2026"
    file.write_text("---\ntitle: Ferry to close\n---\nText.")
    assert cut_passages(read_one(file))[0].heading == "Ferry to close"
