"""The article beside the answer: shown, kept and let go by pointer and keys, and absent where there is no room."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage, check_accessible

pytestmark = [pytest.mark.browser, pytest.mark.slow]

MERZ = "/?q=What+did+Merz+say%3F"


def card(number: int) -> str:
    return f"section.turn .card >> nth={number - 1}"


def marked(page: Page, number: int) -> str:
    return page.locator(card(number)).locator("mark").first.inner_text()


def test_the_article_scrolls_to_the_statement_under_the_pointer_and_a_click_keeps_it(
    sample_site: str, open_page: OpenPage
) -> None:
    page = open_page(sample_site + MERZ, width=1440)
    mark = page.locator("#beside mark").first
    expect(mark).to_have_text(marked(page, 1))
    page.locator(card(3)).hover()
    expect(mark).to_have_text(marked(page, 3))
    expect(mark).to_be_in_viewport()
    keep = page.get_by_role("button", name="Keep it here")
    page.locator(card(3)).locator("blockquote").click()
    expect(keep).to_have_attribute("aria-pressed", "true")
    page.locator(card(1)).hover()
    page.wait_for_timeout(400)
    expect(mark).to_have_text(marked(page, 3))
    page.locator(card(3)).locator("blockquote").click()
    expect(keep).to_have_attribute("aria-pressed", "false")
    page.locator(card(1)).hover()
    expect(mark).to_have_text(marked(page, 1))
    assert page.url.endswith(MERZ)


def test_a_short_answer_and_its_article_fit_the_window_from_the_headline_on(
    sample_site: str, open_page: OpenPage
) -> None:
    page = open_page(f"{sample_site}/?q=How+much+does+the+ferry+cost%3F", width=1440)
    expect(page.locator("#beside mark").first).to_be_in_viewport()
    expect(page.locator("#beside h2")).to_be_in_viewport(ratio=1)
    page.goto(f"{sample_site}/?q=Who+is+the+Kremlin+spokesman%3F")
    expect(page.locator("#beside mark").first).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollHeight <= innerHeight")


def test_keys_lead_from_the_question_to_the_marked_words_and_back(sample_site: str, open_page: OpenPage) -> None:
    page = open_page(sample_site, width=1440)
    page.keyboard.type("What did Merz say?")
    page.keyboard.press("Enter")
    expect(page.locator("section.turn h2")).to_be_focused()
    link = page.locator("section.turn .in-place").first
    for _ in range(8):
        page.keyboard.press("Tab")
        if link.evaluate("each => each === document.activeElement"):
            break
    expect(link).to_be_focused()
    page.keyboard.press("Enter")
    mark = page.locator("#beside mark").first
    expect(mark).to_be_focused()
    expect(mark).to_have_text(marked(page, 1))
    page.keyboard.press("Escape")
    expect(link).to_be_focused()
    expect(page.get_by_role("button", name="Keep it here")).to_have_attribute("aria-pressed", "false")


def test_nothing_moves_when_the_article_comes(sample_site: str, open_page: OpenPage) -> None:
    page = open_page(f"{sample_site}/articles", width=1440)
    page.goto(sample_site + MERZ, wait_until="commit")
    first = page.locator("section.turn h2")
    before = first.bounding_box()
    expect(page.locator("#beside mark").first).to_be_visible()
    assert first.bounding_box() == before
    page.locator(card(3)).hover()
    page.wait_for_timeout(300)
    assert first.bounding_box() == before
    assert page.evaluate("document.documentElement.scrollWidth") <= 1440
    footer, panel = page.locator("footer").bounding_box(), page.locator("#beside").bounding_box()
    assert footer
    assert panel
    assert footer["y"] >= panel["y"] + panel["height"]
    check_accessible(page)


@pytest.mark.parametrize(("width", "javascript"), [(1024, True), (1440, False)], ids=["narrow", "no scripts"])
def test_without_room_or_scripts_a_citation_is_a_link(
    sample_site: str, open_page: OpenPage, width: int, javascript: bool
) -> None:
    page = open_page(sample_site + MERZ, width=width, javascript=javascript)
    expect(page.locator("#beside")).to_be_hidden()
    page.locator("section.turn .in-place").first.click()
    expect(page).to_have_url(re.compile(r"/articles/"))


def test_the_article_stands_beside_two_people_too_where_there_is_room(sample_site: str, open_page: OpenPage) -> None:
    address = f"{sample_site}/compare?a=Merz&b=Zelensky"
    page = open_page(address, width=1440)
    mark = page.locator("#beside mark").first
    expect(mark).to_have_text(page.locator(".side .card >> nth=0").locator("mark").first.inner_text())
    second = page.locator(".side >> nth=1").locator(".card").first
    second.hover()
    expect(mark).to_have_text(second.locator("mark").first.inner_text())
    assert page.evaluate("document.documentElement.scrollWidth") <= 1440
    check_accessible(page)
    expect(open_page(address, width=1200).locator("#beside")).to_be_hidden()


def test_the_page_is_no_taller_than_what_is_on_it(sample_site: str, open_page: OpenPage) -> None:
    page = open_page(f"{sample_site}/?q=What+did+Macron+say%3F", width=1440)
    expect(page.locator("#beside mark").first).to_be_visible()
    footer = page.locator("footer").bounding_box()
    assert footer
    assert page.evaluate("document.documentElement.scrollHeight") <= footer["y"] + footer["height"] + 1
