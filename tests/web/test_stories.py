"""Copies of one story, from the file in which they come to the list, the answer and the article's page."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from os import environ
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from fastapi.testclient import TestClient

from qa.assistant import Assistant
from qa.settings import Settings
from tests.conftest import fresh_settings
from web.app import create_app

PIER = [
    "Harbour commissioner Orla Venning told the council on Monday that the pier would be rebuilt by the spring of 2027."
    " “Engineers asked for two years, and they shall have them,” she said.",
    "The work is to begin as soon as the last ferry of the season has left. The shops at the foot of the pier may stay "
    "open while it goes on.",
    "Cracks were found in eleven of the forty steel piles in August, and the council closed the outer half of the pier "
    "to all traffic.",
]
DUCKS = [
    "Ducks were counted on the weir above Ostrel at dawn by eleven members of the bird club, who saw ninety of them."
]
COPIES = [
    ("Northern Wire", "2031-05-01", "Pier at Tarnmouth to be rebuilt", ["TARNMOUTH (NW) — " + PIER[0], *PIER[1:]]),
    ("Courier", "2031-05-02", "Cracks in eleven piles", PIER[:2]),
    ("Gazette", "2031-05-03", "Relief in Ostrel", [*PIER, "In Ostrel the news was met with relief and free beer."]),
    ("Gazette", "2031-05-04", "Ducks on the weir", DUCKS),
]


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory, compiled_models: Path) -> Settings:
    folder = tmp_path_factory.mktemp("stories")
    settings = fresh_settings(folder / "data", compiled_models)
    (folder / "pier.jsonl").write_text(
        "\n".join(
            json.dumps(
                {
                    "url": f"https://{outlet.split()[0].lower()}.example/{number}",
                    "headline": title,
                    "outlet": outlet,
                    "publish_date": day,
                    "content": "\n\n".join(paragraphs),
                }
            )
            for number, (outlet, day, title, paragraphs) in enumerate(COPIES)
        ),
        encoding="utf-8",
    )
    with Assistant.open(settings, label="tests", write=True) as assistant:
        assert not assistant.ingest([str(folder / "pier.jsonl")]).failures
    return settings


@pytest.fixture(scope="module")
def client(kept: Settings) -> Iterator[TestClient]:
    with (
        Assistant.open(kept, label="tests") as assistant,
        TestClient(create_app(kept, assistant), "http://localhost") as client,
    ):
        yield client


def page(client: TestClient, path: str, **query: str) -> BeautifulSoup:
    response = client.get(path, params=query or None, headers={"accept": "text/html"})
    assert response.status_code == 200, response.text
    return BeautifulSoup(response.text, "html.parser")


def ids(client: TestClient) -> dict[str, str]:
    return {one["title"]: one["id"] for one in client.get("/api/articles").json()["articles"]}


def test_the_list_shows_one_of_each_story_and_where_the_others_are(client: TestClient) -> None:
    listed = page(client, "/articles")
    assert [title.get_text() for title in listed.select(".list h2")] == ["Ducks on the weir", COPIES[0][2]]
    [also] = listed.select("details.also")
    assert also.select_one("summary").get_text() == "Also in 2 outlets"  # type: ignore[union-attr]
    assert [link.get_text() for link in also.select("a")] == [COPIES[1][2], COPIES[2][2]]
    assert "2 articles" in listed.select(".count")[0].get_text()


def test_filtered_by_outlet_the_list_and_answers_show_that_outlets_copy(client: TestClient) -> None:
    listed = page(client, "/articles", outlets="Courier")
    assert [title.get_text() for title in listed.select(".list h2")] == [COPIES[1][2]]
    body = client.get("/api/answer", params={"question": "What did Venning say?", "outlets": "Courier"}).json()
    assert {one["article"]["outlet"] for one in body["citations"]} == {"Courier"}


def test_the_api_lists_all_or_one_of_each_and_names_the_copies(client: TestClient) -> None:
    every = client.get("/api/articles").json()
    assert every["total"] == 4
    one_each = client.get("/api/articles", params={"one_each": "true"}).json()
    assert one_each["total"] == len(one_each["articles"]) == 2
    copies = one_each["articles"][1]["copies"]
    assert [(one["outlets"], one["first"], one["fullest"]) for one in copies] == [
        (["Courier"], False, False),
        (["Gazette"], False, True),
    ]
    article = client.get(f"/api/articles/{copies[0]['id']}").json()
    assert [(one["title"], one["first"]) for one in article["copies"]] == [(COPIES[0][2], True), (COPIES[2][2], False)]


def test_a_statement_in_three_copies_is_one_and_counts_once(client: TestClient) -> None:
    body = client.get("/api/statements", params={"speaker": "Orla Venning"}).json()
    assert len(body["citations"]) == 2
    assert [len(one["also_in"]) for one in body["citations"]] == [2, 2]
    [venning] = [one for one in client.get("/api/speakers").json()["speakers"] if one["name"] == "Orla Venning"]
    assert venning["statements"] == 2
    answered = page(client, "/", q="What did Venning say?")
    assert [one.get_text() for one in answered.select("details.also summary")] == ["Also in 2 outlets"] * 2


def test_a_search_shows_one_of_the_copies(client: TestClient) -> None:
    body = client.get("/api/answer", params={"question": "steel piles cracks"}).json()
    assert body["kind"] == "passages"
    assert len(body["citations"]) == 1
    assert len(body["citations"][0]["also_in"]) == 1


def test_an_articles_page_lists_the_copies_and_tells_what_differs(client: TestClient) -> None:
    known = ids(client)
    wire, cut = known[COPIES[0][2]], known[COPIES[1][2]]
    shown = page(client, f"/articles/{cut}")
    assert [one.get_text(" ", strip=True) for one in shown.select(".copies .from")] == [
        "Northern Wire 1 May 2031 the earliest, 90 words",
        "Gazette 3 May 2031 the fullest, 99 words",
    ]
    assert not shown.select("#differences")
    href = str(shown.select(".copies li .also a")[0]["href"])
    assert href == f"/articles/{cut}?against={wire}#differences"
    compared = page(client, href.partition("#")[0]).select_one("#differences .compared")
    assert compared is not None
    assert [one.get_text() for one in compared.select("del")] == ["TARNMOUTH (NW) —", PIER[2]]
    assert not compared.select("ins")
    assert " ".join(compared.get_text().split()) == f"TARNMOUTH (NW) — {' '.join(PIER)}"


def test_the_api_tells_what_differs_in_stretches_of_both_texts(client: TestClient) -> None:
    known = ids(client)
    wire, cut = known[COPIES[0][2]], known[COPIES[1][2]]
    body = client.get(f"/api/articles/{wire}/differences", params={"other": cut}).json()
    assert (body["id"], body["other"]["id"]) == (wire, cut)
    text = {
        True: client.get(f"/api/articles/{cut}").json()["text"],
        False: client.get(f"/api/articles/{wire}").json()["text"],
    }
    for one in body["stretches"]:
        assert text[one["change"] == "removed"][one["start"] : one["end"]] == one["text"]
    own = "".join(one["text"] for one in body["stretches"] if one["change"] != "removed")
    assert own == text[False]
    assert client.get(f"/api/articles/{wire}/differences", params={"other": "no-such"}).status_code == 404
    assert client.get(f"/articles/{wire}", params={"against": "no-such"}).status_code == 404


@pytest.mark.slow
def test_the_command_line_folds_copies_and_shows_what_differs(kept: Settings, client: TestClient) -> None:
    known = ids(client)
    wire, cut = known[COPIES[0][2]], known[COPIES[1][2]]

    def qa(*arguments: str) -> str:
        command = [sys.executable, "-m", "qa.cli", *arguments]
        env = {**environ, "QA_DATA_DIR": str(kept.data_dir)}
        return subprocess.run(command, env=env, capture_output=True, text=True, timeout=120, check=True).stdout

    assert "(also in 2 outlets)" in qa("list")
    assert cut not in qa("list")
    assert cut in qa("list", "--copies")
    assert cut in qa("list", "--outlet", "Courier")
    assert "the earliest" in qa("show", cut)
    assert "[-TARNMOUTH (NW) —-]" in qa("show", cut, "--against", wire)
    assert json.loads(qa("show", cut, "--against", wire, "--json"))["id"] == cut
    assert "one version" in qa("show", cut, "--versions")


def test_a_second_address_of_a_text_gives_it_a_date_and_is_named_for_it(tmp_path: Path, compiled_models: Path) -> None:
    (tmp_path / "bare.txt").write_text("Relief in Ostrel\n\n" + PIER[0], encoding="utf-8")
    stated = {"url": "https://gazette.example/7", "headline": "Relief in Ostrel", "content": PIER[0]}
    told = json.dumps({**stated, "publish_date": "2031-05-03", "byline": "Ada Reporter", "outlet": "Gazette"})
    (tmp_path / "told.jsonl").write_text(told, encoding="utf-8")
    settings = fresh_settings(tmp_path / "data", compiled_models)
    with Assistant.open(settings, label="tests", write=True) as assistant:
        for name in ("bare.txt", "told.jsonl"):
            assert not assistant.ingest([str(tmp_path / name)]).failures
    with (
        Assistant.open(settings, label="tests") as assistant,
        TestClient(create_app(settings, assistant), "http://localhost") as client,
    ):
        [listed] = client.get("/api/articles", params={"published_after": "2031-01-01"}).json()["articles"]
        assert (listed["published"], listed["outlet"], listed["byline"]) == ("2031-05-03", "Gazette", "Ada Reporter")
        lent = client.get(f"/api/articles/{listed['id']}").json()["lent"]
        assert lent == [{"detail": each, "url": stated["url"]} for each in ("published", "byline", "outlet")]
        about = page(client, f"/articles/{listed['id']}").select_one("aside.about")
        assert about
        assert "Date, byline and outlet as at Gazette, which has the same text." in about.get_text()
        answer = client.get("/api/answer", params={"question": "What did Venning say in May 2031?"}).json()
        assert answer["citations"][0]["article"]["published"] == "2031-05-03"


def test_a_statement_of_several_copies_is_the_earliest_ones_and_names_the_fullest(client: TestClient) -> None:
    body = client.get("/api/statements", params={"speaker": "Orla Venning"}).json()
    copies = ids(client)
    assert [one["article"]["outlet"] for one in body["citations"]] == ["Northern Wire"] * 2
    assert [one["fullest"] for one in body["citations"]] == [copies[COPIES[2][2]]] * 2
    asked = page(client, "/", q="What did Venning say?")
    assert "Relief in Ostrel 3 May 2031 (the fullest)" in " ".join(asked.get_text().split())


def test_an_export_has_what_copies_say_once_or_of_each(client: TestClient) -> None:
    def exported(**query: str) -> list[tuple[str, str]]:
        told = client.get("/api/statements", params={"format": "jsonl", "speaker": "Orla Venning", **query}).text
        rows = [json.loads(line) for line in told.splitlines()]
        return [(one["article"]["outlet"], one["text"]) for one in rows]

    once = exported()
    assert {outlet for outlet, _ in once} == {"Northern Wire"}
    assert len(once) == 2
    assert len(exported(copies="true")) == 6
    assert {outlet for outlet, _ in exported(after="2031-05-02")} == {"Courier"}
    assert {outlet for outlet, _ in exported(outlet="Gazette")} == {"Gazette"}
    csv = client.get("/api/statements", params={"format": "csv", "speaker": "Orla Venning"}).text
    assert len(csv.strip().splitlines()) == 3
    feed = client.get("/feed.atom", params={"speaker": "Orla Venning"}).text
    assert feed.count("<entry") == 2
