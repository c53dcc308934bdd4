"""Where a file of the server lies is told to nobody: not in JSON, on pages, in exports or in citations."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import pytest
from fastapi.testclient import TestClient

from qa.output.links import public_address, statement_id
from qa.records import SpeakerRecord, StatementRow
from qa.types import (
    EVERYTHING,
    Answer,
    AnswerKind,
    Citation,
    Location,
    Outcome,
    Question,
    Scope,
    Statement,
    StatementForm,
)
from tests.web.archive import MERZ_PROFILE, FakeArchive, cite, make_article, say
from tests.web.conftest import visit

__all__ = ["visit"]

PATH = "file:///srv/secret-desk/pier.txt"
TEXT = "Mayor Merz said the pier is closed for the winter. “It is not safe,” Merz said."
LOCAL = make_article(
    TEXT, "Pier closed", url=PATH, locations=(Location(PATH, None), Location("file:///srv/secret-desk/copy.txt", None))
)


def _cited() -> Citation:
    words = "the pier is closed for the winter"
    return cite(LOCAL, words, statement=say(LOCAL, "said", words, form=StatementForm.INDIRECT), also_in=(LOCAL,))


SAID = say(LOCAL, "said", "the pier is closed for the winter", form=StatementForm.INDIRECT)


class FromFiles(FakeArchive):
    def ask(self, text: str, scope: Scope = EVERYTHING, *, earlier: Sequence[str] = ()) -> Outcome:
        return Answer(Question(text), AnswerKind.STATEMENTS, (_cited(),), 0.9)

    def statements(self, **wanted: object) -> Outcome:
        return self.ask("statements")

    def statement_rows(self, **wanted: object) -> Iterator[StatementRow]:
        statement = _cited().statement
        assert statement
        yield StatementRow(statement, LOCAL, MERZ_PROFILE)

    def statements_of(self, article_id: str, *, thoughts: bool = False) -> list[Statement]:
        return [row.statement for row in self.statement_rows()]

    def speaker(self, slug: str, *, limit: int | None = None) -> SpeakerRecord:
        return SpeakerRecord(MERZ_PROFILE, (_cited(),))


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/?q=What+did+Merz+say",
        "/articles",
        f"/articles/{LOCAL.id}",
        f"/articles/{LOCAL.id}?at=0-5",
        *(f"/articles/{LOCAL.id}/cite/{form}?at=0-5" for form in ("quote", "markdown", "bibtex", "csl", "ris")),
        "/verify?quotation=It+is+not+safe",
        "/speakers/friedrich-merz",
        "/feed.atom?speaker=merz",
        "/api/answer?question=What+did+Merz+say",
        "/api/articles",
        f"/api/articles/{LOCAL.id}",
        f"/api/articles/{LOCAL.id}/statements",
        f"/api/articles/{LOCAL.id}/statements?format=annotations",
        *(f"{end.format(statement_id(SAID))}" for end in ("/s/{}", "/s/{}/embed")),
        *(f"/api/statements/{statement_id(SAID)}?format={form}" for form in ("json", "annotation", "schema.org")),
        "/api/answer?question=What+did+Merz+say&format=annotations",
        *(f"/api/statements?format={form}" for form in ("json", "csv", "jsonl", "schema.org")),
    ],
)
def test_a_path_never_leaves(visit_files: TestClient, path: str) -> None:
    response = visit_files.get(path)
    assert response.status_code == 200
    assert re.search("Pier closed|pier is closed", response.text) or path == "/" or "verify" in path
    assert "secret-desk" not in response.text
    assert "file:" not in response.text


@pytest.fixture
def visit_files(request: pytest.FixtureRequest) -> TestClient:
    start = request.getfixturevalue("visit")
    client: TestClient = start(FromFiles(held=(LOCAL,)))
    return client


@pytest.mark.parametrize("path", [PATH, "FILE:/etc/x", " file:///x", "/etc/x", "C:\\news\\a.txt", "\\\\host\\a", "./a"])
def test_a_file_has_no_public_address(path: str) -> None:
    assert public_address(path) is None


@pytest.mark.parametrize("url", ["https://gazette.example/a", "urn:newsml:example:2026:7"])
def test_other_addresses_are_public(url: str) -> None:
    assert public_address(url) == url
