from __future__ import annotations

import json

import pytest
from fastapi.testclient import TestClient

from qa.output.pasting import write
from qa.types import Span, Speaker, Statement, StatementForm
from tests.web.archive import berlin, hostile, make_article, span_of

WORDS = "“chance for a real peace process.”"


def test_a_quotation_is_the_words_and_where_they_are_from() -> None:
    assert write("quote", berlin, (span_of(berlin, WORDS),), "http://x") == (
        f"{WORDS}\n\n— Piet Marlowe-Ash, Berlin talks show ‘real progress’ despite differences, "
        f"On Record sample desk, 15 December 2025, {berlin.url}"
        "#:~:text=%E2%80%9Cchance%20for%20a%20real%20peace%20process.%E2%80%9D\n"
        f"Archive copy: http://x/articles/{berlin.id}?at=330-364#c1\n"
    )


@pytest.mark.parametrize(
    ("form", "statement", "begins"),
    [
        ("quote", StatementForm.MIXED, "Friedrich Merz (“He”), partly quoted: “chance"),
        ("quote", StatementForm.INDIRECT, "Friedrich Merz (“He”), reported: “chance"),
        ("quote", StatementForm.DIRECT, "Friedrich Merz (“He”): “chance"),
        ("markdown", StatementForm.DIRECT, "> **Friedrich Merz \\(“He”\\):** “chance"),
    ],
)
def test_what_somebody_says_stands_under_their_name(form: str, statement: StatementForm, begins: str) -> None:
    at = span_of(berlin, WORDS)
    said = Statement(berlin.id, Speaker("He", "Friedrich Merz"), (), (), (at,), statement)
    written = write(form, berlin, (at,), "", statements=[said])
    assert written.startswith(begins)
    if form == "quote":
        assert "— as reported by Piet Marlowe-Ash, Berlin talks" in written
    other = write(form, berlin, (span_of(berlin, "Berlin"),), "", statements=[said])
    assert "Merz (" not in other, "the article's own words are nobody's"


def test_citation_managers_get_the_speaker_in_the_note() -> None:
    at = span_of(berlin, WORDS)
    said = Statement(berlin.id, Speaker("Merz", "Friedrich Merz"), (), (), (at,), StatementForm.MIXED)
    [item] = json.loads(write("csl", berlin, (at,), "", statements=[said]))
    assert item["note"] == f"Friedrich Merz, partly quoted: {WORDS}"
    assert item["author"] == [{"literal": "Piet Marlowe-Ash"}], "who wrote the article"
    assert "Friedrich Merz, partly quoted: " in write("bibtex", berlin, (at,), "", statements=[said])


def test_markdown_escapes_what_would_be_read_as_markup() -> None:
    article = make_article("It is *not* [a link](http://x).", "Head_line")
    text = write("markdown", article, (Span(0, len(article.text)),), "")
    assert text.startswith(
        "> It is \\*not\\* \\[a link\\]\\(http://x\\)\\.\n>\n> — [Head\\_line](https://gazette.example/"
    )


def test_bibtex_escapes_what_tex_would_eat() -> None:
    article = make_article("100 % of {it} cost $5 & more_", "A & B")
    text = write("bibtex", article, (Span(0, len(article.text)),), "")
    assert r"title = {{A \& B}}," in text
    assert r"note = {100 \% of \{it\} cost \$5 \& more\_}," in text
    assert text.startswith("@article{ostrelvalley2025-")
    assert "year = {2025}" in text


def test_csl_is_what_citation_managers_read() -> None:
    [item] = json.loads(write("csl", berlin, (span_of(berlin, WORDS),), ""))
    assert item["type"] == "article-newspaper"
    assert item["issued"] == {"date-parts": [[2025, 12, 15]]}
    assert item["author"] == [{"literal": "Piet Marlowe-Ash"}]
    assert item["note"] == WORDS


def test_pieces_are_joined_by_a_mark_of_omission() -> None:
    spans = (span_of(berlin, "“We want peace,”"), span_of(berlin, "“and we want it to last.”"))
    assert write("quote", berlin, spans, "").startswith("“We want peace,” […] “and we want it to last.”\n")


def test_an_article_that_is_not_on_the_web_is_cited_by_its_place_here() -> None:
    assert f"http://here/articles/{hostile.id}?at=0-3#c1" in write("quote", hostile, (Span(0, 3),), "http://here")


@pytest.mark.parametrize("form", ["quote", "markdown", "bibtex", "csl"])
def test_every_form_has_an_address(client: TestClient, form: str) -> None:
    response = client.get(f"/articles/{hostile.id}/cite/{form}", params={"at": "0-11"})
    assert response.status_code == 200
    assert not response.headers["content-type"].startswith("text/html")
    assert client.get(f"/articles/{hostile.id}/cite/unknown").status_code == 404
    assert client.get(f"/articles/{hostile.id}/cite/{form}", params={"at": "0-99999"}).status_code == 422
