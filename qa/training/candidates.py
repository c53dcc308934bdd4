"""Training questions and a reader -> the reader's own candidates with what they are worth, for the judge to learn from.

Each row is read in its own context, cut as the product cuts articles, beside passages that retrieval finds for it in
other contexts; for some questions the own context is left out. Each candidate is one of three things: ``RIGHT``, a
``WRONG`` span in a sentence that holds the right one, or ``NOTHING``, words that do not answer.

    python -m qa.training.candidates RECIPE --data DIR --output candidates.jsonl [--weights DIR]

What this does not know: which rows the reader was trained on. Of those it has, its candidates are better than they
will be in use. Nor does it know answers that the rows do not mark.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path

from qa.assistant.reading import READER
from qa.reading import SpanModel, SpanReader
from qa.text import fold, sentence_spans, word_spans
from qa.training.judge_recipe import JudgeRecipe, load_judge_recipe
from qa.training.judging import surroundings
from qa.training.made import Names, made_from
from qa.training.negatives import Passages, passages_of
from qa.training.rows import Row, read_rows
from qa.types import Candidate, FoundBy, Hit, Passage, Question, Span

__all__ = ["NOTHING", "RIGHT", "WRONG", "Graded", "Group", "gather", "load_groups"]

RIGHT, WRONG, NOTHING = 0, 1, 2
_RIGHT_FROM = 0.5  # F1 with a marked answer
_MOST_PASSAGES = 8
_ARTICLES = ("a", "an", "the")
_OWN, _OTHER = "own", "other"


@dataclass(frozen=True, slots=True)
class Graded:
    """A candidate: the sentences around it, where its span stands in them, what it is and its F1 with the answer."""

    heading: str
    text: str
    start: int
    end: int
    is_a: int
    f1: float
    margin: float


@dataclass(frozen=True, slots=True)
class Group:
    """A question with its candidates, best margin first; ``file`` is the set, ``kind`` what was done to the row."""

    id: str
    file: str
    kind: str
    question: str
    candidates: tuple[Graded, ...]


def gather(recipe: JudgeRecipe, data: Path, reader: SpanReader) -> Iterator[Group]:
    """Read the recipe's rows, in an order that mixes the sets."""
    everything = {name: read_rows(data / f"{name}.jsonl.gz") for name in recipe.sets}
    passages = Passages((row.context for rows in everything.values() for row in rows), None)
    chosen = [pair for name, rows in everything.items() for pair in _chosen(recipe, name, rows)]
    for kind, row in sorted(chosen, key=lambda pair: _digest(f"{pair[1].id} {pair[0]}")):
        others = _others(row, passages, recipe.beside)
        absent = kind == "answerable" and _digest(f"absent {row.id}") % 1000 < 1000 * recipe.absent
        own = [] if absent else list(passages_of(row.context))[:_MOST_PASSAGES]
        read = reader.read(Question(row.question), list(_hits([*own, *others], len(own), _heading(row))))
        graded = [_graded(row, one) for one in read[: recipe.candidates]]
        if graded:
            yield Group(row.id, row.file, "absent" if absent else kind, row.question, tuple(graded))


def _chosen(recipe: JudgeRecipe, name: str, rows: Sequence[Row]) -> Iterator[tuple[str, Row]]:
    """The rows of a set that are asked: the first of each kind by the digests of their ids."""
    share, ordered = recipe.sets[name], sorted(rows, key=lambda row: _digest(row.id))
    answerable = [row for row in ordered if row.answers]
    yield from (("answerable", row) for row in answerable[: share.answerable])
    yield from (("unanswerable", row) for row in [row for row in ordered if not row.answers][: share.unanswerable])
    names = Names.of(row.question for row in ordered)
    changed = (one for row in reversed(answerable) for one in made_from(row, names)[:1])  # others than those above
    yield from ((f"made {one.way}", one.row) for one in islice(changed, share.made))


def _others(row: Row, passages: Passages, at_most: int) -> list[str]:
    """Passages of other contexts that are found for the question and do not hold its answer."""
    answers = [row.context[start:end].casefold() for start, end in row.answers]
    ranked = (number for ranked in passages.ranked([row.question]) for number in ranked)
    texts = (passages.texts[number] for number in ranked if passages.homes[number] != row.context)
    kept = [text for text in texts if not any(answer in text.casefold() for answer in answers)]
    return kept[:at_most]


def _heading(row: Row) -> str:
    """The first sentence of a news article, which the product would have as its title."""
    first = next(iter(sentence_spans(row.context)), None)
    return first.of(row.context)[:120] if row.file == "newsqa" and first else ""


def _hits(texts: Iterable[str], own: int, heading: str) -> Iterator[Hit]:
    for number, text in enumerate(texts):
        article, title = (_OWN, heading) if number < own else (f"{_OTHER}{number}", "")
        yield Hit(
            Passage(f"{article}:{number}", article, Span(0, len(text)), title, text), number + 1, 1.0, FoundBy.FUSION
        )


def _graded(row: Row, candidate: Candidate) -> Graded:
    text = candidate.hit.passage.text
    gold = [row.context[start:end] for start, end in row.answers]
    answers = gold if candidate.hit.passage.article_id == _OWN else []
    words = candidate.span.of(text)
    score = max((_f1(answer, words) for answer in answers), default=0.0)
    sentence = candidate.sentence.of(text).casefold()
    holds = any(answer.casefold() in sentence for answer in answers)
    around = surroundings(text, candidate.span)
    span = candidate.span.shifted(-around.start)
    return Graded(
        heading=candidate.hit.passage.heading,
        text=around.of(text),
        start=span.start,
        end=span.end,
        is_a=RIGHT if score >= _RIGHT_FROM else WRONG if holds else NOTHING,
        f1=round(score, 3),
        margin=round(candidate.margin, 3),
    )


def _f1(one: str, other: str) -> float:
    """How far two answers share their words, leaving out articles."""
    words, others = (Counter(fold(span.of(text)) for span in word_spans(text)) for text in (one, other))
    for article in _ARTICLES:
        words.pop(article, None)
        others.pop(article, None)
    return 2 * (words & others).total() / max(words.total() + others.total(), 1)


def load_groups(path: Path) -> list[Group]:
    """Read what :func:`main` wrote."""
    with path.open(encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines]
    return [Group(**{**one, "candidates": tuple(Graded(**each) for each in one["candidates"])}) for one in records]


def _digest(text: str) -> int:
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")


def main(arguments: Sequence[str] | None = None) -> None:
    """Gather the candidates of a recipe."""
    parser = argparse.ArgumentParser(prog="python -m qa.training.candidates", description=__doc__.split("\n")[0])
    parser.add_argument("recipe", type=Path)
    parser.add_argument("--data", type=Path, required=True, help="folder of the sets, as FILE.jsonl.gz")
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--weights", type=Path, default=READER, help="folder of the span reader")
    parser.add_argument("--threads", type=int, default=1)
    chosen = parser.parse_args(arguments)
    reader = SpanReader(SpanModel(chosen.weights, threads=chosen.threads))
    with chosen.output.open("w", encoding="utf-8") as output:
        for group in gather(load_judge_recipe(chosen.recipe), chosen.data, reader):
            output.write(json.dumps(asdict(group), ensure_ascii=False) + "\n")
            output.flush()


if __name__ == "__main__":
    main()
