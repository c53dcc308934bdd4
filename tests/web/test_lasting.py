"""Who has what lasts is told so without the work, until the archive changes."""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import httpx2
import pytest

from qa.errors import ArchiveError
from qa.output.links import card_href, statement_id
from qa.settings import Settings, load_settings
from qa.types import Article, Statement
from tests.serving import serving
from tests.web.archive import MERZ, FakeArchive, berlin, ferry, said_by_merz
from tests.web.conftest import Visit
from web.app import create_app

[SAID, *_] = [one.statement for one in said_by_merz(MERZ).citations if one.statement]  # type: ignore[arg-type]
CARD = str(card_href(SAID))
LASTING = [
    f"/articles/{berlin.id}?at=0-5",
    f"/articles/{berlin.id}/text",
    f"/api/articles/{berlin.id}",
    f"/api/articles/{berlin.id}/statements",
    f"/api/articles/{berlin.id}/statements?format=annotations",
    f"/api/statements/{statement_id(SAID)}",
    f"/api/statements/{statement_id(SAID)}?format=annotation",
    f"/oembed?url=http://localhost{CARD}",
    CARD,
    f"{CARD}/embed",
]


@dataclass
class Counting(FakeArchive):
    """Counts how often an article or its statements are read."""

    read: list[str] = field(default_factory=list)
    uncounted: bool = False

    def article(self, article_id: str) -> Article:
        self.read.append(article_id)
        return super().article(article_id)

    def statements_of(self, article_id: str, *, thoughts: bool = False) -> list[Statement]:
        self.read.append(article_id)
        return list(super().statements_of(article_id, thoughts=thoughts))

    def changes(self) -> int:
        if self.uncounted:
            raise ArchiveError("The catalog could not be used.")
        return super().changes()


@pytest.mark.parametrize("path", LASTING)
def test_who_has_it_costs_no_work(visit: Visit, path: str) -> None:
    archive = Counting()
    client = visit(archive)
    first = client.get(path)
    assert (first.status_code, bool(archive.read)) == (200, True)
    archive.read.clear()
    again = client.get(path, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content, archive.read) == (304, b"", [])
    for name in ("etag", "cache-control", "content-security-policy", "vary"):
        assert again.headers.get(name) == first.headers.get(name)
    assert "content-length" not in again.headers
    assert client.get(path, headers={"If-None-Match": '"other"'}).content == first.content
    assert archive.read


@pytest.mark.parametrize("path", LASTING)
def test_a_change_of_the_archive_is_looked_at(visit: Visit, path: str) -> None:
    archive = Counting()
    client = visit(archive)
    has_it = {"If-None-Match": client.get(path).headers["etag"]}
    archive.held = (berlin,)  # something else has gone
    archive.read.clear()
    assert client.get(path, headers=has_it).status_code == 304
    assert archive.read, "it had to be looked at"
    archive.held = (ferry,)
    assert client.get(path, headers=has_it).status_code == 404


def test_what_one_name_is_answered_is_not_another_s(visit: Visit) -> None:
    client = visit(Counting(), trusted_hosts="news.example")
    path = f"/api/statements/{statement_id(SAID)}?format=annotation"
    tag = client.get(path).headers["etag"]
    other = client.get(path, headers={"If-None-Match": tag, "Host": "news.example"})
    assert other.status_code == 200
    assert "http://news.example/" in other.text


def test_an_archive_that_cannot_tell_its_changes_is_asked(visit: Visit) -> None:
    archive = Counting()
    client = visit(archive)
    path = f"/api/articles/{berlin.id}"
    tag = client.get(path).headers["etag"]
    archive.uncounted = True
    assert client.get(path, headers={"If-None-Match": tag}).status_code >= 500


def test_answers_are_not_remembered(visit: Visit) -> None:
    archive = Counting()
    client = visit(archive)
    path = f"/api/answer?question={MERZ}"
    tag = client.get(path).headers["etag"]
    assert client.get(path, headers={"If-None-Match": tag}).status_code == 304
    assert len(archive.asked) == 2, "an answer may depend on the day"


@pytest.mark.slow
def test_what_another_process_erases_is_gone_for_who_had_it(corpus_settings: Settings, tmp_path: Path) -> None:
    shutil.copytree(corpus_settings.data_dir, tmp_path / "data", symlinks=True)
    with serving(create_app(load_settings(data_dir=tmp_path / "data"))) as address:
        named = httpx2.get(f"{address}/api/articles", timeout=60).json()["articles"][-1]["id"]
        href = f"{address}/api/articles/{named}"
        has_it = {"If-None-Match": httpx2.get(href, timeout=60).headers["etag"]}
        assert httpx2.get(href, headers=has_it, timeout=60).status_code == 304
        erasing = [sys.executable, "-m", "qa.cli", "--data-dir", str(tmp_path / "data"), "remove", named, "--purge"]
        done = subprocess.run(erasing, capture_output=True, text=True, check=False, timeout=300)
        assert done.returncode == 0, done.stderr
        assert httpx2.get(href, headers=has_it, timeout=60).status_code == 404
