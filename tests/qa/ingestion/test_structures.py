"""One article in many structures, none of which has any clutter: not a sentence of it may go.

The articles are the page gate's, whose own pages say little of structures that they do not have.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from qa.evaluation.pages import PAGES, judge, read_gold, read_page

Body = Callable[[Sequence[str]], str]

_NAMES = ("amp_sidebar", "dpa_portal_de", "questions_list")


def _each(texts: Sequence[str], form: str = "<p>{}</p>") -> str:
    return "".join(form.format(text) for text in texts)


def _linked(text: str) -> str:
    head, *last = text.rsplit(" ", 2)
    return f'<p>{head} <a href="/x">{" ".join(last)}</a></p>'


STRUCTURES: dict[str, Body] = {
    "nothing is called the article": lambda p: f"<div class=stuk>{_each(p)}</div>",
    "a list within": lambda p: (
        f"<div class=stuk>{_each(p[:2])}<ul>{_each(p[2:4], '<li>{}</li>')}</ul>{_each(p[4:])}</div>"
    ),
    "a list at the end": lambda p: f"<div class=stuk>{_each(p[:-2])}<ol>{_each(p[-2:], '<li>{}</li>')}</ol></div>",
    "a list of definitions": lambda p: (
        f"<div class=x>{_each(p[:2])}<dl>{_each(p[2:], '<dt>Point</dt><dd>{}</dd>')}</dl></div>"
    ),
    "a block quote": lambda p: f"<article>{_each(p[:2])}<blockquote><p>{p[2]}</p></blockquote>{_each(p[3:])}</article>",
    "an aside": lambda p: f"<article>{_each(p[:2])}<aside><p>{p[2]}</p></aside>{_each(p[3:])}</article>",
    "two classes": lambda p: (
        f"<article>{_each(p[::2], '<p class=a>{}</p>')}{_each(p[1::2], '<p class=b>{}</p>')}</article>"
    ),
    "a box each": lambda p: f"<article>{_each(p, '<div class=w><p>{}</p></div>')}</article>",
    "two boxes": lambda p: f"<main><div class=one>{_each(p[:3])}</div><div class=two>{_each(p[3:])}</div></main>",
    "a last paragraph in italics": lambda p: f"<article>{_each(p[:-1])}<p><em>{p[-1]}</em></p></article>",
    "a last paragraph with a link": lambda p: f"<article>{_each(p[:-1])}{_linked(p[-1])}</article>",
    "a first paragraph outside": lambda p: (
        f"<div><p><strong>{p[0]}</strong></p><div class=body>{_each(p[1:])}</div></div>"
    ),
    "paragraphs as div": lambda p: f"<div><div class=body>{_each(p, '<div class=p>{}</div>')}</div></div>",
    "two line breaks": lambda p: f"<div><div class=body>{'<br><br>'.join(p)}</div></div>",
    "a heading each": lambda p: f"<article>{_each(p, '<section><h2>Part</h2><p>{}</p></section>')}</article>",
    "entries with times": lambda p: (
        f"<main><div class=live>{_each(p, '<div><span>2 hours ago</span><h3>Entry</h3><p>{}</p></div>')}</div></main>"
    ),
    "entries below an introduction": lambda p: (
        f"<main><div class=intro>{_each(p[:2])}</div><div class=live>"
        f"{_each(p[2:], '<div><div class=when>2 hours ago</div><p>{}</p></div>')}</div></main>"
    ),
}


@pytest.mark.parametrize("structure", STRUCTURES)
def test_no_structure_costs_an_article_a_sentence(structure: str, tmp_path: Path) -> None:
    known = read_gold(PAGES)
    lost = {}
    for name in _NAMES:
        gold = known[name]
        page = tmp_path / "page.html"
        page.write_text(
            f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{gold["title"]}</title></head><body>'
            f'<div class="top"><a href="/">Home</a> <a href="/news">News</a></div><div><h1>{gold["title"]}</h1>'
            f"{STRUCTURES[structure](gold['paragraphs'])}</div><footer><p>Imprint</p></footer></body></html>",
            encoding="utf-8",
        )
        lost[name] = judge(name, gold, read_page(page, gold)).lost
    assert lost == dict.fromkeys(_NAMES, ())
