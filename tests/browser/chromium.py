"""Pages of a real Chromium that watch for what must not happen."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, ConsoleMessage, Error, Page, Playwright, Request

# No name but this machine's own can be looked up, so that a request to elsewhere fails even where there is a network.
ARGUMENTS = ["--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"]


def launch(playwright: Playwright) -> Browser:
    """Start Chromium: the one that is named, the system's, or Playwright's own."""
    named = os.environ.get("ONRECORD_CHROMIUM") or "/usr/bin/chromium"
    found = named if Path(named).exists() else None
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []  # Chromium's sandbox does not run as root
    return playwright.chromium.launch(executable_path=found, args=[*ARGUMENTS, *sandbox])


class Watch:
    """What a page did that no page of ours may do.

    Args:
        base: the address of the server, without a slash.
        expected: words of what may be said in the console.
    """

    def __init__(self, base: str, expected: tuple[str, ...] = ()) -> None:
        self.faults: list[str] = []
        self._base = base
        self._expected = expected

    @contextmanager
    def over(self, page: Page) -> Iterator[Page]:
        """Watch ``page`` for requests to elsewhere, script errors, refusals by the content security policy.

        Raises:
            AssertionError: at the end, where there was one.
        """
        page.on("request", self._request)
        page.on("pageerror", self._error)
        page.on("console", self._console)
        yield page
        page.remove_listener("request", self._request)
        page.remove_listener("pageerror", self._error)
        page.remove_listener("console", self._console)
        assert not self.faults, "\n".join(self.faults)

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self._base + "/", "about:", "blob:" + self._base)):
            self.faults.append(f"request: {request.url}")

    def _error(self, error: Error) -> None:
        self.faults.append(f"error: {error}")

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and not any(words in message.text for words in self._expected):
            self.faults.append(f"console: {message.text}")
