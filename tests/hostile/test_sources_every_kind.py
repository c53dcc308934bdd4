"""Every kind of file that is read has its bounds: what is too large, too deep or too many is an error that says so."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from qa.errors import SourceError
from qa.ingestion import SUFFIXES
from tests.qa.ingestion.reading import read, read_error

_DEEP = 100_000
_PATIENCE_S = 60.0
_TEXT = "The council of Merrow voted on Monday to keep the lighthouse lit, and nobody knows who is to pay for the oil."


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_file_beyond_the_limit_is_not_read(tmp_path: Path, suffix: str) -> None:
    large = tmp_path / f"large{suffix}"
    large.write_bytes(b"x" * (2**20 + 1))
    assert "more than the limit of 1" in read_error(large, file_mib=1).reason


def _mail(depth: int) -> str:
    heads = "".join(f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n' for n in range(depth))
    head = "From: Ada <ada@merrow.example>\nSubject: Lamp\nMIME-Version: 1.0\n"
    return f"{head}{heads}Content-Type: text/plain\n\n{_TEXT}\n"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("deep.html", f"<html><body>{'<div>' * _DEEP}<p>{_TEXT}</p></body></html>"),
        ("spans.html", f"<html><body><h1>Lit</h1><div class=byline>{'<span>' * _DEEP}By Ada Oil</div><p>{_TEXT}</p>"),
        ("tables.html", f"<html><body>{'<table><tr><td>' * (_DEEP // 10)}<p>{_TEXT}</p></body></html>"),
        ("deep.json", "[" * _DEEP + "]" * _DEEP),
        ("deep.jsonl", '{"a":' * _DEEP + "1" + "}" * _DEEP),
        ("deep.xml", "<nitf>" + "<block>" * _DEEP + "</block>" * _DEEP + "</nitf>"),
        ("deep.eml", _mail(3_000)),
        ("deep.md", "> " * _DEEP + _TEXT),
    ],
)
def test_what_is_nested_without_end_ends_in_time_and_in_order(tmp_path: Path, name: str, content: str) -> None:
    deep = tmp_path / name
    deep.write_text(content)
    began = time.monotonic()
    found = read(deep, file_mib=8, page_mib=8)
    assert time.monotonic() - began < _PATIENCE_S
    assert len(found) == 1
    assert not (isinstance(found[0], SourceError) and "unforeseen" in found[0].reason), found


@pytest.mark.parametrize("suffix", [".mbox", ".jsonl", ".json"])
def test_more_records_than_the_limit_are_left_there(tmp_path: Path, suffix: str) -> None:
    several = tmp_path / f"several{suffix}"
    record = f'{{"headline": "Lit", "content": "{_TEXT} %d"}}'
    message = (
        f"From ada@merrow.example Mon Jan  1 00:00:00 2024\nFrom: ada@merrow.example\nSubject: Lit\n\n{_TEXT} %d\n\n"
    )
    rows = [record % number for number in range(4)]
    several.write_text(
        {
            ".mbox": "".join(message % number for number in range(4)),
            ".jsonl": "\n".join(rows),
            ".json": f"[{','.join(rows)}]",
        }[suffix]
    )
    found = read(several, records=2)
    assert [isinstance(each, SourceError) for each in found] == [False, False, True]
    assert "more than 2" in str(found[2])
