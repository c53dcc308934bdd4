"""Addresses of pages -> how many screens they fill and when they are first painted, in a table.

    python -m tests.browser.measuring [--times 40] [--out FILE] http://127.0.0.1:8000/?q=… …

Each address is opened in turn, forwards and backwards, so that what else the machine does is shared by all; on this
machine alone, each time in a new window that has kept nothing. The first paint is counted from when the answer began to
come. What the page's own thread works until a page without scripts is loaded is processor time, which other work on
the machine hardly changes; it has no waiting for the server and for files.
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, sync_playwright

from qa.evaluation.filing import commit, deliver, machine
from tests.browser.chromium import launch

WINDOWS = ((1440, 900), (1024, 900), (390, 844))
PAINTED = (
    "performance.getEntriesByName('first-contentful-paint')[0].startTime"
    " - performance.getEntriesByType('navigation')[0].responseStart"
)


def main(addresses: list[str], times: int, output: Path | None) -> None:
    """Tell of each address the screens by width, then the quartiles and the least of its first paints."""
    load = os.getloadavg()[0]
    with sync_playwright() as playwright, launch(playwright) as browser:
        screens = {address: [_screens(browser, address, *window) for window in WINDOWS] for address in addresses}
        paints: dict[str, list[float]] = {address: [] for address in addresses}
        works: dict[str, list[float]] = {address: [] for address in addresses}
        for turn in range(times):
            for address in addresses if turn % 2 else reversed(addresses):
                paints[address].append(_first_paint(browser, address))
                works[address].append(_work(browser, address))
        version = browser.version
    lines = [
        f"Commit {commit()}, {machine()}, Chromium {version}; load {load:.1f} before, {os.getloadavg()[0]:.1f} after;",
        f"{times} rounds.",
        "",
        f"| address | screens at {', '.join(str(width) for width, _ in WINDOWS)} px | first paint: lower quartile, "
        "median, upper quartile, ms | least | work: the same, ms | least |",
        "|---|---|---|---|---|---|",
        *(_row(address, screens[address], sorted(paints[address]), sorted(works[address])) for address in addresses),
    ]
    deliver("\n".join(lines) + "\n", output)


def _row(address: str, screens: list[float], paints: list[float], works: list[float]) -> str:
    return f"| {address} | {', '.join(f'{each:.2f}' for each in screens)} | {_spread(paints)} | {_spread(works)} |"


def _spread(ordered: list[float]) -> str:
    quarter = len(ordered) // 4
    return f"{ordered[quarter]:.0f}, {median(ordered):.0f}, {ordered[-1 - quarter]:.0f} | {ordered[0]:.0f}"


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


def _work(browser: Browser, address: str) -> float:
    """Milliseconds of processor that the page's main thread took until the page was loaded, without its scripts."""
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        session = context.new_cdp_session(page)
        session.send("Performance.enable", {"timeDomain": "threadTicks"})
        page.goto(address, wait_until="load")
        measured = {each["name"]: each["value"] for each in session.send("Performance.getMetrics")["metrics"]}
        return float(measured["TaskDuration"]) * 1000


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("addresses", nargs="+")
    parser.add_argument("--times", type=int, default=40)
    parser.add_argument("--out", type=Path)
    given = parser.parse_args()
    main(given.addresses, given.times, given.out)
