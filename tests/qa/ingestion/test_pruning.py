from __future__ import annotations

import time

import pytest
from lxml import html

from qa.ingestion.pruning import pruned

FIRST = "The mayor said on Wednesday that the bridge would stay closed until the autumn, for want of readers."
LAST = "The council meets again next week."
COMMENTS = "".join(f"<li class='entry'><b>gull{n}</b><p>{FIRST.replace('mayor', 'fool')}</p></li>" for n in range(9))


def text_of(body: str) -> str:
    return str(pruned(html.fromstring(f"<html><body><h1>Bridge shut</h1>{body}</body></html>")).text_content())


@pytest.mark.parametrize(
    "clutter",
    [
        f"<div class='opiniones'><h3>Comentarios</h3><ul>{COMMENTS}</ul></div>",
        f"<section><h3>12 Comments</h3><ul>{COMMENTS}</ul></section>",
        f"<section><h4>Kommentare (9)</h4>{COMMENTS}</section>",
        f"<div id='disqus_thread'>{COMMENTS}</div>",
        "<h3>More Must-Reads From The Courier</h3><ul><li><a>A fool and the pier</a></li></ul>",
        "<h3>Lesen Sie auch</h3><p><a>A fool and the pier</a></p>",
    ],
)
def test_readers_comments_and_lists_of_other_articles_go(clutter: str) -> None:
    text = text_of(f"<div><p>{FIRST}</p>{clutter}</div><p>{LAST}</p>")
    assert "fool" not in text
    assert FIRST in text
    assert LAST in text


@pytest.mark.parametrize(
    "body",
    [
        f"<div class='comments'><p>{FIRST}</p></div>",  # nothing was before it
        f"<p>{FIRST}</p><h3>More on the bridge</h3><p>It was built in 1931, and <a>mended</a> once.</p>",
        f"<p>{FIRST}</p><h3>Comments from the council were few</h3><p>{LAST}</p>",
    ],
)
def test_no_sentence_of_the_article_goes(body: str) -> None:
    whole = str(html.fromstring(f"<html><body><h1>Bridge shut</h1>{body}</body></html>").text_content())
    assert text_of(body) == whole


@pytest.mark.parametrize(
    "piece",
    [
        "<h3><a>Read more</a></h3>",
        "<h3><a>Read more</a></h3>and so it goes on, ",  # text behind what goes
        "<div class='comments'>A fool</div>and so it goes on, ",
    ],
)
def test_a_page_costs_in_proportion_to_its_length(piece: str) -> None:
    def seconds(pieces: int) -> float:
        """The best of three: what else the machine does only ever adds."""
        page = f"<html><body><h1>Bridge shut</h1><p>{FIRST}</p>{piece * pieces}</body></html>"
        taken = []
        for _ in range(3):
            tree, begun = html.fromstring(page), time.process_time()
            pruned(tree)
            taken.append(time.process_time() - begun)
        return min(taken)

    few, many = seconds(500), seconds(8_000)
    assert many < 64 * max(few, 0.005)  # 16 in proportion, 256 by the square


def test_text_behind_what_goes_stays_where_it_stood() -> None:
    body = f"<p>{FIRST}</p><div>One <div class='comments'>fool</div>two <div class='comments'>fool</div>three</div>"
    assert text_of(body).endswith("One two three")
