"""Follow-up questions on the page and in JSON: what came before is handed over, and what was carried is shown."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from bs4 import BeautifulSoup
from fastapi.testclient import TestClient

from qa.output.answers import AnswerBody
from qa.types import Carried, NoAnswer, NoAnswerReason, Part, Question, QuestionKind
from tests.web.archive import MERZ, PESKOV, FakeArchive
from web.views import turn

FOLLOWED = Question(
    "What did Tomas Reck say about the budget in March?",
    QuestionKind.STATEMENTS,
    "Tomas Reck",
    "the budget",
    dates_said="in March",
    carried=(Carried(Part.SPEAKER, "Tomas Reck", "he"), Carried(Part.TOPIC, "the budget", "")),
    typed="and what of it in March did he say?",
)
REFUSED = NoAnswer(FOLLOWED, NoAnswerReason.SILENT_ON_TOPIC)


def test_a_question_by_json_is_asked_after_the_earlier_ones(client: TestClient, archive: FakeArchive) -> None:
    assert client.post("/api/answer", json={"question": PESKOV, "earlier": [MERZ, "who is he?"]}).status_code == 200
    assert client.get("/api/answer", params={"question": PESKOV, "earlier": [MERZ]}).status_code == 200
    assert archive.before == [(MERZ, "who is he?"), (MERZ,)]


def test_too_many_or_too_long_earlier_questions_are_refused(client: TestClient) -> None:
    assert client.post("/api/answer", json={"question": PESKOV, "earlier": [MERZ] * 17}).status_code == 422
    assert client.post("/api/answer", json={"question": PESKOV, "earlier": ["a" * 10_000]}).status_code == 422


def test_each_question_of_the_page_is_asked_after_those_before_it(browser: TestClient, archive: FakeArchive) -> None:
    assert browser.get("/", params={"q": [MERZ, PESKOV]}).status_code == 200
    assert archive.before == [(), (MERZ,)]
    archive.before.clear()
    assert browser.get("/turn", params={"q": [MERZ, PESKOV]}).status_code == 200
    assert archive.before == [(MERZ,)]


def test_what_was_carried_is_shown_with_a_way_to_ask_without_it() -> None:
    read = turn(REFUSED, ["What did Tomas Reck say?", FOLLOWED.words]).understood
    assert [(one.words, one.value) for one in read.carried] == [("he", "Tomas Reck"), ("about", "the budget")]
    asked = [parse_qs(urlsplit(one.without or "").query)["q"] for one in read.carried]
    assert asked == [
        ["What did Tomas Reck say?", "Who talked about the budget in March?"],
        ["What did Tomas Reck say?", "What did Tomas Reck say in March?"],
    ]
    assert (read.whole, read.before) == (FOLLOWED.text, ("What did Tomas Reck say?",))


def test_the_page_draws_chips_and_a_form_that_asks_otherwise(browser: TestClient, archive: FakeArchive) -> None:
    archive.ask = lambda text, scope=None, *, earlier=(): REFUSED  # type: ignore[method-assign]
    page = BeautifulSoup(browser.get("/", params={"q": ["What did Tomas Reck say?", "it?"]}).text, "html.parser")
    drawn = page.select_one("section.turn .carried")
    assert drawn
    assert "he = Tomas Reck" in " ".join(drawn.get_text().split())
    fields = [(each.get("name"), each.get("value")) for each in drawn.select("form input")]
    assert fields == [("q", "What did Tomas Reck say?"), ("q", FOLLOWED.text)]


def test_json_tells_what_was_typed_and_what_was_carried() -> None:
    body = AnswerBody.from_outcome(REFUSED)
    assert body.question == FOLLOWED.typed
    assert [(one.part, one.value, one.words) for one in body.understood.carried] == [
        (Part.SPEAKER, "Tomas Reck", "he"),
        (Part.TOPIC, "the budget", ""),
    ]
    assert body.understood.text == FOLLOWED.text


def test_words_that_were_read_for_words_with_a_slip_are_shown() -> None:
    slips = (Carried(Part.SPELLING, "which", "wich"), Carried(Part.SPELLING, "ballistic", "balistic"))
    question = Question("in which city did the ballistic missile fall", carried=slips, typed="in wich city …")
    refused = NoAnswer(question, NoAnswerReason.BELOW_THRESHOLD)
    read = turn(refused, ["in wich city …"]).understood
    assert (read.spelt, read.carried, read.whole) == ("which, ballistic", (), question.text)
    body = AnswerBody.from_outcome(refused).understood
    assert [(one.part, one.value, one.words) for one in body.carried] == [
        (Part.SPELLING, "which", "wich"),
        (Part.SPELLING, "ballistic", "balistic"),
    ]


def test_the_page_says_what_a_word_with_a_slip_was_read_as(browser: TestClient, archive: FakeArchive) -> None:
    question = Question("which?", carried=(Carried(Part.SPELLING, "which", "wich"),), typed="wich?")
    refused = NoAnswer(question, NoAnswerReason.BELOW_THRESHOLD)
    archive.ask = lambda text, scope=None, *, earlier=(): refused  # type: ignore[method-assign]
    page = BeautifulSoup(browser.get("/", params={"q": "wich?"}).text, "html.parser")
    drawn = page.select_one("section.turn .carried")
    assert drawn
    assert drawn["aria-label"] == "Read otherwise than typed"
    assert "read as: which" in " ".join(drawn.get_text().split())
