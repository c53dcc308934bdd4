"""Pages of a real Chromium that watch for what must not happen."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, ConsoleMessage, Page, Playwright

# No name but this machine's own can be looked up, so that a request to elsewhere fails even where there is a network.
ARGUMENTS = ["--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"]


def launch(playwright: Playwright) -> Browser:
    """Start Chromium: the one that is named, the system's, or Playwright's own."""
    named = os.environ.get("ONRECORD_CHROMIUM") or "/usr/bin/chromium"
    found = named if Path(named).exists() else None
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []  # Chromium's sandbox does not run as root
    return playwright.chromium.launch(executable_path=found, args=[*ARGUMENTS, *sandbox])


@dataclass
class Watch:
    """What a page did that no page of ours may do."""

    base: str
    faults: list[str] = field(default_factory=list)
    expected: tuple[str, ...] = ()

    def over(self, page: Page) -> Page:
        """Watch ``page`` for requests to elsewhere, script errors, refusals by the content security policy."""
        page.on("request", lambda request: self._request(request.url))
        page.on("pageerror", lambda error: self.faults.append(f"error: {error}"))
        page.on("console", self._console)
        return page

    def _request(self, url: str) -> None:
        if not url.startswith((self.base + "/", "about:", "blob:" + self.base)):
            self.faults.append(f"request: {url}")

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and not any(words in message.text for words in self.expected):
            self.faults.append(f"console: {message.text}")
