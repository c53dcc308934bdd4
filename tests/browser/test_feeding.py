"""The page "Feeds" in a browser, with scripts and without."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from qa.settings import FeedSettings, Settings, WebSettings
from tests.browser.conftest import OpenPage, check_accessible
from tests.newsroom import FERRY, Answer, Newsroom, item, newsroom, rss
from tests.serving import serving
from web.app import create_app

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PATIENCE_MS = 120_000


@pytest.fixture
def editable_site(settings: Settings) -> Iterator[str]:
    """An empty archive of the test's own that is open on this machine and may ask it for feeds."""
    parts = {
        "web": WebSettings(edit=True),
        "feeds": FeedSettings(host_delay_s=0),
        "ingestion": settings.ingestion.model_copy(update={"private_addresses": True}),
    }
    with serving(create_app(settings.model_copy(update=parts))) as address:
        yield address


@pytest.fixture
def room() -> Iterator[Newsroom]:
    with newsroom(feed=Answer(rss(item("/ferry", "Ferry closed", *FERRY), item("/gone", "Gone", teaser="…")))) as here:
        yield here


@pytest.mark.parametrize("javascript", [True, False], ids=["scripts", "no scripts, narrow and dark"])
def test_a_feed_is_added_and_what_came_appears_by_itself(
    editable_site: str, open_page: OpenPage, room: Newsroom, javascript: bool
) -> None:
    width = 1280 if javascript else 390
    page = open_page(editable_site, javascript=javascript, width=width, dark=not javascript)
    page.get_by_role("link", name="Feeds", exact=True).click()
    expect(page.locator(".feeds")).to_contain_text("No feeds yet")
    page.get_by_label("Addresses").fill(f"{room.address}/feed")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.locator(".newest a")).to_have_text("Ferry closed", timeout=PATIENCE_MS)
    expect(page.locator(".feed h2")).to_have_text("The Marrow Gazette")
    expect(page.locator(".feed")).to_contain_text("1 new, 1 failed")
    page.locator(".feed summary").click()
    expect(page.locator(".feed .failures li")).to_contain_text("404")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    if javascript:
        check_accessible(page)
    page.locator(".newest a").click()
    expect(page.locator("h1")).to_have_text("Ferry closed", timeout=PATIENCE_MS)
    page.goto(f"{editable_site}/feeds")
    page.get_by_role("button", name="Remove").click()
    expect(page.locator(".feeds")).to_contain_text("No feeds yet", timeout=PATIENCE_MS)
