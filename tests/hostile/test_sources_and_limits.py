"""A small file cannot ask for much work, and what one record does to its parser costs only that record."""

from __future__ import annotations

import gzip
import json
import time
from pathlib import Path
from typing import Any

import pytest

from qa.errors import SourceError
from qa.ingestion import records
from qa.protocols import Draft
from qa.types import Article
from tests.qa.ingestion.reading import read, read_error

RAIN = json.dumps({"content": "It rained."}).encode()


def _packed(folder: Path, text: bytes) -> Path:
    path = folder / "a.jsonl.gz"
    path.write_bytes(gzip.compress(text, 9))
    return path


def test_what_a_file_unpacks_to_is_bounded_while_it_is_read(tmp_path: Path) -> None:
    padded = RAIN[:-1] + b" " * 2**19 + b"}\n"
    *articles, error = read(_packed(tmp_path, padded * 5), unpacked_mib=1, page_mib=1)
    assert [isinstance(one, Article) for one in articles] == [True]
    assert isinstance(error, SourceError)
    assert (error.line, error.reason) == (2, "the file unpacks to more than 1 MiB; reading stops here")
    assert "QA_INGESTION__MAX_UNPACKED_MIB" in error.remedy


@pytest.mark.slow
@pytest.mark.parametrize("line", [b" \n", b"\n", b"{}\n", b"\xff\n", RAIN + b"\n", b" " * 100_000])
def test_a_small_packed_file_costs_little_whatever_it_unpacks_to(tmp_path: Path, line: bytes) -> None:
    path = _packed(tmp_path, line * (60_000_000 // len(line)))
    assert path.stat().st_size < 400_000
    started = time.process_time()
    found = read(path, records=2_000, bad_records=500)
    assert time.process_time() - started < 20, "91 s were measured"
    assert len(found) < 2_010
    assert isinstance(found[-1], SourceError)


def test_the_records_of_a_file_are_bounded(tmp_path: Path) -> None:
    lines, whole = tmp_path / "a.jsonl", tmp_path / "a.json"
    lines.write_bytes((RAIN + b"\n") * 5)
    whole.write_bytes(b"[" + b",".join([RAIN] * 5) + b"]")
    for path, named in ((lines, "lines"), (whole, "records")):
        *articles, error = read(path, records=3)
        assert len(articles) == 3
        assert isinstance(error, SourceError)
        assert error.reason == f"the file has more than 3 {named}; reading stops here"
        assert "QA_INGESTION__MAX_RECORDS" in error.remedy


def test_a_file_of_bad_records_is_left(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"{bad\n" * 50 + RAIN)
    *errors, last = read(path, bad_records=10)
    assert len(errors) == 11
    assert isinstance(last, SourceError)
    assert (last.line, last.reason) == (11, "more than 10 records are bad; reading stops here")
    assert len(read(path, bad_records=50)) == 51


def test_a_page_beyond_the_limit_is_refused_before_it_is_parsed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import trafilatura

    def parse(page: bytes) -> None:
        raise AssertionError("it was parsed")

    monkeypatch.setattr(trafilatura, "load_html", parse)
    path = tmp_path / "a.html"
    path.write_text("<p>word</p>" * 100_000)
    error = read_error(path, page_mib=1, file_mib=2)
    assert error.reason == "the page has 1.0 MiB, more than the limit of 1"
    assert "QA_INGESTION__MAX_PAGE_MIB" in error.remedy


class Unheard(Exception):
    """Of a kind that nobody expects."""


@pytest.mark.parametrize("suffix", [".jsonl", ".json"])
def test_a_record_at_which_the_parser_fails_or_never_ends_costs_only_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str
) -> None:
    def fragile(record: dict[str, Any], **rest: Any) -> Draft:
        if record["content"] == "fails":
            raise Unheard("oh")
        while record["content"] == "hangs":
            pass
        return Draft(rest["home"], record["content"], line=rest["line"])

    monkeypatch.setattr(records, "draft_of", fragile)
    rows = [{"content": content} for content in ("It rained.", "fails", "hangs", "It shone.")]
    path = tmp_path / f"a{suffix}"
    path.write_text("\n".join(map(json.dumps, rows)) if suffix == ".jsonl" else json.dumps(rows))
    first, fails, hangs, last = read(path, article_s=1)
    assert isinstance(first, Article)
    assert isinstance(last, Article)
    assert isinstance(fails, SourceError)
    assert isinstance(hangs, SourceError)
    assert fails.reason == "something unforeseen went wrong (Unheard: oh)"
    assert hangs.reason == "given up after 1 s"
    assert "QA_INGESTION__ARTICLE_TIMEOUT_S" in hangs.remedy
    for number, error in ((2, fails), (3, hangs)):
        assert json.loads(error.record or "") == rows[number - 1], "it is kept to be tried again"
        assert error.line == (number if suffix == ".jsonl" else None)
