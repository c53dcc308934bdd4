"""What a PDF's words are cited with: the page, in JSON, in text, and on the page of answers."""

from __future__ import annotations

from pathlib import Path

from fastapi.testclient import TestClient
from rich.console import Console

from qa.assistant import Assistant
from qa.cli.rendering import render_outcome
from qa.output.answers import AnswerBody
from qa.settings import Settings
from qa.types import Answer
from tests.qa.ingestion.pdfs import pdf
from web.app import create_app

FIRST = ["The council of Harrowmere met on Monday in the small hall.", "Three dozen islanders had come to listen."]
SECOND = ["The ferry to Lunt stays closed until Friday, harbour master Tomas Reck said.", "He named no cause."]


def test_a_citation_of_a_pdf_names_its_page(settings: Settings, tmp_path: Path) -> None:
    file = tmp_path / "release.pdf"
    file.write_bytes(pdf([[(60, 700 - 14 * n, 10, line) for n, line in enumerate(lines)] for lines in (FIRST, SECOND)]))
    question = "What did Tomas Reck say about the ferry?"
    with Assistant.open(settings, label="tests", write=True) as assistant:
        assert assistant.ingest([str(file)]).counts == {"added": 1}
        assert assistant.ingest([str(file)]).counts == {"unchanged": 1}
        outcome = assistant.ask(question)
        assert all(finding.sound for finding in assistant.doctor())
    assert isinstance(outcome, Answer)
    assert [each["page"] for each in AnswerBody.from_outcome(outcome).model_dump()["citations"]] == [2]
    console = Console(width=200)
    with console.capture() as printed:
        console.print(render_outcome(outcome))
    assert "page 2" in printed.get()
    with TestClient(create_app(settings), "http://localhost") as client:
        assert "page 2" in client.get("/", params={"q": question, "question": question}).text
