from __future__ import annotations

import time

import pytest
from lxml import html

from qa.ingestion.asides import without_asides

_LONG = "The council of Merrow voted on Monday to keep the lighthouse lit, and to paint it red and white again. "
_PARAGRAPHS = "".join(f"<p>{_LONG * 2}</p>" for _ in range(4))


def left(inside: str) -> str:
    page = html.fromstring(
        f"<html><body><article><h1>Lit</h1>{_PARAGRAPHS}{inside}<p>{_LONG}</p></article></body></html>"
    )
    return " ".join(str(without_asides(page).text_content()).split())


@pytest.mark.parametrize(
    "aside",
    [
        "<section><p>Mare fabula</p><p>Omnia mane</p><input type='email'></section>",
        "<div><a href='/x'><h4>Alia fabula</h4><p>Mare longum et altum</p></a></div>",
        "<p>Lege etiam: <a href='/x'>Alia fabula</a></p>",
        "<p><a href='/x'>Alia fabula de mari</a></p>",
        "<div><img src='x.jpg'><span>Mare vespere</span></div>",
        "<div class='newsletter-box'><p>Omnia mane</p></div>",
        "<div class='related'><a href='/x'>Alia fabula</a></div>",
        "<button>Mitte</button>",
        "<figure><img src='x.jpg'><figcaption><p>Mare vespere.</p><p>Nemo pinxit</p></figcaption></figure>",
        "<p><img src='x.jpg'><br><em>Mare vespere visum.</em></p>",
        "<div><img src='x.jpg'></div><p class='bildtext'>Mare vespere visum.</p>",
        "<div><img src='x.jpg'></div><p class='foto-bijschrift'>Mare vespere visum.</p>",
    ],
)
def test_what_stands_beside_an_article_goes_in_any_language(aside: str) -> None:
    assert left(aside) == left("")


@pytest.mark.slow
@pytest.mark.parametrize(
    "many", ["<img src='x.jpg'>", "<input type='email'>", "<a href='#x'>x</a>", "<button>x</button>"]
)
def test_a_box_of_thousands_takes_no_time_squared(many: str) -> None:
    began = time.perf_counter()
    left(f"<div>{many * 20_000}<span>Mare</span></div>")
    assert time.perf_counter() - began < 20


@pytest.mark.parametrize(
    "own",
    [
        "<p>She read <a href='/x'>the report</a> in the tram.</p>",
        "<p><a href='/x'>The keeper, whom nobody had asked, resigned on Friday.</a></p>",
        "<div class='related'><p>The lamp and the horn are related, the keeper said.</p></div>",
        f"<div class='subscribers-newsletter'><p>{_LONG * 6}</p></div>",
        "<div><img src='x.jpg'></div><p><em>The lamp is older than the town, and so is its keeper.</em></p>",
        "<figure><blockquote><p>We wait.</p></blockquote><figcaption>The keeper of the lamp</figcaption></figure>",
        "<p>The vote was close: <a href='/x'>nine to eight</a>, with one councillor ill in bed.</p>",
    ],
)
def test_what_is_the_articles_own_stays(own: str) -> None:
    assert " ".join(str(html.fromstring(own).text_content()).split()) in left(own)
