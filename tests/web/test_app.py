from __future__ import annotations

import re
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from starlette.testclient import WebSocketDenialResponse

from qa.errors import ArchiveEmpty, ModelMissing, SettingsError
from qa.settings import load_settings
from tests.web.archive import PESKOV, FakeArchive, ferry
from tests.web.conftest import Visit
from web import app as app_module
from web.app import create_app

ARTICLE = f"/articles/{ferry.id}"
EVERYWHERE = ["/", "/?q=x", "/articles", ARTICLE, "/livez", "/api/articles", "/nowhere", "/openapi.json"]


@pytest.mark.parametrize("path", EVERYWHERE)
def test_every_response_carries_the_security_headers(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'none'")
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert "camera=()" in headers["permissions-policy"]
    assert headers["cache-control"] in {"private, no-cache", "no-store"}


def test_a_websocket_is_refused_with_the_security_headers(client: TestClient) -> None:
    with pytest.raises(WebSocketDenialResponse) as refused, client.websocket_connect("/"):
        pass
    assert refused.value.status_code == 403
    assert "default-src 'none'" in refused.value.headers["content-security-policy"]


def static_address(client: TestClient) -> str:
    found = re.search(r"/static/[0-9a-f]+", client.get("/").text)
    assert found
    return found[0]


def test_scripts_and_styles_are_kept_for_ever_under_the_name_of_their_content(client: TestClient) -> None:
    response = client.get(f"{static_address(client)}/ask.js")
    assert response.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert response.headers["content-type"].startswith("text/javascript")
    again = client.get(f"{static_address(client)}/ask.js", headers={"if-none-match": response.headers["etag"]})
    assert again.status_code == 304


@pytest.mark.parametrize("path", ["/", "/api/articles", "/livez"])
def test_head_is_get_without_a_body(client: TestClient, path: str) -> None:
    plain = {"accept-encoding": "identity"}
    head, get = client.head(path, headers=plain), client.get(path, headers=plain)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-length"] == str(len(get.content))


def loaded_by(module: str, *, among: set[str]) -> str:
    script = f"import sys, {module}; print({among} & set(sys.modules))"
    return subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.strip()


def test_nothing_happens_at_import() -> None:
    assert loaded_by("web.app", among={"qa.assistant", "chromadb", "torch"}) == "set()"


def test_the_bodies_are_to_be_had_without_the_web_framework() -> None:
    assert loaded_by("qa.output.answers", among={"fastapi", "starlette"}) == "set()"


def test_the_framework_sends_no_telemetry() -> None:
    app = create_app(load_settings(), FakeArchive())
    assert app._telemetry["auto_configure"] is False
    assert not any(app._telemetry[signal] for signal in ("tracing", "metrics", "logs"))


def test_the_archive_is_closed_when_the_server_stops() -> None:
    archive = FakeArchive()
    with TestClient(create_app(load_settings(), archive), "http://localhost") as client:
        client.get("/livez")
        assert not archive.closed
    assert archive.closed


def test_an_archive_that_was_empty_at_the_start_is_opened_when_it_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    found: list[FakeArchive] = []

    class Kept(app_module._Given):
        def open(self) -> FakeArchive:
            if not found:
                raise ArchiveEmpty("data")
            return found[0]

    monkeypatch.setattr(app_module, "_keep", Kept)
    with TestClient(create_app(load_settings()), "http://localhost") as client:
        assert "The archive is empty" in client.get("/").text
        assert client.get("/livez").status_code == 200
        assert client.get("/readyz").json()["type"] == "/problems/archive-empty"
        found.append(FakeArchive())
        assert client.get("/readyz").status_code == 200
        assert client.post("/api/answer", json={"question": PESKOV}).json()["answered"]


def test_an_archive_that_cannot_be_opened_stops_the_server(monkeypatch: pytest.MonkeyPatch) -> None:
    class Kept(app_module._Given):
        def open(self) -> FakeArchive:
            raise SettingsError("contradictory")

    monkeypatch.setattr(app_module, "_keep", Kept)
    with pytest.raises(SettingsError), TestClient(create_app(load_settings())):
        pass


def test_while_an_archive_is_loaded_the_server_answers_what_needs_none_of_it_and_is_not_ready(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    loaded = threading.Event()
    begun: list[str] = []

    class Large(FakeArchive):
        def warm(self) -> None:
            begun.append("warm")
            assert loaded.wait(60)

        def examples(self) -> Sequence[str]:
            begun.append("examples")
            return super().examples()

    monkeypatch.setattr(app_module, "SOON_S", 0)
    with TestClient(create_app(load_settings(), Large()), "http://localhost") as client:
        try:
            assert client.get("/livez").status_code == 200
            assert client.get("/articles").status_code == 200
            response = client.get("/readyz")
            assert (response.status_code, response.json()["type"]) == (503, "/problems/index-unavailable")
            assert "examples" not in begun, "they would be looked for beside the loading"
        finally:
            loaded.set()
        until = time.monotonic() + 60
        while client.get("/readyz").status_code != 200:
            assert time.monotonic() < until
    assert begun == ["warm", "examples"]


def test_what_cannot_be_loaded_keeps_no_server_from_saying_so(visit: Visit, caplog: pytest.LogCaptureFixture) -> None:
    class Broken(FakeArchive):
        def warm(self) -> None:
            raise ModelMissing("no reader")

    client = visit(Broken())
    assert "The server starts without answers: no reader" in caplog.text
    assert client.get("/livez").status_code == 200
    assert client.get("/readyz").status_code == 200


def test_a_server_whose_model_is_missing_starts_and_says_so(visit: Visit) -> None:
    client = visit(FakeArchive(fails=ModelMissing("no model")))
    assert client.get("/livez").status_code == 200
    assert client.get("/readyz").status_code == 503


def test_the_pages_ship_with_the_package() -> None:
    package = Path(app_module.__file__).parent
    static = [path for path in (package / "static").rglob("*") if path.is_file()]
    assert {path.suffix for path in static} == {".css", ".js", ".svg", ".woff2", ".txt", ".md"}
    assert sum(path.stat().st_size for path in static if path.suffix == ".js") <= 15_000
    assert all(path.suffix == ".html" for path in (package / "templates").iterdir())
