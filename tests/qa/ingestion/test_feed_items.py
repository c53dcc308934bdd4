"""Which items bring their whole text, and which are read from their page."""

from __future__ import annotations

import pytest

from qa.ingestion.feed_items import completed, draft_of_item
from qa.ingestion.feeds import Feed, Item
from qa.protocols import Draft
from tests.newsroom import FERRY

HOME = "https://gazette.example/feed.xml"
HERE = "https://gazette.example/ferry"
TEXT = "".join(f"<p>{paragraph}</p>" for paragraph in FERRY)
FOOT = f'<p>The post <a href="{HERE}">Ferry</a> appeared first on <a href="https://gazette.example">Gazette</a>.</p>'


def _draft(content: str = "", summary: str = "", address: str | None = HERE, home: str = HOME) -> Draft | None:
    item = Item("k" * 32, "d" * 32, address, "Ferry closed", content=content, summary=summary)
    return draft_of_item(item, Feed("RSS", "The Gazette", (item,)), home)


def test_a_whole_text_is_taken_as_it_is() -> None:
    draft = _draft(f"<figure><img src='x'><figcaption>A ferry</figcaption></figure>{TEXT}")
    assert draft is not None
    assert draft.body == "\n\n".join(FERRY)
    assert (draft.location, draft.title, draft.origin) == (HERE, "Ferry closed", "gazette.example")


def test_a_last_line_that_leads_back_to_the_page_is_no_part_of_the_text() -> None:
    draft = _draft(TEXT + FOOT)
    assert draft is not None
    assert draft.body == "\n\n".join(FERRY)


@pytest.mark.parametrize(
    "content",
    [
        "<p>The ferry stays closed.</p>",
        f"<p>{FERRY[0] * 3}</p>",
        f"<p>{FERRY[0] * 3}</p><p>Photo: Ida Roth.</p>",
        f"<p><img src='x'>{FERRY[0] * 9} [<a href='{HERE}'>mehr</a>]</p>",
        TEXT.replace("according to its clerk.</p>", "according to […]</p>"),
        TEXT.replace("according to its clerk.</p>", "according to its&hellip;</p>"),
        TEXT.replace("according to its clerk.</p>", "according to</p>"),
        f'{TEXT}<p><a href="{HERE}?utm_source=rss">Weiterlesen</a></p>',
        f'{TEXT}<a href="{HERE}">→</a>{FOOT}',
        "",
    ],
)
def test_a_teaser_is_not_the_text(content: str) -> None:
    assert _draft(content) is None


def test_a_description_counts_if_it_is_as_long_as_an_article() -> None:
    assert _draft(summary=TEXT) is None
    assert _draft(summary=TEXT * 4) is not None
    assert _draft(content=f"<p>{FERRY[0] * 3}</p>") is None
    assert _draft(content=f"<p>{FERRY[0] * 15}</p>") is not None


def test_a_text_without_markup_is_taken_line_by_line() -> None:
    draft = _draft("\n\n".join(FERRY))
    assert draft is not None
    assert draft.body.split("\n\n") == list(FERRY)


def test_a_host_does_not_speak_for_another() -> None:
    assert _draft(TEXT, address="https://courier.example/ferry") is None
    assert _draft(TEXT, home="https://feeds.gazette.example/rss") is not None


def test_an_item_without_an_address_is_found_at_its_feed() -> None:
    draft = _draft("<p>The ferry stays closed.</p>", address=None)
    assert draft is not None
    assert draft.location == f"{HOME}#{'k' * 32}"


def test_an_article_is_called_by_its_page_else_by_its_feed_else_by_its_host() -> None:
    item = Item("k" * 32, "d" * 32, HERE, "Ferry closed")
    named, bare = (Draft(HERE, "It rained.", outlet=outlet) for outlet in ("The Gazette of Marrow", "gazette.example"))
    assert completed(named, item, "The Gazette").outlet == "The Gazette of Marrow"
    assert completed(bare, item, "Top stories | The Gazette").outlet == "The Gazette"
    assert completed(bare, item, "The Courier").outlet == "gazette.example"


def test_an_item_of_which_the_parser_leaves_a_part_is_read_from_its_page() -> None:
    assert _draft(TEXT) is not None
    assert _draft(f"{TEXT}{'<span>' * 300}<p>{FERRY[0]}</p>{'</span>' * 300}") is None
