"""A client of the pages over an archive in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from fastapi.testclient import TestClient

from qa.settings import WebSettings, load_settings
from tests.web.archive import FakeArchive
from web.app import create_app

Visit = Callable[..., TestClient]


@pytest.fixture
def archive() -> FakeArchive:
    return FakeArchive()


@pytest.fixture
def visit() -> Iterator[Visit]:
    """Start a server over an archive, with limits of the test's own."""
    with ExitStack() as running:

        def start(archive: FakeArchive, **limits: object) -> TestClient:
            settings = load_settings(web=WebSettings(**limits))
            client = TestClient(create_app(settings, archive), "http://localhost", raise_server_exceptions=False)
            return running.enter_context(client)

        yield start


@pytest.fixture
def client(visit: Visit, archive: FakeArchive) -> TestClient:
    return visit(archive)


@pytest.fixture
def browser(visit: Visit, archive: FakeArchive) -> TestClient:
    """A client that asks for pages, as browsers do."""
    client = visit(archive)
    client.headers["accept"] = "text/html,application/xhtml+xml,*/*;q=0.8"
    return client
