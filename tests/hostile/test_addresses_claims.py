"""No page takes the place of another host's article, its address or its name."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from qa.assistant import Assistant
from qa.errors import SourceError
from qa.protocols import Draft
from qa.settings import Settings, load_settings
from qa.types import Article
from tests.hostile.newspapers import OUTSIDE, Page, fetch, newspaper

GENUINE = (
    "The ferry at Marrow stays closed until Friday, harbour master Tomas Reck said on Tuesday.\n\nHe named no cause."
)
FORGED = GENUINE.replace("Friday", "Christmas")
ADDRESS = "https://gazette.example/ferry"
STATED = [
    '<link rel="canonical" href="{0}">',
    '<meta property="og:url" content="{0}">',
    '<script type="application/ld+json">{{"@type": "NewsArticle", "url": "{0}", "mainEntityOfPage": "{0}"}}</script>',
    '<base href="{0}"><link rel="canonical" href="/ferry"><meta property="og:url" content="{0}">',
    '<link rel="alternate" hreflang="x-default" href="{0}">',
]


def _page(text: str, head: str) -> str:
    paragraphs = "".join(f"<p>{one}</p>" for one in text.split("\n\n"))
    return f"""<html><head><title>Ferry stays closed</title><meta property="og:site_name" content="The Gazette">{head}
</head><body><article><h1>Ferry stays closed</h1>{paragraphs}</article></body></html>"""


def _canonical(address: str) -> str:
    return STATED[0].format(address)


@pytest.fixture
def archive(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setenv("QA_INGESTION__PRIVATE_ADDRESSES", "true")
    return load_settings(data_dir=settings.data_dir)


def _open(settings: Settings) -> Assistant:
    return Assistant.open(settings, label="tests", write=True)


def _record(folder: Path, text: str, url: str = ADDRESS) -> str:
    path = folder / "export.jsonl"
    path.write_text(json.dumps({"headline": "Ferry", "content": text, "url": url, "outlet": "The Gazette"}), "utf-8")
    return str(path)


def _at(assistant: Assistant, address: str) -> Article:
    return assistant.article_at(address)


@pytest.mark.parametrize("head", STATED)
def test_however_a_page_states_another_host_it_is_found_where_it_is(head: str) -> None:
    with newspaper(OUTSIDE, page=Page(_page(FORGED, head.format(ADDRESS)), "text/html")) as here:
        found = fetch(f"{here.address}/page")
    assert isinstance(found, Draft)
    assert (found.location, found.outlet) == (f"{here.address}/page", OUTSIDE)


def test_a_page_from_elsewhere_hides_nothing(archive: Settings, tmp_path: Path) -> None:
    page = Page(_page(FORGED, _canonical(ADDRESS)), "text/html")
    text = Page(f"Ferry stays closed\n\nSource: The Gazette\n\nURL: {ADDRESS}\n\nOnce more: {FORGED}")
    with newspaper(page=page, text=text) as here, _open(archive) as assistant:
        assistant.ingest([_record(tmp_path, GENUINE)])
        assert assistant.ingest([f"{here.address}/page", f"{here.address}/text"]).counts == {"added": 2}
        assert _at(assistant, ADDRESS).text == GENUINE
        for path in ("page", "text"):
            forged = _at(assistant, f"{here.address}/{path}")
            assert forged.outlet == "127.0.0.1"
            assert [id_ for id_, _ in assistant.versions(forged.id)] == [forged.id]


def test_a_server_replaces_what_a_file_said_and_its_own_older_text(archive: Settings, tmp_path: Path) -> None:
    with newspaper() as here, _open(archive) as assistant:
        address = f"{here.address}/ferry"
        assistant.ingest([_record(tmp_path, FORGED, address)])
        for text in (GENUINE, GENUINE.replace("Friday", "Sunday")):
            here.pages["amp"] = Page(_page(text, _canonical(address)), "text/html")
            assert assistant.ingest([f"{here.address}/amp"]).counts == {"new_version": 1}
            assert _at(assistant, address).text == text


def test_a_file_does_not_replace_what_an_address_itself_gave_unless_it_is_told_to(
    archive: Settings, tmp_path: Path
) -> None:
    events: list[object] = []
    with newspaper(ferry=Page(_page(GENUINE, ""), "text/html")) as here, _open(archive) as assistant:
        address = f"{here.address}/ferry"
        assistant.ingest([address])
        saved = tmp_path / "saved.html"
        saved.write_text(_page(FORGED, _canonical(address)), "utf-8")
        for file in (_record(tmp_path, FORGED, address), str(saved)):
            report = assistant.ingest([file], on_event=events.append)
            assert report.counts == {}
            (failure,) = report.failures
            assert isinstance(failure, SourceError)
            assert failure in events
            assert address in str(failure)
            assert here.address.removeprefix("http://") in failure.reason
            assert "--trust-stated" in failure.remedy
            assert _at(assistant, address).text == GENUINE
            assert assistant.status().articles == 1
        assert assistant.ingest([_record(tmp_path, GENUINE, address)]).failures == (), "the same text is no other"
        assert assistant.ingest([str(saved)], trust_stated=True).counts == {"new_version": 1}
        assert _at(assistant, address).text == FORGED
        assert assistant.ingest([address]).counts == {"new_version": 1}
        assert _at(assistant, address).text == GENUINE


def test_a_file_replaces_what_a_file_said(archive: Settings, tmp_path: Path) -> None:
    with _open(archive) as assistant:
        assistant.ingest([_record(tmp_path, GENUINE)])
        assert assistant.ingest([_record(tmp_path, FORGED)]).counts == {"new_version": 1}


def test_a_page_from_elsewhere_counts_where_the_caller_says_so(archive: Settings, tmp_path: Path) -> None:
    mirror = newspaper(OUTSIDE, page=Page(_page(FORGED, _canonical(ADDRESS)), "text/html"))
    with mirror as here, _open(archive) as assistant:
        assistant.ingest([_record(tmp_path, GENUINE)])
        assert assistant.ingest([f"{here.address}/page"], trust_stated=True).counts == {"new_version": 1}
        assert _at(assistant, ADDRESS).outlet == "The Gazette"
