"""An answerable question -> questions that look like it and that its context does not answer, each changed by one rule.

The six ways are those in which SQuAD 2.0's annotators made theirs (Rajpurkar et al. 2018, arXiv 1806.03822, table 2):
a negation put in, a word exchanged for its opposite, a name for another, a number or year for another, a word for one
that excludes it, a condition added that nothing in the context meets. What is put in never stands in the context.

    python -m qa.training.made FILE... --output made.jsonl [--count 500]

writes a test set: questions about contexts that no reader trains on, of the split ``kept``, for
``python -m qa.evaluation.unanswerable``.

Promise: the same row and names give the same questions.

What this does not know: meaning. Some questions stay answerable ("the last president" of two, "Who was not elected"
where losers are named); how many is in docs/results. Grammar is kept by choosing what is exchanged, not checked.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

import numpy as np

from qa.attribution.names import GIVEN_NAMES
from qa.attribution.places import is_place
from qa.errors import SourceError
from qa.splits import KEPT, split_of
from qa.text import fold
from qa.training.exchanges import EXCLUSIVE, OPPOSITES
from qa.training.rows import Row

__all__ = ["Made", "Names", "Way", "made_from"]

_NAME = re.compile(r"(?<!^)(?<![.?!] )\b[A-Z][\w’'.-]*\w(?: (?:of |de |van |al-)?[A-Z][\w’'.-]*\w)*")
_NUMBER = re.compile(r"(?<![\w.,$€£-])\d{1,4}(?![\w.,%-]*\d|\w|%)")
_WORD = re.compile(r"[^\W\d_]+")
# Who or what does something is followed by its auxiliary; another subject stands between the two.
_SUBJECT_AUXILIARY = re.compile(
    r"^(?:(?:who|what)|(?:which|what) [a-z]+s?) (?:is|are|was|were|has|have|had|can|could|will|would|should|did|does)\b"
    r"(?= [a-z]+(?:ed|en|ing|wn|nt|ght|be|ade)\b)",
    re.IGNORECASE,
)
_AUXILIARY_SUBJECT = re.compile(
    r"\b(?:did|does|do|can|could|will|would|should) (?:he|she|they|it|[A-Z][\w.-]*\w(?: [A-Z][\w.-]*\w)*)"
    r"(?= (?!(?:and|or|of|the|to|not|in)\b)[a-z]*[a-rt-z]\b)"
)
_DENIES = re.compile(r"\b(?:not|never|no|without|refus\w*|deny|denie[ds])\b|n['’]t\b")
_CONDITIONS = (
    "in {year}",
    "before {year}",
    "according to {person}",
    "after the death of {person}",
    "in {place}",
    "while visiting {place}",
)
_OF_PLACES = ("ian", "ican", "ish", "ese", "ch")  # people and things of a place
_YEARS = range(1000, 2100)


class Way(StrEnum):
    """What was done to a question."""

    NEGATION = "negation"
    OPPOSITE = "opposite"
    ENTITY = "entity"
    NUMBER = "number"
    EXCLUSION = "exclusion"
    CONDITION = "condition"


@dataclass(frozen=True, slots=True)
class Made:
    """A row whose question its context does not answer, and how it came about."""

    way: Way
    row: Row


@dataclass(frozen=True, slots=True)
class Names:
    """Names to put in: of people, of places, and of whatever else."""

    people: tuple[str, ...]
    places: tuple[str, ...]
    others: tuple[str, ...]

    @classmethod
    def of(cls, questions: Iterable[str]) -> Names:
        """Take them from questions; a name that begins a question is left out, its capital says nothing."""
        sorts: dict[str, dict[str, None]] = {"people": {}, "places": {}, "others": {}}
        for question in questions:
            for match in _NAME.finditer(question):
                sorts[_sort(match[0])].setdefault(match[0].removesuffix("'s").removesuffix("’s"))
        return cls(*(tuple(sorts[sort]) for sort in ("people", "places", "others")))

    def like(self, name: str) -> tuple[str, ...]:
        """Names of the sort that ``name`` is."""
        return {"people": self.people, "places": self.places, "others": self.others}[_sort(name)]


def _sort(name: str) -> str:
    words = fold(name).split()
    if words[0] in GIVEN_NAMES and len(words) > 1:
        return "people"
    return "places" if is_place(name) and not name.endswith(_OF_PLACES) else "others"


def made_from(row: Row, names: Names) -> list[Made]:
    """Change a question in every way in which it can be, in an order drawn for the row; each gives one question."""
    random = np.random.default_rng(int.from_bytes(hashlib.sha256(row.id.encode()).digest()[:8], "big"))
    context = fold(row.context)
    made = []
    for way in (list(Way)[number] for number in random.permutation(len(Way))):
        question = _changed(way, row.question, context, names, random)
        if question and question != row.question:
            made.append(
                Made(way, replace(row, id=f"made {way}:{row.id}", question=question, answers=(), made_of=row.id))
            )
    return made


def _changed(way: Way, question: str, context: str, names: Names, random: np.random.Generator) -> str | None:
    match way:
        case Way.NEGATION:
            return _negated(question, context)
        case Way.OPPOSITE:
            return _exchanged(question, context, {word: (other,) for word, other in OPPOSITES.items()}, random)
        case Way.EXCLUSION:
            return _exchanged(question, context, EXCLUSIVE, random)
        case Way.ENTITY:
            return _renamed(question, context, names, random)
        case Way.NUMBER:
            return _renumbered(question, context, random)
        case Way.CONDITION:
            return _conditioned(question, context, names, random)


def _negated(question: str, context: str) -> str | None:
    """Put "not" behind the auxiliary or its subject; a context that denies something itself may answer."""
    found = _SUBJECT_AUXILIARY.search(question) or _AUXILIARY_SUBJECT.search(question)
    if found is None or re.search(
        r"\b(?:not|never|no|without|refus\w*|deny|denie[ds])\b|n['’]t\b", f"{context} {question.lower()}"
    ):
        return None
    return f"{question[: found.end()]} not{question[found.end() :]}"


def _exchanged(
    question: str, context: str, table: dict[str, tuple[str, ...]], random: np.random.Generator
) -> str | None:
    """Exchange a word that the context has, or that stands for what it has, for one that it has not."""
    found = [word for word in _WORD.finditer(question) if word[0] in table]
    for number in random.permutation(len(found)):
        word = found[int(number)]
        others = [other for other in table[word[0]] if other != word[0] and not _stands(other, context)]
        if others:
            return f"{question[: word.start()]}{others[int(random.integers(len(others)))]}{question[word.end() :]}"
    return None


def _renamed(question: str, context: str, names: Names, random: np.random.Generator) -> str | None:
    """Exchange a name that the context has for another of its sort."""
    found = [name for name in _NAME.finditer(question) if fold(name[0]) in context]
    if not found:
        return None
    name = found[int(random.integers(len(found)))]
    whose = "'s" if name[0].endswith(("'s", "’s")) else ""
    other = _unknown(names.like(name[0].removesuffix("'s").removesuffix("’s")), context, random)
    return f"{question[: name.start()]}{other}{whose}{question[name.end() :]}" if other else None


def _unknown(names: Sequence[str], context: str, random: np.random.Generator) -> str | None:
    """One of several names no word of which the context has."""
    for _ in range(20 if names else 0):
        name = names[int(random.integers(len(names)))]
        if not any(_stands(word, context) for word in name.split()):
            return name
    return None


def _renumbered(question: str, context: str, random: np.random.Generator) -> str | None:
    """Exchange a number that the context has for one nearby that it has not."""
    found = [number for number in _NUMBER.finditer(question) if _stands(number[0], context)]
    if not found:
        return None
    number = found[int(random.integers(len(found)))]
    value = int(number[0])
    reach = 20 if value in _YEARS else max(3, value // 2)
    near = [value + step for step in range(-reach, reach + 1) if step and value + step > 1]
    others = [other for other in near if not _stands(str(other), context)]
    if not others:
        return None
    return f"{question[: number.start()]}{others[int(random.integers(len(others)))]}{question[number.end() :]}"


def _conditioned(question: str, context: str, names: Names, random: np.random.Generator) -> str | None:
    """Add a condition at the end."""
    condition = _CONDITIONS[int(random.integers(len(_CONDITIONS)))]
    person, place = (_unknown(known, context, random) for known in (names.people, names.places))
    year = str(random.integers(1870, 2020))
    if not person or not place or _stands(year, context) or re.search(r"\d{4}|\b(?:when|where)\b", question.lower()):
        return None
    body = question.rstrip(" ?")
    return f"{body} {condition.format(year=year, person=person, place=place)}{question[len(body) :]}"


def _stands(word: str, context: str) -> bool:
    """Whether a word stands in a folded text."""
    return bool(re.search(rf"\b{re.escape(fold(word))}\b", context))


def _held_out(path: Path) -> Iterator[Row]:
    """The answerable rows of a set that no reader trains on."""
    file = path.name.split(".")[0]
    try:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for one in map(json.loads, lines):
                if one["answers"] and split_of(file, one["split"], one["context"]) != "train":
                    yield Row(one["id"], one["dataset"], file, one["context"], one["question"], ((0, 0),))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise SourceError(str(path), f"not a question-answering set: {error!r}") from error


def main(arguments: Sequence[str] | None = None) -> None:
    """Write a test set: each way in turn, as far as it goes."""
    parser = argparse.ArgumentParser(prog="python -m qa.training.made", description=__doc__.split("\n")[0])
    parser.add_argument("files", type=Path, nargs="+", help="question sets, as FILE.jsonl.gz")
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--count", type=int, default=500)
    chosen = parser.parse_args(arguments)
    rows = sorted((row for path in chosen.files for row in _held_out(path)), key=lambda row: row.id[::-1])
    names = Names.of(row.question for row in rows)
    given: dict[Way, list[Row]] = {way: [] for way in Way}
    for row in rows:
        made = made_from(row, names)
        if made:
            rarest = min(made, key=lambda one: len(given[one.way]))
            given[rarest.way].append(rarest.row)
    turns = [given[way][turn] for turn in range(len(rows)) for way in Way if turn < len(given[way])]
    with chosen.output.open("w", encoding="utf-8") as output:
        for row in turns[: chosen.count]:
            record = {"id": row.id, "dataset": row.id.split(":")[0], "split": KEPT, "title": "", "answers": []}
            output.write(json.dumps(record | {"context": row.context, "question": row.question}) + "\n")


if __name__ == "__main__":
    main()
