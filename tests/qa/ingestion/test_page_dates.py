from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from lxml import html

from qa.ingestion.jsonld import articles_in
from qa.ingestion.page_dates import PageDates, dates_of

TEXT = "<p>" + "The mayor said on Wednesday that the bridge would stay closed until the autumn. " * 3 + "</p>"
DAY = date(2025, 10, 4)
TODAY = date(2026, 6, 1)


def dates(head: str = "", above: str = "", below: str = "", lang: str = "en", address: str = "") -> PageDates:
    body = f"<article><h1>Bridge shut</h1>{above}{TEXT}</article>{below}"
    tree = html.fromstring(f'<html lang="{lang}"><head>{head}</head><body>{body}</body></html>')
    return dates_of(tree, articles_in(tree), address, today=TODAY)


@pytest.mark.parametrize(
    "head",
    [
        '<meta property="article:published_time" content="2025-10-04T09:00:00Z">',
        '<meta name="DC.date.issued" content="2025-10-04">',
        '<meta itemprop="datePublished" content="4 October 2025">',
        '<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2025-10-04T09:00"}</script>',
        '<script type="application/ld+json">{"@graph":[{"@type":["Report"],"datePublished":"2025-10-04"}]}</script>',
    ],
)
def test_a_day_that_the_page_states_for_machines_is_read(head: str) -> None:
    assert dates(head).published == DAY


@pytest.mark.parametrize(
    "above",
    [
        '<time datetime="2025-10-04">yesterday</time>',
        "<p>Published: 4 October 2025, 07:30</p>",
        '<div class="meta">By Odile Brandreth | Oct. 4, 2025</div>',
        '<div class="byline">By ODILE BRANDRETH October 4, 2025, 2:17 PM</div>',
        "<span>Veröffentlicht am 4. Oktober 2025</span>",
    ],
)
def test_a_day_that_is_printed_under_the_headline_is_read(above: str) -> None:
    assert dates(above=above).published == DAY


@pytest.mark.parametrize(
    ("below", "address"),
    [
        ("<footer>© 2019 The Courier</footer>", ""),
        ('<div id="today">Wednesday 19 February 2020</div>', ""),
        ('<aside class="related"><time datetime="2024-01-02">2 January 2024</time> Another bridge</aside>', ""),
        ("", "https://courier.example/2021/04/bridge-shut"),
        ("", "https://courier.example/journal/2021/04/92713"),
    ],
)
def test_what_is_not_the_articles_day_is_not_taken_for_it(below: str, address: str) -> None:
    assert dates(below=below, address=address) == PageDates()


def test_a_whole_day_in_the_address_counts_where_the_page_states_none() -> None:
    assert dates(address="https://courier.example/2025/10/04/bridge").published == DAY
    assert dates(address="https://courier.example/2025/02/30/bridge").published is None


@pytest.mark.parametrize(
    ("lang", "day"), [("en-US", DAY), ("en-GB", date(2025, 4, 10)), ("fr", date(2025, 4, 10)), ("en", None)]
)
def test_a_day_in_numbers_is_read_as_the_pages_country_writes_it_or_not_at_all(lang: str, day: date | None) -> None:
    assert dates(above="<p>10/04/2025 05:07 AM EDT</p>", lang=lang).published == day


def test_a_moment_keeps_its_own_time_zone_and_gives_way_to_the_printed_day() -> None:
    stated = '<meta property="article:published_time" content="{}">'
    assert dates(stated.format("2025-10-04T23:30:00-05:00")).published == DAY
    assert dates(stated.format("2025-10-05T04:30:00Z"), above="<p>October 4, 2025</p>").published == DAY
    assert dates(stated.format("2025-10-04T04:30:00Z"), above="<p>October 9, 2025</p>").published == DAY


def test_a_change_is_told_from_the_publication() -> None:
    found = dates(above="<p>Published 4 October 2025 | Updated: 6 October 2025</p>")
    assert found == PageDates(DAY, datetime(2025, 10, 6, tzinfo=UTC))


def test_a_day_to_come_is_a_mistake() -> None:
    assert dates('<meta name="date" content="2031-01-01">') == PageDates()


@pytest.mark.parametrize(
    ("lang", "line"),
    [
        ("fr", "Publié le 4 octobre 2025 à 08h00, mis à jour le 6 octobre 2025 à 10h12"),
        ("pl", "04.10.2025 08:15, aktualizacja: 06.10.2025"),
        ("en", "Published October 4, 2025 and updated October 6, 2025"),
    ],
)
def test_a_line_that_says_when_it_was_published_and_changed_says_both(lang: str, line: str) -> None:
    found = dates(above=f"<div>{line}</div>", lang=lang)
    assert (found.published, found.modified and found.modified.date()) == (DAY, date(2025, 10, 6))


@pytest.mark.parametrize(
    ("lang", "above"),
    [
        ("pt-BR", '<time datetime="2025-10-05T01:10:00.000Z">04/10/2025 22h10</time>'),
        ("en", "<span>Posted: Oct 4, 2025 / 06:15 PM EDT<br>Updated: Oct 6, 2025 / 07:20 PM EDT</span>"),
        ("en", '<time datetime="2025-10-04T01:10:00Z">March 1, 2024</time>'),
    ],
)
def test_a_printed_day_counts_where_it_is_the_moments_own(lang: str, above: str) -> None:
    assert dates(above=above, lang=lang).published == DAY


def test_a_day_above_the_headline_counts_within_the_article_alone() -> None:
    day = '<div class="created">January 27, 2025</div>'
    within = f"<html><body><main>{day}<h1>Glass</h1><p>It heals.</p></main></body></html>"
    beside = f"<html><body>{day}<main><h1>Glass</h1><p>It heals.</p></main></body></html>"
    days = [
        dates_of(html.fromstring(page), [], "https://a.example/", today=TODAY).published for page in (within, beside)
    ]
    assert days == [date(2025, 1, 27), None]


@pytest.mark.parametrize(
    ("address", "day"),
    [
        ("https://a.example/2025/10/4-things-to-know/", None),
        ("https://a.example/2025/10/4/", DAY),
        ("https://a.example/2025/10/04?page=2", DAY),
        ("https://a.example/2025-10-04-bridge-shut", DAY),
    ],
)
def test_a_number_that_begins_a_headline_in_the_address_is_no_day(address: str, day: date | None) -> None:
    assert dates(address=address).published == day


def test_a_long_paragraph_of_short_lines_belongs_to_the_head() -> None:
    line = (
        "<p>Par Odile Brandreth, correspondante (avec l'agence de la côte et du port)<br>"
        "Publié le 04/10/2025 à 09h30, mis à jour le 05/10/2025 à 07h05 - Lecture : 2 min</p>"
    )
    assert dates(above=line, lang="fr").published == DAY
