from __future__ import annotations

import pytest
from lxml import html

from qa.ingestion.titles import site_of, title_of, without_site


@pytest.mark.parametrize(
    ("title", "headline"),
    [
        ("Lamp goes out - Merrow Mail", "Lamp goes out"),
        ("Merrow Mail | Lamp goes out", "Lamp goes out"),
        ("The Merrow Mail: Lamp goes out", "Lamp goes out"),
        ("Merrow Mail : Coast : Lamp goes out", "Coast : Lamp goes out"),
        ("Lamp goes out - at last", "Lamp goes out - at last"),
        ("Lamp: out", "Lamp: out"),
    ],
)
def test_the_sites_name_goes_from_either_end(title: str, headline: str) -> None:
    assert without_site(title, ["Merrow Mail"]) == headline


def test_a_logo_is_no_headline_and_names_the_outlet() -> None:
    page = html.fromstring(
        "<html><head><title>Merrow Mail | Lamp goes out</title></head><body><h1><a href='/'>Merrow Mail</a></h1>"
        "<h2 class='headline'>Lamp goes out</h2></body></html>"
    )
    assert title_of(page, [], "Merrow Mail", "Merrow Mail") == "Lamp goes out"
    assert site_of(page, None) == "Merrow Mail"


def test_a_publisher_is_found_by_reference() -> None:
    page = html.fromstring(
        '<html><head><script type="application/ld+json">{"@graph":[{"@type":"NewsArticle","publisher":{"@id":"#o"}},'
        '{"@type":"Organization","@id":"#o","name":"Merrow Mail"}]}</script></head><body></body></html>'
    )
    assert site_of(page, "Something else") == "Merrow Mail"
