"""Addresses of servers -> pictures of ten states of their pages, those of all servers side by side.

``python -m tests.browser.picturing FOLDER http://127.0.0.1:8101 …``: each server is asked the same, in every width,
light and dark, with scripts and without; ``--questions FILE`` asks another archive than the sample's (JSON, the keys of
``SAMPLE``), ``--only NAME`` draws one state. What a server has no page for is drawn as it refuses it.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from itertools import product
from pathlib import Path
from urllib.parse import urlencode

from PIL import Image
from playwright.sync_api import Browser, Error, Page, sync_playwright

from tests.browser.chromium import launch

WIDTHS = (1440, 1024, 390)
TALLEST = 2400  # pixels of a page that are drawn
GAP = 24
DRAFT = Path(__file__).parents[1] / "drafted.txt"
SAMPLE = {
    "span": "Who is the Kremlin spokesman?",
    "statements": "What did Merz say?",
    "long": "What did Ilse Varnholt say?",
    "refused": "What did Macron say?",
    "unsure": "How much does the ferry cost?",
    "one": "Merz",
    "other": "Zelensky",
    "about": "the talks",
    "speaker": "Ilse Varnholt",
    "quotation": "Show me the cash and I will show you the boat",
}

Steps = Callable[[Page], None]


@dataclass(frozen=True, slots=True)
class Look:
    """How a page is looked at."""

    width: int
    dark: bool
    scripts: bool

    def __str__(self) -> str:
        return f"{self.width}-{'dark' if self.dark else 'light'}{'' if self.scripts else '-no-scripts'}"


def main(folder: Path, servers: list[str], questions: Mapping[str, str], only: str | None) -> None:
    """Draw every state of every look, one picture each, named by both."""
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright, launch(playwright) as browser:
        for (name, path, steps), look in product(_states(questions), _looks()):
            if only in {None, name}:
                pictures = [_picture(browser, server + path, steps, look) for server in servers]
                _beside(pictures).save(folder / f"{name}-{look}.png")


def _looks() -> Iterator[Look]:
    for width, dark, scripts in product(WIDTHS, (False, True), (True, False)):
        yield Look(width, dark, scripts)


def _states(asked: Mapping[str, str]) -> Iterator[tuple[str, str, Steps]]:
    """Name, path and what is done there, of each state."""
    yield "home", "/", _nothing
    for name in ("span", "statements", "long", "refused", "unsure"):
        yield name, _path("/", q=asked[name]), _nothing
    yield "comparison", _path("/compare", a=asked["one"], b=asked["other"], about=asked["about"]), _nothing
    yield "article", _path("/", q=asked["statements"]), _to("main .turn a[href^='/articles/']")
    yield "speaker", _path("/speakers", text=asked["speaker"]), _to("main .people a")
    yield "verify", _path("/verify", quotation=asked["quotation"]), _nothing
    yield "draft", "/verify", _check_draft
    yield "add", "/add", _nothing
    yield "statement", _path("/", q=asked["statements"]), _to("main a[href^='/s/']")


def _path(at: str, **query: str) -> str:
    return f"{at}?{urlencode(query)}"


def _nothing(_: Page) -> None:
    """Stay there."""


def _to(link: str) -> Steps:
    def follow(page: Page) -> None:
        address = page.locator(link).first.get_attribute("href", timeout=3_000)
        page.goto("/".join(page.url.split("/")[:3]) + (address or "/"), wait_until="networkidle")

    return follow


def _check_draft(page: Page) -> None:
    page.get_by_text("Check a whole draft").click(timeout=3_000)
    page.get_by_label("The draft").fill(DRAFT.read_text(encoding="utf-8"))
    page.get_by_role("button", name="Check the draft").click()
    page.locator("#verdict").wait_for()


def _picture(browser: Browser, address: str, steps: Steps, look: Look) -> Image.Image:
    with browser.new_context(
        viewport={"width": look.width, "height": 900 if look.width > 390 else 844},
        color_scheme="dark" if look.dark else "light",
        java_script_enabled=look.scripts,
        reduced_motion="reduce",
    ) as context:
        page = context.new_page()
        page.goto(address, wait_until="networkidle")
        with suppress(Error):  # a server that has no such thing is drawn where it stopped
            steps(page)
        drawn = Image.open(BytesIO(page.screenshot(full_page=True))).convert("RGB")
    return drawn.crop((0, 0, drawn.width, min(drawn.height, TALLEST)))


def _beside(pictures: list[Image.Image]) -> Image.Image:
    size = sum(each.width + GAP for each in pictures) - GAP, max(each.height for each in pictures)
    sheet = Image.new("RGB", size, "#808080")
    at = 0
    for each in pictures:
        sheet.paste(each, (at, 0))
        at += each.width + GAP
    return sheet


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("servers", nargs="+")
    parser.add_argument("--questions", type=Path)
    parser.add_argument("--only")
    given = parser.parse_args()
    asked = json.loads(given.questions.read_text(encoding="utf-8")) if given.questions else {}
    main(given.folder, given.servers, SAMPLE | asked, given.only)
