"""User and password of an address go to its server and nowhere else: not into the archive, not onto any output."""

from __future__ import annotations

import base64
import logging
from pathlib import Path

import pytest
from typer.testing import CliRunner

from qa.cli import app
from qa.errors import SourceError
from qa.protocols import Draft
from qa.settings import Settings
from tests.hostile.newspapers import INSIDE, OUTSIDE, TEXT, Page, fetch, moved, newspaper

USER, PASSWORD = "mara-brandreth", "inkwell!7734"
LOGIN = f"{USER}:{PASSWORD}"
HTML = """<html><head><title>Ferry</title><link rel="canonical" href="CANONICAL"></head><body><article>
<h1>Ferry to close</h1><p>TEXT TEXT TEXT</p></article></body></html>""".replace("TEXT", TEXT)


def _with_login(address: str, login: str = LOGIN) -> str:
    return address.replace("://", f"://{login}@")


def _anywhere(address: str) -> bool:
    return True


def test_the_login_is_used_and_the_address_is_without_it() -> None:
    with newspaper(story=Page(login=LOGIN)) as here:
        found = fetch(_with_login(f"{here.address}/story"), permitted=_anywhere)
        assert isinstance(found, Draft), found
        assert found.location == f"{here.address}/story"
        assert here.asked == [("/story", LOGIN)]


def test_a_login_is_decoded_before_it_is_used() -> None:
    with newspaper(story=Page(login="m@x:a/b c")) as here:
        found = fetch(_with_login(f"{here.address}/story", "m%40x:a%2Fb%20c"), permitted=_anywhere)
        assert isinstance(found, Draft), found


def test_a_redirect_on_the_same_server_keeps_the_login_and_one_to_another_does_not() -> None:
    with newspaper(OUTSIDE, story=Page()) as other, newspaper(INSIDE, story=Page(login=LOGIN)) as here:
        here.pages |= {"moved": moved("/story"), "away": moved(f"{other.address}/story")}
        assert isinstance(fetch(_with_login(f"{here.address}/moved"), permitted=_anywhere), Draft)
        assert here.asked[-1] == ("/story", LOGIN)
        assert isinstance(fetch(_with_login(f"{here.address}/away"), permitted=_anywhere), Draft)
        assert other.asked == [("/story", None)]


def test_a_login_that_a_redirect_names_is_used_and_not_kept() -> None:
    with newspaper(story=Page(login=LOGIN)) as here:
        here.pages["moved"] = moved(_with_login(f"{here.address}/story"))
        found = fetch(f"{here.address}/moved", permitted=_anywhere)
        assert isinstance(found, Draft), found
        assert found.location == f"{here.address}/story"


@pytest.mark.parametrize(
    "source",
    [
        "https://{login}@127.0.0.1:9/nobody",
        "http://{login}@no such host/",
        "http://{login}@127.0.0.1:99999/",
        "http://{login}@[::1/",
        "ftp://{login}@courier.example/",
        "http://mara:ink/{password}@courier.invalid/",
        "http://{login}@",
    ],
)
def test_no_message_about_an_address_shows_its_login(source: str) -> None:
    found = fetch(source.format(login=LOGIN, password=PASSWORD), timeout_s=5)
    assert isinstance(found, SourceError)
    assert PASSWORD not in f"{found} {found.source} {found.reason}"
    assert USER not in f"{found}"


@pytest.mark.parametrize(
    "location", ["http://{0}@h:x/", "http://mara:in/{0}@h/", "ftp://{0}@h/", "http://{0}@10.0.0.1/"]
)
def test_no_message_about_a_redirect_shows_a_login(location: str) -> None:
    with newspaper(OUTSIDE, moved=moved(location.format(LOGIN))) as here:
        found = fetch(f"{here.address}/moved")
    assert isinstance(found, SourceError)
    assert PASSWORD not in str(found)


@pytest.mark.slow
def test_no_login_is_left_in_the_archive_or_on_any_output(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    caplog.set_level(logging.DEBUG)
    caplog.set_level(logging.INFO, "httpcore")  # it notes a server's own headers, of which one may name a login
    monkeypatch.setenv("QA_DATA_DIR", str(settings.data_dir))
    monkeypatch.setenv("QA_INGESTION__PRIVATE_ADDRESSES", "true")
    with newspaper(story=Page(login=LOGIN), blank=Page("", login=LOGIN)) as here:
        here.pages["moved"] = moved(_with_login(f"{here.address}/story"))
        page = HTML.replace("CANONICAL", _with_login(f"{here.address}/canonical"))
        here.pages["page"] = Page(page, "text/html", login=LOGIN)
        export = tmp_path / "export.jsonl"
        record = f'{{"headline": "Ferry", "content": "{TEXT[:60]}", "url": "https://{LOGIN}@courier.example/ferry"}}'
        export.write_text(record, encoding="utf-8")
        sources = [_with_login(f"{here.address}/{path}") for path in ("story", "moved", "page", "blank", "gone")]
        commands = [
            ["ingest", "--json", *sources, str(export)],
            ["ingest", *sources],
            ["list"],
            ["list", "--json"],
            ["statements", sources[0]],
            ["statements", sources[-1]],
        ]
        printed = ""
        for command in commands:
            result = CliRunner().invoke(app, command)
            printed += f"{result.output}{result.exception}"
    assert f"{here.address}/canonical" in printed
    assert "https://courier.example/ferry" in printed
    told = printed + caplog.text
    for secret in (USER, PASSWORD, base64.b64encode(LOGIN.encode()).decode()):
        assert secret not in told
        for file in settings.data_dir.rglob("*"):
            if file.is_file() and "models" not in file.parts:
                assert secret.encode() not in file.read_bytes(), file
