"""The pages of speakers, and how an answer with statements is drawn."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
from fastapi.testclient import TestClient

from qa.answering.days import period
from qa.records import SpeakerRecord
from qa.types import Answer, AnswerKind, Question, QuestionKind
from tests.web.archive import (
    COMPARED,
    DISPUTED,
    IMMIGRATION,
    IN_DECEMBER,
    LAST_WEEK,
    MERZ,
    MERZ_PROFILE,
    PESKOV,
    WHO_SAID,
    FakeArchive,
    berlin,
    cite,
    said_by_merz,
)
from tests.web.conftest import Visit
from tests.web.test_pages import attribute, parse, read, words
from web.filters import Filters
from web.views import speaker, turn


def test_the_list_of_speakers_leads_to_each_of_them(browser: TestClient) -> None:
    page = read(browser, "/speakers")
    assert words(page, ".people h2") == ["Friedrich Merz", "@SUM(A1) <b>Mallory</b>"]
    assert words(page, ".people li")[0].endswith("German Chancellor 3 statements 15 December 2025 to 13 January 2026")
    for link in page.select(".people a"):
        assert browser.get(attribute(link, "href")).status_code == 200
    assert words(read(browser, "/speakers", text="merz"), ".people h2") == ["Friedrich Merz"]


def test_a_speakers_page_says_who_they_are_and_when_articles_call_them_what(browser: TestClient) -> None:
    page = read(browser, "/speakers/friedrich-merz")
    assert words(page, "h1") == ["Friedrich Merz"]
    assert words(page, ".spellings span") == ["Merz"]
    assert words(page, ".roles > div") == [
        "German Chancellor 15 December 2025 to 13 January 2026 · 3 statements",
        "CDU leader 1 statement",
    ]


def test_a_speakers_statements_stand_under_their_article_with_their_exact_words(browser: TestClient) -> None:
    page = read(browser, "/speakers/friedrich-merz")
    assert words(page, ".said .group time") == ["15 December 2025"]
    assert words(page, ".said mark") == [
        "they had opened the “chance for a real peace process.”",
        "“We want peace,”",
        "“and we want it to last.”",
        "the talks as a breakthrough",
    ]


def test_exports_of_a_speaker_keep_what_was_chosen(browser: TestClient) -> None:
    page = read(browser, "/speakers/friedrich-merz", about="peace", published_after="2025-12-01", outlets="Courier")
    links = [attribute(each, "href") for each in page.select(".exports a")]
    queries = [parse_qs(urlsplit(link).query) for link in links]
    chosen = {"speaker": ["friedrich-merz"], "about": ["peace"], "after": ["2025-12-01"], "outlet": ["Courier"]}
    assert [query.pop("format", ["json"]) for query in queries] == [["csv"], ["jsonl"], ["schema.org"], ["json"]]
    assert queries == [chosen] * 4
    assert [browser.get(link).status_code for link in links] == [200] * 4


def test_a_topic_narrows_a_speakers_statements_and_can_be_taken_away(browser: TestClient, archive: FakeArchive) -> None:
    page = read(browser, "/speakers/friedrich-merz", about="peace")
    assert archive.asked[-1].topic == "peace"
    assert words(page, "#said") == ["About peace"]
    [chip] = page.select(".chips a")
    assert attribute(chip, "href") == "/speakers/friedrich-merz"
    assert archive.asked[-1].kind is QuestionKind.COURSE


def test_a_topic_on_a_speakers_page_shows_what_was_said_over_time_and_what_is_worded_otherwise(
    browser: TestClient,
) -> None:
    page = read(browser, "/speakers/friedrich-merz", about="peace")
    assert words(page, ".course .day") == ["15 December 2025"]
    [since] = page.select(".since")
    assert [attribute(link, "href") for link in since.select("a")] == ["#step-1"]
    assert words(page, ".change-figure small") == ["figure"]
    [marked] = page.select("mark.changed-figure")
    assert marked.text in page.select("#step-2 blockquote")[0].text


def test_a_topic_of_which_a_speaker_says_nothing_is_refused_with_the_nearest(browser: TestClient) -> None:
    page = read(browser, "/speakers/friedrich-merz", about="immigration")
    assert "none about immigration" in words(page, ".refusal")[0]
    assert len(page.select(".cards-near .card")) == 1


def test_another_spelling_leads_to_the_speakers_page_with_what_was_chosen(browser: TestClient) -> None:
    response = browser.get("/speakers/merz", params={"about": "peace"}, follow_redirects=False)
    assert response.status_code == 307
    assert urlsplit(response.headers["location"])[2:4] == ("/speakers/friedrich-merz", "about=peace")


def test_a_speaker_who_is_not_there_is_a_page_that_says_so(browser: TestClient, client: TestClient) -> None:
    response = browser.get("/speakers/nobody")
    assert response.status_code == 404
    assert "No such speaker" in response.text
    assert client.get("/speakers/nobody", headers={"accept": "application/json"}).json()["status"] == 404


def test_statements_of_a_namesake_are_not_put_on_a_speakers_page(visit: Visit) -> None:
    class Namesakes(FakeArchive):
        def speaker(self, slug: str, *, limit: int | None = None) -> SpeakerRecord:
            return replace(super().speaker(slug, limit=limit), profile=replace(MERZ_PROFILE, spellings=("F. Merz",)))

    page = read(visit(Namesakes()), "/speakers/friedrich-merz", published_after="2025-01-01")
    assert not page.select(".said .card")


def test_a_long_list_of_statements_is_folded_and_has_pages(visit: Visit) -> None:
    class Talkative(FakeArchive):
        def speaker(self, slug: str, *, limit: int | None = None) -> SpeakerRecord:
            record = super().speaker(slug, limit=limit)
            return replace(record, citations=tuple(record.citations) * 50)

    client = visit(Talkative())
    first, last = read(client, "/speakers/friedrich-merz"), read(client, "/speakers/friedrich-merz", page="2")
    assert words(first, ".pager span")[1] == "Page 1 of 2"
    assert words(first, ".rest > summary") == ["92 more"]
    assert words(first, ".summing .filters > summary") == ["From 1 article: choose days and outlets"]
    assert words(last, ".rest > summary") == ["42 more"]
    assert words(read(client, "/speakers/friedrich-merz", page="9"), ".said .count") == ["There is no such page."]


def test_an_answer_links_its_speaker_and_tells_the_three_forms_apart(browser: TestClient) -> None:
    page = read(browser, "/", q=MERZ)
    assert not page.select(".who"), "the list is headed with the one who says all of it"
    assert attribute(page.select(".verdict a")[0], "href") == "/speakers/friedrich-merz"
    assert [attribute(each, "class") for each in page.select(".card")] == [
        str(["card", f"said-{form}"]) for form in ("mixed", "direct", "indirect")
    ]
    assert words(page, ".attributing")[:2] == ["Merz", "saying"]


def test_who_said_it_is_answered_with_the_mention_and_whom_it_means(browser: TestClient) -> None:
    page = read(browser, "/", q=WHO_SAID)
    assert words(page, ".answer") == ["He → Friedrich Merz"]
    assert words(page, ".card mark") == ["He"]
    assert words(page, ".how p") == [
        "The article says He, which is Friedrich Merz, told by pronoun. It attributes the words by calling."
    ]


@pytest.mark.parametrize(("question", "way"), [(MERZ, "statements"), (WHO_SAID, "statements"), (PESKOV, "span")])
def test_the_way_that_was_taken_is_on_the_page(browser: TestClient, question: str, way: str) -> None:
    assert attribute(read(browser, "/", q=question).select(".understood")[0], "data-way") == way


def test_days_that_were_read_from_a_question_can_be_changed_without_scripts(browser: TestClient) -> None:
    page = read(browser, "/", q=[PESKOV, IN_DECEMBER])
    assert words(page, ".chip summary") == ["1 to 31 December 2025 read from in December"]
    [form] = page.select(".chip form")
    fields = [(attribute(each, "name"), attribute(each, "value")) for each in form.select("input")]
    assert fields == [
        ("q", PESKOV),
        ("q", IN_DECEMBER),
        ("published_after", "2025-12-01"),
        ("published_before", "2025-12-31"),
    ]


def test_days_that_were_read_from_a_question_can_be_dropped_with_their_words(browser: TestClient) -> None:
    [link] = read(browser, "/", q=[PESKOV, IN_DECEMBER], outlets="Courier").select(".days > a")
    assert parse_qs(urlsplit(attribute(link, "href")).query) == {"q": [PESKOV, MERZ], "outlets": ["Courier"]}


def test_days_that_were_chosen_take_the_place_of_those_that_were_read(browser: TestClient) -> None:
    page = read(browser, "/", q=IN_DECEMBER, published_after="2025-11-01")
    assert words(page, ".chips span[dir]") == ["From 1 November 2025"]
    assert not page.select(".chip")


def test_a_refusal_for_days_that_were_read_names_them(browser: TestClient) -> None:
    page = read(browser, "/", q=LAST_WEEK)
    assert words(page, ".refusal") == [
        "Not in these days The archive has something on this, but nothing for last week: 5 to 11 January 2026."
    ]


def test_a_refusal_about_a_topic_shows_what_the_speaker_says_instead(browser: TestClient) -> None:
    page = read(browser, "/", q=IMMIGRATION)
    assert "has statements by Merz, but none about immigration" in words(page, ".refusal")[0]
    assert words(page, ".cards-near .card > blockquote mark") == [
        "they had opened the “chance for a real peace process.”"
    ]


def test_a_turn_alone_sends_the_whole_conversation_along_with_its_days(browser: TestClient) -> None:
    page = parse(browser.get("/turn", params={"q": [PESKOV, IN_DECEMBER]}).text)
    assert [attribute(each, "value") for each in page.select(".chip input[name=q]")] == [PESKOV, IN_DECEMBER]


def test_statements_of_several_people_are_not_said_to_be_of_one() -> None:
    listed = said_by_merz(Question(MERZ, QuestionKind.STATEMENTS))
    assert turn(listed).heading == "3 statements by Friedrich Merz"
    other = listed.citations[0].statement
    assert other is not None
    assert other.speaker is not None
    theirs = replace(other, speaker=replace(other.speaker, name="Ilse Varnholt"))
    mixed = Answer(
        listed.question,
        AnswerKind.STATEMENTS,
        (*listed.citations, cite(berlin, "the talks as a breakthrough", 4, statement=theirs)),
        0.8,
    )
    assert turn(mixed).heading == "4 statements by 2 speakers"
    assert turn(mixed).speaker_href is None


def test_an_unsure_attribution_says_that_it_is() -> None:
    listed = said_by_merz(Question(MERZ, QuestionKind.STATEMENTS))
    first = listed.citations[0]
    assert first.statement is not None
    unsure = replace(first, statement=replace(first.statement, confidence=0.3))
    drawn = [each.attribution for each in turn(replace(listed, citations=(first, unsure))).cards]
    assert [each.unsure for each in drawn if each] == [False, True]


@pytest.mark.parametrize(
    ("first", "last", "written"),
    [
        (date(2025, 12, 15), date(2025, 12, 15), "15 December 2025"),
        (date(2025, 12, 8), date(2025, 12, 14), "8 to 14 December 2025"),
        (date(2025, 12, 29), date(2026, 1, 4), "29 December 2025 to 4 January 2026"),
        (date(2025, 12, 8), None, "from 8 December 2025"),
        (None, date(2025, 12, 8), "until 8 December 2025"),
    ],
)
def test_a_period_is_written_as_people_write_it(first: date | None, last: date | None, written: str) -> None:
    assert period(first, last) == written


def test_a_timeline_counts_by_day_month_or_year_and_stays_in_its_drawing(browser: TestClient) -> None:
    citation = cite(berlin, "real progress", statement=said_by_merz(Question("q")).citations[0].statement)
    spans = {"day": [date(2025, 12, 1), date(2025, 12, 9)], "month": [date(2024, 1, 1), date(2025, 12, 9)]}
    spans["year"] = [date(1990, 1, 1), date(2025, 12, 9)]
    for noun, published in spans.items():
        citations = [replace(citation, article=replace(berlin, published=day)) for day in published]
        timeline = speaker(SpeakerRecord(MERZ_PROFILE, tuple(citations)), "", Filters()).narrowing.timeline
        assert timeline is not None
        assert timeline.words.startswith(f"Statements by {noun}")
        assert [bar.x + bar.width <= 100 and bar.y >= 0 for bar in timeline.bars] == [True, True]
        assert (timeline.most, timeline.unit) == (1, noun)
        bars = timeline.bars
    assert [bar.href for bar in bars] == [
        "/speakers/friedrich-merz?published_after=1990-01-01&published_before=1990-12-31",
        "/speakers/friedrich-merz?published_after=2025-01-01&published_before=2025-12-31",
    ]


def test_topics_are_links_to_what_is_said_about_them(visit: Visit) -> None:
    class Marked(FakeArchive):
        def speaker(self, slug: str, *, limit: int | None = None) -> SpeakerRecord:
            return replace(super().speaker(slug, limit=limit), topics=(("harbour dues", 3), ("ferry", 2)))

    chips = read(visit(Marked()), "/speakers/friedrich-merz").select(".topics a")
    assert [(" ".join(chip.text.split()), chip["href"]) for chip in chips] == [
        ("harbour dues 3", "/speakers/friedrich-merz?about=harbour+dues"),
        ("ferry 2", "/speakers/friedrich-merz?about=ferry"),
    ]


@pytest.mark.parametrize("address", ["/compare?a=Merz&b=Zelensky&about=the+talks", "/"])
def test_two_people_stand_in_two_columns_with_their_own_words(browser: TestClient, address: str) -> None:
    page = read(browser, address, **({"q": COMPARED} if address == "/" else {}))
    assert words(page, ".side-name") == ["Friedrich Merz", "Volodymyr Zelensky"]
    first, second = page.select(".side")
    assert [mark.text for mark in second.select("mark")] == ["“not easy”"]
    assert "“not easy”" not in [mark.text for mark in first.select("mark")]


def test_a_claim_stands_above_what_says_otherwise(browser: TestClient, client: TestClient) -> None:
    page = read(browser, "/", q=DISPUTED)
    assert words(page, ".turn .verdict") == ["One claim is contradicted"]
    assert [len(one.select("blockquote")) for one in page.select(".opposed > li")] == [2]
    assert words(page, ".otherwise .how")[0] == "It is denied:"
    body = client.post("/api/answer", json={"question": DISPUTED}).json()
    assert (body["kind"], body["pairs"]) == ("contrary", [{"claim": 1, "otherwise": 2, "how": "denial"}])


def test_a_comparison_says_of_whom_there_is_nothing(browser: TestClient) -> None:
    page = read(browser, "/compare?a=Merz&b=Nobody")
    assert not page.select(".side")
    assert "does not name Nobody" in words(page, ".refusal")[0]


def test_a_comparison_in_json_says_whose_citations_are_whose(client: TestClient) -> None:
    body = client.get("/api/compare", params={"a": "Merz", "b": "Zelensky", "about": "the talks"}).json()
    assert body["kind"] == "comparison"
    assert [(side["asked"], side["citations"]) for side in body["sides"]] == [("Merz", [1, 2, 3]), ("Zelensky", [4])]
    refused = client.get("/api/compare", params={"a": "Merz", "b": "Nobody"}).json()
    assert refused["missing"]["by"] == ["Nobody"]
    assert client.get("/api/compare", params={"a": "Merz", "b": ""}).status_code == 422
