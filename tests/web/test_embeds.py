from __future__ import annotations

from dataclasses import replace
from html.parser import HTMLParser
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup
from fastapi.testclient import TestClient

from qa.output.links import card_href, named_statement, parse_statement_id, statement_id
from qa.types import Article, Span, Speaker, Statement, StatementForm
from tests.web.archive import BELIEF, MERZ, PESKOV, PRAISE, FakeArchive, berlin, hostile, make_article, said_by_merz
from tests.web.conftest import Visit
from web.views.frames import MOST

SAID = [one.statement for one in said_by_merz(PRAISE).citations if one.statement]  # type: ignore[arg-type]
HOPE, PEACE, BREAKTHROUGH = SAID
CARD = str(card_href(PEACE))


class OneStatement(FakeArchive):
    """An article in which one thing is said."""

    def __init__(self, article: Article, statement: Statement) -> None:
        super().__init__(held=(article,))
        self.statement = statement

    def statements_of(self, article_id: str, *, thoughts: bool = False) -> list[Statement]:
        return [self.statement]


def saying(text: str, **rest: object) -> tuple[Article, Statement]:
    article = make_article(text, str(rest.pop("title", "Head")), **rest)
    speaker = Speaker("Mayor Ivy Sixsmith", "Ivy Sixsmith", "Mayor")
    return article, Statement(article.id, speaker, (), (), (Span(0, len(text)),), StatementForm.INDIRECT)


def parse(html: str) -> BeautifulSoup:
    return BeautifulSoup(html, "html.parser")


def test_a_statement_is_named_by_its_article_and_its_words() -> None:
    named = str(statement_id(PEACE))
    assert parse_statement_id(named) == (berlin.id, Span(PEACE.content[0].start, PEACE.content[1].end))
    assert named_statement(SAID, Span(PEACE.content[0].start, PEACE.content[1].end)) is PEACE
    assert statement_id(replace(PEACE, content=())) is None
    assert card_href(BELIEF) is None, "what is believed is not said"


@pytest.mark.parametrize("text", ["", "x", berlin.id, f"{berlin.id}-5-5", f"{berlin.id}-9-5", f"{berlin.id}-1-2-3"])
def test_what_is_no_id_is_none(text: str) -> None:
    assert parse_statement_id(text) is None


def test_an_id_from_before_means_what_has_most_of_its_words_or_nothing() -> None:
    at = PEACE.content[0].start
    assert named_statement(SAID, Span(at, at + 15)) is PEACE
    assert named_statement(SAID, Span(0, 10)) is None
    assert named_statement([BELIEF], BELIEF.content[0]) is None


def test_a_card_has_the_words_and_who_says_them(browser: TestClient) -> None:
    page = parse(browser.get(CARD).text)
    assert [mark.get_text() for mark in page.select("blockquote mark")] == [
        "“We want peace,”",
        "“and we want it to last.”",
    ]
    assert "Friedrich Merz" in page.select_one(".who").get_text()  # type: ignore[union-attr]
    assert len(page.select("article.card")) == 1


def meta(html: str, name: str) -> str:
    found = parse(html).select_one(f'meta[property="{name}"], meta[name="{name}"]')
    assert found, name
    return str(found["content"])


def test_a_link_to_a_card_shows_its_words_elsewhere(browser: TestClient) -> None:
    html = browser.get(CARD).text
    assert meta(html, "og:title") == "Friedrich Merz"
    said = "“We want peace,” […] “and we want it to last.” — On Record sample desk, 15 December 2025"
    assert meta(html, "og:description") == meta(html, "description") == said
    assert meta(html, "og:url") == f"http://localhost{CARD}"
    reported = browser.get(str(card_href(BREAKTHROUGH))).text
    assert meta(reported, "og:title") == "Friedrich Merz, reported"


@pytest.mark.parametrize(
    ("path", "title", "description"),
    [
        (f"/?q={PESKOV}", PESKOV, "Dmitry Peskov — On Record sample desk, 15 December 2025"),
        (f"/?q={MERZ}", MERZ, "3 statements by Friedrich Merz: they had opened the “chance for a real peace process.”"),
        (
            "/?q=What did Macron say?",
            "What did Macron say?",
            "The archive names Macron, but reports no statement by them.",
        ),
        (f"/articles/{berlin.id}", berlin.title, "Security guarantees advance, but the territory question stays open"),
        (f"/articles/{berlin.id}?at=0-8", berlin.title, "Security"),
        (f"/articles/{hostile.id}?at=0-11", hostile.title, "<b>Bold</b>"),
    ],
)
def test_a_link_to_an_answer_or_an_article_shows_it_elsewhere(
    browser: TestClient, path: str, title: str, description: str
) -> None:
    html = browser.get(path).text
    assert (meta(html, "og:title"), meta(html, "og:description")) == (title, description)
    assert meta(html, "og:url").startswith("http://localhost/")
    assert parse(browser.get(meta(html, "og:url").removeprefix("http://localhost")).text).select("main")


def test_a_page_that_asks_has_no_preview(browser: TestClient) -> None:
    assert "og:title" not in browser.get("/").text


def test_a_statement_is_to_be_had_as_json(client: TestClient) -> None:
    named = statement_id(PEACE)
    body = client.get(f"/api/statements/{named}").json()
    assert (body["id"], body["card_href"]) == (named, CARD)
    assert [berlin.text[piece["start"] : piece["end"]] for piece in body["content"]] == [
        "“We want peace,”",
        "“and we want it to last.”",
    ]
    assert client.get(CARD, headers={"Accept": "application/json"}).json() == body
    said = client.get("/api/statements", params={"speaker": "merz"}).json()["citations"]
    assert [one["statement"]["card_href"] for one in said] == [card_href(one) for one in SAID]


@pytest.mark.parametrize("path", ["/s/{}", "/api/statements/{}"])
def test_what_nobody_says_is_a_problem(client: TestClient, path: str) -> None:
    for named, name in [
        ("x", "statement-not-found"),
        (f"{berlin.id}-0-10", "statement-not-found"),
        ("0" * 16 + "-0-10", "article-not-found"),
    ]:
        response = client.get(path.format(named))
        assert (response.status_code, response.json()["type"]) == (404, f"/problems/{name}")


@pytest.mark.parametrize("named", ["x", f"{berlin.id}-0-10", "0" * 16 + "-0-10"])
def test_a_frame_says_that_its_statement_is_gone(client: TestClient, named: str) -> None:
    response = client.get(f"/s/{named}/embed?scheme=dark")
    assert response.status_code == 404
    assert response.headers["content-security-policy"].endswith("frame-ancestors *")
    page = parse(response.text)
    assert page.p
    assert page.p.get_text() == "This statement is not in the archive any more."
    assert not page.select("a, script")


@pytest.mark.parametrize("end", ["", "/embed"])
def test_an_older_id_leads_to_the_statement_of_its_words(client: TestClient, end: str) -> None:
    start = PEACE.content[0].start
    response = client.get(f"/s/{berlin.id}-{start}-{start + 15}{end}", follow_redirects=False)
    assert (response.status_code, response.headers["location"]) == (307, f"{CARD}{end}")


class Tags(HTMLParser):
    """The elements of a page, with their attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


@pytest.mark.parametrize("statement", SAID)
def test_a_frame_is_small_and_asks_for_nothing(client: TestClient, statement: Statement) -> None:
    response = client.get(f"{card_href(statement)}/embed")
    assert len(response.content) <= MOST
    tags = Tags(response.text).found
    assert not {"script", "link", "img", "form", "iframe"} & {tag for tag, _ in tags}
    assert not [name for _, given in tags for name in given if name.startswith("on") or name in {"src", "style"}]
    page = parse(response.text)
    words = " […] ".join(span.of(berlin.text) for span in statement.content)
    assert page.blockquote
    assert page.blockquote.get_text() == words
    assert page.b
    assert page.b.get_text() == "Friedrich Merz"
    assert page.a
    assert client.get(str(page.a["href"])).status_code == 200


@pytest.mark.parametrize(
    "text", ["long words " * 400, "длинные слова " * 400, "長い言葉" * 600, "<&>" * 900, "a\nb " * 900, "x" * 3000]
)
def test_a_frame_of_long_words_is_small_too_and_says_that_it_is_cut(visit: Visit, text: str) -> None:
    article, statement = saying(text.strip(), title=text, outlet=text, language="en")
    statement = replace(statement, speaker=Speaker(text[:500], text[:500], text[:500]))
    response = visit(OneStatement(article, statement)).get(f"{card_href(statement)}/embed")
    assert response.status_code == 200
    assert 1_000 < len(response.content) <= MOST
    quoted = parse(response.text).blockquote
    assert quoted
    shown = quoted.get_text()
    assert shown.endswith(" …")
    assert article.text.startswith(shown.removesuffix(" …"))
    assert len(shown) > 60


def test_only_a_frame_may_be_framed(client: TestClient) -> None:
    headers = client.get(f"{CARD}/embed").headers
    assert headers["content-security-policy"].endswith("frame-ancestors *")
    assert headers["content-security-policy"].startswith("default-src 'none'; style-src 'sha256-")
    assert "x-frame-options" not in headers
    for path in (CARD, f"/articles/{berlin.id}", "/", "/s/x", f"/api/statements/{statement_id(PEACE)}"):
        headers = client.get(path).headers
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert headers["x-frame-options"] == "DENY"


@pytest.mark.parametrize(
    ("embeddable_in", "allowed"),
    [("", "'none'"), ("https://a.example, https://b.example:8443", "https://a.example https://b.example:8443")],
)
def test_a_setting_says_who_may_frame_it(visit: Visit, embeddable_in: str, allowed: str) -> None:
    headers = visit(FakeArchive(), embeddable_in=embeddable_in).get(f"{CARD}/embed").headers
    assert headers["content-security-policy"].endswith(f"frame-ancestors {allowed}")
    assert ("x-frame-options" in headers) == (allowed == "'none'")


def test_a_scheme_can_be_asked_for(client: TestClient) -> None:
    for asked, scheme in [
        ("", "light dark"),
        ("?scheme=dark", "dark"),
        ("?scheme=light", "light"),
        ("?scheme=x", "light dark"),
    ]:
        assert meta(client.get(f"{CARD}/embed{asked}").text, "color-scheme") == scheme


def discovered(client: TestClient, kind: str) -> str:
    found = parse(client.get(CARD, headers={"Accept": "text/html"}).text).select_one(f'link[type="{kind}"]')
    assert found
    parts = urlsplit(str(found["href"]))
    assert parts.netloc == "localhost"
    return f"{parts.path}?{parts.query}"


def test_oembed_is_found_from_the_card_and_gives_a_frame(client: TestClient) -> None:
    body = client.get(discovered(client, "application/json+oembed")).json()
    assert (body["version"], body["type"], body["author_name"]) == ("1.0", "rich", "Friedrich Merz")
    [(tag, given)] = Tags(body["html"]).found
    assert tag == "iframe"
    assert given["src"] == f"http://localhost{CARD}/embed"
    assert (given["width"], given["height"]) == (str(body["width"]), str(body["height"]))
    assert "allow-scripts" not in str(given["sandbox"])
    assert client.get(str(given["src"])).status_code == 200
    described = ElementTree.fromstring(client.get(discovered(client, "text/xml+oembed")).text)
    assert {each.tag: each.text for each in described} == {
        name: str(value) for name, value in body.items() if value is not None
    }


def test_oembed_keeps_to_the_room_that_there_is(client: TestClient) -> None:
    asked = {"url": f"http://localhost{CARD}", "maxwidth": "200", "maxheight": "90"}
    body = client.get("/oembed", params=asked).json()
    assert (body["width"], body["height"]) == (200, 90)


@pytest.mark.parametrize(
    "url",
    [
        f"http://localhost/articles/{berlin.id}",
        f"https://mallory.example{CARD}",
        f"javascript://localhost{CARD}",
        "http://localhost/s/x",
        "http://[bad",
        CARD,
    ],
)
def test_oembed_knows_no_other_address(client: TestClient, url: str) -> None:
    assert client.get("/oembed", params={"url": url}).status_code == 404


def test_each_statement_of_a_list_leads_to_its_card(browser: TestClient) -> None:
    links = parse(browser.get("/", params={"q": MERZ}).text).select(".actions a")
    assert [link["href"] for link in links if link.get_text() == "Share"] == [card_href(one) for one in SAID]
