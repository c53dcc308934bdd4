"""The command ends in a message and an exit code, whatever the terminal, the disk and the files are like."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from qa.settings import Settings


def _run(settings: Settings, *arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    variables = {**os.environ, "QA_DATA_DIR": str(settings.data_dir), **environment}
    command = [sys.executable, "-m", "qa.cli", *arguments]
    done = subprocess.run(command, env=variables, capture_output=True, timeout=300, check=False)
    assert b"Traceback" not in done.stderr, done.stderr.decode()
    return done


@pytest.mark.slow
@pytest.mark.parametrize("encoding", ["latin-1", "ascii"])
def test_a_terminal_without_typographic_marks_shows_an_answer(corpus_settings: Settings, encoding: str) -> None:
    shown = _run(corpus_settings, "statements", "--limit", "20", PYTHONIOENCODING=encoding, PYTHONUTF8="0")
    assert shown.returncode == 0
    assert b"\\u201c" in shown.stdout
    command = ["statements", "--limit", "5", "--json"]
    body = _run(corpus_settings, *command, PYTHONIOENCODING=encoding, PYTHONUTF8="0")
    citations = json.loads(body.stdout.decode("ascii"))["citations"]
    assert citations == json.loads(_run(corpus_settings, *command).stdout)["citations"] != []


@pytest.mark.slow
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="Linux has it")
def test_a_full_disk_under_the_output_is_said_with_its_remedy(corpus_settings: Settings) -> None:
    variables = {**os.environ, "QA_DATA_DIR": str(corpus_settings.data_dir)}
    command = [sys.executable, "-m", "qa.cli", "list"]
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(command, env=variables, stdout=full, stderr=subprocess.PIPE, timeout=300, check=False)
    assert done.returncode == 4
    assert b"Traceback" not in done.stderr
    assert b"make room" in done.stderr


@pytest.mark.slow
def test_what_is_set_aside_is_told_listed_and_tried_again(settings: Settings, tmp_path: Path) -> None:
    source = tmp_path / "a.jsonl"
    rain = "It rained in Ostrel on Tuesday. " * 80
    source.write_text(f"{json.dumps({'content': 'It shone.'})}\n{json.dumps({'content': rain})}\n")
    done = _run(settings, "ingest", "--json", str(source), QA_INGESTION__MAX_ARTICLE_CHARS="1000")
    report = json.loads(done.stdout)
    assert (done.returncode, report["counts"], report["set_aside"]) == (1, {"added": 1}, 1)
    assert report["failures"][0]["line"] == 2
    listed = _run(settings, "doctor")
    assert listed.returncode == 1
    assert f"{source}:2".encode() in listed.stdout
    again = _run(settings, "ingest", "--retry", "--json")
    assert (again.returncode, json.loads(again.stdout)["counts"]) == (0, {"added": 1})
    assert _run(settings, "ingest").returncode == 2, "nothing was named"


@pytest.mark.slow
@pytest.mark.parametrize("name", ["catalog.sqlite", "index/chroma.sqlite3"])
def test_a_folder_in_the_place_of_a_file_is_an_error_of_ours(settings: Settings, name: str) -> None:
    (settings.data_dir / name).mkdir(parents=True)
    for command in (["list"], ["ask", "Who rained?"], ["doctor"]):
        done = _run(settings, *command)
        assert done.returncode in {1, 4}
        assert done.stdout or b"Error: " in done.stderr
