from __future__ import annotations

import inspect
import logging
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from fastapi.testclient import TestClient

from qa import errors
from qa.errors import ArticleNotFound, IndexStale, OutOfTime, QaError, QuestionError
from qa.types import EVERYTHING, Outcome, Scope
from tests.web.archive import PESKOV, FakeArchive
from tests.web.conftest import Visit
from web.problems import ERRORS, PROBLEMS, problem_type_of

CLASSES = [each for _, each in inspect.getmembers(errors, inspect.isclass) if issubclass(each, QaError)]
PAGE = {"accept": "text/html"}


def test_every_error_of_the_library_has_one_problem_type_of_its_own() -> None:
    assert set(ERRORS) == set(CLASSES)
    assert [problem_type_of(each) for each in CLASSES] == [ERRORS[each] for each in CLASSES]
    assert len({kind.name for kind in PROBLEMS}) == len(PROBLEMS)


def test_an_error_that_is_new_to_the_door_is_its_base() -> None:
    class Renamed(ArticleNotFound):
        pass

    assert problem_type_of(Renamed) is ERRORS[ArticleNotFound]


@pytest.mark.parametrize("error", CLASSES, ids=lambda each: each.__name__)
def test_every_error_is_answered_with_its_problem(visit: Visit, error: type[QaError]) -> None:
    arguments: dict[str, tuple[Any, ...]] = {
        "SourceError": ("f", "r"),
        "ArticleNotFound": ("id",),
        "ArticleDamaged": ("id", "what"),
        "ArticleRefused": ("id", "reason"),
        "PageNotFound": ("id", 3, "why"),
        "ArchiveLocked": ("/p", "h"),
        "WorkStopped": (),
    }
    raised = OutOfTime(2.5) if error is OutOfTime else error(*arguments.get(error.__name__, ("reason",)))
    kind = ERRORS[error]
    response = visit(FakeArchive(fails=raised)).post("/api/answer", json={"question": PESKOV})
    assert response.status_code == kind.status
    assert response.headers["content-type"] == "application/problem+json"
    body = response.json()
    assert (body["type"], body["title"], body["status"]) == (kind.uri, kind.title, kind.status)
    assert body["instance"] == "/api/answer"
    assert body["detail"]


def test_what_only_the_operator_can_mend_is_logged_and_its_paths_stay_inside(
    visit: Visit, caplog: pytest.LogCaptureFixture
) -> None:
    archive = FakeArchive(fails=IndexStale("The index in /srv/secret differs."))
    with caplog.at_level(logging.ERROR, "web"):
        response = visit(archive).post("/api/answer", json={"question": PESKOV})
    assert "/srv/secret" not in response.text
    assert "/srv/secret" in caplog.text


@pytest.mark.parametrize(
    ("method", "path", "status", "name"),
    [
        ("GET", "/nowhere", 404, "not-found"),
        ("GET", "/api/nowhere", 404, "not-found"),
        ("GET", "/static/nowhere.css", 404, "not-found"),
        ("DELETE", "/api/answer", 405, "method-not-allowed"),
        ("POST", "/", 405, "method-not-allowed"),
        ("GET", "/api/answer", 422, "request-invalid"),
        ("GET", "/api/answer?question=x&publisht_after=2025-01-01", 422, "request-invalid"),
        ("GET", "/api/articles?limit=0", 422, "request-invalid"),
        ("GET", "/api/articles/unknown", 404, "article-not-found"),
        ("GET", "/articles/unknown", 404, "article-not-found"),
        ("GET", "/articles/unknown/cite/quote", 404, "article-not-found"),
        ("GET", "/articles/unknown/pages/1.png", 404, "article-not-found"),
        ("GET", "/articles/unknown/pages/one.png", 422, "request-invalid"),
        ("GET", "/problems/unknown", 404, "not-found"),
        ("GET", "/?q=x&published_after=yesterday", 422, "question-unusable"),
        ("GET", "/?published_after=2025-02-01&published_before=2025-01-01", 422, "question-unusable"),
        ("GET", "/turn", 422, "question-unusable"),
    ],
)
def test_whatever_is_asked_wrongly_is_a_problem(
    client: TestClient, method: str, path: str, status: int, name: str
) -> None:
    response = client.request(method, path)
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json()["type"] == f"/problems/{name}"
    assert "Traceback" not in response.text


def test_a_browser_gets_a_page_for_an_error_and_the_api_never_does(client: TestClient) -> None:
    page = client.get("/nowhere", headers=PAGE)
    assert page.status_code == 404
    assert page.headers["content-type"].startswith("text/html")
    assert "Nothing is here" in page.text
    assert client.get("/api/nowhere", headers=PAGE).headers["content-type"] == "application/problem+json"


def test_405_says_which_methods_are_allowed(client: TestClient) -> None:
    assert client.delete("/api/articles/x/statements").headers["allow"] == "GET, HEAD"


def test_405_names_every_method_of_the_address(client: TestClient) -> None:
    assert client.delete("/api/answer").headers["allow"] == "GET, HEAD, POST"
    assert client.post("/articles").headers["allow"] == "GET, HEAD"


@pytest.mark.parametrize(
    ("path", "instance"),
    [
        ("/api/articles/%C3%A9%22%3C%20", "/api/articles/%C3%A9%22%3C%20"),
        ("//evil.example/x", "/.//evil.example/x"),
    ],
)
def test_an_instance_is_a_reference_to_the_address_asked_for(client: TestClient, path: str, instance: str) -> None:
    assert client.get(f"http://localhost{path}").json()["instance"] == instance


@pytest.mark.parametrize("day", ["0", "", " ", "2025-12-31T00:00:00", "1765152000", "2025-02-30", "２０２５-12-31"])
def test_a_day_is_a_day(client: TestClient, day: str) -> None:
    assert client.get("/api/articles", params={"published_before": day}).status_code == 422
    assert client.get("/api/statements", params={"before": day}).status_code == 422
    assert client.post("/api/answer", json={"question": "Who?", "published_after": day}).status_code == 422


def test_a_parameter_is_given_once_unless_it_is_a_list(client: TestClient) -> None:
    response = client.get("/api/statements?speaker=merz&speaker=scholz")
    assert response.status_code == 422
    assert response.json()["errors"] == [{"at": "query/speaker", "message": "It is given more than once."}]
    assert client.get("/api/statements?outlet=Courier&outlet=Gazette").status_code == 200


def test_a_day_is_no_number(client: TestClient) -> None:
    assert client.post("/api/answer", json={"question": "Who?", "published_after": 0}).status_code == 422


def test_a_body_that_is_no_text_cannot_be_read(client: TestClient) -> None:
    response = client.post("/api/answer", content=b"\x80", headers={"content-type": "application/json"})
    assert response.status_code == 400
    assert response.json()["type"] == "/problems/request-malformed"


def test_422_names_the_place_of_each_fault(client: TestClient) -> None:
    body = client.post("/api/answer", json={"question": 7, "outlet": "Courier"}).json()
    assert {each["at"] for each in body["errors"]} == {"body/question", "body/outlet"}
    assert client.post("/api/answer", content=b"{", headers={"content-type": "application/json"}).status_code == 422


def test_a_body_that_is_not_declared_as_json_is_told_how(client: TestClient) -> None:
    response = client.post("/api/answer", content='{"question": "x"}')
    assert response.status_code == 422
    assert "Content-Type: application/json" in response.json()["detail"]


def test_a_question_that_is_too_long_is_told_the_limit(visit: Visit) -> None:
    client = visit(FakeArchive(), max_question_chars=20)
    assert client.post("/api/answer", json={"question": "x" * 20}).status_code == 200
    response = client.post("/api/answer", json={"question": "x" * 21})
    assert response.status_code == 422
    assert response.json()["limit"] == 20
    assert client.get("/", params={"q": ["x", "x" * 21]}).json()["limit"] == 20


def test_a_quotation_that_is_too_long_is_told_the_limit(visit: Visit) -> None:
    client = visit(FakeArchive(), max_quotation_chars=20)
    assert client.post("/api/verify", json={"quotation": "x" * 21}).json()["limit"] == 20


def test_an_empty_question_is_unusable(client: TestClient) -> None:
    assert client.post("/api/answer", json={"question": " "}).json()["type"] == "/problems/question-unusable"


def test_a_body_that_is_announced_as_too_large_is_refused(visit: Visit) -> None:
    client = visit(FakeArchive(), max_body_kib=1)
    response = client.post("/api/answer", json={"question": "x" * 2000})
    assert response.status_code == 413
    assert response.json()["type"] == "/problems/body-too-large"
    assert response.json()["limit"] == 1024


def test_a_body_that_turns_out_too_large_on_the_way_is_refused(visit: Visit) -> None:
    client = visit(FakeArchive(), max_body_kib=1)

    def chunks() -> Iterator[bytes]:
        for _ in range(20):
            yield b"x" * 100

    response = client.post("/api/answer", content=chunks(), headers={"content-type": "application/json"})
    assert response.status_code == 413
    assert response.headers["content-type"] == "application/problem+json"


def test_a_body_in_chunks_within_the_limit_is_read(client: TestClient) -> None:
    body = (piece for piece in (b'{"question": ', b'"Who?"}'))
    response = client.post("/api/answer", content=body, headers={"content-type": "application/json"})
    assert response.status_code == 200


class SlowArchive(FakeArchive):
    """Answers when it is allowed to."""

    def __init__(self) -> None:
        super().__init__()
        self.started = threading.Semaphore(0)
        self.go_on = threading.Event()

    def ask(self, text: str, scope: Scope = EVERYTHING, *, earlier: Sequence[str] = ()) -> Outcome:
        self.started.release()
        assert self.go_on.wait(30)
        return super().ask(text, scope)


def test_an_answer_that_takes_too_long_is_given_up(visit: Visit) -> None:
    archive = SlowArchive()
    client = visit(archive, answer_timeout_s=0.05)
    response = client.post("/api/answer", json={"question": PESKOV})
    archive.go_on.set()
    assert response.status_code == 504
    assert response.json()["type"] == "/problems/timed-out"
    assert response.json()["limit_s"] == 0.05


def test_whoever_finds_every_place_taken_is_told_when_to_come_back(visit: Visit) -> None:
    archive = SlowArchive()
    client = visit(archive, max_concurrent=1, max_waiting=0, answer_timeout_s=30)
    with ThreadPoolExecutor(1) as first:
        answered = first.submit(client.post, "/api/answer", json={"question": PESKOV})
        assert archive.started.acquire(timeout=30)
        refused = client.post("/api/answer", json={"question": PESKOV})
        archive.go_on.set()
        assert answered.result().status_code == 200
    assert refused.status_code == 503
    assert refused.json()["type"] == "/problems/busy"
    assert int(refused.headers["retry-after"]) > 0
    assert client.post("/api/answer", json={"question": PESKOV}).status_code == 200


def test_a_fault_of_ours_shows_no_stack_and_keeps_the_security_headers(visit: Visit) -> None:
    client = visit(FakeArchive(fails=ZeroDivisionError("secret")))
    for path, accept in (("/api/answer?question=x", "*/*"), ("/?q=x", "text/html")):
        response = client.get(path, headers={"accept": accept})
        assert response.status_code == 500
        assert "secret" not in response.text
        assert "Traceback" not in response.text
        assert "default-src 'none'" in response.headers["content-security-policy"]


def test_every_problem_has_a_page_where_its_type_leads(browser: TestClient) -> None:
    for kind in PROBLEMS:
        page = browser.get(kind.uri)
        assert page.status_code == 200
        assert kind.title in page.text


def test_a_question_error_tells_its_own_words(visit: Visit) -> None:
    archive = FakeArchive(fails=QuestionError("Too vague.", limit=9))
    body = visit(archive).post("/api/answer", json={"question": "x"}).json()
    assert (body["detail"], body["limit"]) == ("Too vague.", 9)
