"""An archive -> how well its speakers are gathered: surnames given back to their bearers, and a list to read by hand.

    python -m qa.evaluation.people DATA [--verdicts FILE] [--sample OUT.jsonl] [--output docs/results/people-DATE.md]

``DATA`` is a data folder. *Surnames*: of each article that names exactly one of several bearers of a surname in full,
the name is taken away, and the rule (:mod:`qa.people.surnames`) says from all other articles whose the surname is. That
is harder than what the rule is for: articles that leave the full name out mean somebody whom everybody knows. Surnames
are halved by a hash; the rule's four numbers were chosen by the *tune* half, the other is for the figure. *Speakers*:
200 of the 500 who say most, drawn by chance with a fixed seed, to be read by hand; ``--verdicts`` counts what was read.

What it does not know: whose a surname is that the archive never prints in full.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import sqlite3
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from qa.catalog import Catalog
from qa.evaluation.filing import commit
from qa.people import Profile, profiles_of
from qa.people.spelling import bearer_in
from qa.people.surnames import bearer_of
from qa.types import Naming

__all__ = ["Score", "half_of", "main", "sample", "surnames"]

MOST, DRAWN, SEED = 500, 200, 2023


@dataclass(slots=True)
class Score:
    """Names that were given back: to whom they belong, to another, or to nobody."""

    right: int = 0
    wrong: int = 0
    open: int = 0

    def row(self, half: str) -> str:
        """As a row of a table."""
        decided = self.right + self.wrong
        share = f"{100 * self.right / decided:.1f} %" if decided else "-"
        return f"| {half} | {decided + self.open} | {decided} | {self.wrong} | {share} |"


def half_of(surname: str) -> str:
    """Say which half a surname is in: "tune" or "report"."""
    return "report" if int(hashlib.sha256(surname.encode()).hexdigest(), 16) % 2 else "tune"


def surnames(told: Iterable[tuple[str, int, date | None]]) -> dict[str, Score]:
    """Take names in full away, one article at a time, and give them back.

    Args:
        told: folded name, article and day, of each person whom an article names as a speaker.
    """
    families: dict[str, dict[tuple[str, str], dict[int, Naming]]] = defaultdict(lambda: defaultdict(dict))
    for key, article, day in told:
        surname, bearer = bearer_in(key)
        if bearer:
            families[surname][bearer][article] = Naming(key, key, None, 1, day, day)
    scores = {"tune": Score(), "report": Score()}
    for surname, bearers in families.items():
        if len(bearers) > 1:
            _give_back(bearers, scores[half_of(surname)])
    return scores


def _give_back(bearers: Mapping[tuple[str, str], Mapping[int, Naming]], score: Score) -> None:
    named = Counter(article for told in bearers.values() for article in told)
    for bearer, told in bearers.items():
        for article, use in told.items():
            if named[article] > 1:
                continue
            rest = {one: [each for at, each in other.items() if at != article] for one, other in bearers.items()}
            meant = bearer_of([use], rest)
            score.right += meant == bearer
            score.wrong += meant is not None and meant != bearer
            score.open += meant is None


def sample(profiles: Sequence[Profile]) -> list[tuple[int, Profile]]:
    """Draw speakers to be read by hand, with their places in the list."""
    chance = random.Random(SEED)  # noqa: S311 (a repeatable draw)
    most = list(enumerate(profiles[:MOST], 1))
    return sorted(chance.sample(most, min(DRAWN, len(most))), key=lambda one: one[0])


def main(argv: Sequence[str] | None = None) -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(description="How well the speakers of an archive are gathered.")
    parser.add_argument("data", type=Path)
    parser.add_argument("--verdicts", type=Path)
    parser.add_argument("--sample", type=Path)
    parser.add_argument("--output", type=Path)
    options = parser.parse_args(argv)
    path = options.data / "catalog.sqlite"
    with Catalog.open(path, write=False) as catalog:
        namings = catalog.namings()
        profiles = profiles_of(namings, catalog.pins())
        articles = catalog.count_articles()
    scores = surnames(_told(path, {one.key for one in namings if not one.organisation}))
    if options.sample:
        with options.sample.open("w", encoding="utf-8") as file:
            for place, one in sample(profiles):
                row = {"slug": one.slug, "place": place, "names": one.spellings, "role": one.role}
                file.write(json.dumps(row, ensure_ascii=False) + "\n")
    lines = [
        f"# The people of an archive, {datetime.now(UTC):%Y-%m-%d}",
        "",
        f"Commit {commit()}; {articles} articles, {len(profiles)} speakers.",
        "",
        "Names in full, taken away and given back by the other articles:",
        "",
        "| half of the surnames | names | decided | wrong | right of those decided |",
        "|---|---|---|---|---|",
        *(score.row(half) for half, score in scores.items()),
        *(_read(options.verdicts) if options.verdicts else ()),
        "",
    ]
    page = "\n".join(lines)
    sys.stdout.write(page)
    if options.output:
        options.output.write_text(page, encoding="utf-8")


def _told(path: Path, people: set[str]) -> list[tuple[str, int, date | None]]:
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        rows = connection.execute(
            "SELECT DISTINCT s.speaker_key, a.key, a.published FROM statement s JOIN article a ON a.key = s.article "
            "WHERE a.searchable AND s.speaker_key IS NOT NULL"
        ).fetchall()
    finally:
        connection.close()
    return [(key, at, date.fromisoformat(day[:10]) if day else None) for key, at, day in rows if key in people]


def _read(path: Path) -> list[str]:
    """Count what was read by hand: a line for each speaker, with its half and a verdict before and after."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    lines = ["", "Speakers read by hand:", "", "| half | when | read | right | split | wrongly merged | nobody |"]
    lines.append("|---|---|---|---|---|---|---|")
    for half in ("tune", "report"):
        for when in ("before", "after"):
            found = Counter(row[when] for row in rows if row["half"] == half)
            counts = " | ".join(str(found[verdict]) for verdict in ("right", "split", "merged", "nobody"))
            lines.append(f"| {half} | {when} | {found.total()} | {counts} |")
    return lines


if __name__ == "__main__":
    main()
