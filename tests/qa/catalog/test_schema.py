"""Both engines have the same tables: what one step adds to the one, its counterpart adds to the other."""

from __future__ import annotations

from pathlib import Path

from qa.catalog import Catalog
from tests.postgres import Server

WORDS = {"word", "term", "passage_words"}  # each engine's own index of words


def test_both_engines_have_the_same_columns_and_need_the_same_ones(tmp_path: Path, postgres: Server) -> None:
    with Catalog.open(tmp_path / "catalog.sqlite3") as catalog, catalog._database.reading() as connection:
        sqlite = {
            (table, name, bool(needed or key))
            for (table,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
            if not table.startswith(("sqlite_", "passage_words"))
            for _, name, _, needed, _, key in connection.execute(f"PRAGMA table_info({table})")
        }
    with Catalog.connect(postgres.schema()) as catalog, catalog._database.reading() as connection:
        rows = connection.execute(
            "SELECT table_name, column_name, is_nullable FROM information_schema.columns "
            "WHERE table_schema = current_schema() AND table_name != 'archive'"
        )
        postgresql = {(table, name, nullable == "NO") for table, name, nullable in rows if table not in WORDS}
    assert postgresql == sqlite
