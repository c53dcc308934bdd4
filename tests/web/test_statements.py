"""`/api/statements`, its exports, and the bodies of speakers."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from qa.errors import ArchiveEmpty
from qa.output.exporting import FORMATS, Exported
from qa.types import EVERYTHING, Article, Span, Speaker, Statement, StatementForm
from tests.web.archive import BERLIN, IN_DECEMBER, MERZ, WHO_SAID, FakeArchive, berlin, ferry, make_article
from tests.web.conftest import Visit

FORMS = ["csv", "jsonl", "schema.org"]


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


def test_statements_are_listed_in_the_bodies_of_an_answer(client: TestClient) -> None:
    body = client.get("/api/statements", params={"speaker": "merz"}).json()
    asked = client.get("/api/answer", params={"question": MERZ}).json()
    assert body["answered"] is True
    assert body["citations"] == asked["citations"]
    assert body["understood"]["way"] == "statements"
    assert body["understood"]["speaker"] == "merz"


def test_a_statement_has_its_pieces_its_cue_and_how_its_speaker_was_resolved(client: TestClient) -> None:
    [citation] = client.get("/api/answer", params={"question": WHO_SAID}).json()["citations"]
    statement = citation["statement"]
    assert statement["mention"] == "He"
    assert statement["speaker"] == "Friedrich Merz"
    assert statement["speaker_href"] == "/speakers/friedrich-merz"
    assert statement["resolution"] == "pronoun"
    assert (statement["form"], statement["kind"], statement["confidence"]) == ("mixed", "speech", 1.0)
    pieces = [*statement["source"], *statement["cue_pieces"], *statement["content"]]
    assert [BERLIN[each["start"] : each["end"]] for each in pieces] == [each["text"] for each in pieces]


def test_the_way_that_was_taken_is_part_of_every_answer(client: TestClient) -> None:
    ways = {
        question: client.get("/api/answer", params={"question": question}).json()["understood"]["way"]
        for question in (IN_DECEMBER, WHO_SAID, "How many goals did the home side score?")
    }
    assert list(ways.values()) == ["statements", "statements", "span"]


def test_the_days_that_a_question_was_read_as_are_told(client: TestClient) -> None:
    understood = client.get("/api/answer", params={"question": IN_DECEMBER}).json()["understood"]
    assert understood["dates_said"] == "in December"
    assert (understood["published_after"], understood["published_before"]) == ("2025-12-01", "2025-12-31")


def test_every_choice_reaches_the_archive_and_empty_fields_are_none(client: TestClient, archive: FakeArchive) -> None:
    chosen = {"speaker": "merz", "about": "peace", "after": "2025-12-01", "before": "2025-12-31", "outlet": ["Courier"]}
    client.get("/api/statements", params=chosen)
    client.get("/api/statements", params=dict.fromkeys(["speaker", "about", "outlet"], ""))
    first, second = archive.asked
    assert (first.speaker, first.topic, first.scope.outlets) == ("merz", "peace", ("Courier",))
    assert (str(first.scope.published_after), str(first.scope.published_before)) == ("2025-12-01", "2025-12-31")
    assert (second.speaker, second.topic, second.scope) == (None, None, EVERYTHING)


@pytest.mark.parametrize(
    ("chosen", "reason"),
    [
        ({"speaker": "Macron"}, "speaker_silent"),
        ({"speaker": "Olaf Scholz"}, "speaker_unknown"),
        ({"speaker": "merz", "about": "immigration"}, "silent_on_topic"),
    ],
)
def test_a_refusal_of_statements_has_its_reason(client: TestClient, chosen: dict[str, str], reason: str) -> None:
    body = client.get("/api/statements", params=chosen).json()
    assert (body["answered"], body["reason"]) == (False, reason)


@pytest.mark.parametrize(
    "wrong",
    [{"limit": "0"}, {"limit": "10001"}, {"after": "soon"}, {"format": "xml"}, {"who": "merz"}, {"speaker": "x" * 201}],
)
def test_what_statements_cannot_be_asked_for_is_a_problem(client: TestClient, wrong: dict[str, str]) -> None:
    response = client.get("/api/statements", params=wrong)
    assert response.status_code == 422
    assert response.headers["content-type"] == "application/problem+json"


def test_dates_that_exclude_everything_are_a_problem(client: TestClient) -> None:
    response = client.get("/api/statements", params={"after": "2026-01-02", "before": "2026-01-01"})
    assert response.json()["type"] == "/problems/question-unusable"


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("about", [{}, {"about": "peace"}])
def test_an_export_of_nobody_is_a_problem_before_anything_is_sent(
    client: TestClient, form: str, about: dict[str, str]
) -> None:
    response = client.get("/api/statements", params={"speaker": "Olaf Scholz", "format": form, **about})
    assert response.status_code == 404
    assert response.json()["type"] == "/problems/speaker-not-found"


@pytest.mark.parametrize("form", FORMS)
def test_an_export_is_a_file_with_a_name(client: TestClient, form: str) -> None:
    response = client.get("/api/statements", params={"speaker": "merz", "format": form})
    assert response.headers["content-type"].startswith(FORMATS[form].media_type)
    assert response.headers["content-disposition"] == f'attachment; filename="statements-merz.{FORMATS[form].suffix}"'


def test_csv_has_one_line_for_each_statement_and_runs_nothing(client: TestClient) -> None:
    response = client.get("/api/statements", params={"format": "csv"})
    assert response.content.startswith("\ufeff".encode())
    rows = table(response.content.decode())
    assert [row["speaker"] for row in rows] == ["Friedrich Merz"] * 3 + ["'@SUM(A1) <b>Mallory</b>"]
    assert rows[1]["words"] == "“We want peace,” […] “and we want it to last.”"
    start, end = (int(each) for each in rows[0]["ranges"].split("-"))
    assert BERLIN[start:end] == rows[0]["words"]
    assert (rows[3]["mention"], rows[3]["role"]) == ("'=1+1", "'+role")
    cells = [cell for row in rows for cell in row.values()]
    assert not [cell for cell in cells if cell.strip().startswith(tuple("=+-@"))]


def test_json_lines_have_the_exact_slices_and_the_gathered_name(client: TestClient) -> None:
    lines = client.get("/api/statements", params={"format": "jsonl", "limit": "2"}).text.splitlines()
    rows = [json.loads(line) for line in lines]
    assert [row["speaker"] for row in rows] == ["Friedrich Merz"] * 2
    for row in rows:
        assert row["article"]["text_sha256"] == berlin.text_sha256
        assert [BERLIN[each["start"] : each["end"]] for each in row["content"]] == row["text"].split(" […] ")
        assert client.get(row["href"]).status_code == 200


def test_schema_org_tells_quotations_from_reports_and_names_the_article(client: TestClient) -> None:
    document = client.get("/api/statements", params={"speaker": "merz", "format": "schema.org"}).json()
    assert document["@context"] == "https://schema.org"
    quotations = document["@graph"]
    assert {each["@type"] for each in quotations} == {"Quotation"}
    assert [each["genre"] for each in quotations] == ["partly quoted", "direct quotation", "reported, not quoted"]
    assert quotations[2]["text"] == "the talks as a breakthrough", "no marks are added"
    assert quotations[0]["spokenByCharacter"]["name"] == "Friedrich Merz"
    assert quotations[0]["isPartOf"]["headline"] == berlin.title
    assert quotations[0]["@id"].startswith("http://localhost/articles/")


def test_an_export_about_a_topic_has_the_statements_of_the_answer(client: TestClient) -> None:
    params = {"speaker": "merz", "about": "peace", "format": "csv"}
    assert len(table(client.get("/api/statements", params=params).text)) == 3
    assert table(client.get("/api/statements", params={**params, "about": "immigration"}).text) == []


def exported(article: Article, content: Sequence[Span], speaker: str) -> Exported:
    said = Statement(article.id, Speaker(speaker, speaker), (), (), tuple(content), StatementForm.INDIRECT)
    return Exported.from_statement(said, article)


@given(st.text(min_size=1, max_size=30).filter(str.strip), st.text(min_size=1, max_size=30))
def test_whatever_is_said_survives_every_format_and_starts_no_formula(text: str, speaker: str) -> None:
    article = make_article(text, text)
    row = exported(article, [Span(0, len(text))], speaker)
    reader = csv.reader(io.StringIO("".join(FORMATS["csv"].write([row], "")), newline=""))
    header, values = list(reader)
    cells = dict(zip(header, values, strict=True))
    assert cells["words"].removeprefix("'") == text.removeprefix("'")
    assert not cells["words"].lstrip().startswith(tuple("=+-@"))
    assert json.loads("".join(FORMATS["jsonl"].write([row], "")))["text"] == text
    [quotation] = json.loads("".join(FORMATS["schema.org"].write([row], "")))["@graph"]
    assert quotation["text"] == text


def test_speakers_are_listed_found_and_known_by_any_spelling(client: TestClient) -> None:
    body = client.get("/api/speakers", params={"text": "merz", "limit": 5}).json()
    [speaker] = body["speakers"]
    assert (body["total"], speaker["slug"], speaker["statements"]) == (1, "friedrich-merz", 3)
    assert speaker["roles"][0] == {
        "title": "German Chancellor",
        "statements": 3,
        "first": "2025-12-15",
        "last": "2026-01-13",
    }
    assert client.get("/api/speakers/merz").json() == speaker
    assert client.get("/api/speakers/nobody").json()["type"] == "/problems/speaker-not-found"


def test_an_article_tells_what_is_said_in_it_and_when_asked_what_is_believed(client: TestClient) -> None:
    said = client.get(f"/api/articles/{berlin.id}/statements").json()
    assert [each["kind"] for each in said["statements"]] == ["speech"] * 3
    body = client.get(f"/api/articles/{berlin.id}/statements?thoughts=true").json()
    [article] = body["articles"]
    assert article["text"] == BERLIN
    assert [each["kind"] for each in body["statements"]] == ["speech"] * 3 + ["other"]
    for statement in body["statements"]:
        assert statement["article_id"] == berlin.id
        assert [BERLIN[each["start"] : each["end"]] for each in statement["content"]] == [
            each["text"] for each in statement["content"]
        ]
    assert client.get(f"/api/articles/{ferry.id}/statements").json()["statements"] == []
    assert client.get("/api/articles/nope/statements").status_code == 404


def test_an_empty_archive_has_no_statements_and_says_so(visit: Visit) -> None:
    class Empty(FakeArchive):
        def statements(self, **_: object) -> None:  # type: ignore[override]
            raise ArchiveEmpty("/data")

    response = visit(Empty()).get("/api/statements")
    assert response.status_code == 503
    assert response.json()["type"] == "/problems/archive-empty"
