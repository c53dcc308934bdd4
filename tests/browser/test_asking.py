from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from threading import Event

import pytest
from playwright.sync_api import Page, Route, expect

from qa.settings import WebSettings, load_settings
from qa.types import EVERYTHING, Outcome, Scope
from tests.browser.conftest import PATIENCE_MS, OpenPage, check_accessible, check_looks
from tests.serving import serving
from tests.web.archive import FakeArchive
from web.app import create_app

pytestmark = [pytest.mark.browser, pytest.mark.slow]

MERZ = "What did Merz say?"
PESKOV = "Who is the Kremlin spokesman?"
NEITHER = "What did Macron say?"
RING = "getComputedStyle(document.activeElement).outlineStyle"
BOTH_WAYS = pytest.mark.parametrize("javascript", [True, False], ids=["scripts", "no scripts"])


class Slow(FakeArchive):
    """An archive that answers nothing until it is let go."""

    def __init__(self) -> None:
        super().__init__()
        self.let_go = Event()

    def ask(self, text: str, scope: Scope = EVERYTHING, *, earlier: Sequence[str] = ()) -> Outcome:
        self.let_go.wait(PATIENCE_MS / 1000)
        return super().ask(text, scope, earlier=earlier)


def ask(page: Page, question: str) -> None:
    page.get_by_label("Your question").fill(question)
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.locator("section.turn h2")).to_have_text(question)


@BOTH_WAYS
def test_a_citation_lands_on_the_marked_words_and_stays_there(
    sample_site: str, open_page: OpenPage, javascript: bool
) -> None:
    page = open_page(sample_site, javascript=javascript, width=1024)
    ask(page, MERZ)
    cited = page.locator("section.turn mark").first.inner_text()
    page.locator("section.turn .headline a").first.click()
    expect(page).to_have_url(re.compile(r"/articles/[0-9a-f]+\?at=\d+-\d+.*#c1$"))
    for _ in range(2):
        mark = page.locator("mark#c1")
        expect(mark).to_have_text(cited)
        expect(mark).to_be_in_viewport()
        page.reload()
    page.get_by_label("Back to the answer").click()
    expect(page.locator("section.turn #s1")).to_be_in_viewport()


@BOTH_WAYS
def test_earlier_questions_stay_on_the_page_and_in_the_address(
    sample_site: str, open_page: OpenPage, javascript: bool
) -> None:
    page = open_page(sample_site, javascript=javascript)
    for question in (MERZ, PESKOV, NEITHER):
        ask(page, question)
    earlier = page.locator("details.turn summary h3")
    expect(earlier).to_have_text([PESKOV, MERZ])
    address = page.url
    assert address.count("q=") >= 3
    page.reload()
    expect(page.locator("section.turn h2")).to_have_text(NEITHER)
    expect(earlier).to_have_text([PESKOV, MERZ])
    page.locator("details.turn summary").first.click()
    expect(page.locator("details.turn mark").first).to_be_visible()


@BOTH_WAYS
def test_a_question_without_an_answer_is_refused_honestly(
    sample_site: str, open_page: OpenPage, javascript: bool
) -> None:
    page = open_page(sample_site, javascript=javascript)
    ask(page, NEITHER)
    expect(page.locator(".refusal")).to_contain_text("Not in this archive")


@BOTH_WAYS
def test_an_example_of_the_archive_is_answered(sample_site: str, open_page: OpenPage, javascript: bool) -> None:
    page = open_page(sample_site, javascript=javascript)
    for _ in range(PATIENCE_MS // 500):  # they are looked for beside other work
        if page.locator(".examples a").count():
            break
        page.wait_for_timeout(500)
        page.reload()
    page.locator(".examples a").first.click()
    expect(page.locator("section.turn mark").first).to_be_visible()


@BOTH_WAYS
def test_filters_become_chips_and_can_be_taken_away(sample_site: str, open_page: OpenPage, javascript: bool) -> None:
    page = open_page(sample_site, javascript=javascript)
    page.get_by_text("Dates and outlets").click()
    page.get_by_label("From", exact=True).fill("2026-01-01")
    page.get_by_label("Ostrel Valley Gazette").check()
    ask(page, MERZ)
    expect(page.locator(".chips a")).to_have_count(2)
    expect(page.locator(".refusal")).to_be_visible()
    if javascript:
        assert page.url.endswith("?q=What+did+Merz+say%3F&published_after=2026-01-01&outlets=Ostrel+Valley+Gazette")
    page.get_by_role("link", name="Ostrel Valley Gazette").first.click()
    expect(page.locator(".chips a")).to_have_count(1)
    page.locator(".chips a").click()
    expect(page.locator("section.turn .card").first).to_be_visible()
    expect(page.locator(".chips")).to_have_count(0)


@BOTH_WAYS
def test_a_citation_can_be_pasted_or_kept(sample_site: str, open_page: OpenPage, javascript: bool) -> None:
    page = open_page(f"{sample_site}/?q=Who+is+the+Kremlin+spokesman%3F", javascript=javascript)
    card = page.locator("section.turn .card").first
    card.get_by_text("Cite").click()
    forms = ["Quotation", "Markdown", "BibTeX", "CSL-JSON"]
    assert card.locator(".cite li").all_inner_texts() == [*forms, ".bib", ".json", ".ris"]
    with page.expect_download() as kept:
        card.get_by_role("link", name=".ris").click()
    assert kept.value.suggested_filename.endswith(".ris")
    assert kept.value.path().read_bytes().startswith(b"TY  - NEWS\r\n")
    if javascript:
        card.get_by_role("button", name="BibTeX").click()
        expect(page.locator("#announcement")).to_have_text("BibTeX copied")
        copied = page.evaluate("navigator.clipboard.readText()")
    else:
        card.get_by_role("link", name="BibTeX").click()
        copied = page.locator("body").inner_text()
    assert copied.startswith("@article{")
    assert "Peskov" in copied


def test_a_copied_citation_names_who_is_he(sample_site: str, open_page: OpenPage) -> None:
    page = open_page(f"{sample_site}/?q=What+did+Tomas+Reck+say%3F")
    card = page.locator("section.turn .card", has_text="He told the harbour master")
    card.get_by_text("Cite").click()
    card.get_by_role("button", name="Quotation").click()
    expect(page.locator("#announcement")).to_have_text("Quotation copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("Tomas Reck (“He”), partly quoted: that the committee had been shown “a wish list")
    assert "— as reported by Piet Marlowe-Ash" in copied


def test_scripts_answer_without_a_new_page_and_tell_the_screen_reader(sample_site: str, open_page: OpenPage) -> None:
    page = open_page(sample_site)
    page.evaluate("window.stillHere = true")
    ask(page, MERZ)
    expect(page.locator("section.turn h2")).to_be_focused()
    expect(page.locator("#announcement")).to_contain_text("Friedrich Merz")
    expect(page).to_have_title(f"{MERZ} – On Record")
    ask(page, PESKOV)
    assert page.evaluate("window.stillHere") is True
    expect(page.locator("h1")).to_have_count(1)


def test_what_scripts_draw_is_what_the_server_draws(sample_site: str, open_page: OpenPage) -> None:
    page = open_page(sample_site)
    for question in (MERZ, PESKOV):
        ask(page, question)
    beside = page.locator("#beside mark").first  # the article comes after the answer
    expect(beside).to_have_text(page.locator("section.turn mark").first.inner_text())
    drawn = page.locator("main").aria_snapshot()
    page.reload()
    expect(beside).to_have_text(page.locator("section.turn mark").first.inner_text())
    assert page.locator("main").aria_snapshot().replace(" [active]", "") == drawn.replace(" [active]", "")


def test_the_back_button_goes_to_the_question_before(sample_site: str, open_page: OpenPage) -> None:
    page = open_page(sample_site)
    ask(page, MERZ)
    ask(page, PESKOV)
    page.go_back()
    expect(page.locator("section.turn h2")).to_have_text(MERZ)
    expect(page.locator("details.turn")).to_have_count(0)


def test_the_keyboard_alone_is_enough(sample_site: str, open_page: OpenPage) -> None:
    page = open_page(sample_site, width=1024)
    expect(page.get_by_label("Your question")).to_be_focused()
    page.keyboard.type(PESKOV)
    page.keyboard.press("Enter")
    expect(page.locator("section.turn h2")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("section.turn .headline a").first).to_be_focused()
    assert page.evaluate(RING) == "solid"
    page.keyboard.press("Enter")
    expect(page.locator("mark#c1")).to_be_in_viewport()
    page.keyboard.press("Tab")
    expect(page.locator("mark#c1 ~ .hops .hop-back")).to_be_focused()
    assert page.evaluate(RING) == "solid"
    page.keyboard.press("Enter")
    expect(page.locator("section.turn h2")).to_have_text(PESKOV)
    expect(page.locator("#s1 mark")).to_be_in_viewport()
    page.locator("h1").first.evaluate("() => document.activeElement.blur()")
    page.keyboard.press("/")
    page.keyboard.type("a/b")
    expect(page.get_by_label("Your question")).to_have_value("a/b")


def test_the_first_tab_skips_to_the_content(sample_site: str, open_page: OpenPage) -> None:
    page = open_page(f"{sample_site}/articles")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


@BOTH_WAYS
def test_a_quotation_is_checked(sample_site: str, open_page: OpenPage, javascript: bool) -> None:
    page = open_page(f"{sample_site}/verify", javascript=javascript)
    page.get_by_label("The quotation").fill("Show me the cash and I will show you the boat")
    page.get_by_role("button", name="Check", exact=True).click()
    expect(page.locator("#verdict")).to_have_text("Altered")
    expect(page.locator("td").first).to_have_text("cash")
    expect(page.locator("td").last).to_have_text("money")


@BOTH_WAYS
def test_a_whole_draft_is_checked(sample_site: str, open_page: OpenPage, javascript: bool) -> None:
    draft = (Path(__file__).parents[1] / "drafted.txt").read_text(encoding="utf-8")
    page = open_page(f"{sample_site}/verify", javascript=javascript, width=390 if javascript else 1280)
    page.get_by_text("Check a whole draft").click()
    page.get_by_label("The draft").fill(draft)
    page.get_by_role("button", name="Check the draft").click()
    expect(page.locator("#verdict")).to_have_text("6 quotations")
    expect(page.locator(".check > h3")).to_have_text(
        [
            "1. Word for word",
            "2. Altered",
            "3. Stitched together",
            "4. Said by another",
            "5. Not found",
            "6. Word for word",
        ]
    )
    expect(page.locator("#q2 del")).to_have_text("1952")
    page.locator(".draft .quoted").nth(3).click()
    expect(page.locator("#q4")).to_be_in_viewport()
    if javascript:
        check_looks(page)


@BOTH_WAYS
def test_a_question_that_is_too_long_is_kept(awkward_site: str, open_page: OpenPage, javascript: bool) -> None:
    page = open_page(f"{awkward_site}/?q={PESKOV}", javascript=javascript, expected=("422",))
    address, question = page.url, page.get_by_label("Your question")
    question.fill("x" * 501)
    page.get_by_role("button", name="Ask", exact=True).click()
    told = page.get_by_text("The question has 501 characters; at most 500 are read. Your question is kept.")
    expect(told).to_be_visible()
    expect(question).to_have_value("x" * 501)
    if javascript:
        expect(page.locator("section.turn h2")).to_have_text(PESKOV)
        assert page.url == address
    question.fill(MERZ)
    page.get_by_role("button", name="Try again").click()
    expect(page.locator("section.turn h2")).to_have_text(MERZ)
    expect(page.locator("details.turn h3")).to_have_text(PESKOV)
    expect(page.locator(".failed, .pending")).to_have_count(0)


@BOTH_WAYS
def test_a_question_that_takes_too_long_is_kept(open_page: OpenPage, javascript: bool) -> None:
    archive = Slow()
    settings = load_settings().model_copy(update={"web": WebSettings(answer_timeout_s=2)})
    with serving(create_app(settings, archive)) as site:
        page = open_page(site, javascript=javascript, expected=("504",))
        question = page.get_by_label("Your question")
        question.fill(MERZ)
        page.get_by_role("button", name="Ask", exact=True).click()
        expect(page.get_by_text("The answer took too long", exact=True)).to_be_visible()
        expect(question).to_have_value(MERZ)
        archive.let_go.set()
        page.get_by_role("button", name="Try again").click()
        expect(page.locator("section.turn h2")).to_have_text(MERZ)
        expect(page.locator("section.turn .card").first).to_be_visible()


@BOTH_WAYS
def test_the_list_of_articles_is_searched(sample_site: str, open_page: OpenPage, javascript: bool) -> None:
    page = open_page(f"{sample_site}/articles", javascript=javascript)
    page.get_by_label("Words in the article").fill("ferry")
    page.get_by_role("button", name="Search").click()
    expect(page.locator(".count")).to_contain_text("Show all")
    page.locator(".list a").first.click()
    expect(page.locator(".story h1")).to_be_visible()


@BOTH_WAYS
def test_days_that_a_question_was_read_as_can_be_changed_and_dropped(
    sample_site: str, open_page: OpenPage, javascript: bool
) -> None:
    page = open_page(sample_site, javascript=javascript)
    ask(page, "What did Merz say in December 2025?")
    chip = page.locator("section.turn .chip")
    expect(chip.locator("summary")).to_contain_text("1 to 31 December 2025")
    chip.locator("summary").click()
    expect(chip.get_by_label("From")).to_have_value("2025-12-01")
    chip.get_by_label("From").fill("2026-01-01")
    chip.get_by_label("Until").fill("2026-01-31")
    chip.get_by_role("button").click()
    expect(page.locator(".refusal")).to_be_visible()
    expect(page.locator(".chips a")).to_have_count(2)
    page.go_back()
    page.get_by_role("link", name="Any day").click()
    expect(page.locator("section.turn h2")).to_have_text(MERZ)
    expect(page.locator("section.turn .card").first).to_be_visible()


@BOTH_WAYS
def test_an_answer_leads_to_its_speakers_page_and_from_there_to_a_topic(
    sample_site: str, open_page: OpenPage, javascript: bool
) -> None:
    page = open_page(f"{sample_site}/?q=What+did+Ilse+Varnholt+say%3F", javascript=javascript)
    page.locator("section.turn .verdict a").first.click()
    expect(page.locator("h1")).to_have_text("Ilse Varnholt")
    assert page.locator(".said .group > header").count() > 1
    page.get_by_label("What about").fill("the ferry")
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page.locator("#said")).to_have_text("About the ferry")
    expect(page.locator(".card mark").first).to_be_visible()
    page.locator(".chips a").first.click()
    expect(page.locator("#said")).to_have_text("Statements")


def test_statements_of_a_speaker_can_be_downloaded(sample_site: str, open_page: OpenPage) -> None:
    page = open_page(f"{sample_site}/speakers/ilse-varnholt")
    page.get_by_text("Export", exact=True).click()
    with page.expect_download() as started:
        page.get_by_role("link", name="CSV").click()
    assert started.value.suggested_filename == "statements-ilse-varnholt.csv"


def test_a_question_stands_there_at_once_with_the_seconds_and_is_kept_when_they_are_too_many(
    sample_site: str, open_page: OpenPage
) -> None:
    page = open_page(f"{sample_site}/?q={PESKOV}")
    page.evaluate("AbortSignal.timeout = (wait => () => wait.call(AbortSignal, 2500))(AbortSignal.timeout)")
    held: list[Route] = []

    def hold(route: Route) -> None:  # no answer comes
        held.append(route)

    page.route("**/turn?*", hold)
    page.get_by_label("Your question").fill(MERZ)
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.locator(".pending h2")).to_have_text(MERZ)
    expect(page.locator(".pending .verdict")).to_contain_text("Looking in the archive")
    assert page.locator("section.turn").evaluate("each => Number(getComputedStyle(each).opacity)") < 1
    expect(page.locator(".pending .verdict")).to_contain_text(re.compile(r"\d s$"))
    expect(page.locator(".failed .verdict")).to_have_text("The answer took too long")
    expect(page.locator("#announcement")).to_contain_text("The answer took too long")
    expect(page.get_by_label("Your question")).to_have_value(MERZ)
    held[0].abort()
    page.unroute("**/turn?*")
    page.get_by_role("button", name="Try again").click()
    expect(page.locator("section.turn h2")).to_have_text(MERZ)
    expect(page.locator(".failed, .pending")).to_have_count(0)


def test_without_a_network_the_page_and_the_question_stay(sample_site: str, open_page: OpenPage) -> None:
    page = open_page(f"{sample_site}/?q={PESKOV}", expected=("ERR_INTERNET_DISCONNECTED",))
    page.context.set_offline(True)
    page.get_by_label("Your question").fill(MERZ)
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.locator(".failed .verdict")).to_have_text("The archive cannot be reached")
    expect(page.locator(".failed h2")).to_have_text(MERZ)
    expect(page.locator("section.turn h2")).to_have_text(PESKOV)
    expect(page.get_by_label("Your question")).to_have_value(MERZ)
    check_accessible(page)
    page.context.set_offline(False)
    page.get_by_role("button", name="Try again").click()
    expect(page.locator("section.turn h2")).to_have_text(MERZ)
    expect(page.locator(".failed, .pending")).to_have_count(0)


def test_a_citation_opens_without_moving_what_is_below(sample_site: str, open_page: OpenPage) -> None:
    page = open_page(sample_site)
    ask(page, MERZ)
    second = page.locator("section.turn .card").nth(1)
    before = second.bounding_box()
    page.locator("section.turn .cite > summary").first.click()
    expect(page.locator("section.turn .cite ul").first).to_be_visible()
    assert second.bounding_box() == before
