from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime

import pytest
from fastapi.testclient import TestClient
from pydantic import BaseModel

from qa.errors import IndexStale
from qa.output.answers import (
    AnswerBody,
    ArticleListBody,
    DraftBody,
    FullArticleBody,
    VerificationBody,
)
from qa.output.statements import FoundBody, SpeakerBody, SpeakerListBody
from qa.records import Status
from tests.web.archive import (
    BERLIN,
    MERZ,
    NOBODY,
    PESKOV,
    SCRIPT,
    FakeArchive,
    berlin,
    ferry,
    ferry_before,
    hostile,
    make_article,
)
from tests.web.conftest import Visit


def test_a_question_is_answered_with_a_slice_of_its_article(client: TestClient) -> None:
    body = client.post("/api/answer", json={"question": PESKOV}).json()
    assert body["answered"] is True
    assert body["answer"] == "Dmitry Peskov"
    assert body["kind"] == "span"
    [citation] = body["citations"]
    assert BERLIN[citation["start"] : citation["end"]] == citation["cited_text"] == "Dmitry Peskov"
    assert citation["article"]["text_sha256"] == berlin.text_sha256
    assert [other["id"] for other in citation["also_in"]] == [ferry.id]
    assert body["reason"] is None
    assert body["nearest"] == []


def test_get_and_post_give_the_same_answer(client: TestClient) -> None:
    posted = client.post("/api/answer", json={"question": MERZ, "outlets": ["Courier", "Gazette"]})
    asked = client.get("/api/answer", params={"question": MERZ, "outlets": ["Courier", "Gazette"]})
    assert posted.status_code == asked.status_code == 200
    assert posted.json() == asked.json()


def test_the_filters_reach_the_archive(client: TestClient, archive: FakeArchive) -> None:
    filters = {"published_after": "2025-12-01", "published_before": "2025-12-31", "outlets": ["Courier"]}
    client.get("/api/answer", params={"question": MERZ, **filters})
    client.post("/api/answer", json={"question": MERZ, **filters})
    for question in archive.asked:
        assert str(question.scope.published_after) == "2025-12-01"
        assert str(question.scope.published_before) == "2025-12-31"
        assert question.scope.outlets == ("Courier",)
    assert len(archive.asked) == 2


def test_statements_say_who_speaks_and_in_which_form(client: TestClient) -> None:
    body = client.post("/api/answer", json={"question": MERZ}).json()
    assert [citation["number"] for citation in body["citations"]] == [1, 2, 3]
    mixed, direct, _ = (citation["statement"] for citation in body["citations"])
    assert (mixed["speaker"], mixed["role"], mixed["cue"], mixed["form"]) == (
        "Friedrich Merz",
        "German Chancellor",
        "saying",
        "mixed",
    )
    assert [piece["text"] for piece in direct["content"]] == ["“We want peace,”", "“and we want it to last.”"]
    assert body["citations"][1]["href"].count("at=") == 2


def test_a_refusal_is_no_error_and_shows_what_came_nearest(client: TestClient) -> None:
    response = client.post("/api/answer", json={"question": NOBODY})
    body = response.json()
    assert response.status_code == 200
    assert (body["answered"], body["answer"], body["confidence"], body["citations"]) == (False, None, None, [])
    assert body["reason"] == "speaker_silent"
    assert [each["cited_text"] for each in body["nearest"]] == ["Dmitry Peskov"]


def test_utf16_offsets_find_the_words_in_a_javascript_string(client: TestClient) -> None:
    [citation] = client.post("/api/answer", json={"question": SCRIPT}).json()["citations"]
    units = hostile.text.encode("utf-16-le")
    start, end = citation["utf16"]["start"] * 2, citation["utf16"]["end"] * 2
    assert units[start:end].decode("utf-16-le") == citation["cited_text"]
    assert citation["utf16"]["end"] == citation["end"] + 2


def test_an_article_has_its_text_and_its_versions(client: TestClient) -> None:
    body = client.get(f"/api/articles/{ferry.id}").json()
    assert body["text"] == ferry.text
    assert [body["text"][each["start"] : each["end"]] for each in body["paragraphs"]] == ferry.text.split("\n")
    assert [each["id"] for each in body["versions"]] == [ferry.id, ferry_before.id]


def test_a_version_that_was_seen_at_two_addresses_is_listed_once(visit: Visit) -> None:
    class TwoAddresses(FakeArchive):
        def versions(self, article_id: str) -> Sequence[tuple[str, datetime]]:
            days = ((ferry.id, 14), (ferry_before.id, 13), (ferry.id, 12))
            return [(version_id, datetime(2026, 1, day, tzinfo=UTC)) for version_id, day in days]

    body = visit(TwoAddresses()).get(f"/api/articles/{ferry.id}").json()
    assert [(each["id"], each["seen_at"][:10]) for each in body["versions"]] == [
        (ferry.id, "2026-01-14"),
        (ferry_before.id, "2026-01-13"),
    ]


def test_an_article_with_a_malformed_address_is_shown_without_a_link(visit: Visit) -> None:
    article = make_article("Ivy Sixsmith said the bridge in Sixville is closed.", "Bridge", url="http://[bad/x")
    client = visit(FakeArchive(held=(article,)))
    assert client.get(f"/api/articles/{article.id}").json()["source_href"] is None
    assert client.get(f"/articles/{article.id}?at=0-4").status_code == 200


def test_articles_are_listed_one_page_at_a_time(client: TestClient) -> None:
    body = client.get("/api/articles", params={"limit": 1, "offset": 1}).json()
    assert (body["total"], body["limit"], body["offset"]) == (3, 1, 1)
    assert [each["id"] for each in body["articles"]] == [berlin.id]
    found = client.get("/api/articles", params={"text": "ferry", "outlets": "Ostrel Valley Gazette"}).json()
    assert [each["id"] for each in found["articles"]] == [ferry.id]


def test_an_altered_quotation_is_told_apart_with_the_words_that_differ(client: TestClient) -> None:
    body = client.post("/api/verify", json={"quotation": "Show me the cash and I will show you the boat."}).json()
    assert body["verdict"] == "altered"
    [piece] = body["pieces"]
    [difference] = piece["differences"]
    assert (difference["quoted"], difference["source"]) == ("cash", "money")
    quoted, source = difference["quoted_range"], difference["source_range"]
    assert body["quotation"][quoted["start"] : quoted["end"]] == "cash"
    assert ferry.text[source["start"] : source["end"]] == "money"


@pytest.mark.parametrize(("quotation", "verdict"), [("real progress", "verbatim"), ("no such words", "absent")])
def test_a_quotation_is_verbatim_or_absent(client: TestClient, quotation: str, verdict: str) -> None:
    assert client.post("/api/verify", json={"quotation": quotation}).json()["verdict"] == verdict


def test_a_live_server_says_so_and_a_ready_one_how_much_it_holds(client: TestClient) -> None:
    assert client.get("/livez").json() == {"status": "alive"}
    assert client.get("/readyz").json() == {"ready": True, "articles": 3, "passages": 9}


def test_a_server_that_is_not_ready_is_alive_and_says_what_is_in_the_way(visit: Visit) -> None:
    class Stale(FakeArchive):
        def status(self) -> Status:
            return Status(False, 3, 0, IndexStale("differs from /secret/path"))

    client = visit(Stale())
    assert client.get("/livez").status_code == 200
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["type"] == "/problems/index-stale"
    assert "/secret" not in response.text


def test_the_description_is_openapi_3_1_and_its_examples_are_valid_bodies(client: TestClient) -> None:
    description = client.get("/openapi.json").json()
    assert description["openapi"].startswith("3.1")
    shapes: dict[tuple[str, str], type[BaseModel]] = {
        ("/api/answer", "post"): AnswerBody,
        ("/api/answer", "get"): AnswerBody,
        ("/api/verify", "post"): VerificationBody,
        ("/api/verify/draft", "post"): DraftBody,
        ("/api/statements", "get"): AnswerBody,
        ("/api/speakers", "get"): SpeakerListBody,
        ("/api/speakers/{slug}", "get"): SpeakerBody,
        ("/api/articles/{article_id}/statements", "get"): FoundBody,
        ("/api/articles", "get"): ArticleListBody,
        ("/api/articles/{article_id}", "get"): FullArticleBody,
    }
    for (path, method), shape in shapes.items():
        content = description["paths"][path][method]["responses"]["200"]["content"]["application/json"]
        shape.model_validate_json(json.dumps(content["example"]))
        assert content["schema"]["$ref"].endswith(shape.__name__)


def test_a_draft_is_checked_by_a_program_too(client: TestClient) -> None:
    body = client.post("/api/verify/draft", json={"draft": "It was “real progress”, and “nowhere” at all."}).json()
    assert [one["judgement"] for one in body["quotations"]] == ["verbatim", "absent"]
    assert [body["draft"][one["start"] : one["end"]] for one in body["quotations"]] == ["“real progress”", "“nowhere”"]
    assert client.post("/api/verify/draft", json={"draft": "x" * 20_001}).json()["limit"] == 20_000


def test_the_examples_are_true(client: TestClient) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    answer = paths["/api/answer"]["post"]["responses"]["200"]["content"]["application/json"]["example"]
    article = paths["/api/articles/{article_id}"]["get"]["responses"]["200"]["content"]["application/json"]["example"]
    for citation in answer["citations"]:
        assert article["text"][citation["start"] : citation["end"]] == citation["cited_text"]
        assert citation["article"]["text_sha256"] == article["text_sha256"]


def test_every_operation_describes_its_errors_as_problem_documents(client: TestClient) -> None:
    for path, methods in client.get("/openapi.json").json()["paths"].items():
        for operation in methods.values():
            errors = {status: each for status, each in operation["responses"].items() if not status.startswith("2")}
            assert all("application/problem+json" in each["content"] for each in errors.values()), path
