"""One Chromium and two servers for all browser tests: the sample archive, and one of hostile and awkward articles."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack

import pytest
from axe_playwright_python.base import AxeResults  # type: ignore[import-untyped]
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Page, sync_playwright

from qa.settings import Settings, load_settings
from tests.browser.chromium import Watch, launch
from tests.serving import serving
from tests.web.archive import FakeArchive
from web.app import create_app

OpenPage = Callable[..., Page]
PATIENCE_MS = 30_000
AXE = Axe()


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


class Windows:
    """Windows that tests borrow one after the other: a new one, with an empty cache, costs more than most tests do."""

    def __init__(self, chromium: Browser) -> None:
        self._chromium = chromium
        self._free: dict[bool, list[Page]] = {True: [], False: []}

    def borrow(self, javascript: bool) -> Page:
        if self._free[javascript]:
            return self._free[javascript].pop()
        context = self._chromium.new_context(
            java_script_enabled=javascript,
            reduced_motion="reduce",
            permissions=["clipboard-read", "clipboard-write"],
        )
        context.set_default_timeout(PATIENCE_MS)
        return context.new_page()

    def give_back(self, page: Page, javascript: bool) -> None:
        page.unroute_all()
        page.goto("about:blank")
        self._free[javascript].append(page)


@pytest.fixture(scope="session")
def windows(chromium: Browser) -> Windows:
    return Windows(chromium)


@pytest.fixture
def open_page(windows: Windows) -> Iterator[OpenPage]:
    """Open an address in a window of its own; afterwards, nothing may have gone wrong in it unless ``expected``."""
    with ExitStack() as opened:

        def open_(
            address: str,
            *,
            javascript: bool = True,
            width: int = 1280,
            dark: bool = False,
            expected: tuple[str, ...] = (),
        ) -> Page:
            page = windows.borrow(javascript)
            opened.callback(windows.give_back, page, javascript)
            opened.enter_context(Watch("/".join(address.split("/")[:3]), expected).over(page))
            look_at(page, width, dark=dark)
            page.goto(address)
            return page

        yield open_


def look_at(page: Page, width: int, *, dark: bool) -> None:
    """Make the window so wide and the page light or dark; on a screen, in its own colours."""
    page.set_viewport_size({"width": width, "height": 844})
    page.emulate_media(media="screen", color_scheme="dark" if dark else "light", forced_colors="none")


def check_looks(page: Page, *, without: Iterable[str] = ()) -> None:
    """Wide and light, narrow and dark: the page is never wider than the window, and accessible.

    Raises:
        AssertionError: where it is not, with what axe says.
    """
    for width, dark in ((1280, False), (390, True)):
        look_at(page, width, dark=dark)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        check_accessible(page, without=without)


def check_accessible(page: Page, *, without: Iterable[str] = ()) -> None:
    """By all rules of axe but those that are named.

    Raises:
        AssertionError: where it is not, with what axe says.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.axe_script)
    options = {"resultTypes": ["violations"], "rules": {rule: {"enabled": False} for rule in without}}
    found = AxeResults(page.evaluate("options => axe.run(options)", options))
    assert found.violations_count == 0, found.generate_report()
