"""A file of annotated articles -> how well an attributor finds who said what, as figures and a table.

The rows are PolNeAR's as JSON Lines (plain or gzip): ``text`` and ``attributions`` with ``source``, ``cue`` and
``content`` as lists of ``[start, end]``, ``type`` (direct, indirect, mixed), and silver ``mentions`` and ``chains``.

    python -m qa.evaluation.statements polnear/dev.jsonl.gz [--output docs/results/statements-DATE.md]

What is measured, all over the words of :func:`qa.text.word_spans`, matched one to one by best overlap:

- **content exact**: the same content words; **content IoU .5**: at least half of the words of either are in both;
- **joint**: content IoU .5 and a source with IoU .5 (or none in both);
- for all attributions, for those with a speech cue, and by form. A part counts what has that form (or such a cue) in
  the annotation for recall and in the attributor's answer for precision, each matched against everything;
- **speaker**: of the joint matches whose source a silver chain names, the share with the same surname, with another
  one, and without a name. Silver is a coreference program's and wrong for about a third of the pronouns, and a surname
  alone tells no two Clintons apart: read this figure as a comparison, not as a truth.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from qa.attribution import RuleAttributor
from qa.protocols import Attributor
from qa.text import fold, paragraph_spans, word_spans
from qa.types import Article, Paragraph, Span, Statement, article_id_of

__all__ = ["Attributed", "Figures", "Score", "evaluate", "main", "match", "read_rows", "render"]

PARTS = ("all", "speech cue", "other cue", "direct", "mixed", "indirect")
MEASURES = ("content exact", "content IoU .5", "joint")
# Independent of the rules' own lexicon, so that a longer lexicon does not change what is measured.
_SPEECH = re.compile(
    r":|\b(?:sa(?:y|ys|id|ying)|t(?:ell|ells|old|elling)|wr(?:ite|ites|ote|itten|iting)|according to|"
    r"(?:add|ask|announc|not|report|argu|explain|declar|claim|insist|warn|suggest|acknowledg|conced|admit|admitt|"
    r"confirm|stat|repl|respond|answer|tweet|predict|promis|pledg|vow|urg|assert|alleg|stress|emphasiz|reiterat|"
    r"recall|remark|observ|complain|jok|conclud|call|describ|criticiz|prais|condemn|reject|dismiss|denounc|accus|"
    r"den|blast|slam|quip|lament|counter|caution|testif)(?:e|es|ed|ies|ied|y|s|ing)?)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Attributed:
    """An attribution as sets of word numbers, annotated or found."""

    source: frozenset[int]
    content: frozenset[int]
    form: str
    speech: bool
    name: str | None = None

    def parts(self) -> tuple[str, ...]:
        """The parts of the table that it counts in."""
        return ("all", "speech cue" if self.speech else "other cue", self.form)


@dataclass(slots=True)
class Score:
    """Counts behind a precision, a recall and their F1, as percentages."""

    gold: int = 0
    found: int = 0
    recalled: int = 0
    right: int = 0

    @property
    def precision(self) -> float:
        """Share of what was found that is right."""
        return 100 * self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Share of what is annotated that was found."""
        return 100 * self.recalled / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of the two."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


@dataclass(slots=True)
class Figures:
    """Scores by measure and part, and what became of the speakers of matched statements."""

    scores: dict[tuple[str, str], Score] = field(default_factory=dict)
    speakers: Counter[str] = field(default_factory=Counter)
    articles: int = 0
    milliseconds: float = 0.0

    def score(self, measure: str, part: str) -> Score:
        """The score of one cell of the table."""
        return self.scores.setdefault((measure, part), Score())


def read_rows(path: Path) -> Iterator[dict[str, Any]]:
    """Read JSON Lines, gzipped or not."""
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def evaluate(rows: Iterable[dict[str, Any]], attributor: Attributor) -> Figures:
    """Attribute every row's text and count."""
    figures = Figures()
    for row in rows:
        article = _article(row["text"])
        started = datetime.now(UTC)
        statements = attributor.attribute(article)
        figures.milliseconds += (datetime.now(UTC) - started).total_seconds() * 1000
        figures.articles += 1
        words = word_spans(article.text)
        gold = [_annotated(row, attribution, words) for attribution in row["attributions"]]
        found = [_found(statement, article.text, words) for statement in statements]
        _count(figures, [each for each in gold if each.content], found)
    return figures


def match(
    gold: Sequence[Attributed], found: Sequence[Attributed], *, joint: bool = False
) -> list[tuple[int, int, float]]:
    """Pair gold with found one to one, best content overlap first: (gold, found, IoU) of at least .5."""
    pairs = []
    for g, one in enumerate(gold):
        for f, other in enumerate(found):
            iou = _iou(one.content, other.content)
            if iou >= 0.5 and (not joint or _same_source(one, other)):
                pairs.append((g, f, iou))
    chosen: list[tuple[int, int, float]] = []
    for g, f, iou in sorted(pairs, key=lambda pair: (-pair[2], pair)):
        if all(g != other[0] and f != other[1] for other in chosen):
            chosen.append((g, f, iou))
    return chosen


def render(figures: Figures, title: str) -> str:
    """Write the figures as a page of Markdown."""
    lines = [
        f"# {title}",
        "",
        f"{figures.articles} articles, {figures.milliseconds / max(figures.articles, 1):.1f} ms each.",
        "",
    ]
    lines += [
        "| P / R / **F1** | " + " | ".join(MEASURES) + " | annotated | found |",
        "|---|" + "---|" * (len(MEASURES) + 2),
    ]
    for part in PARTS:
        scores = [figures.score(measure, part) for measure in MEASURES]
        cells = [f"{s.precision:.1f} / {s.recall:.1f} / **{s.f1:.1f}**" for s in scores]
        lines.append(f"| {part} | " + " | ".join(cells) + f" | {scores[0].gold} | {scores[0].found} |")
    total = sum(figures.speakers.values())
    shares = ", ".join(f"{outcome} {100 * count / total:.1f} %" for outcome, count in figures.speakers.most_common())
    lines += ["", f"Speaker of matched statements against silver names ({total}): {shares or 'none to compare'}.", ""]
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure the rules on a file and print the page, or write it with ``--output``."""
    parser = argparse.ArgumentParser(prog="python -m qa.evaluation.statements", description=main.__doc__)
    parser.add_argument("file", type=Path, help="annotated articles, .jsonl or .jsonl.gz")
    parser.add_argument("--output", type=Path, help="write the page here instead of printing it")
    options = parser.parse_args(arguments)
    attributor = RuleAttributor()
    page = render(evaluate(read_rows(options.file), attributor), f"Statements by rules, {date.today():%Y-%m-%d}")
    page += f"\nCommand: `python -m qa.evaluation.statements {options.file.name}`; attributor `{attributor.digest}`.\n"
    if options.output:
        options.output.write_text(page, encoding="utf-8")
    else:
        print(page)  # noqa: T201


def _article(text: str) -> Article:
    """Wrap a text as it stands: the annotation counts its code points, so it is not normalised."""
    paragraphs = tuple(Paragraph(ordinal, span) for ordinal, span in enumerate(paragraph_spans(text)))
    return Article(
        id=article_id_of(text),
        url="file:evaluation",
        outlet=None,
        title="",
        byline=None,
        published=None,
        modified=None,
        retrieved=datetime.now(UTC),
        language="en",
        text=text,
        text_sha256="",
        paragraphs=paragraphs,
    )


def _annotated(row: dict[str, Any], attribution: dict[str, Any], words: Sequence[Span]) -> Attributed:
    cue = " ".join(row["text"][start:end] for start, end in attribution["cue"])
    source = [Span(start, end) for start, end in attribution["source"]]
    return Attributed(
        source=_numbers(source, words),
        content=_numbers([Span(start, end) for start, end in attribution["content"]], words),
        form=attribution["type"],
        speech=bool(_SPEECH.search(cue)),
        name=_silver(row, source),
    )


def _found(statement: Statement, text: str, words: Sequence[Span]) -> Attributed:
    return Attributed(
        source=_numbers(statement.source, words),
        content=_numbers(statement.content, words),
        form=statement.form.value,
        speech=bool(_SPEECH.search(" ".join(span.of(text) for span in statement.cue))),
        name=statement.speaker.name if statement.speaker else None,
    )


def _numbers(spans: Iterable[Span], words: Sequence[Span]) -> frozenset[int]:
    """The numbers of the words that any of the spans touches."""
    return frozenset(number for span in spans for number, word in enumerate(words) if word.overlaps(span))


def _silver(row: dict[str, Any], source: Sequence[Span]) -> str | None:
    """The name of the first silver chain that has a mention where the source is."""
    for chain in row.get("chains") or ():
        if chain["name"] and any(span == Span(*mention) for span in source for mention in chain["mentions"]):
            return str(chain["name"])
    return None


def _iou(one: frozenset[int], other: frozenset[int]) -> float:
    return len(one & other) / len(one | other) if one or other else 0.0


def _same_source(one: Attributed, other: Attributed) -> bool:
    return one.source == other.source or _iou(one.source, other.source) >= 0.5


def _count(figures: Figures, gold: Sequence[Attributed], found: Sequence[Attributed]) -> None:
    pairs = match(gold, found)
    matched = {
        "content exact": [pair for pair in pairs if pair[2] == 1.0],
        "content IoU .5": pairs,
        "joint": match(gold, found, joint=True),
    }
    for measure, matches in matched.items():
        _add(figures, measure, gold, {g for g, _, _ in matches}, annotated=True)
        _add(figures, measure, found, {f for _, f, _ in matches}, annotated=False)
    figures.speakers.update(_speaker(gold[g].name, found[f].name) for g, f, _ in matched["joint"] if gold[g].name)


def _add(figures: Figures, measure: str, all_: Sequence[Attributed], hits: set[int], *, annotated: bool) -> None:
    for number, each in enumerate(all_):
        for part in each.parts():
            score = figures.score(measure, part)
            if annotated:
                score.gold += 1
                score.recalled += number in hits
            else:
                score.found += 1
                score.right += number in hits


def _speaker(silver: str | None, name: str | None) -> str:
    """Compare two names by their last words."""
    if name is None:
        return "unresolved"
    return "same" if fold(str(silver)).split()[-1] == fold(name).split()[-1] else "other"


if __name__ == "__main__":
    main()
