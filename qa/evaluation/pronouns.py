"""Pronouns between two names -> how often the resolver says which of the two is meant, as figures and a page.

    python -m qa.evaluation.pronouns gap-validation.tsv [--output docs/results/pronouns-DATE.md]

Rows are GAP's (Webster et al. 2018, "Mind the GAP: A Balanced Corpus of Gendered Ambiguous Pronouns"): a text from an
encyclopedia with its page's address, whose title is the heading (GAP's page context), a pronoun's place, two names with
theirs, and for each whether the pronoun means it. Scored as GAP's own
scorer does: one yes or no for each name of each row, F1 of the yes, and the ratio of F1 on feminine to that on
masculine pronouns (bias). The resolver may also mean a third person or nobody; both are a no twice.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import unquote

from qa.attribution.masking import find_quotations, mask_quotations
from qa.attribution.people import find_people
from qa.attribution.person import Person
from qa.attribution.pronouns import GENDERS, Salience

__all__ = ["Row", "Score", "means", "read_rows", "score"]


@dataclass(frozen=True, slots=True)
class Row:
    """One pronoun, and two names with whether it means them; ``heading`` is the title of the page that it is from."""

    text: str
    pronoun: str
    position: int
    names: tuple[tuple[str, int, bool], ...]
    heading: str = ""


@dataclass(frozen=True, slots=True)
class Score:
    """Decisions on names: right yes, wrong yes, missed yes."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall, between 0 and 1."""
        return 2 * self.right / (2 * self.right + self.wrong + self.missed) if self.right else 0.0

    @property
    def precision(self) -> float:
        """How many of the yes are right, between 0 and 1."""
        return self.right / (self.right + self.wrong) if self.right else 0.0


def read_rows(path: Path) -> list[Row]:
    """Read a file of GAP's."""
    with path.open(encoding="utf-8", newline="") as file:
        return [
            Row(
                row["Text"],
                row["Pronoun"],
                int(row["Pronoun-offset"]),
                tuple((row[one], int(row[f"{one}-offset"]), row[f"{one}-coref"] == "TRUE") for one in "AB"),
                _title(row["URL"]),
            )
            for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        ]


def _title(address: str) -> str:
    """The title that the address of a page of Wikipedia ends in."""
    return unquote(address.rsplit("/", 1)[-1]).replace("_", " ")


def means(row: Row) -> tuple[Person | None, Sequence[int]]:
    """Say whom the resolver takes a row's pronoun for, and where that person is meant."""
    masked = mask_quotations(row.text, find_quotations(row.text))
    salience = Salience(masked, find_people(masked), heading=row.heading)
    person = salience.takes_up(row.position, GENDERS[row.pronoun.lower()])
    return person, salience.positions[person.number] if person else ()


def score(rows: Iterable[Row]) -> Score:
    """Count the decisions on each name."""
    right = wrong = missed = 0
    for row in rows:
        person, positions = means(row)
        for name, place, meant in row.names:
            chosen = person is not None and (
                person.is_called(name.split()) or any(place <= at < place + len(name) for at in positions)
            )
            right += chosen and meant
            wrong += chosen and not meant
            missed += meant and not chosen
    return Score(right, wrong, missed)


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure a file and print, or write, the page."""
    parser = argparse.ArgumentParser(description="Measure the resolver of pronouns on GAP.")
    parser.add_argument("file", type=Path)
    parser.add_argument("--output", type=Path)
    options = parser.parse_args(arguments)
    rows = read_rows(options.file)
    by = {
        "all": rows,
        "he, him, his": [row for row in rows if GENDERS[row.pronoun.lower()] == "m"],
        "she, her": [row for row in rows if GENDERS[row.pronoun.lower()] == "f"],
    }
    scores = {name: score(some) for name, some in by.items()}
    masculine, feminine = scores["he, him, his"].f1, scores["she, her"].f1
    lines = [
        f"# Pronouns between two names, {date.today():%Y-%m-%d}",
        "",
        f"`python -m qa.evaluation.pronouns {options.file.name}`: {len(rows)} rows of GAP (Webster et al. 2018).",
        "",
        "| pronouns | rows | F1 | precision | missed |",
        "|---|---|---|---|---|",
        *(
            f"| {name} | {len(by[name])} | {100 * one.f1:.1f} | {100 * one.precision:.1f} | {one.missed} |"
            for name, one in scores.items()
        ),
        "",
        f"F1 of feminine over that of masculine pronouns: {feminine / masculine if masculine else 0:.2f}.",
        "",
    ]
    page = "\n".join(lines)
    if options.output:
        options.output.write_text(page, encoding="utf-8")
    sys.stdout.write(page)


if __name__ == "__main__":
    main()
