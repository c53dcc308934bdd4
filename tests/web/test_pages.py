from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs, quote_plus, urlsplit

import pytest
from bs4 import BeautifulSoup, Tag
from fastapi.testclient import TestClient

import web
from qa.types import EVERYTHING, Answer, Outcome, Scope, Speaker, Statement
from tests.web.archive import (
    COMPARED,
    DISPUTED,
    MERZ,
    NOBODY,
    NOTHING,
    PESKOV,
    SCRIPT,
    FakeArchive,
    berlin,
    ferry,
    ferry_before,
    hostile,
    span_of,
)
from tests.web.conftest import Visit


def parse(html: str) -> BeautifulSoup:
    return BeautifulSoup(html, "html.parser")


def read(client: TestClient, path: str, **query: str | list[str]) -> BeautifulSoup:
    response = client.get(path, params=query or None)
    assert response.status_code == 200, response.text
    return parse(response.text)


def attribute(tag: Tag, name: str) -> str:
    return str(tag.get(name, ""))


def words(page: BeautifulSoup, selector: str) -> list[str]:
    return [" ".join(each.get_text().split()) for each in page.select(selector)]


def test_the_first_page_has_a_box_and_examples_from_the_archive(browser: TestClient) -> None:
    page = read(browser, "/")
    assert page.select("form[method=get] input[name=q]")
    assert words(page, ".examples a") == [MERZ, PESKOV]
    assert "3 articles from 3 outlets, 15 December 2025 to 13 January 2026" in words(page, ".holdings")[0]


def test_an_answer_stands_marked_in_its_passage_with_its_source(browser: TestClient) -> None:
    page = read(browser, "/", q=PESKOV)
    assert words(page, "section.turn h2") == [PESKOV]
    assert words(page, ".answer") == ["Dmitry Peskov"]
    assert words(page, ".card mark") == ["Dmitry Peskov"]
    passage = "Kremlin spokesman Dmitry Peskov said Moscow was awaiting details of the proposals discussed in Berlin."
    assert words(page, ".card blockquote") == [passage]
    assert words(page, ".confidence") == ["High confidence"]
    assert words(page, ".card .outlet") == ["On Record sample desk"]
    assert words(page, ".card time") == ["15 December 2025"]
    assert words(page, ".also a") == ["Ostrel Valley Gazette"]


def test_statements_are_listed_with_speaker_cue_and_form(browser: TestClient) -> None:
    page = read(browser, "/", q=MERZ)
    assert words(page, ".verdict")[0].startswith("3 statements by Friedrich Merz")
    assert words(page, ".how summary") == ["partly quoted", "direct quotation", "reported, not quoted"]
    assert words(page, ".how p") == [
        f"The article names Friedrich Merz, German Chancellor. It attributes the words by {cue}."
        for cue in ("saying", "said,", "described")
    ]


def test_the_first_statements_of_a_long_list_are_shown_and_the_rest_folded_away(visit: Visit) -> None:
    class Talkative(FakeArchive):
        def ask(self, text: str, scope: Scope = EVERYTHING, *, earlier: Sequence[str] = ()) -> Outcome:
            outcome = super().ask(text, scope, earlier=earlier)
            assert isinstance(outcome, Answer)
            many = [
                replace(one, number=3 * n + one.number, article=replace(one.article, id=f"{n:016x}"))
                for n in range(20)
                for one in outcome.citations
            ]
            return replace(outcome, citations=tuple(many))

    page = read(visit(Talkative()), "/", q=MERZ)
    assert words(page, ".rest > summary") == ["50 more"]
    folded = len(page.select(".rest .card"))
    assert (len(page.select(".card")), folded) == (60, 50)
    assert len(page.select(".rest details.group:not([open])")) == len(page.select(".rest .group"))
    assert words(page, ".summing .verdict") == ["60 statements by Friedrich Merz"]
    assert [attribute(each, "value") for each in page.select(".summing input[name=q]")] == [MERZ]
    chosen = page.select(".summing input[name=outlets]")
    assert {attribute(each, "value") for each in chosen} <= {name for name, _ in FakeArchive().outlets()}
    assert chosen
    assert [attribute(each, "id") for each in page.select(".cards > li")] == [f"s{n}" for n in range(1, 61)]


def test_quotation_marks_are_only_those_of_the_source(browser: TestClient) -> None:
    marks = words(read(browser, "/", q=MERZ), ".card mark")
    assert marks == [
        "they had opened the “chance for a real peace process.”",
        "“We want peace,”",
        "“and we want it to last.”",
        "the talks as a breakthrough",
    ]


def test_a_refusal_says_why_and_shows_the_nearest_passages(browser: TestClient) -> None:
    page = read(browser, "/", q=NOBODY)
    assert words(page, ".refusal") == [
        "Not in this archive The archive names Macron, but reports no statement by them."
    ]
    assert words(page, ".nearest") == ["What comes nearest, though it is no answer"]
    assert len(page.select(".cards-near .card")) == 1
    assert not read(browser, "/", q=NOTHING).select(".nearest, .card")


def test_a_citation_leads_to_the_marked_words_of_the_article(browser: TestClient) -> None:
    [link] = read(browser, "/", q=PESKOV).select(".headline a")
    address = urlsplit(attribute(link, "href"))
    assert address.fragment == "c1"
    page = read(browser, address.path, **parse_qs(address.query))
    assert [each.get_text() for each in page.select("mark#c1")] == ["Dmitry Peskov"]


def test_the_article_leads_from_mark_to_mark_and_back_to_the_statement_in_the_answer(browser: TestClient) -> None:
    link = read(browser, "/", q=MERZ, outlets="Courier").select("a.in-place")[1]
    page = read(browser, attribute(link, "href"))
    back = f"/?q={quote_plus(MERZ)}&outlets=Courier#s2"
    hops = [
        [(attribute(a, "aria-label"), attribute(a, "href")) for a in each.select("a")] for each in page.select(".hops")
    ]
    assert hops == [
        [("Next mark", "#c2"), ("Back to the answer", back)],
        [("Previous mark", "#c1"), ("Back to the answer", back)],
    ]
    assert attribute(page.select(".back a")[0], "href") == back
    assert read(browser, back.replace("#", "&x=")).select("#s2")
    alone = read(browser, f"/articles/{berlin.id}", at="0-8")
    assert not alone.select(".back, .hops")


@pytest.mark.parametrize("word", ["Who", "That"])
def test_a_pronoun_that_means_nobody_known_is_not_put_beside_the_words(visit: Visit, word: str) -> None:
    class Unresolved(FakeArchive):
        def statements_of(self, article_id: str, *, thoughts: bool = False) -> Sequence[Statement]:
            [one, *_] = super().statements_of(article_id, thoughts=thoughts)
            return [replace(one, speaker=Speaker(word, None))]

    page = read(visit(Unresolved()), f"/articles/{berlin.id}")
    assert len(page.select(".voiced")) == 1
    assert not page.select(".voices")


def test_signs_stand_after_the_punctuation_that_follows_a_mark(browser: TestClient) -> None:
    at = span_of(berlin, "the talks as a breakthrough")
    [mark] = read(browser, f"/articles/{berlin.id}", at=f"{at.start}-{at.end}", q=MERZ).select("mark")
    [hops] = mark.find_next_siblings(class_="hops")
    assert str(mark.next_sibling) == str(hops.previous_sibling) == ","
    assert str(hops.next_sibling).startswith(" saying")


def test_speakers_stand_beside_what_they_say_and_their_names_mark_it(browser: TestClient) -> None:
    page = read(browser, f"/articles/{berlin.id}", q=MERZ)
    assert words(page, ".voices a") == ["Friedrich Merz", "Friedrich Merz"]
    assert [each.get_text()[:12] for each in page.select(".voiced")] == ["German Chanc", "“We want pea"]
    marked = read(browser, attribute(page.select(".voices a")[1], "href"))
    assert words(marked, "mark") == ["“We want peace,”", "“and we want it to last.”"]
    assert marked.select(".back")
    assert marked.select(".story")[0].get_text().count("We want peace") == 1


def test_every_piece_of_an_interrupted_statement_is_marked(browser: TestClient) -> None:
    link = read(browser, "/", q=MERZ).select("a.in-place")[1]
    page = read(browser, attribute(link, "href"))
    assert [(attribute(each, "id"), each.get_text()) for each in page.select("mark")] == [
        ("c1", "“We want peace,”"),
        ("c2", "“and we want it to last.”"),
    ]


def test_a_mark_over_two_paragraphs_is_one_anchor_in_two_pieces(browser: TestClient) -> None:
    page = read(browser, f"/articles/{ferry.id}", at=f"{ferry.text.index('on 1')}-{ferry.text.index(',')}")
    assert [(attribute(each, "id"), each.get_text()) for each in page.select("mark")] == [
        ("c1", "on 1 March."),
        ("", "Asked whether the decision could be reversed"),
    ]


@pytest.mark.parametrize("at", ["5-5", "9-3", "0-99999", "a-b", "-1-4", "1-2-3", "٣-٤"])
def test_a_mark_that_the_article_does_not_have_is_refused(client: TestClient, at: str) -> None:
    assert client.get(f"/articles/{ferry.id}", params={"at": at}).status_code == 422


def test_marks_neither_overlap_nor_abound(client: TestClient) -> None:
    assert client.get(f"/articles/{ferry.id}", params={"at": ["0-9", "5-12"]}).status_code == 422
    many = [f"{at}-{at + 1}" for at in range(21)]
    assert client.get(f"/articles/{ferry.id}", params={"at": many}).status_code == 422
    assert client.get(f"/articles/{ferry.id}", params={"at": many[:20]}).status_code == 200


def test_the_conversation_stays_on_the_page_and_in_the_form(browser: TestClient) -> None:
    page = read(browser, "/", q=[PESKOV, NOBODY, MERZ])
    assert words(page, "section.turn h2") == [MERZ]
    assert words(page, "details.turn > summary h3") == [NOBODY, PESKOV]
    assert [attribute(each, "value") for each in page.select("input[type=hidden][name=q]")] == [PESKOV, NOBODY, MERZ]


def test_a_conversation_has_an_end(browser: TestClient, archive: FakeArchive) -> None:
    page = read(browser, "/", q=[f"question {number}" for number in range(30)])
    assert len(archive.asked) == 8
    assert words(page, "section.turn h2") == ["question 29"]
    assert len(page.select("input[type=hidden][name=q]")) == 7


def test_filters_in_force_are_chips_that_can_be_taken_away(browser: TestClient, archive: FakeArchive) -> None:
    page = read(browser, "/", q=PESKOV, published_after="2025-12-01", outlets=["Courier", "Gazette"])
    assert words(page, ".chips span[dir]") == ["From 1 December 2025", "Courier", "Gazette"]
    first, second, _ = (parse_qs(urlsplit(attribute(each, "href")).query) for each in page.select(".chips a"))
    assert first == {"q": [PESKOV], "outlets": ["Courier", "Gazette"]}
    assert second == {"q": [PESKOV], "published_after": ["2025-12-01"], "outlets": ["Gazette"]}
    assert archive.asked[0].scope.outlets == ("Courier", "Gazette")


def test_empty_fields_of_the_form_are_no_filters(browser: TestClient, archive: FakeArchive) -> None:
    page = read(browser, "/", q=[PESKOV, ""], published_after="", published_before=" ")
    assert words(page, "section.turn h2") == [PESKOV]
    assert archive.asked[0].scope.published_after is None
    assert not page.select(".chips")


def test_one_turn_can_be_drawn_alone(browser: TestClient) -> None:
    page = read(browser, "/turn", q=[PESKOV, MERZ])
    assert words(page, "h2") == [MERZ]
    assert not page.select("header.masthead, form")


@pytest.mark.parametrize(
    "path", ["/articles", f"/articles/{hostile.id}?at=0-5", "/?q=%3Cscript%3Ealert('question')%3C/script%3E"]
)
def test_whatever_an_article_or_a_question_says_stays_text(browser: TestClient, path: str) -> None:
    text = browser.get(path).text
    page = parse(text)
    assert len(page.select("script")) <= 1
    assert not page.select("main img, main script, main b")
    assert "&lt;script&gt;" in text
    assert not [each for each in page.select("[href]") if attribute(each, "href").startswith("javascript:")]
    assert not re.search(r"\son\w+=", re.sub(r'"[^"]*"|>[^<]*<', "", text))
    assert "style=" not in re.sub(r">[^<]*<", "", text)


def test_a_hostile_passage_is_cut_where_its_answer_is(browser: TestClient) -> None:
    page = read(browser, "/", q=SCRIPT)
    assert [each.get_text() for each in page.select(".card mark")] == ["</mark> words 😀😀 before"]
    assert page.select(".card blockquote p")[0].get_text() == hostile.text.split("\n")[0]


def test_words_of_any_direction_find_their_own(browser: TestClient) -> None:
    page = read(browser, f"/articles/{hostile.id}")
    assert all(attribute(each, "dir") == "auto" for each in page.select(".story > p, .story h1, .from .outlet"))


def test_an_article_shows_its_standfirst_once_and_all_its_words(browser: TestClient) -> None:
    page = read(browser, f"/articles/{berlin.id}")
    standfirst, *rest = berlin.text.split("\n")
    assert words(page, ".standfirst") == [standfirst]
    assert [each.get_text() for each in page.select(".story > p")] == rest
    assert words(page, ".about p a") == ["Courier"]


def test_an_earlier_version_leads_to_the_newest_and_back(browser: TestClient) -> None:
    [link] = read(browser, f"/articles/{ferry_before.id}").select(".notice a")
    assert attribute(link, "href") == f"/articles/{ferry.id}"
    page = read(browser, f"/articles/{ferry.id}")
    assert not page.select(".notice")
    assert f"/articles/{ferry_before.id}" in [attribute(each, "href") for each in page.select(".about a")]


def test_an_empty_archive_is_friendly_on_every_page(visit: Visit) -> None:
    client = visit(FakeArchive(held=()))
    client.headers["accept"] = "text/html"
    for path in ("/", "/?q=x", "/articles"):
        response = client.get(path)
        assert response.status_code == 200
        assert "The archive is empty" in response.text


def test_the_list_of_articles_can_be_searched_and_filtered(browser: TestClient) -> None:
    assert len(words(read(browser, "/articles"), ".list h2")) == 3
    page = read(browser, "/articles", text="ferry", outlets="Ostrel Valley Gazette")
    assert words(page, ".list h2") == [ferry.title]
    assert words(page, ".count") == ["1 article of 3 · Show all"]
    assert attribute(page.select("input[type=checkbox][checked]")[0], "value") == "Ostrel Valley Gazette"


def test_a_long_list_has_pages(visit: Visit) -> None:
    client = visit(FakeArchive(held=(ferry,) * 60))
    assert len(words(read(client, "/articles"), ".list h2")) == 25
    last = read(client, "/articles", page="3", text="ferry")
    assert len(words(last, ".list h2")) == 10
    assert words(last, ".pager") == ["Newer Page 3 of 3"]
    assert attribute(last.select("a[rel=prev]")[0], "href") == "/articles?text=ferry&page=2"
    assert words(read(client, "/articles", page="nonsense"), ".pager span")[1] == "Page 1 of 3"


def test_a_quotation_is_checked_by_its_address(browser: TestClient) -> None:
    page = read(browser, "/verify", quotation="Show me the cash and I will show you the boat.")
    assert words(page, "#verdict") == ["Altered"]
    assert words(page, ".checked ins") == ["cash"]
    assert words(page, "td") == ["cash", "money"]
    assert words(read(browser, "/verify", quotation="real progress"), "#verdict") == ["Word for word"]
    assert words(read(browser, "/verify", quotation="nowhere"), "#verdict") == ["Not found"]
    assert not read(browser, "/verify").select("#verdict")


def test_a_draft_is_checked_with_each_quotation_marked_in_it(browser: TestClient) -> None:
    draft = "“Show me the cash and I will show you the boat.” It was “real progress” and <b>“nowhere”</b>.\n“the money”"
    response = browser.post("/verify", files={"draft": (None, draft)})
    page = parse(response.text)
    assert words(page, ".counts span") == ["1 word for word", "1 altered", "1 said by another", "1 not found"]
    assert words(page, ".draft .quoted") == [
        "“Show me the cash and I will show you the boat.”",
        "“real progress”",
        "“nowhere”",
        "“the money”",
    ]
    assert page.select(".draft")[0].get_text() == draft
    assert page.select("textarea#draft")[0].get_text().removeprefix("\n") == draft
    assert words(page, ".check h3") == ["1. Altered", "2. Word for word", "3. Not found", "4. Said by another"]
    assert [words(page, f"#q1 {kind}") for kind in ("del", "ins")] == [["money"], ["cash"]]
    assert "In the draft: Friedrich Merz." in words(page, "#q4 > p")[0]
    assert browser.post("/verify", files={"draft": (None, "no quotation")}).status_code == 422


def test_the_page_of_the_api_says_what_each_operation_takes(browser: TestClient) -> None:
    page = read(browser, "/api")
    assert "POST /api/answer" in words(page, "h2")
    assert words(page, ".operation:first-of-type dt code")[:1] == ["published_after"]
    assert "`" not in page.select("main")[0].get_text().replace("```", "")


@pytest.mark.parametrize(
    "path",
    [
        "/",
        f"/?q={MERZ}",
        "/articles",
        f"/articles/{berlin.id}",
        "/speakers",
        "/speakers/friedrich-merz",
        "/verify",
        "/api",
        "/problems",
    ],
)
def test_no_page_fetches_anything_from_elsewhere(browser: TestClient, path: str) -> None:
    page = parse(browser.get(path).text)
    fetched = [attribute(tag, name) for name in ("src", "action") for tag in page.select(f"[{name}]")]
    fetched += [attribute(tag, "href") for tag in page.select("link")]
    assert fetched
    assert all(each.startswith("/") and not each.startswith("//") for each in fetched)


def test_scripts_are_small() -> None:
    scripts = (Path(web.__file__).parent / "static").glob("*.js")
    assert 0 < sum(each.stat().st_size for each in scripts) <= 15_000


def test_statements_from_one_article_stand_together_under_its_headline(browser: TestClient) -> None:
    page = read(browser, "/", q=MERZ)
    assert words(page, ".group h3") == [berlin.title]
    assert words(page, ".group .outlet") == ["On Record sample desk"]
    assert words(page, ".group .number") == ["1", "2", "3"]


@pytest.mark.parametrize(("question", "count"), [(PESKOV, 1), (MERZ, 3), (COMPARED, 4), (DISPUTED, 2), (NOBODY, 1)])
def test_every_citation_has_an_address_of_its_own(browser: TestClient, question: str, count: int) -> None:
    page = read(browser, "/", q=question)
    ids = [attribute(each, "id") for each in page.select("#turns [id^=s]")]
    assert sorted(one for one in ids if re.fullmatch(r"s\d+", one)) == [f"s{number}" for number in range(1, count + 1)]


@pytest.mark.parametrize(
    ("name", "text"), [("draft", "\n“?!”\n…"), ("draft", "x" * 20_001), ("quotation", "x" * 2_001)]
)
def test_a_text_that_could_not_be_checked_is_kept(browser: TestClient, name: str, text: str) -> None:
    if name == "draft":
        response = browser.post("/verify", files={"draft": (None, text)})
    else:
        response = browser.get("/verify", params={"quotation": text})
    assert response.status_code == 422
    page = parse(response.text)
    assert "Your text is kept." in page.get_text()
    box = page.select_one(f"form[action='/verify'] textarea[name={name}]")
    assert box
    assert box.get_text().removeprefix("\n") == text  # a browser drops a line break that comes first
