from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree, html

from qa.ingestion.blocks import in_paragraphs, text_in


def paragraphs(page: str) -> list[str]:
    tree = in_paragraphs(html.fromstring(f"<html><body>{page}</body></html>"))
    return [text for each in tree.iter("p") if (text := " ".join(each.text_content().split()))]


def test_two_line_breaks_part_paragraphs_and_one_is_a_space() -> None:
    assert paragraphs("<div>One<br><br>two said<br>Anna<br />&nbsp;<br>three</div>") == [
        "One",
        "two said Anna",
        "three",
    ]


def test_a_layout_table_is_none_and_a_table_of_figures_is_one() -> None:
    page = html.fromstring(
        "<html><body><table><tr><td><table><tr><td>a<p>b</p></td></tr></table></td></tr></table>"
        "<table><tr><td>2020</td><td>7</td></tr></table></body></html>"
    )
    (table,) = in_paragraphs(page).iter("table")
    assert table.text_content() == "20207"


def test_text_loose_beside_paragraphs_is_one() -> None:
    loose = "The first paragraph of an old page has no mark before it at all."
    assert paragraphs(f"<div>{loose}<p>Second</p></div>") == [loose, "Second"]


def test_items_and_rows_are_lines_without_marks() -> None:
    body = etree.fromstring(
        "<body><head>H</head><p>a <hi>b</hi><lb/>c</p><list><item>one</item><item>two</item></list>"
        "<table><row><cell>2020</cell><cell/><cell>7</cell></row></table></body>"
    )
    assert text_in(body).split("\n\n") == ["H", "a b", "c", "one", "two", "2020 | 7"]


@given(
    st.lists(st.sampled_from(["word", "<br>", "<b>bold</b>", "<p>par</p>", "<div>d<br><br>e</div>", " "]), max_size=12)
)
def test_no_word_goes_or_changes_its_place(parts: list[str]) -> None:
    page = f"<html><body><div>{''.join(parts)}</div></body></html>"
    words = "".join(html.fromstring(page).text_content().split())
    assert "".join(in_paragraphs(html.fromstring(page)).text_content().split()) == words
