"""One Chromium and two servers for all browser tests: the sample archive, and one of hostile and awkward articles."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from qa.settings import Settings, load_settings
from tests.browser.chromium import Watch, launch
from tests.serving import serving
from tests.web.archive import FakeArchive
from web.app import create_app

OpenPage = Callable[..., Page]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright, launch(playwright) as browser:
        yield browser


@pytest.fixture(scope="session")
def sample_site(served_settings: Settings) -> Iterator[str]:
    """The pages over the sample articles, with the real assistant."""
    with serving(create_app(served_settings)) as address:
        yield address


@pytest.fixture(scope="session")
def awkward_site() -> Iterator[str]:
    """The pages over articles that try to break them."""
    with serving(create_app(load_settings(), FakeArchive())) as address:
        yield address


@pytest.fixture
def open_page(chromium: Browser) -> Iterator[OpenPage]:
    """Open an address in a window of its own; afterwards, nothing may have gone wrong in it unless ``expected``."""
    watches: list[Watch] = []
    with ExitStack() as windows:

        def open_(
            address: str,
            *,
            javascript: bool = True,
            width: int = 1280,
            dark: bool = False,
            expected: tuple[str, ...] = (),
        ) -> Page:
            context = windows.enter_context(
                chromium.new_context(
                    java_script_enabled=javascript,
                    viewport={"width": width, "height": 844},
                    color_scheme="dark" if dark else "light",
                    reduced_motion="reduce",
                    permissions=["clipboard-read", "clipboard-write"],
                )
            )
            context.set_default_timeout(10_000)
            base = "/".join(address.split("/")[:3])
            watches.append(Watch(base, expected=expected))
            page = watches[-1].over(context.new_page())
            page.goto(address)
            return page

        yield open_
    assert [fault for watch in watches for fault in watch.faults] == []
