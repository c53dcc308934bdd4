"""A PDF is kept with its article, shows its pages, and goes when the article does."""

from __future__ import annotations

from pathlib import Path

import pytest

from qa.assistant import Assistant
from qa.errors import ArticleNotFound, PageNotFound
from qa.settings import Settings, load_settings
from qa.types import Span
from tests.qa.ingestion.pdfs import pdf
from tests.qa.ingestion.test_packed import written, zipped
from tests.qa.ingestion.test_pdf import page, two_columns

FILE = pdf([page(1, two_columns()), page(2, [(60, 700, 10, "The last boat to Lunt sails on Friday, the owner said.")])])


def _originals(settings: Settings) -> list[str]:
    folder = settings.data_dir / "originals"
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


def _open(settings: Settings) -> Assistant:
    return Assistant.open(settings, label="tests", write=True)


def test_a_span_is_found_on_its_page(settings: Settings, tmp_path: Path) -> None:
    with _open(settings) as assistant:
        assistant.ingest([str(written(tmp_path, "a.pdf", FILE))])
        (one,), _ = assistant.articles()
        article = assistant.article(one.id)
        start = article.text.index("The last boat to Lunt")
        (printed,) = assistant.printed(article, [Span(start, start + 21)])
        assert (printed.number, len(printed.layout.boxes)) == (2, 1)
        assert [each.number for each in assistant.printed(article, [])] == [1]
        across = [Span(start - 40, start + 8)]
        assert [(each.number, len(each.layout.boxes)) for each in assistant.printed(article, across)] == [
            (1, 1),
            (2, 1),
        ]
        assert assistant.page_picture(one.id, 2).startswith(b"\x89PNG")
        with pytest.raises(PageNotFound, match="the file has 2 pages"):
            assistant.page_picture(one.id, 3)
        with pytest.raises(ArticleNotFound):
            assistant.page_picture("unknown", 1)


def test_it_comes_out_of_an_archive_and_stays_when_its_source_goes(settings: Settings, tmp_path: Path) -> None:
    path = written(tmp_path, "a.zip", zipped({"in/a.pdf": FILE}))
    with _open(settings) as assistant:
        assistant.ingest([str(path)])
        path.unlink()
        (one,), _ = assistant.articles()
        assert assistant.page_picture(one.id, 1).startswith(b"\x89PNG")


def test_purged_it_is_gone_and_removed_it_stays(settings: Settings, tmp_path: Path) -> None:
    with _open(settings) as assistant:
        assistant.ingest([str(written(tmp_path, "a.pdf", FILE))])
        (one,), _ = assistant.articles()
        assert _originals(settings) == [f"{one.id}.pdf"]
        assert (settings.data_dir / "originals" / f"{one.id}.pdf").stat().st_mode & 0o777 == 0o600
        assistant.remove([one.id])
        assert _originals(settings) == [f"{one.id}.pdf"]
        assistant.remove([one.id], purge=True)
        assert _originals(settings) == []


def test_what_a_kill_left_is_swept_when_the_archive_is_opened(settings: Settings, tmp_path: Path) -> None:
    with _open(settings) as assistant:
        assistant.ingest([str(written(tmp_path, "a.pdf", FILE))])
        (one,), _ = assistant.articles()
    for name in ("0123456789abcdef.pdf", f"{one.id}.part"):
        (settings.data_dir / "originals" / name).write_bytes(b"%PDF")
    with _open(settings):
        assert _originals(settings) == [f"{one.id}.pdf"]


def test_none_is_kept_where_a_setting_says_so_and_its_pages_have_no_picture(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QA_INGESTION__KEEP_ORIGINALS", "false")
    with _open(load_settings(data_dir=settings.data_dir)) as assistant:
        assistant.ingest([str(written(tmp_path, "a.pdf", FILE))])
        (one,), _ = assistant.articles()
        assert _originals(settings) == []
        assert assistant.printed(assistant.article(one.id), []) == []
        with pytest.raises(PageNotFound, match="its source is not kept here"):
            assistant.page_picture(one.id, 1)


def test_what_could_not_go_in_is_set_aside_without_its_file(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QA_INGESTION__MAX_ARTICLE_CHARS", "1000")
    long = pdf([page(1, two_columns()), page(2, two_columns("More of it"))])
    with _open(load_settings(data_dir=settings.data_dir)) as assistant:
        report = assistant.ingest([str(written(tmp_path, "a.pdf", long))])
        assert len(report.failures) == 1
    (kept,) = (settings.data_dir / "quarantine").iterdir()
    assert "%PDF" not in kept.read_text(encoding="ascii")
    assert _originals(settings) == []
