"""How far a run over several sources is."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from pathlib import Path

import pytest

from qa.assistant import Assistant
from qa.ingestion import Limits, Meter, read_drafts
from qa.records import Progress
from qa.settings import Settings

ROWS = [json.dumps({"id": str(n), "headline": f"Pier {n}", "content": "It rained here. " * 9}) for n in range(200)]


@pytest.mark.parametrize("name", ["a.jsonl", "a.jsonl.gz", "a.json"])
def test_a_source_of_several_articles_tells_how_far_it_is(tmp_path: Path, name: str) -> None:
    text = f"[{','.join(ROWS)}]" if name.endswith(".json") else "\n".join(ROWS)
    path, small = tmp_path / name, tmp_path / "small.txt"
    path.write_bytes(gzip.compress(text.encode()) if name.endswith(".gz") else text.encode())
    small.write_bytes(b"x" * path.stat().st_size)
    meter = Meter([str(small), str(path), str(tmp_path / "missing.txt")])
    meter.begin()
    meter.begin()
    assert meter.share == pytest.approx(0.5)
    shares = [meter.share for _ in read_drafts(str(path), Limits())]
    assert shares == sorted(shares)
    assert shares[-1] == pytest.approx(1.0)
    assert len(set(shares)) > (0 if name.endswith(".gz") else 190)  # of a packed file, so few bytes come at once
    meter.begin()
    assert meter.share == pytest.approx(1.0)


def _mailbox() -> str:
    head = "From desk@skerrow.example Fri May  3 09:00:00 2024\nFrom: Rhea Okonjo <r@skerrow.example>\n"
    return "".join(f"{head}Subject: Pier {n}\n\n{'It rained here. ' * 9}\n\n" for n in range(50))


def _export() -> str:
    items = "".join(
        f"<item><title>Pier {n}</title><link>https://skerrow.example/{n}</link><wp:status>publish</wp:status>"
        f"<wp:post_type>post</wp:post_type><content:encoded>{'It rained here. ' * 300}</content:encoded></item>"
        for n in range(50)
    )
    return (
        '<rss xmlns:wp="http://wordpress.org/export/1.2/" xmlns:content="http://purl.org/rss/1.0/modules/content/">'
        f"<channel><title>Skerrow</title><wp:wxr_version>1.2</wp:wxr_version>{items}</channel></rss>"
    )


@pytest.mark.parametrize(
    ("name", "text", "articles"),
    [("a.mbox", _mailbox(), 50), ("a.xml", _export(), 50), ("a.txt", "Rain\n\nIt rained here for a whole week.", 1)],
)
def test_mailboxes_exports_and_single_articles_tell_how_far_they_are(
    tmp_path: Path, name: str, text: str, articles: int
) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    meter = Meter([str(path)])
    meter.begin()
    shares = [meter.share for _ in read_drafts(str(path), Limits())]
    assert len(shares) == articles
    assert shares == sorted(shares)
    assert shares[-1] == pytest.approx(1.0)
    assert len(set(shares)) >= min(articles, 5)


@pytest.mark.slow
def test_progress_moves_with_every_article_and_comes_to_its_end(settings: Settings, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text("\n".join(ROWS[:40]), encoding="utf-8")
    seen: list[Progress] = []
    with Assistant.open(settings, write=True) as assistant:
        assistant.ingest([str(tmp_path / "none.txt"), str(path)], on_progress=seen.append)
    assert [one.articles for one in seen] == sorted(one.articles for one in seen)
    assert {one.articles for one in seen} == set(range(1, 42))
    assert set(Counter(one.name for one in seen[1:]).values()) == {2}  # when it is begun, and once it is worked on
    assert [one.share for one in seen] == sorted(one.share for one in seen)
    assert seen[-1].share == pytest.approx(1.0)
