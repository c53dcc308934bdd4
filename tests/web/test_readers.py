"""Who may read, where `QA_WEB__READ_TOKEN` is set."""

from __future__ import annotations

import pytest

from tests.web.archive import PESKOV, FakeArchive, berlin
from tests.web.conftest import Visit

TOKEN = "a token to read with"
WRITE = "a token to write with"
SIGNED = {"Authorization": f"Bearer {TOKEN}"}
CLOSED = [
    f"/api/answer?question={PESKOV}",
    "/api/articles",
    "/api/articles/unknown",
    "/api/nowhere",
    "/%61pi/speakers",
    "/v1/models",
    "/v1/nowhere",
    "/mcp",
]
OPEN = ["/", f"/?q={PESKOV}", f"/articles/{berlin.id}", "/speakers", "/feed.atom", "/api", "/openapi.json", "/livez"]


@pytest.mark.parametrize("path", CLOSED)
@pytest.mark.parametrize(
    "given",
    [{}, {"Authorization": "Bearer another token"}, {"Authorization": f"Basic {TOKEN}"}, {"Authorization": "Bearer é"}],
    ids=["none", "another", "another scheme", "no ASCII"],
)
def test_without_the_token_nothing_is_told_to_a_program(visit: Visit, path: str, given: dict[str, str]) -> None:
    archive = FakeArchive()
    headers = {name.encode(): value.encode() for name, value in given.items()}
    response = visit(archive, read_token=TOKEN).get(path, headers=headers)
    assert response.status_code == 401
    assert response.headers["www-authenticate"] == "Bearer"
    assert "reading-closed" in response.text
    assert "x-frame-options" in response.headers
    assert not archive.asked


@pytest.mark.parametrize("path", CLOSED)
def test_with_the_token_it_is_as_without_one_set(visit: Visit, path: str) -> None:
    signed = visit(FakeArchive(), read_token=TOKEN).get(path, headers=SIGNED)
    assert signed.status_code == visit(FakeArchive()).get(path).status_code != 401


@pytest.mark.parametrize("path", OPEN)
def test_the_pages_and_what_runs_a_server_stay_open(visit: Visit, path: str) -> None:
    assert visit(FakeArchive(), read_token=TOKEN).get(path).status_code == 200


def test_who_may_write_may_read(visit: Visit) -> None:
    client = visit(FakeArchive(), read_token=TOKEN, write_token=WRITE)
    assert client.get("/api/articles", headers={"Authorization": f"Bearer {WRITE}"}).status_code == 200


def test_no_page_leads_where_a_browser_is_not_let_in(visit: Visit) -> None:
    pages = [f"/articles/{berlin.id}", "/speakers/friedrich-merz", "/compare?a=Merz&b=Zelensky"]
    for path in pages:
        assert 'href="/api/' in visit(FakeArchive()).get(path).text
        assert 'href="/api/' not in visit(FakeArchive(), read_token=TOKEN).get(path).text


def test_a_page_that_is_asked_for_as_json_is_as_closed_as_the_api(visit: Visit) -> None:
    closed = visit(FakeArchive(), read_token=TOKEN)
    as_json = {"Accept": "application/json"}
    assert closed.get(f"/articles/{berlin.id}", headers=as_json).status_code == 401
    assert closed.get(f"/articles/{berlin.id}", headers={**as_json, **SIGNED}).json()["id"] == berlin.id
