"""What a page of figures says of the command that made it."""

from __future__ import annotations

from pathlib import Path

from qa.evaluation.filing import named


def test_a_page_names_files_and_not_the_folders_of_one_machine(tmp_path: Path) -> None:
    assert named([tmp_path / "news.jsonl.gz", "--before", 40, "http://news.example/", "two words"]) == (
        "news.jsonl.gz --before 40 http://news.example/ 'two words'"
    )
