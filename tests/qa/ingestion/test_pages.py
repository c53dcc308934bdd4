from __future__ import annotations

import json
import time
from datetime import UTC, date, datetime
from itertools import islice, product
from pathlib import Path

import trafilatura

from qa.ingestion.pages import page_draft
from qa.ingestion.trees import is_cut
from tests.qa.ingestion.reading import paragraphs, read_error, read_one

PAGE = """<!DOCTYPE html><html lang="en-GB"><head><title>Fire damages roof | Courier</title>
<link rel="canonical" href="https://courier.example/fire">
<meta property="og:title" content="Fire damages roof of school">
<meta property="og:site_name" content="The Courier">
<meta name="author" content="Odile Brandreth">
<meta property="article:published_time" content="2026-02-16T07:40:00+00:00">
<meta property="article:modified_time" content="2026-02-17T08:00:00+00:00"></head>
<body><nav><a href="/">Home</a> <a href="/news">News</a></nav><article><h1>Fire damages roof of school</h1>
<p>A fire destroyed part of the roof of Sandle Point primary school early on Monday&nbsp;morning.</p>
<p>“I smelled it before I saw it,” a cleaner, <b>Mercy Aldous</b>, said.<br>
Nobody was hurt, because the building was empty.</p>
<p>Advertisement</p>
<p>Insurers estimate the damage at €480,000, and the roof is to be mended before the summer holidays begin.</p>
</article><aside>Share this article</aside><footer>We use cookies.</footer></body></html>"""


def test_a_page_gives_its_own_address_and_metadata_and_keeps_its_paragraphs(tmp_path: Path) -> None:
    file = tmp_path / "fire.html"
    file.write_text(PAGE, encoding="utf-8")
    article = read_one(file)
    assert article.url == "https://courier.example/fire"
    assert article.title == "Fire damages roof of school"
    assert article.outlet == "The Courier"
    assert article.byline == "Odile Brandreth"
    assert article.published == date(2026, 2, 16)
    assert article.modified == datetime(2026, 2, 17, 8, tzinfo=UTC)
    assert article.language == "en"
    assert paragraphs(article) == [
        "A fire destroyed part of the roof of Sandle Point primary school early on Monday morning.",
        "“I smelled it before I saw it,” a cleaner, Mercy Aldous, said.",
        "Nobody was hurt, because the building was empty.",
        "Insurers estimate the damage at €480,000, and the roof is to be mended before the summer holidays begin.",
    ]


def test_a_page_without_an_address_of_its_own_is_found_where_it_lies(tmp_path: Path) -> None:
    file = tmp_path / "fire.htm"
    file.write_text(PAGE.replace("canonical", "icon"), encoding="utf-8")
    assert read_one(file).url == file.as_uri()


def test_a_page_without_an_article_is_an_error(tmp_path: Path) -> None:
    file = tmp_path / "empty.html"
    for content in (b"", b"<html><body></body></html>", b"\x89PNG\x00\x00"):
        file.write_bytes(content)
        assert read_error(file).reason in ("no text", "this is not text: it holds binary bytes")


def test_a_live_blog_is_all_of_its_entries(tmp_path: Path) -> None:
    entries = [
        f"At {hour} the water stood at {hour * 10} centimetres, said the mayor of Ostrel." for hour in range(8, 20)
    ]
    updates = [
        {"@type": "BlogPosting", "headline": f"Update {n}", "articleBody": each} for n, each in enumerate(entries)
    ]
    stated = json.dumps({"@type": "LiveBlogPosting", "headline": "Flood", "liveBlogUpdate": updates})
    page = PAGE.replace("</head>", f'<script type="application/ld+json">{stated}</script></head>')
    file = tmp_path / "live.html"
    file.write_text(page, encoding="utf-8")
    assert set(entries) <= set(paragraphs(read_one(file)))


def test_a_list_and_a_heading_stay_where_nothing_is_called_the_article(tmp_path: Path) -> None:
    """There the extractor collects paragraphs alone."""
    told = [
        "The council of Quellheim decided on Monday to lay out its green anew. That costs 40,000 crowns.",
        "Three things are planned, said the mayor, Gerlinde Osswald, after a meeting at which many people were loud:",
        "The lime tree gets a new bench, on which eight people can sit.",
        "Cars may cross on market days alone.",
        "What the traders say",
        "The traders are against it. “We sell potatoes, not benches,” said Benno Tamm, who has stood there since 1994.",
    ]
    one, two, *items, heading, last = told
    listed = "".join(f"<li>{each}</li>" for each in items)
    file = tmp_path / "green.html"
    file.write_text(
        "<html><head><title>What becomes of the green</title></head><body><div id=oben><a href=/>Home</a></div><div>"
        f"<div class=stueck><h1>What becomes of the green</h1><p>{one}</p><p>{two}</p><ul>{listed}</ul>"
        f"<h2>{heading}</h2><p>{last}</p></div></div></body></html>",
        encoding="utf-8",
    )
    assert paragraphs(read_one(file)) == told


def test_a_page_that_its_scripts_fill_in_has_the_text_that_it_states(tmp_path: Path) -> None:
    said = ["The lightship stays in dock until the frost is over.", "“Nobody counted the links,” Isolde Brack said."]
    whole = {"@type": "NewsArticle", "headline": "The chain", "articleBody": "\n\n".join(said)}
    updates = [{"@type": "BlogPosting", "articleBody": f"<p>{each}</p>"} for each in said]
    live = {"@type": "LiveBlogPosting", "headline": "The chain", "liveBlogUpdate": updates}
    for number, stated in enumerate((whole, live)):
        file = tmp_path / f"{number}.html"
        script = f'<script type="application/ld+json">{json.dumps(stated)}</script>'
        file.write_text(f"<html><head><title>The chain</title>{script}</head><body><div id='app'></div></body></html>")
        article = read_one(file)
        assert (article.title, paragraphs(article)) == ("The chain", said)


def test_the_time_grows_with_the_names_of_a_byline() -> None:
    def seconds(names: int) -> float:
        letters = islice(product("bcdfghklmnprstvw", repeat=4), names)
        byline = ", ".join(f"{one.upper()}{two}a {three.upper()}{four}el" for one, two, three, four in letters)
        head = f'<title>Trams</title><meta name="author" content="{byline}">'
        body = (
            f"<h1>Trams</h1><p class=byline>By {byline}</p>{'<p>The trams run again since Monday, she said.</p>' * 9}"
        )
        page = f"<html><head>{head}</head><body>{body}</body></html>".encode()
        begun = time.process_time()
        page_draft(page, "page", "https://a.example/trams", 10_000_000)
        return time.process_time() - begun

    seconds(10)  # loads what reading loads
    assert seconds(8_000) < 20 * max(seconds(1_000), 0.02)


def _in_spans(number: int) -> str:
    return PAGE.replace("<p>“I smelled", f"{'<span>' * number}<p>“I smelled")


def test_a_page_is_read_to_its_end_or_refused_with_the_reason(tmp_path: Path) -> None:
    """The parser leaves what lies deeper than 256 elements, and all that follows, without a word."""
    file = tmp_path / "fire.html"
    for number in (200, 245):
        file.write_text(_in_spans(number), encoding="utf-8")
        assert "Insurers estimate" in read_one(file).text
    for number in (260, 8_000):
        file.write_text(_in_spans(number), encoding="utf-8")
        error = read_error(file)
        assert error.reason == "its elements lie in each other too deep; not all of it can be read"
        assert "save it as .txt" in error.remedy


def test_a_page_of_more_links_than_any_article_has_is_refused_before_they_are_read(tmp_path: Path) -> None:
    file = tmp_path / "fire.html"
    links = '<a href="/n">n</a>' * 25_000
    file.write_text(PAGE.replace("</footer>", f"{links}</footer>"), encoding="utf-8")
    assert read_error(file).reason == "the page has 25002 links, more than the limit of 20000"


def test_whether_a_page_was_read_to_its_end_is_told_in_less_time_than_it_took() -> None:
    begun = time.thread_time()
    tree = trafilatura.load_html(f"<html><body>{'<div>' * 245}{'<i>x</i>' * 50_000}{'</div>' * 245}</body></html>")
    parsed = time.thread_time()
    assert not is_cut(tree)
    assert time.thread_time() - parsed < parsed - begun
