from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from qa.errors import SourceError
from qa.ingestion import articles
from qa.ingestion.files import SourceFile
from qa.ingestion.plain import PlainTextReader
from qa.protocols import Draft
from qa.types import Article, article_id_of
from tests.qa.ingestion.reading import NOW, read, read_error, read_one


def written(folder: Path, text: str, name: str = "a.txt") -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def test_an_article_is_named_by_its_normalised_text(tmp_path: Path) -> None:
    one = read_one(written(tmp_path, "Cafe\u0301\u00a0closed.\r\n\r\nReally.", "a.txt"))
    other = read_one(written(tmp_path, "Café closed.\n\n\nReally.\n", "b.txt"))
    assert one.text == other.text == "Café closed.\n\nReally."
    assert one.id == other.id == article_id_of(one.text)
    assert one.text_sha256 == hashlib.sha256(one.text.encode()).hexdigest()
    assert one.url != other.url


def test_what_a_source_does_not_say_has_its_default(tmp_path: Path) -> None:
    article = read_one(written(tmp_path, "It rained."))
    assert (article.language, article.retrieved, article.outlet, article.published) == ("en", NOW, None, None)


def test_a_title_is_one_clean_line(tmp_path: Path) -> None:
    article = read_one(written(tmp_path, '---\ntitle: "Two\\nlines\\u200b <script>"\n---\nIt rained.', "a.md"))
    assert article.title == "Two lines <script>"


@pytest.mark.parametrize(
    ("title", "clean"),
    [
        ("Ferry to close | The Courier", "Ferry to close"),
        ("Ferry to close | Courier", "Ferry to close"),
        ("Ferry to close | AP News", "Ferry to close | AP News"),
    ],
)
def test_the_outlets_own_name_is_no_part_of_the_title(tmp_path: Path, title: str, clean: str) -> None:
    article = read_one(written(tmp_path, f"---\ntitle: {title}\noutlet: thecourier.example\n---\nIt rained.", "a.md"))
    assert article.title == clean


@pytest.mark.parametrize(
    ("title", "outlet", "clean"),
    [
        ("Opinion | When the pier falls - The Times", "Times", "Opinion | When the pier falls"),
        ("Ferry to close — Courier", "The Courier", "Ferry to close"),
        ("Ferry to close - Times of Ostrel", "Times", "Ferry to close - Times of Ostrel"),
        ("Harbour wins case - Courier says", "Courier", "Harbour wins case - Courier says"),
        ("Ferry to close | …", "Courier", "Ferry to close | …"),
        ("Courier", "Courier", "Courier"),
    ],
)
def test_behind_a_dash_it_is_the_outlet_only_where_it_is_all_of_its_name(
    tmp_path: Path, title: str, outlet: str, clean: str
) -> None:
    head = json.dumps({"headline": title, "outlet": outlet, "content": "It rained.", "url": "https://a.example/1"})
    assert read_one(written(tmp_path, head, "a.jsonl")).title == clean


def test_an_article_beyond_the_limit_is_refused_with_the_setting_that_raises_it(tmp_path: Path) -> None:
    error = read_error(written(tmp_path, "It rained. " * 100), article_chars=1_000)
    assert "1,099 code points, more than the limit of 1,000" in error.reason
    assert "QA_INGESTION__MAX_ARTICLE_CHARS" in error.remedy


def test_a_file_beyond_the_limit_is_not_read(tmp_path: Path) -> None:
    file = tmp_path / "large.txt"
    file.write_bytes(b"a" * (2**20 + 1))
    error = read_error(file)
    assert "1.0 MiB, more than the limit of 1" in error.reason
    assert "QA_INGESTION__MAX_FILE_MIB" in error.remedy


@pytest.mark.parametrize("name", ["missing.txt", "missing.jsonl", "missing.html", "missing.md", "missing.json"])
def test_a_file_that_has_gone_is_an_error(tmp_path: Path, name: str) -> None:
    assert read_error(tmp_path / name).reason == "no such file or directory"


def test_a_folder_named_like_a_file_is_an_error(tmp_path: Path) -> None:
    folder = tmp_path / "folder.txt"
    folder.mkdir()
    assert read_error(folder).reason == "this is not a file"


def test_a_kind_of_file_without_a_reader_is_an_error_that_names_the_others(tmp_path: Path) -> None:
    error = read_error(written(tmp_path, "x", "a.rtf"))
    assert error.reason == "no reader for this kind of file"
    assert ".jsonl.gz" in error.remedy


@pytest.mark.parametrize("value", ["en", "EN-gb", "en_GB", "en, de", "\ud800", "", "5", "a much longer phrase"])
def test_a_language_is_a_tag_without_region_or_english(tmp_path: Path, value: str) -> None:
    file = tmp_path / "a.jsonl"
    file.write_text(json.dumps({"content": "It rained.", "language": value}), encoding="utf-8")
    assert read_one(file).language == "en"


@pytest.mark.parametrize("escaped", [ValueError("x"), RecursionError("x"), RuntimeError("x"), OSError("x")])
def test_what_a_reader_lets_escape_is_an_error_of_its_source(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, escaped: Exception
) -> None:
    class Careless(PlainTextReader):
        def read(self, file: SourceFile) -> Iterator[Draft | SourceError]:
            yield Draft(location="file:///a", body="It rained.")
            raise escaped

    monkeypatch.setattr(articles, "PlainTextReader", Careless)
    article, error = read(written(tmp_path, "x"))
    assert isinstance(article, Article)
    assert isinstance(error, SourceError)
    assert error.source == str(tmp_path / "a.txt")
    assert type(escaped).__name__ in error.reason


def test_what_escapes_from_one_record_names_its_line_and_costs_only_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def careless(paragraph: str) -> str | None:
        return None if paragraph == "It rained." else str(int(paragraph))

    monkeypatch.setattr(articles, "find_dateline", careless)
    rows = [json.dumps({"content": text}) for text in ("Unforeseen.", "It rained.")]
    error, article = read(written(tmp_path, "\n".join(rows), "a.jsonl"))
    assert isinstance(error, SourceError)
    assert error.line == 1
    assert isinstance(article, Article)
