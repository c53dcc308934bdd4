"""Addresses of pages -> how many screens they fill and when they are first painted, in a table.

``python -m tests.browser.measuring http://127.0.0.1:8000/?q=… …``: each address is opened in turn, so that what else
the machine does is shared by all; on this machine alone. The first paint is counted from when the answer began to come.
"""

from __future__ import annotations

import sys
from statistics import median

from playwright.sync_api import Browser, sync_playwright

from tests.browser.chromium import launch

WINDOWS = ((1440, 900), (1024, 900), (390, 844))
TIMES = 15
PAINTED = (
    "performance.getEntriesByName('first-contentful-paint')[0].startTime"
    " - performance.getEntriesByType('navigation')[0].responseStart"
)


def main(addresses: list[str]) -> None:
    """Print a row for each address: screens by width, then the median and the least of its first paints."""
    with sync_playwright() as playwright, launch(playwright) as browser:
        screens = {address: [_screens(browser, address, *window) for window in WINDOWS] for address in addresses}
        paints: dict[str, list[float]] = {address: [] for address in addresses}
        for turn in range(TIMES):
            for address in addresses if turn % 2 else reversed(addresses):
                paints[address].append(_first_paint(browser, address))
    for address in addresses:
        tall = " ".join(f"{width}px:{each:.2f}" for (width, _), each in zip(WINDOWS, screens[address], strict=True))
        print(f"{address} {tall} paint:{median(paints[address]):.0f}/{min(paints[address]):.0f} ms")  # noqa: T201


def _screens(browser: Browser, address: str, width: int, height: int) -> float:
    with browser.new_context(viewport={"width": width, "height": height}) as context:
        page = context.new_page()
        page.goto(address, wait_until="networkidle")
        return float(page.evaluate("document.documentElement.scrollHeight")) / height


def _first_paint(browser: Browser, address: str) -> float:
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(address, wait_until="load")
        page.wait_for_function("performance.getEntriesByName('first-contentful-paint').length")
        return float(page.evaluate(PAINTED))


if __name__ == "__main__":
    main(sys.argv[1:])
