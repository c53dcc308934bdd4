"""`qa doctor --mend` restores what is damaged from the source that it came from, and nothing else."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from qa.assistant import Assistant
from qa.settings import Settings

STORY = (
    "The ferry at Marrow stays closed until Friday, harbour master Tomas Reck said on Tuesday.\n\nHe named no cause."
)


def write(folder: Path, name: str, text: str) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / f"{name} & more.txt"
    path.write_text(f"{name}\n\n{text}\n", encoding="utf-8")
    return path


def change(settings: Settings, sql: str) -> None:
    connection = sqlite3.connect(settings.data_dir / "catalog.sqlite")
    with connection:
        connection.execute(sql)
    connection.close()


def faults(assistant: Assistant) -> list[str]:
    return [finding.message for finding in assistant.doctor() if not finding.sound]


DAMAGES = [
    "article SET text = replace(text, 'Friday', 'Sunday')",
    "article SET title = 'Wrong'",
    "article SET id = 'x' || substr(id, 2)",
    "article SET paragraphs = X'00'",
    "article SET seal = NULL",
    "statement SET speaker_name = 'Wrong'",
    "passage SET heading = 'Wrong'",
]


@pytest.mark.slow
@pytest.mark.parametrize("sql", DAMAGES)
def test_a_damaged_article_is_restored_from_its_file(settings: Settings, tmp_path: Path, sql: str) -> None:
    with Assistant.open(settings, write=True) as assistant:
        assistant.ingest([str(write(tmp_path / "a", "Ferry", STORY))])
        [summary], _ = assistant.articles()
        whole, said = assistant.article(summary.id), assistant.statements_of(summary.id)
    change(settings, f"UPDATE {sql}")
    with Assistant.open(settings, write=True) as assistant:
        assert any("is damaged" in fault for fault in faults(assistant))
        assert all(finding.sound for finding in assistant.mend())
        assert faults(assistant) == []
        restored = assistant.article(summary.id)
        assert (restored.text, restored.title, restored.url) == (whole.text, whole.title, whole.url)
        assert assistant.statements_of(summary.id) == said
        assert assistant.mend() == []


def test_a_source_that_has_another_text_by_now_is_not_taken(settings: Settings, tmp_path: Path) -> None:
    path = write(tmp_path / "a", "Ferry", STORY)
    with Assistant.open(settings, write=True) as assistant:
        assistant.ingest([str(path), str(write(tmp_path / "a", "Other", STORY.replace("Marrow", "Ostrel")))])
    change(settings, "UPDATE article SET text = replace(text, 'Friday', 'Sunday') WHERE key = 1")
    write(tmp_path / "a", "Ferry", STORY.replace("Friday", "Sunday"))
    with Assistant.open(settings, write=True) as assistant:
        [finding] = [one for one in assistant.mend() if not one.sound]
        assert "does not have this text any more" in finding.message
        assert "qa ingest" in finding.remedy
        path.unlink()
        [finding] = [one for one in assistant.mend() if not one.sound]
        assert "no such file" in finding.message
        assert len(faults(assistant)) >= 1


@pytest.mark.slow
def test_what_was_removed_stays_removed_when_it_is_restored(settings: Settings, tmp_path: Path) -> None:
    with Assistant.open(settings, write=True) as assistant:
        assistant.ingest([str(write(tmp_path / "a", "Ferry", STORY))])
        [summary], _ = assistant.articles()
        assistant.remove([summary.id])
    change(settings, "UPDATE article SET title = 'Wrong'")
    with Assistant.open(settings, write=True) as assistant:
        assert [finding.sound for finding in assistant.mend()] == [True]
        assert faults(assistant) == []
        assert assistant.articles() == ([], 0)
