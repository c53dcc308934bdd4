"""Front pages and archive pages are told from articles, and offer what they link to."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import html

from qa.assistant.sharing.messages import error_of, of_error
from qa.errors import SourceError
from qa.evaluation.pages import PAGES, read_gold
from qa.ingestion.encodings import decode_page
from qa.ingestion.lists import linked_articles
from tests.qa.ingestion.reading import read_error

_TITLES = [
    "Lighthouse of Merrow stays lit",
    "Ferry to the Skerries is late again",
    "Council counts its lamps twice",
    "Why the horn was silent on Sunday",
    "A painter for the red and white",
    "Keeper retires after forty winters",
]
_TEASER = (
    "The council of Merrow voted on Monday to keep the lighthouse lit, and nobody knows who is to pay for the oil."
)
_PROSE = "".join(f"<p>{_TEASER} {number}</p>" for number in range(5))


def cards() -> str:
    each = (
        "<article class='card'><img src='x.jpg'><h2><a href='/{n}'>{t}</a></h2><p>{p}</p><time>3 March</time></article>"
    )
    return "".join(each.format(n=n, t=title, p=_TEASER) for n, title in enumerate(_TITLES))


def links_around() -> str:
    return "".join(f"<a href='/{n}'><h3>{title}</h3><p>{_TEASER}</p></a>" for n, title in enumerate(_TITLES))


def items() -> str:
    return "<ul>" + "".join(f"<li><a href='/{n}'>{title}</a></li>" for n, title in enumerate(_TITLES)) + "</ul>"


def days() -> str:
    rows = (f"<tr><td>3 March</td><td><a href='/{n}'>{title}</a></td></tr>" for n, title in enumerate(_TITLES))
    return f"<h1>Archive, March 2024</h1><table>{''.join(rows)}</table>"


@pytest.mark.parametrize("listed", [cards(), links_around(), items(), days()])
def test_a_list_is_told_with_the_headlines_that_it_links_to(listed: str) -> None:
    page = html.fromstring(
        f"<html><body><nav><a href='/about-us'>All about this newspaper</a></nav>{listed}</body></html>"
    )
    found = linked_articles(page, "https://merrow.example/")
    assert found == tuple((f"https://merrow.example/{n}", title) for n, title in enumerate(_TITLES))


def test_the_sites_own_come_first_and_twenty_at_most() -> None:
    links = [
        f"<li><a href='https://{host}.example/{n}'>Headline number {n}</a></li>" for n in range(15) for host in "ab"
    ]
    found = linked_articles(html.fromstring(f"<html><body>{''.join(links)}</body></html>"), "https://b.example/news")
    assert [url.split("/")[2] for url, _ in found] == ["b.example"] * 15 + ["a.example"] * 5


@pytest.mark.parametrize(
    "page",
    [
        f"<article><h1>Lit</h1>{_PROSE}</article>{cards()}",
        f"<article><h1>Lit</h1>{_PROSE}{items()}</article>",
        f"<div><h1>Lit</h1>{_TEASER * 8}<br><br>{_TEASER}</div>{links_around()}",
        f'<script type=\'application/ld+json\'>{{"@type":"NewsArticle"}}</script><p>{_TEASER}</p>{cards()}',
        f"<p>Lit</p>{items().replace('/5', '/1').replace('/4', '/1')}",
    ],
)
def test_an_article_with_a_list_beside_it_is_none(page: str) -> None:
    assert linked_articles(html.fromstring(f"<html><body>{page}</body></html>"), "https://merrow.example/a") == ()


@pytest.mark.parametrize("name", list(read_gold()))
def test_no_page_of_the_gate_is_taken_for_a_list(name: str) -> None:
    gold = read_gold()[name]
    page = (PAGES / f"{name}.html").read_bytes()
    tree = html.document_fromstring(decode_page(page, name, declared=gold.get("charset")))
    assert linked_articles(tree, gold["address"]) == ()


def test_a_page_in_a_file_says_so_and_the_error_keeps_its_links(tmp_path: Path) -> None:
    page = tmp_path / "front.html"
    page.write_text(f"<html><head><base href='https://merrow.example/'></head><body>{cards()}</body></html>")
    error = read_error(page)
    assert "this is a list of articles" in str(error)
    assert error.links[0] == ("https://merrow.example/0", _TITLES[0])
    again = error_of(of_error(error))
    assert isinstance(again, SourceError)
    assert again.links == error.links
