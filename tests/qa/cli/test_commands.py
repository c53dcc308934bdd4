"""The command line as a person and as a script use it: real processes' output, JSON and exit codes."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
import time
from pathlib import Path

import pytest

from qa import cli
from qa.cli.demo import to_ask
from qa.records import Progress
from qa.settings import Settings

BLOCKED = """
import socket, sys
connect = socket.socket.connect
def refuse(self, address, *rest):
    if self is not None and self.family == socket.AF_UNIX:  # another process of this machine
        return connect(self, address)
    raise AssertionError(f"the network was used: {address}")
socket.socket.connect = socket.socket.connect_ex = refuse
socket.getaddrinfo = lambda *a, **k: refuse(None, a)
from qa.cli import main
try:
    main()
finally:
    sys.stderr.write("MODULES " + " ".join(sorted(name for name in sys.modules if "." not in name)) + "\\n")
"""


def _qa(settings: Settings, *arguments: str, code: int = 0, **environment: str) -> str:
    done = _run(settings, [sys.executable, "-m", "qa.cli", *arguments], environment)
    assert done.returncode == code, done.stderr
    return done.stdout if code in {0, 1, 3, 5} else done.stderr


def _run(settings: Settings, command: list[str], environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        env={**os.environ, "QA_DATA_DIR": str(settings.data_dir), **environment},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_an_answer_is_printed_with_its_source(corpus_settings: Settings) -> None:
    printed = _qa(corpus_settings, "ask", "Who", "is", "the", "Kremlin", "spokesman?")
    assert "[1] " in printed
    assert "Peskov" in printed
    assert "2025-12-1" in printed


def test_a_refusal_has_its_own_exit_code_and_reason(corpus_settings: Settings) -> None:
    assert "Not in this archive" in _qa(corpus_settings, "ask", "What did Olaf Scholz say?", code=3)


def test_what_may_answer_is_not_called_absent_and_has_an_exit_code_of_its_own(corpus_settings: Settings) -> None:
    printed = _qa(corpus_settings, "ask", "Why was the ferry closed?", code=5)
    assert "No sure answer" in printed
    assert "Not in this archive" not in printed
    assert "Not in this archive" in _qa(corpus_settings, "ask", "Who won the chess world cup?", code=3)
    assert (
        json.loads(_qa(corpus_settings, "ask", "--json", "Why was the ferry closed?", code=5))["outcome"] == "not_sure"
    )


def test_json_has_the_slices_and_their_places(corpus_settings: Settings) -> None:
    body = json.loads(_qa(corpus_settings, "ask", "--json", "what did merz say"))
    assert body["answered"] is True
    for citation in body["citations"]:
        article = json.loads(_qa(corpus_settings, "show", "--json", citation["article"]["id"]))
        assert article["text"][citation["start"] : citation["end"]] == citation["cited_text"]
        break


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["ask", ""], 2, "empty"),
        (["ask", "who", "--after", "yesterday"], 2, "--after"),
        (["show", "nope"], 4, "qa list"),
        (["ingest", "/no/such/file.txt"], 2, "no such file"),
        (["remove", "nope"], 4, "nope"),
        (["frobnicate"], 2, "frobnicate"),
    ],
)
def test_wrong_input_gets_one_clear_message(
    settings: Settings, corpus: Path, arguments: list[str], code: int, words: str
) -> None:
    _qa(settings, "ingest", str(corpus / "bus-strike.md"), "--quiet")
    printed = _qa(settings, *arguments, code=code)
    assert words in printed
    assert "Traceback" not in printed


def test_a_misspelt_setting_is_named(corpus_settings: Settings) -> None:
    assert "QA_RETREIVAL__TOP_K" in _qa(corpus_settings, "list", code=2, QA_RETREIVAL__TOP_K="3")


def test_an_empty_archive_says_what_to_do(settings: Settings) -> None:
    assert "qa ingest" in _qa(settings, "ask", "who?", code=4)


def test_a_bad_file_is_reported_and_the_exit_code_says_so(settings: Settings, corpus: Path, tmp_path: Path) -> None:
    (tmp_path / "bad.jsonl").write_text("{nonsense\n", encoding="utf-8")
    printed = _qa(settings, "ingest", "--json", str(corpus / "bus-strike.md"), str(tmp_path / "bad.jsonl"), code=1)
    report = json.loads(printed)
    assert report["counts"] == {"added": 1}
    assert report["failures"][0]["line"] == 1


def test_what_a_folder_holds_that_nothing_reads_is_counted_by_kind(settings: Settings, tmp_path: Path) -> None:
    for name in ("a.rtf", "b.rtf", "c"):
        (tmp_path / name).write_bytes(b"x")
    printed = _qa(settings, "ingest", str(tmp_path), code=1)
    assert "Passed over 3 files (2 .rtf, 1 without a suffix)" in printed
    assert json.loads(_qa(settings, "ingest", "--json", str(tmp_path), code=1))["passed_over"] == {".rtf": 2, "": 1}


def test_verify_checks_every_quotation_of_a_draft(corpus_settings: Settings, tmp_path: Path) -> None:
    draft = str(Path(__file__).parents[2] / "drafted.txt")
    assert "6 quotations: 2 verbatim, 1 altered, 1 stitched, 1 misattributed, 1 absent" in _qa(
        corpus_settings, "verify", "--draft", draft, code=1
    )
    body = json.loads(_qa(corpus_settings, "verify", "--draft", draft, "--json", code=1))
    assert [one["said_by"] for one in body["quotations"]][3] == "Ilse Varnholt"
    assert [one["speakers"] for one in body["quotations"]][3] == ["Wilma Oduya"]
    sound = tmp_path / "sound.txt"
    sound.write_text("“A bridge without a bus is a sculpture,” Mayor Ilse Varnholt said.", encoding="utf-8")
    assert "1 verbatim" in _qa(corpus_settings, "verify", "--draft", str(sound))
    _qa(corpus_settings, "verify", code=2)


def test_verify_tells_the_verdict_by_word_and_by_code(corpus_settings: Settings) -> None:
    assert "Verbatim" in _qa(corpus_settings, "verify", "a very important step forward")
    assert "Absent" in _qa(corpus_settings, "verify", "purple elephants dance upon the moon tonight", code=1)
    body = json.loads(_qa(corpus_settings, "verify", "--json", "a very unimportant step forward", code=1))
    assert body["verdict"] == "altered"


def test_every_command_that_prints_data_prints_json(corpus_settings: Settings) -> None:
    listed = json.loads(_qa(corpus_settings, "list", "--json", "--limit", "3"))
    assert len(listed["articles"]) == 3 < listed["total"]
    assert all(finding["sound"] for finding in json.loads(_qa(corpus_settings, "doctor", "--json")))


def test_asking_needs_no_network_and_nothing_that_compiles_a_model(corpus_settings: Settings) -> None:
    command = [sys.executable, "-c", BLOCKED, "ask", "When does the ferry stop running?"]
    done = _run(corpus_settings, command, {})
    assert done.returncode == 0, done.stderr
    modules = done.stderr.split("MODULES ")[1].split()
    assert "chromadb_rust_bindings" in modules, "the whole path ran"
    assert not {"onnx", "torch", "sentence_transformers", "transformers", "posthog"} & set(modules)


def test_ingesting_needs_no_network(settings: Settings, corpus: Path) -> None:
    command = [sys.executable, "-c", BLOCKED, "ingest", str(corpus)]
    done = _run(settings, command, {})
    assert done.returncode == 0, done.stderr
    compiling = {"onnx", "torch"} & set(done.stderr.split("MODULES ")[1].split())
    assert not compiling, "the encoder is compiled already"


def test_nothing_is_written_or_sent_for_anybody_else(corpus_settings: Settings, tmp_path: Path) -> None:
    """onnxruntime's own telemetry keeps its queue in the home folder and sends it from C++."""
    command = [sys.executable, "-m", "qa.cli", "ask", "When does the ferry stop running?"]
    if subprocess.run(["unshare", "-rn", "true"], capture_output=True, check=False).returncode == 0:
        command = ["unshare", "-rn", *command]  # a network namespace that has no network
    done = _run(corpus_settings, command, {"HOME": str(tmp_path), "ORT_DISABLE_TELEMETRY": ""})
    assert done.returncode == 0, done.stderr
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_a_data_folder_that_cannot_be_made_is_a_clear_error(settings: Settings, corpus: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder", encoding="utf-8")
    place = str(tmp_path / "file" / "data")
    printed = _qa(settings, "ingest", str(corpus / "bus-strike.md"), code=4, QA_DATA_DIR=place)
    assert "QA_DATA_DIR" in printed
    assert "Traceback" not in printed


@pytest.mark.slow
def test_preparing_the_encoder_needs_no_network_and_sends_no_telemetry(tmp_path: Path) -> None:
    code = BLOCKED.replace(
        "finally:", "finally:\n    import huggingface_hub.constants as hub\n    assert hub.HF_HUB_DISABLE_TELEMETRY"
    )
    environment = {name: value for name, value in os.environ.items() if not name.startswith("HF_")}
    done = subprocess.run(
        [sys.executable, "-c", code, "prepare"],
        env={**environment, "QA_DATA_DIR": str(tmp_path / "data")},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert list(tmp_path.rglob("*.onnx"))


@pytest.mark.slow
def test_a_warm_archive_answers_within_three_seconds_of_process_start(corpus_settings: Settings) -> None:
    times: list[float] = []
    while len(times) < 8 and min(times, default=3.0) >= 3:  # other tests run beside this one
        started = time.perf_counter()
        _qa(corpus_settings, "ask", "Who is the Kremlin spokesman?")
        times.append(time.perf_counter() - started)
    assert min(times) < 3, times


def test_a_conversation_is_followed_line_by_line_and_ends_with_its_input(corpus_settings: Settings) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "qa.cli", "chat"],
        env={**os.environ, "QA_DATA_DIR": str(corpus_settings.data_dir)},
        input="Who is the Kremlin spokesman?\n\n???\nwhat else did he say?\n",
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "The question is empty." in done.stdout
    assert "understood as “what else did Dmitry Peskov say?” (he = Dmitry Peskov)" in " ".join(done.stdout.split())
    assert done.stdout.index("[1]") < done.stdout.rindex("[1]")


def test_one_question_can_follow_others_by_name(corpus_settings: Settings) -> None:
    earlier = ("--earlier", "What did Tomas Reck say about the budget?")
    body = json.loads(_qa(corpus_settings, "ask", "what did he say about accounts?", *earlier, "--json"))
    assert body["answered"]
    assert [one["words"] for one in body["understood"]["carried"]] == ["he"]


def test_a_word_with_a_slip_is_printed_as_it_was_read(corpus_settings: Settings) -> None:
    asked = "How many passangers did the ferry carry in 2016?"
    assert "read as: passengers" in _qa(corpus_settings, "ask", asked)


def test_every_command_takes_the_data_folder(corpus_settings: Settings, tmp_path: Path) -> None:
    folder = str(corpus_settings.data_dir)
    for arguments in (["list", "--data-dir", folder], [f"--data-dir={folder}", "list"]):
        assert "of 17 articles" in _qa(corpus_settings, *arguments, QA_DATA_DIR=str(tmp_path / "none"))
    assert "names no folder" in _qa(corpus_settings, "list", "--data-dir", code=2)
    assert str(Path("none").absolute()) in _qa(corpus_settings, "list", "--data-dir", "none", code=4)


@pytest.mark.parametrize(
    ("given", "told"), [("yesterday", "is not written as a day is"), ("2025-02-30", "there is no day")]
)
def test_a_day_that_is_none_is_answered_with_an_example(settings: Settings, given: str, told: str) -> None:
    printed = _qa(settings, "list", "--before", given, code=2)
    assert told in printed
    assert "write it as 2025-12-31" in printed


def test_an_outlet_that_is_not_there_is_named_with_those_that_are_the_nearest_first(corpus_settings: Settings) -> None:
    for arguments in (["list"], ["statements", "--speaker", "merz", "--format", "csv"], ["ask", "what did merz say"]):
        asked = [sys.executable, "-m", "qa.cli", *arguments, "--outlet", "gazete"]
        done = _run(corpus_settings, asked, {})
        told = done.stderr + done.stdout
        assert "no articles from gazete. It has articles from Ostrel Valley Gazette, " in told, arguments
        assert "Traceback" not in told
    both = ["--outlet", "On Record sample desk", "--outlet", "curier", "--json"]
    done = _run(corpus_settings, [sys.executable, "-m", "qa.cli", "ask", "what did merz say", *both], {})
    assert done.returncode == 0, "one of the two is there"
    assert "no articles from curier. It has articles from The Harrowmere Courier, " in done.stderr
    assert json.loads(done.stdout)["answered"]
    assert _qa(corpus_settings, "list", "--outlet", "gazete", code=3).startswith("0 of 0")


def test_settings_are_printed_with_their_bounds_even_where_one_is_wrong(corpus_settings: Settings) -> None:
    assert "`qa settings QA_WEB__PORT`" in _qa(corpus_settings, "list", code=2, QA_WEB__PORT="99999")
    shown = _qa(corpus_settings, "settings", "QA_WEB__PORT", QA_WEB__PORT="99999")
    assert shown.startswith("QA_WEB__PORT = 99999, set; default 8000   ≥ 0, ≤ 65535\n")
    rows = json.loads(_qa(corpus_settings, "settings", "--json", QA_WEB__WRITE_TOKEN="a token that is secret"))
    by_name = {row["name"]: row for row in rows}
    assert by_name["QA_READING__READER"]["bounds"] == "`span` or `sentence`"
    assert by_name["QA_WEB__WRITE_TOKEN"]["set"] == "(secret)"
    assert "Is it QA_WEB__PORT?" in _qa(corpus_settings, "list", code=2, QA_WBE__PORT="8000")


def test_a_demonstration_needs_no_network_and_what_it_proposes_is_answered(settings: Settings) -> None:
    done = _run(settings, [sys.executable, "-c", BLOCKED, "demo"], {})
    assert done.returncode == 0, done.stderr
    assert f"17 sample articles are in {settings.data_dir}" in done.stdout
    proposed = list(to_ask(settings))
    for command in proposed:
        assert shlex.join(command) in done.stdout
        if command[1] != "serve":
            _qa(settings, *command[1:], QA_DATA_DIR="/nowhere")
    assert "17 sample articles are in" in _qa(settings, "demo"), "it may be done again"


def test_a_demonstration_leaves_an_archive_of_other_articles_alone(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "own.txt").write_text("A story of ours\n\nThe bridge at Fennick opens again on Monday.\n")
    _qa(settings, "ingest", str(tmp_path / "own.txt"), "--quiet")
    assert "qa demo --data-dir FOLDER" in _qa(settings, "demo", code=4)
    assert json.loads(_qa(settings, "list", "--json"))["total"] == 1


def test_lines_of_progress_begin_with_an_article_and_end_with_the_last(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = cli._Lines(shown=True)
    monkeypatch.setattr(cli, "_LINE_S", 0.0)
    lines.show(Progress(0.0, 0, "Ferry"), "0.0/s")  # the model has taken long to load
    lines.end()
    assert capsys.readouterr().err == ""
    lines.show(Progress(0.5, 1, "Ferry"), "0.1/s")
    monkeypatch.setattr(cli, "_LINE_S", 1_000.0)
    lines.show(Progress(1.0, 2, "Quay"), "0.2/s")
    assert capsys.readouterr().err == "1 article worked on, 50%, 0.1/s\n"
    lines.end()
    lines.end()
    assert capsys.readouterr().err == "2 articles worked on, 100%, 0.2/s\n"
