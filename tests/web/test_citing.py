from __future__ import annotations

import json
import re
from html import escape
from urllib.parse import unquote

import pytest
from bs4 import BeautifulSoup
from fastapi.testclient import TestClient

from qa.output.pasting import context_object, write
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


@pytest.mark.parametrize("form", ["quote", "markdown", "bibtex", "csl", "ris"])
def test_every_form_has_an_address(client: TestClient, form: str) -> None:
    response = client.get(f"/articles/{hostile.id}/cite/{form}", params={"at": "0-11"})
    assert response.status_code == 200
    assert not response.headers["content-type"].startswith("text/html")
    assert client.get(f"/articles/{hostile.id}/cite/unknown").status_code == 404
    assert client.get(f"/articles/{hostile.id}/cite/{form}", params={"at": "0-99999"}).status_code == 422


def fields_of(ris: str) -> dict[str, str]:
    """The fields of a RIS record, as readers take them: a tag of two characters, two spaces, a dash, a space."""
    lines = ris.split("\r\n")
    assert lines[-2:] == ["ER  - ", ""]
    assert all(re.fullmatch(r"[A-Z][A-Z0-9]  - .*", line) for line in lines[:-1])
    return {line[:2]: line[6:] for line in lines[:-2]}


def test_ris_is_what_citation_managers_read() -> None:
    at = span_of(berlin, WORDS)
    said = Statement(berlin.id, Speaker("Merz", "Friedrich Merz"), (), (), (at,), StatementForm.MIXED)
    written = write("ris", berlin, (at,), "", statements=[said])
    assert written.startswith("TY  - NEWS\r\n")
    fields = fields_of(written)
    assert (fields["TI"], fields["AU"], fields["T2"]) == (berlin.title, berlin.byline, berlin.outlet)
    assert (fields["PY"], fields["DA"], fields["UR"]) == ("2025", "2025/12/15/", berlin.url)
    assert fields["N1"] == f"Friedrich Merz, partly quoted: {WORDS}"


def test_no_line_of_an_article_becomes_a_field_of_ris() -> None:
    article = make_article("One.\r\nTY  - BOOK\nTwo.", "Head\nER  - ")
    fields = fields_of(write("ris", article, (Span(0, len(article.text)),), ""))
    assert (fields["TY"], fields["TI"]) == ("NEWS", "Head ER -")
    assert fields["N1"] == "One. TY - BOOK Two."


@pytest.mark.parametrize(
    ("form", "kind", "suffix"),
    [
        ("bibtex", "application/x-bibtex", ".bib"),
        ("csl", "application/vnd.citationstyles.csl+json", ".json"),
        ("ris", "application/x-research-info-systems", ".ris"),
    ],
)
def test_citation_managers_get_files(client: TestClient, form: str, kind: str, suffix: str) -> None:
    path = f"/articles/{berlin.id}/cite/{form}?at=330-364"
    response = client.get(f"{path}&file=1")
    assert response.headers["content-type"] == kind
    assert re.fullmatch(rf'attachment; filename="[a-z0-9-]+\{suffix}"', response.headers["content-disposition"])
    assert response.text == client.get(path).text
    page = BeautifulSoup(client.get(f"/articles/{berlin.id}?at=330-364").text, "html.parser")
    assert [str(link["href"]) for link in page.select("a[download]") if link.get_text() == suffix] == [f"{path}&file=1"]


def as_zotero_reads(html: str) -> dict[str, str]:
    """The item that Zotero makes of a page with COinS, by the rules of its translator for the fields that we write.

    It takes every ``span.Z3988``, splits its title at ``&`` and ``=``, decodes it as a URI with ``+`` as a space, takes
    a Dublin Core object for a web page unless ``rft.type`` is one of its own types, ``rft.source`` for the publication
    and an ``rft.identifier`` of http for the address; an author is cut at the last space.
    """
    [span] = BeautifulSoup(html, "html.parser").select("span.Z3988")
    pairs = [pair.split("=") for pair in str(span["title"]).split("&")]
    assert all(len(pair) == 2 for pair in pairs), "each has one equals sign"
    given = {name: unquote(value.replace("+", " ").replace("%2B", " ")) for name, value in pairs}
    assert given["ctx_ver"] == "Z39.88-2004"
    assert given["rft_val_fmt"] == "info:ofi/fmt:kev:mtx:dc"
    item = {"itemType": given["rft.type"], "title": given["rft.title"]}
    names = {"rft.source": "publicationTitle", "rft.date": "date", "rft.language": "language", "rft.creator": "author"}
    item |= {names[name]: value for name, value in given.items() if name in names}
    if re.match("https?://", given["rft.identifier"]) and len(given["rft.identifier"]) > 8:
        item["url"] = given["rft.identifier"]
    return item


def test_zotero_sees_a_newspaper_s_article(client: TestClient) -> None:
    assert as_zotero_reads(client.get(f"/articles/{berlin.id}").text) == {
        "itemType": "newspaperArticle",
        "title": berlin.title,
        "publicationTitle": berlin.outlet,
        "author": berlin.byline,
        "date": "2025-12-15",
        "language": "en",
        "url": berlin.url,
    }


def test_an_article_that_is_not_on_the_web_is_seen_at_its_place_here(client: TestClient) -> None:
    item = as_zotero_reads(client.get(f"/articles/{hostile.id}").text)
    assert item["url"] == f"http://localhost/articles/{hostile.id}"
    assert (item["title"], item["publicationTitle"]) == (hostile.title, hostile.outlet)
    assert "date" not in item


def test_a_title_that_looks_like_a_context_object_stays_a_title() -> None:
    article = make_article("Words.", "A&rft.title=B = 100 % + \n <i>")
    html = f'<span class="Z3988" title="{escape(context_object(article, ""))}"></span>'
    assert as_zotero_reads(html)["title"] == "A&rft.title=B = 100 %   <i>"
