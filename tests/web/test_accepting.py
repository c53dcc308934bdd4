from __future__ import annotations

import re

import pytest
from fastapi.testclient import TestClient

from tests.web.archive import IMMIGRATION, MERZ, PESKOV, FakeArchive, berlin, ferry
from tests.web.conftest import Visit
from web.accepting import JSON, PAGE, preferred

FORMS = {
    f"/?q={PESKOV}": f"/api/answer?question={PESKOV}",
    f"/?q={MERZ}&q={IMMIGRATION}&q=": f"/api/answer?question={IMMIGRATION}&earlier={MERZ}",
    f"/?q={MERZ}&published_after=2025-12-01&published_before=&outlets=Courier&outlets=Gazette": (
        f"/api/answer?question={MERZ}&published_after=2025-12-01&outlets=Courier&outlets=Gazette"
    ),
    "/articles": "/api/articles?limit=25&offset=0",
    "/articles?text=ferry&page=2": "/api/articles?text=ferry&limit=25&offset=25",
    f"/articles/{berlin.id}?at=0-5": f"/api/articles/{berlin.id}",
    "/speakers?text=merz": "/api/speakers?text=merz&limit=25&offset=0",
    "/speakers/friedrich-merz": "/api/speakers/friedrich-merz",
    "/speakers/friedrich-merz?about=peace&outlets=Courier": (
        "/api/course?speaker=friedrich-merz&about=peace&outlet=Courier"
    ),
    "/speakers/friedrich-merz?published_after=2025-01-01": "/api/statements?speaker=friedrich-merz&after=2025-01-01",
    "/compare?a=Merz&b=Zelensky&about=": "/api/compare?a=Merz&b=Zelensky",
    "/verify?quotation=real+progress": "/api/verify?quotation=real+progress",
    "/feeds": "/api/feeds",
    "/api": "/openapi.json",
}


@pytest.mark.parametrize(("page", "form"), FORMS.items(), ids=FORMS)
def test_a_program_gets_the_json_of_the_page(client: TestClient, page: str, form: str) -> None:
    response, same = client.get(page, headers={"Accept": JSON}), client.get(form)
    assert response.status_code == 200
    assert response.headers["content-type"].startswith(JSON)
    assert response.json() == same.json()
    assert "Accept" in response.headers["vary"]
    assert client.get(response.headers["content-location"]).json() == same.json()


@pytest.mark.parametrize("page", FORMS)
def test_a_page_names_its_other_form(browser: TestClient, page: str) -> None:
    response = browser.get(page)
    assert response.headers["content-type"].startswith("text/html")
    [form] = re.findall(r'<([^>]*)>; rel="alternate"; type="application/json"', response.headers["link"])
    named = browser.get(form, headers={"Accept": "*/*"})
    assert named.status_code == 200
    assert named.headers["content-type"].startswith(JSON)
    assert "Accept" in response.headers["vary"]


@pytest.mark.parametrize("page", ["/", "/verify", "/compare", "/problems"])
def test_a_page_without_another_form_is_a_page(client: TestClient, page: str) -> None:
    response = client.get(page, headers={"Accept": JSON})
    assert response.headers["content-type"].startswith("text/html")
    assert 'rel="alternate"' not in response.headers.get("link", "")


def test_an_address_that_is_too_long_for_a_header_is_not_in_one(browser: TestClient) -> None:
    response = browser.get("/", params={"q": ["ы" * 400] * 8})
    assert 'rel="alternate"' not in response.headers["link"]
    assert browser.get("/", params={"q": ["ы" * 400]}, headers={"Accept": JSON}).json()["outcome"] == "not_in_archive"


def test_what_is_wrong_is_a_problem_for_a_program(client: TestClient) -> None:
    response = client.get("/articles/none", headers={"Accept": JSON})
    assert (response.status_code, response.json()["type"]) == (404, "/problems/article-not-found")
    assert "content-location" not in response.headers


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        ("", PAGE),
        ("*/*", PAGE),
        (JSON, JSON),
        ("application/json, text/plain, */*", JSON),
        ("text/html,application/xhtml+xml,application/json;q=0.9,*/*;q=0.8", PAGE),
        ("text/html;q=0.1, application/*", JSON),
        ("application/json;q=0, */*", PAGE),
        ("image/png", PAGE),
        ("application/json;q=many", PAGE),
    ],
)
def test_what_is_asked_for_is_given(accept: str, chosen: str) -> None:
    assert preferred(accept, [PAGE, JSON]) == chosen


def test_documentation_is_where_the_framework_would_have_it(browser: TestClient) -> None:
    response = browser.get("/docs")
    assert response.url.path == "/api"
    assert "The API" in response.text


def test_no_crawler_is_asked_in(client: TestClient) -> None:
    response = client.get("/robots.txt")
    assert response.text.splitlines() == ["User-agent: *", "Disallow: /"]
    assert response.headers["cache-control"] == "public, max-age=86400"


def test_the_description_says_where_the_server_is(client: TestClient) -> None:
    assert client.get("/openapi.json").json()["servers"][0]["url"] == "/"


ORIGIN = {"Origin": "https://gazette.example"}


def test_no_other_site_reads_the_api(client: TestClient) -> None:
    assert "access-control-allow-origin" not in client.get("/api/articles", headers=ORIGIN).headers
    asked = {**ORIGIN, "Access-Control-Request-Method": "POST"}
    assert "access-control-allow-origin" not in client.options("/api/answer", headers=asked).headers


@pytest.mark.parametrize("shared_with", ["https://gazette.example", "https://other.example, https://gazette.example"])
def test_a_site_that_is_named_reads_the_api_without_cookies(visit: Visit, shared_with: str) -> None:
    client = visit(FakeArchive(), shared_with=shared_with)
    asked = {**ORIGIN, "Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"}
    assert client.options("/api/answer", headers=asked).headers["access-control-allow-origin"] == ORIGIN["Origin"]
    for path in ("/api/articles", f"/api/articles/{ferry.id}", "/api/nowhere", "/openapi.json", "/feed.atom"):
        headers = client.get(path, headers=ORIGIN).headers
        assert headers["access-control-allow-origin"] == ORIGIN["Origin"]
        assert "access-control-allow-credentials" not in headers
        assert "Origin" in headers["vary"]
    other = client.get("/api/articles", headers={"Origin": "https://mallory.example"})
    assert "access-control-allow-origin" not in other.headers


@pytest.mark.parametrize("path", ["/", "/articles", "/feeds", "/add", "/api/feeds", "/api/jobs/1"])
def test_pages_and_what_some_see_more_of_are_shared_with_nobody(visit: Visit, path: str) -> None:
    client = visit(FakeArchive(), shared_with="*", edit=True)
    assert client.get("/api/articles", headers=ORIGIN).headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-origin" not in client.get(path, headers=ORIGIN).headers
