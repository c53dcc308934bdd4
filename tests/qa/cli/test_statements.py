"""``qa statements`` and ``qa speakers``, run in this process: a test of the start of the program is elsewhere."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from qa.cli import main
from qa.settings import Settings


class Done(NamedTuple):
    """What a command left behind."""

    code: int
    printed: str
    complained: str

    @property
    def json(self) -> Any:
        return json.loads(self.printed)


Qa = Callable[..., Done]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[[Settings], Qa]:
    """Run ``qa`` over an archive."""

    def over(settings: Settings) -> Qa:
        def qa(*arguments: str) -> Done:
            monkeypatch.setenv("QA_DATA_DIR", str(settings.data_dir))
            monkeypatch.setattr("sys.argv", ["qa", *arguments])
            with pytest.raises(SystemExit) as ended:
                main()
            return Done(int(ended.value.code or 0), *capsys.readouterr())

        return qa

    return over


@pytest.fixture
def qa(run: Callable[[Settings], Qa], corpus_settings: Settings) -> Qa:
    """``qa`` over the sample archive."""
    return run(corpus_settings)


@pytest.fixture
def qa_alone(run: Callable[[Settings], Qa], settings: Settings) -> Qa:
    """``qa`` over a data folder in which there is nothing."""
    return run(settings)


def test_a_file_that_is_in_no_archive_has_its_statements_listed(qa_alone: Qa, corpus: Path) -> None:
    done = qa_alone("statements", str(corpus / "berlin-talks-merz.md"))
    assert done.code == 0
    assert "Friedrich Merz" in done.printed
    assert "they had opened the “chance for a real peace process.”" in done.printed
    assert "printed: The chancellor" in done.printed


def test_the_json_of_a_file_has_every_piece_with_its_place(qa_alone: Qa, corpus: Path) -> None:
    body = qa_alone("statements", str(corpus / "berlin-talks-merz.md"), "--json").json
    [article] = body["articles"]
    assert body["statements"]
    for statement in body["statements"]:
        assert statement["article_id"] == article["id"]
        assert {"speaker", "mention", "resolution", "form", "kind", "confidence"} <= set(statement)
        for piece in (*statement["source"], *statement["cue_pieces"], *statement["content"]):
            assert article["text"][piece["start"] : piece["end"]] == piece["text"]


def test_what_is_believed_is_listed_only_when_asked_for(qa_alone: Qa, tmp_path: Path) -> None:
    text = "Tomas Reck said the bridge was safe.\n\nAda Voss believes that the bridge will fall.\n"
    (tmp_path / "bridge.txt").write_text(f"A bridge in doubt\n\n{text}", encoding="utf-8")
    path = str(tmp_path / "bridge.txt")
    kinds = [
        {one["kind"] for one in qa_alone("statements", path, "--json", *also).json["statements"]}
        for also in ([], ["--thoughts"])
    ]
    assert kinds == [{"speech"}, {"speech", "other"}]


def test_a_file_of_several_articles_has_them_all_and_what_could_not_be_read(
    qa_alone: Qa, corpus: Path, tmp_path: Path
) -> None:
    lines = (corpus / "courier-briefs.jsonl").read_text(encoding="utf-8") + "{nonsense\n"
    (tmp_path / "some.jsonl").write_text(lines, encoding="utf-8")
    done = qa_alone("statements", str(tmp_path / "some.jsonl"), "--json")
    assert done.code == 1
    assert len(done.json["articles"]) == 2
    assert done.json["failures"][0]["line"] == 3


def test_an_article_of_the_archive_is_named_by_its_id_or_its_address(qa: Qa) -> None:
    [article] = [one for one in qa("list", "Tamble", "112", "--json").json["articles"] if "112" in one["title"]]
    by_id = qa("statements", article["id"], "--json").json
    assert by_id == qa("statements", article["url"], "--json").json
    assert [one["id"] for one in by_id["articles"]] == [article["id"]]
    assert "Ilse Varnholt" in {one["speaker"] for one in by_id["statements"]}


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["nope.txt"], 2, "no such file"),
        ([""], 2, "the name is empty"),
        (["0123456789abcdef"], 4, "No article with id"),
        (["https://nowhere.example/article"], 4, "qa ingest https://nowhere.example/article"),
        (["--speaker", "Olaf Scholz", "--format", "csv"], 4, "qa speakers"),
        (["--json", "--format", "csv"], 2, "choose one"),
        (["nope.txt", "--speaker", "merz"], 2, "--speaker"),
        (["--format", "xml"], 2, "quotation"),
        (["--after", "2026-01-02", "--before", "2026-01-01"], 2, "exclude everything"),
    ],
)
def test_what_cannot_be_listed_is_told_in_one_message(qa: Qa, arguments: list[str], code: int, words: str) -> None:
    done = qa("statements", *arguments)
    assert (done.code, done.printed) == (code, "")
    assert words in " ".join(done.complained.split())


def test_a_file_without_a_word_is_told_as_such(qa_alone: Qa, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text("", encoding="utf-8")
    done = qa_alone("statements", str(tmp_path / "empty.txt"))
    assert done.code == 2
    assert "empty.txt: no text" in done.complained


def test_a_speakers_statements_are_listed_over_the_whole_archive(qa: Qa) -> None:
    body = qa("statements", "--speaker", "varnholt", "--before", "2026-01-31", "--json").json
    assert {one["statement"]["speaker"] for one in body["citations"]} == {"Ilse Varnholt"}
    assert max(one["article"]["published"] for one in body["citations"]) <= "2026-01-31"
    assert len(qa("statements", "--speaker", "varnholt", "--limit", "2", "--json").json["citations"]) == 2
    about = qa("statements", "--speaker", "varnholt", "--about", "the ferry", "--json").json
    assert "ferry" in about["citations"][0]["sentence"]["text"]


def test_a_speaker_who_is_silent_is_refused_with_a_code_of_its_own(qa: Qa) -> None:
    silent, unknown = qa("statements", "--speaker", "Macron"), qa("statements", "--speaker", "Olaf Scholz")
    assert silent.code == unknown.code == 3
    assert "names Macron, but reports no statement" in silent.printed
    assert "does not name Olaf Scholz" in unknown.printed


@pytest.mark.parametrize("source", [["--speaker", "merz"], ["--speaker", "merz", "--about", "ukraine"], None])
def test_statements_are_exported_in_three_forms(qa: Qa, corpus: Path, source: list[str] | None) -> None:
    chosen = source or [str(corpus / "berlin-talks-merz.md")]
    rows = list(csv.DictReader(io.StringIO(qa("statements", *chosen, "--format", "csv").printed)))
    lines = [json.loads(line) for line in qa("statements", *chosen, "--format", "jsonl").printed.splitlines()]
    graph = qa("statements", *chosen, "--format", "quotation").json["@graph"]
    assert [row["words"] for row in rows] == [line["text"] for line in lines] == [one["text"] for one in graph]
    assert "Friedrich Merz" in {one["spokenByCharacter"]["name"] for one in graph}


def test_speakers_are_listed_with_what_they_are_called_and_how_much_they_say(qa: Qa) -> None:
    body = qa("speakers", "--json", "--find", "varnholt").json
    [speaker] = body["speakers"]
    assert (body["total"], speaker["slug"]) == (1, "ilse-varnholt")
    assert speaker["roles"][0]["title"].lower().startswith("mayor")
    printed = qa("speakers", "--limit", "3").printed
    assert f"{speaker['statements']}" in printed
    assert "3 of " in printed
    assert "0 of 0 speakers" in qa("speakers", "--find", "scholz").printed


def test_two_spellings_are_made_one_speaker_and_parted_again(
    run: Callable[[Settings], Qa], settings: Settings, corpus: Path
) -> None:
    qa = run(settings)
    qa("ingest", str(corpus / "budget-two-recks.md"), "--quiet")
    apart = {one["name"] for one in qa("speakers", "--find", "reck", "--json").json["speakers"]}
    assert {"Petra Reck", "Tomas Reck"} <= apart
    merged = qa("speakers", "merge", "Petra Reck", "tomas-reck", "--json").json
    assert {"Petra Reck", "Tomas Reck"} <= set(merged["spellings"])
    assert "Tomas Reck" in qa("speakers", "split", "Tomas Reck").printed
    assert {one["name"] for one in qa("speakers", "--find", "reck", "--json").json["speakers"]} == apart
    assert qa("speakers", "merge", "Petra Reck", "Nobody").code == 4


def test_a_time_in_a_question_is_printed_with_the_days_that_it_was_read_as(qa: Qa) -> None:
    printed = qa("ask", "what did merz say in december 2025").printed
    assert "“in december 2025” was read as from 2025-12-01 until 2025-12-31" in printed


def test_statements_over_time_and_beside_anothers_are_printed_and_have_their_json(qa: Qa) -> None:
    course = qa("statements", "--speaker", "Zelensky", "--about", "the talks", "--course", "--json")
    assert course.json["kind"] == "course"
    assert [step["number"] for step in course.json["steps"]] == [one["number"] for one in course.json["citations"]]
    printed = qa("statements", "--speaker", "Zelensky", "--about", "the talks", "--course").printed
    assert printed.startswith("15 December 2025")
    both = qa("statements", "--speaker", "Merz", "--with", "Zelensky", "--about", "the guarantees", "--json")
    assert [side["names"] for side in both.json["sides"]] == [["Friedrich Merz"], ["Volodymyr Zelensky"]]


@pytest.mark.parametrize(
    "wrong", [("--course",), ("--with", "Merz"), ("--speaker", "Merz", "--course", "--with", "Zelensky")]
)
def test_a_course_needs_a_speaker_and_is_no_comparison(qa_alone: Qa, wrong: tuple[str, ...]) -> None:
    assert qa_alone("statements", *wrong).code == 2


def test_what_may_be_one_speaker_is_proposed_with_the_command_that_makes_it_so(qa_alone: Qa, tmp_path: Path) -> None:
    texts = {"Leonora Quill": "the bridge was safe", "Leonara Quill": "the ferry was late"}
    for name, words in texts.items():
        (tmp_path / f"{words}.txt").write_text(f"{words.title()}\n\n{name} said on Monday that {words}.\n", "utf-8")
        assert qa_alone("ingest", str(tmp_path / f"{words}.txt"), "--quiet").code == 0
    done = qa_alone("speakers", "doctor")
    assert done.code == 0
    assert "one letter of the given name differs" in done.printed
    assert "qa speakers merge 'Leonara Quill' 'Leonora Quill'" in done.printed
    [one] = qa_alone("speakers", "doctor", "--json").json["proposals"]
    assert qa_alone("speakers", one["how"], one["name"], one["other"]).code == 0
    assert qa_alone("speakers", "doctor", "--json").json == {"total": 0, "proposals": []}
