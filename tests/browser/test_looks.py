from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Dialog

import web
from tests.browser.conftest import OpenPage, check_looks
from tests.web.archive import berlin, ferry_before, hostile

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SCRIPT = "/?q=%3Cscript%3Ealert('question')%3C/script%3E"
PAGES = {
    "home": "/",
    "statements": "/?q=Who+is+the+Kremlin+spokesman%3F&q=What+did+Merz+say%3F",
    "span": "/?q=Who+is+the+Kremlin+spokesman%3F&outlets=Ostrel+Valley+Gazette&published_after=2025-01-01",
    "refusal": "/?q=What+did+Merz+say%3F&q=What+did+Macron+say%3F",
    "days that were read": "/?q=What+did+Merz+say+in+December%3F",
    "refusal for days": "/?q=What+did+Merz+say+last+week%3F",
    "who said it": "/?q=Who+said+%27a+very+important+step+forward%27%3F",
    "comparison in a conversation": "/?q=Compare+Merz+and+Zelensky+on+the+talks",
    "course": "/speakers/friedrich-merz?about=peace",
    "comparison": "/compare?a=Merz&b=Zelensky&about=the+talks",
    "refused comparison": "/compare?a=Merz&b=Nobody&about=the+talks",
    "nobody compared yet": "/compare",
    "speakers": "/speakers",
    "speaker": "/speakers/friedrich-merz",
    "hostile speaker": "/speakers/sum-a1-b-mallory-b",
    "speaker on a topic": "/speakers/friedrich-merz?about=peace&outlets=Courier",
    "speaker without the topic": "/speakers/friedrich-merz?about=immigration",
    "hostile answer": SCRIPT,
    "article": f"/articles/{berlin.id}?at=0-20&at=30-300",
    "hostile article": f"/articles/{hostile.id}?at=5-400",
    "old version": f"/articles/{ferry_before.id}",
    "list": "/articles",
    "feeds": "/feeds",
    "altered quotation": "/verify?quotation=Show+me+the+cash+and+I+will+show+you+the+boat.",
    "absent quotation": "/verify?quotation=nowhere",
    "api": "/api",
    "problems": "/problems",
    "no page": "/nowhere",
    "question that is too long": f"/?q={'x' * 501}",
}


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES.keys())
def test_a_page_is_accessible_and_never_wider_than_the_window(
    awkward_site: str, open_page: OpenPage, path: str
) -> None:
    page = open_page(awkward_site + path, expected=("404 (Not Found)", "422"))
    for details in page.locator("details").all():
        details.evaluate("each => { each.open = true; }")
    check_looks(page)


@pytest.mark.parametrize("path", [SCRIPT, f"/articles/{hostile.id}", "/articles"])
def test_hostile_text_runs_nothing(awkward_site: str, open_page: OpenPage, path: str) -> None:
    page = open_page(awkward_site + path)
    dialogs: list[str] = []

    def remember(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", remember)
    page.reload()
    assert page.get_by_text("<script>", exact=False).first.is_visible()
    assert page.locator("main script, main img").count() == 0
    assert dialogs == []


def test_arabic_reads_from_right_to_left(awkward_site: str, open_page: OpenPage) -> None:
    page = open_page(f"{awkward_site}/articles/{hostile.id}")
    paragraph = page.locator(".story > p").last
    assert paragraph.evaluate("each => getComputedStyle(each).direction") == "rtl"


def test_print_shows_words_and_sources_alone(awkward_site: str, open_page: OpenPage) -> None:
    page = open_page(awkward_site + PAGES["statements"])
    page.emulate_media(media="print")
    assert page.locator("section.turn blockquote").first.is_visible()
    assert page.locator("section.turn .outlet").first.is_visible()
    assert not page.locator("form.ask").is_visible()
    assert not page.locator("nav").first.is_visible()


def test_the_dark_page_is_dark(awkward_site: str, open_page: OpenPage) -> None:
    colours = [
        open_page(awkward_site, dark=dark).evaluate("getComputedStyle(document.body).backgroundColor")
        for dark in (False, True)
    ]
    assert colours == ["rgb(250, 248, 244)", "rgb(22, 21, 19)"]


@pytest.mark.parametrize("dark", [False, True])
def test_the_serif_is_our_own_and_small(awkward_site: str, open_page: OpenPage, dark: bool) -> None:
    page = open_page(awkward_site, dark=dark)
    loaded = (
        "[...document.fonts].filter(each => each.status === 'loaded').map(each => each.family.replaceAll('\"', ''))"
    )
    assert page.evaluate(f"document.fonts.ready.then(() => {loaded})") == ["On Record Serif"]
    fonts = (Path(web.__file__).parent / "static" / "serif").glob("*.woff2")
    assert sum(each.stat().st_size for each in fonts) <= 60_000


def test_print_says_where_words_are_and_when_it_was_printed(sample_site: str, open_page: OpenPage) -> None:
    page = open_page(sample_site + "/?q=Who+is+the+Kremlin+spokesman%3F")
    page.emulate_media(media="print")
    printed = page.locator(".on-paper")
    assert printed.is_visible()
    assert sample_site in printed.inner_text()
    assert str(datetime.now(tz=UTC).year) in printed.inner_text()
    source = page.locator("section.turn .card .out").first
    assert source.is_visible()
    shown = source.evaluate("each => getComputedStyle(each, '::after').content")
    assert (source.get_attribute("href") or "none")[:20] in shown
    assert ":~:" not in shown, "nobody types the words again"


def test_nothing_on_paper_asks_to_be_opened(sample_site: str, open_page: OpenPage) -> None:
    page = open_page(sample_site + "/?q=What+did+Merz+say%3F")
    page.emulate_media(media="print")
    added = "each => getComputedStyle(each, '::after').content"
    assert page.locator(".how > summary").first.evaluate(added) == "none"
    place = page.locator(".in-place").first  # an article without an address of its own
    address = place.get_attribute("href") or ""
    assert re.fullmatch(r'"</articles/\w+\?at=[\d-]+>"', place.evaluate(added))
    page.goto(sample_site + address)
    assert page.locator("mark:target").evaluate("each => getComputedStyle(each).boxShadow") == "none"
    assert not page.get_by_text("To the marked words").is_visible()


def test_with_the_visitors_own_colours_marks_and_bars_are_still_told_from_the_rest(
    sample_site: str, open_page: OpenPage
) -> None:
    page = open_page(f"{sample_site}/speakers/ilse-varnholt")
    page.emulate_media(forced_colors="active")
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    bar = page.locator(".spread rect:not(.reach)").first
    ink = page.evaluate("getComputedStyle(document.body).color")
    assert bar.evaluate("each => getComputedStyle(each).fill") == ink != paper
    mark = page.locator("main mark").first
    assert mark.evaluate("each => getComputedStyle(each).backgroundColor") != paper


def test_a_headline_stands_on_the_side_where_its_script_begins(awkward_site: str, open_page: OpenPage) -> None:
    page = open_page(f"{awkward_site}/articles/{hostile.id}", width=390)
    for words in ("مرحبا بالعالم", "Hello world"):
        page.locator("h1").evaluate("(each, words) => { each.textContent = words; }", words)
        side = page.locator("h1").evaluate("each => getComputedStyle(each).direction")
        assert side == ("ltr" if words.isascii() else "rtl")
