from __future__ import annotations

import pytest
from lxml import html

from qa.ingestion.bylines import byline_of, named
from qa.ingestion.jsonld import articles_in

TEXT = "<p>" + "The mayor said on Wednesday that the bridge would stay closed until the autumn. " * 3 + "</p>"


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Odile Brandreth", ["Odile Brandreth"]),
        ("Door onze redacteur Wietske Haverkamp", ["Wietske Haverkamp"]),
        ("Von unserem Korrespondenten Jörg Kranz", ["Jörg Kranz"]),
        ("Por Jussara Quintanilha, Gazeta — Campos Claros", ["Jussara Quintanilha"]),
        ("문서린 기자; 수정; 2024-05-30", ["문서린"]),
        ("三枝結衣", ["三枝結衣"]),
        ("白鷺新聞", []),
        ("By ODILE BRANDRETH and Piet van Hoorn December 16, 2025, 2:17 PM", ["ODILE BRANDRETH", "Piet van Hoorn"]),
        ("Odile Brandreth | Courier | Updated: Oct 9, 2025", ["Odile Brandreth"]),
        ("By Odile Brandreth | obrandreth@courier.example", ["Odile Brandreth"]),
        ("Story by Odile Brandreth, Courier Staff Writer", ["Odile Brandreth"]),
        ("Von Jörg Müller-Kranz und Ana Luz", ["Jörg Müller-Kranz", "Ana Luz"]),
        ("Abby Byrne", ["Abby Byrne"]),
        ("Text: Ana Luz | Fotos: Piet van Hoorn", ["Ana Luz"]),
        ("By Jan Wierzba and April Dunmore May 2, 2025", ["Jan Wierzba", "April Dunmore"]),
        ("May Castell Dec. 16 2025", ["May Castell"]),
        ("By Ana Luz, The Lamp", ["Ana Luz"]),
        ("Reading time: 4 min", []),
        ("Tarnmouth Broadcasting Corporation", []),
        ("gull77", []),
        ("admin", []),
    ],
)
def test_a_byline_is_the_names_of_persons(line: str, names: list[str]) -> None:
    assert named(line, "The Courier") == names


@pytest.mark.parametrize(
    ("head", "above", "byline"),
    [
        (
            '<meta name="author" content="Harbour News Agency">',
            '<a rel="author">Odile Brandreth</a>',
            "Odile Brandreth",
        ),
        ('<meta name="author" content="Harbour News Agency">', "", "Harbour News Agency"),
        ('<meta name="author" content="The Courier">', "", None),
        (
            "",
            '<div class="author">Reading time: 4 min</div><div>By Odile Brandreth · Updated May 2</div>',
            "Odile Brandreth",
        ),
        (
            '<script type="application/ld+json">'
            '{"@type":"Article","author":[{"name":"Ana Luz"},{"name":"Bo Ek"}]}</script>',
            "",
            "Ana Luz; Bo Ek",
        ),
        ("", '<aside class="related"><a rel="author">Somebody Else</a></aside>', None),
    ],
)
def test_the_first_place_that_names_persons_is_the_byline(head: str, above: str, byline: str | None) -> None:
    tree = html.fromstring(
        f"<html><head>{head}</head><body><article><h1>Bridge shut</h1>{above}{TEXT}</article></body>"
    )
    assert byline_of(tree, articles_in(tree), "The Courier", None) == byline


@pytest.mark.parametrize("label", ["Autor", "Auteure", "Texto", "Testo", "Автор"])
def test_a_line_whose_label_says_who_wrote_it_is_the_byline(label: str) -> None:
    head = f"<h1>Bridge shut</h1><div>2 May 2025</div><div>{label}: Ana Luz</div>"
    tree = html.fromstring(f"<html><body><article>{head}{TEXT}</article></body></html>")
    assert byline_of(tree, articles_in(tree), None, None) == "Ana Luz"


def test_a_byline_may_stand_behind_the_text() -> None:
    page = f"<html><body><article><h1>Bridge shut</h1>{TEXT}<p>Text: Karin Ek</p><p>Läs mer</p></article></body></html>"
    tree = html.fromstring(page)
    assert byline_of(tree, articles_in(tree), None, None) == "Karin Ek"


def test_names_in_boxes_that_nothing_parts_do_not_grow_together() -> None:
    head = '<div class="byline">By <a>Odile Brandreth</a> and <a>Dashiell Crane</a><time>April 9, 2024</time></div>'
    tree = html.fromstring(f"<html><body><article><h1>Ferry stops</h1>{head}{TEXT}</article></body></html>")
    assert byline_of(tree, [], None, None) == "Odile Brandreth; Dashiell Crane"


def _byline(head: str, above: str, found: str | None = None) -> str | None:
    tree = html.document_fromstring(
        f"<html><head>{head}</head><body><article><h1>Bridge shut</h1>{above}{TEXT}</article></body></html>"
    )
    return byline_of(tree, articles_in(tree), "The Courier", found)


def test_whoever_a_caption_names_took_the_picture() -> None:
    figure = '<figure><img src="a.jpg"><figcaption>The bridge. <span class=by>By Ana Luz</span></figcaption></figure>'
    assert _byline("", figure, found="Ana Luz") is None
    assert _byline("", f"{figure}<p class=byline>By Odile Brandreth</p>", found="Ana Luz") == "Odile Brandreth"


def test_the_address_of_an_authors_page_says_which_line_of_the_head_is_their_name() -> None:
    head = '<meta property="article:author" content="https://courier.example/columnists/odile-brandreth/">'
    box = "<div class=standing><div>Odile Brandreth</div><div>Harbour Hill</div></div>"
    assert _byline(head, box) == "Odile Brandreth"
    assert _byline("", box) is None


def test_a_byline_may_stand_behind_the_day() -> None:
    assert _byline("", "<div>Le 27 juin 2024 à 18h30 • Écrit par Apolline Ferrand</div>") == "Apolline Ferrand"


@pytest.mark.parametrize("nobody", ["Redacción", "News Desk", "The editors", "Web Team"])
def test_a_word_for_whoever_it_was_is_no_byline(nobody: str) -> None:
    assert _byline(f'<meta name="author" content="{nobody}">', "") is None


def test_an_agency_is_one() -> None:
    assert _byline('<meta name="author" content="Harbour Press Agency">', "") == "Harbour Press Agency"
