from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Dialog

from tests.browser.conftest import OpenPage
from tests.web.archive import berlin, ferry_before, hostile

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser")]

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
}


@pytest.mark.parametrize(("width", "dark"), [(1280, False), (390, True)], ids=["wide and light", "narrow and dark"])
@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES.keys())
def test_a_page_is_accessible_and_never_wider_than_the_window(
    awkward_site: str, open_page: OpenPage, path: str, width: int, dark: bool
) -> None:
    page = open_page(awkward_site + path, width=width, dark=dark, expected=("404 (Not Found)",))
    for details in page.locator("details").all():
        details.evaluate("each => { each.open = true; }")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()


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
