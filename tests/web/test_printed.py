"""The page of an article that came as a PDF shows where on its pages the marked words stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from qa.assistant import Assistant
from qa.settings import Settings
from tests.qa.ingestion.pdfs import pdf
from tests.qa.ingestion.test_packed import written
from tests.qa.ingestion.test_pdf import page, two_columns
from web.app import create_app

PAGE = {"Accept": "text/html"}


@pytest.fixture
def client(settings: Settings, tmp_path: Path) -> Iterator[TestClient]:
    last = [(60.0, 700.0, 10.0, "The last boat to Lunt sails on Friday, the owner said.")]
    with Assistant.open(settings, label="tests", write=True) as assistant:
        assistant.ingest([str(written(tmp_path, "a.pdf", pdf([page(1, two_columns()), page(2, last)])))])
    with TestClient(create_app(settings, Assistant.open(settings, label="tests")), "http://localhost") as visiting:
        yield visiting


def test_marked_words_are_boxed_on_the_picture_of_their_page(client: TestClient) -> None:
    (listed,) = client.get("/api/articles").json()["articles"]
    article = client.get(f"/api/articles/{listed['id']}").json()
    assert [one["number"] for one in article["pages"]] == [1, 2]
    start = article["text"].index("The last boat to Lunt")
    shown = client.get(f"/articles/{listed['id']}?at={start}-{start + 21}", headers=PAGE).text
    assert shown.count("<figure>") == 1
    (picture,) = re.findall(r'<img src="([^"]+)" width="595" height="842"', shown)
    assert picture == article["pages"][1]["picture"]
    assert len(re.findall(r"<rect ", shown)) == 1
    drawn = client.get(picture)
    assert (drawn.status_code, drawn.headers["content-type"]) == (200, "image/png")
    assert client.get(f"/articles/{listed['id']}/pages/3.png").json()["type"] == "/problems/page-not-found"


def test_without_marks_the_first_page_is_shown_as_it_is(client: TestClient) -> None:
    (listed,) = client.get("/api/articles").json()["articles"]
    shown = client.get(f"/articles/{listed['id']}", headers=PAGE).text
    assert "Page 1 as it was printed." in " ".join(shown.split())
    assert "<rect" not in shown
