"""A list of 88 statements: a few screens, with all of it in reach."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

from qa.people.identities import Profile, RoleHeld
from qa.records import SpeakerRecord
from qa.settings import load_settings
from qa.types import (
    EVERYTHING,
    Answer,
    AnswerKind,
    Article,
    Citation,
    Outcome,
    Question,
    QuestionKind,
    Resolution,
    Scope,
    Span,
    Speaker,
    Statement,
    StatementForm,
)
from tests.browser.conftest import OpenPage, check_looks
from tests.browser.measuring import WINDOWS
from tests.serving import serving
from tests.web.archive import FakeArchive, cite, make_article
from web.app import create_app

pytestmark = [pytest.mark.browser, pytest.mark.slow]

STATEMENTS = 88
QUESTION = "What did Ilse Varnholt say?"
SAID = "that pier {pier} would cost the town “{millions} million more than anybody has promised”"
EACH = (
    "Mayor Ilse Varnholt said on Tuesday {said} and that no work on it would begin before the ice on the river is gone."
)


def statements() -> Iterator[Citation]:
    """Three in each article, the newest article first."""
    for number in range(STATEMENTS):
        if number % 3 == 0:
            piers = range(number, min(number + 3, STATEMENTS))
            text = "\n".join(EACH.format(said=SAID.format(pier=pier, millions=pier + 2)) for pier in piers)
            day = date(2026, 3, 30) - timedelta(days=number)
            article = make_article(text, f"Council puts off the harbour for the {number + 1}. time", published=day)
        yield _statement(article, SAID.format(pier=number, millions=number + 2), number + 1)


def _statement(article: Article, words: str, number: int) -> Citation:
    at = article.text.index(words)
    sentence = article.text.rindex("Mayor", 0, at)
    cue = article.text.index("said", sentence)
    speaker = Speaker("Mayor Ilse Varnholt", "Ilse Varnholt", "Mayor", Resolution.NAMED)
    content = (Span(at, at + len(words)),)
    source, said = (Span(sentence, sentence + len(speaker.mention)),), (Span(cue, cue + 4),)
    return cite(
        article, words, number, statement=Statement(article.id, speaker, source, said, content, StatementForm.MIXED)
    )


CITATIONS = tuple(statements())
DAYS = (CITATIONS[-1].article.published, CITATIONS[0].article.published)
ROLES = (
    RoleHeld("Mayor", 60, *DAYS),
    RoleHeld("Mayor of Tamble", 28, *DAYS),
    RoleHeld("harbour commissioner", 0, *DAYS),
)
PROFILE = Profile("ilse-varnholt", "Ilse Varnholt", ("Ilse Varnholt", "Varnholt"), ROLES, STATEMENTS, *DAYS)


class Talkative(FakeArchive):
    """An archive in which the mayor says much."""

    def speaker(self, slug: str, *, limit: int | None = None) -> SpeakerRecord:
        return SpeakerRecord(PROFILE, CITATIONS[:limit], (("the pier", 80), ("the harbour", 40), ("the ice", 30)))

    def ask(self, text: str, scope: Scope = EVERYTHING, *, earlier: Sequence[str] = ()) -> Outcome:
        question = Question(text, scope=scope, kind=QuestionKind.STATEMENTS, speaker="Varnholt")
        return Answer(question, AnswerKind.STATEMENTS, CITATIONS, 0.9)


@pytest.fixture(scope="module")
def talkative_site() -> Iterator[str]:
    with serving(
        create_app(load_settings(), Talkative(tuple({one.article.id: one.article for one in CITATIONS}.values())))
    ) as address:
        yield address


def test_the_page_of_who_says_much_is_under_three_screens(talkative_site: str, open_page: OpenPage) -> None:
    page = open_page(f"{talkative_site}/speakers/ilse-varnholt")
    for width, height in WINDOWS:
        page.set_viewport_size({"width": width, "height": height})
        assert page.evaluate("document.documentElement.scrollHeight") < 3 * height, width
    check_looks(page)
    expect(page.get_by_text("80 more", exact=True)).to_be_visible()
    expect(page.locator(".roles").last).not_to_contain_text(re.compile(r"\b0 statements"))


@pytest.mark.parametrize("javascript", [True, False], ids=["scripts", "no scripts"])
def test_a_long_list_is_under_three_screens_and_all_of_it_in_reach(
    talkative_site: str, open_page: OpenPage, javascript: bool
) -> None:
    page = open_page(f"{talkative_site}/?q={QUESTION}", javascript=javascript)
    for width, height in WINDOWS:
        page.set_viewport_size({"width": width, "height": height})
        assert page.evaluate("document.documentElement.scrollHeight") < 3 * height, width
    expect(page.locator(".summing .verdict")).to_have_text(f"{STATEMENTS} statements by Ilse Varnholt")
    page.get_by_text("78 more", exact=True).click()
    last = page.locator(".rest details.group").last
    last.locator("summary").first.click()
    expect(page.locator(f"#s{STATEMENTS}")).to_contain_text("pier 87")
    page.locator(f"#s{STATEMENTS}").scroll_into_view_if_needed()
    expect(page.locator(f"#s{STATEMENTS} mark")).to_be_in_viewport()
    expect(page.locator(".summing .spread a").first).to_be_in_viewport()
    page.get_by_text("choose days").click()
    expect(page.locator(".summing").get_by_role("button", name="Show these")).to_be_in_viewport()
