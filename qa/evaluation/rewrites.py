"""Questions of a conversation with a person's rewrites -> how often what we carry over is what the person filled in.

A row is one of CANARD's: ``{"History": [title, section, question, answer, …], "Question", "Rewrite"}``. The
conversation is put to :func:`qa.questions.follow` as an archive would put it: the title is who or what is talked about
first, and each answer brings up the names in it. *Filled in* are the telling words of the rewrite that the question
does not have.

A part that we carry *agrees* when one of its telling words is among those that were filled in: the last word of a name
will do, as people do not write names in full every time. It is *wrong* when something else was filled in, *needless*
when nothing was. Where something was filled in and nothing carried, it is *missed*.

What this does not know: the archive. Who is a person and who a body is not told there, so that pronouns are checked by
given names alone; that a rewrite fills in more than is needed; whether the question that results is answered.

    python -m qa.evaluation.rewrites dev.json [--show 20]
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from qa.attribution import gender_of_name
from qa.errors import QuestionError
from qa.questions import STOP_WORDS, Known, Turn, brought_up, follow, names_in, plain, stem
from qa.text import fold, word_spans
from qa.types import Carried, Part, Question

__all__ = ["Verdict", "judge", "kind_of", "main", "reading_of", "render"]

_IN_BRACKETS = re.compile(r"\s*\([^)]*\)")
_KINDS = (
    ("he, she", re.compile(r"\b(?:he|she|him|her|his|hers)\b", re.IGNORECASE)),
    ("they", re.compile(r"\b(?:they|them|their)\b", re.IGNORECASE)),
    ("it, this, that", re.compile(r"\b(?:it|its|this|that|these|those)\b", re.IGNORECASE)),
)
_NO_PRONOUN = "no pronoun"
_GENDERS = {"he": "m", "him": "m", "his": "m", "she": "f", "her": "f"}
_VERDICTS = ("agrees", "wrong", "needless", "missed", "rightly nothing")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one question: ``told`` is one of "agrees", "wrong", "needless", "missed", "rightly nothing"."""

    told: str
    kind: str
    carried: tuple[Carried, ...]
    filled_in: frozenset[str]


def reading_of(row: Mapping[str, Any]) -> Question:
    """Read the question of a row after the conversation before it."""
    title, _section, *said = row["History"]
    subject = _IN_BRACKETS.sub("", title).strip()
    talked_of = {fold(subject), *(fold(name) for answer in said[1::2] for name in names_in(answer))}
    surnames = {name.split()[-1] for name in talked_of if name}
    known = Known(is_speaker=lambda name: fold(name) in talked_of | surnames, fits=_fits)
    turns = [Turn(plain(f"Who is {subject}?"), lambda: (subject,))]
    for asked, answer in zip(said[0::2], said[1::2], strict=True):
        try:
            question = follow(asked, turns, known=known)[0]
        except QuestionError:  # nothing but punctuation was typed
            continue
        about = tuple(reversed(question.speakers)) or brought_up(question, names_in(answer), known.is_speaker)
        turns.append(Turn(question, partial(tuple, about)))
    return follow(row["Question"], turns, known=known)[0]


def _fits(pronoun: str, name: str) -> bool:
    gender = gender_of_name(name)
    return gender is None or _GENDERS.get(pronoun, gender) == gender


def judge(row: Mapping[str, Any], question: Question) -> Verdict:
    """Compare what was carried with what a person filled in."""
    filled_in = _telling(row["Rewrite"]) - _telling(row["Question"])
    kind = kind_of(row["Question"])
    if not question.completed:
        return Verdict("missed" if filled_in else "rightly nothing", kind, (), filled_in)
    if not filled_in:
        return Verdict("needless", kind, question.carried, filled_in)
    # A part that the question has in words too, as "Zappa" of "Frank Zappa", was not to be filled in by anybody.
    agree = all(_telling(one.value) & filled_in for one in question.carried)
    return Verdict("agrees" if agree else "wrong", kind, question.carried, filled_in)


def kind_of(asked: str) -> str:
    """What a question leans with."""
    return next((name for name, pattern in _KINDS if pattern.search(asked)), _NO_PRONOUN)


def _telling(text: str) -> frozenset[str]:
    words = (span.of(text) for span in word_spans(text))
    return frozenset(stem(word) for word in words if fold(word).removesuffix("'s") not in STOP_WORDS)


def render(verdicts: Sequence[Verdict]) -> Iterator[str]:
    """Lay out a table by what questions lean with, and one by the part that was carried."""
    yield "| leans with | questions | filled in by people | carried | of these agree | wrong | needless | missed |"
    yield "|---|---|---|---|---|---|---|---|"
    for name in (*(name for name, _ in _KINDS), _NO_PRONOUN, None):
        some = [one for one in verdicts if name in {None, one.kind}]
        told = Counter(one.told for one in some)
        carried = told["agrees"] + told["wrong"] + told["needless"]
        filled_in = sum(bool(one.filled_in) for one in some)
        yield (
            f"| {name or '**all**'} | {len(some)} | {filled_in} | {carried} | {_share(told['agrees'], carried)} |"
            f" {_share(told['wrong'], carried)} | {_share(told['needless'], carried)} |"
            f" {_share(told['missed'], filled_in)} |"
        )
    yield ""
    yield "| part carried | times | agrees | wrong | needless |"
    yield "|---|---|---|---|---|"
    for part, name in ((Part.SPEAKER, "who"), (Part.TOPIC, "what"), (Part.DATES, "when")):
        every = [(carried, one.filled_in) for one in verdicts for carried in one.carried if carried.part is part]
        agreeing = sum(bool(_telling(carried.value) & filled_in) for carried, filled_in in every)
        needless = sum(not filled_in for _, filled_in in every)
        count = len(every)
        wrong = count - agreeing - needless
        yield f"| {name} | {count} | {_share(agreeing, count)} | {_share(wrong, count)} | {_share(needless, count)} |"


def _share(part: int, whole: int) -> str:
    return f"{part}, {100 * part / whole:.1f} %" if whole else "–"


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the tables, and some of the questions of each verdict."""
    parser = argparse.ArgumentParser(prog="python -m qa.evaluation.rewrites", description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--show", type=int, default=0, help="questions of each verdict that are printed")
    chosen = parser.parse_args(arguments)
    rows = json.loads(chosen.file.read_text(encoding="utf-8"))
    read = [(row, judge(row, reading_of(row))) for row in rows]
    for told in _VERDICTS:
        for row, one in [each for each in read if each[1].told == told][: chosen.show]:
            carried = ", ".join(f"{part.words or part.part.value} = {part.value}" for part in one.carried)
            print(f"{told}: {row['Question']!r} | {row['Rewrite']!r} | {carried or 'nothing'}")  # noqa: T201
    print("\n".join(render([one for _, one in read])))  # noqa: T201


if __name__ == "__main__":
    main()
