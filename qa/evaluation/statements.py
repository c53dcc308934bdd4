"""A file of annotated articles -> how well an attributor finds who said what, as figures and a page.

    python -m qa.evaluation.statements polnear/dev.jsonl.gz [--attributor rules|model] [--weights DIR]
                                       [--output docs/results/statements-DATE.md]

Rows are PolNeAR's as JSON Lines, plain or gzip (:mod:`qa.evaluation.attributed`). What is measured, over the words of
:func:`qa.text.word_spans`, annotated and found matched one to one by best overlap:

- **content exact**: the same content words; **content IoU .5**: at least half of the words of either are in both;
  **content words**: words that are content of any, matched or not;
- **joint**: content IoU .5 and a source with IoU .5 (or none in both);
- all of it for all attributions, by speech cue and by form. A part counts what has that form (or such a cue) in the
  annotation for recall and in the attributor's answer for precision, each matched against everything;
- **statements by speaker**: for each person of an article the list of what they said (content IoU .5), the same
  resolver having resolved the annotated sources and the found ones. A list is complete and clean when nothing is
  missing and nothing else is in it. "People" and "all speakers" have the statements with a speech cue, by one test on
  both sides; "people, as listed" has those that the product lists, which also tells apart what is and is not said;
- **the speaker given a match**: of the matched statements whose annotated source the resolver gives a name, the share
  that has this name;
- **speakers** against hand labels (:mod:`qa.evaluation.speakers`), where the articles are in that sample: the resolver
  alone, on annotated sources; and the speaker of the found statements that match a labelled one.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import Any

from qa.attribution import RuleAttributor, TokenAttributor
from qa.evaluation.attributed import PARTS, Attributed, annotated, article_of, found, match, resolve_annotated
from qa.evaluation.filing import deliver
from qa.evaluation.speakers import Label, half_of, read_labels
from qa.protocols import Attributor
from qa.text import fold, word_spans

__all__ = ["LISTS", "Attributed", "Figures", "Score", "evaluate", "main", "match", "read_rows", "render"]

MEASURES = ("content exact", "content IoU .5", "content words", "joint")
EVERYBODY, LISTED = "all speakers", "people, as listed"
LISTS = ("people", EVERYBODY, LISTED)
KINDS = ("named", "pronoun", "nominal")
WEIGHTS = Path(__file__).resolve().parents[1] / "weights" / "attribution"


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

    def __str__(self) -> str:
        return f"{self.precision:.1f} / {self.recall:.1f} / **{self.f1:.1f}**"


@dataclass(slots=True)
class Figures:
    """What is counted: scores by measure and part, lists of people and of all speakers, verdicts on speakers.

    ``resolved`` counts (half, kind, verdict) of the resolver alone, ``given_match`` the same of matched statements.
    """

    scores: dict[tuple[str, str], Score] = field(default_factory=dict)
    lists: dict[str, Score] = field(default_factory=lambda: {whose: Score() for whose in LISTS})
    clean: Counter[tuple[str, bool]] = field(default_factory=Counter)
    resolved: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    given_match: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    agreeing: Counter[tuple[str, bool]] = field(default_factory=Counter)
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


def evaluate(
    rows: Iterable[dict[str, Any]], attributor: Attributor, labels: dict[str, list[Label]] | None = None
) -> Figures:
    """Attribute every row's text and count."""
    figures = Figures()
    for row in rows:
        article = article_of(row["text"])
        started = perf_counter()
        statements = attributor.attribute(article)
        figures.milliseconds += (perf_counter() - started) * 1000
        figures.articles += 1
        words = word_spans(article.text)
        speakers = resolve_annotated(row)
        gold, answers = annotated(row, words, speakers), found(statements, article.text, words)
        _count(figures, gold, answers)
        _count_lists(figures, gold, answers)
        for label in (labels or {}).get(row.get("id", ""), ()):
            key = half_of(label.article), label.kind
            figures.resolved[*key, label.verdict(speakers.get(label.source), article.text)] += 1
            for g, f, _ in match(gold, answers):
                if gold[g].at == label.source:
                    figures.given_match[*key, label.verdict(answers[f].speaker, article.text)] += 1
    return figures


def render(figures: Figures, title: str) -> str:
    """Write the figures as a page of Markdown."""
    lines = [
        f"# {title}",
        "",
        f"{figures.articles} articles, {figures.milliseconds / max(figures.articles, 1):.1f} ms each.",
    ]
    lines += ["", "| P / R / **F1** | " + " | ".join(MEASURES) + " | annotated | found |"]
    lines += ["|---|" + "---|" * (len(MEASURES) + 2)]
    for part in PARTS:
        scores = [figures.score(measure, part) for measure in MEASURES]
        lines.append(f"| {part} | " + " | ".join(map(str, scores)) + f" | {scores[0].gold} | {scores[0].found} |")
    lines += ["", "## Statements by speaker", ""]
    lines += ["| speech cues, IoU .5 | P / R / **F1** | lists | complete and clean |", "|---|---|---|---|"]
    for whose, score in figures.lists.items():
        clean, total = figures.clean[whose, True], figures.clean[whose, True] + figures.clean[whose, False]
        lines.append(f"| {whose} | {score} | {total} | {100 * clean / max(total, 1):.1f} % |")
    lines += [
        "",
        "The speaker given a match (speech cues):",
        "",
        *(_agreement(figures, measure) for measure in ("content IoU .5", "joint")),
    ]
    lines += _verdicts("The resolver alone, on annotated sources", figures.resolved)
    lines += _verdicts("The speakers of found statements that match a labelled one", figures.given_match)
    return "\n".join([*lines, ""])


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure an attributor on a file and print the page, or write it with ``--output``."""
    parser = argparse.ArgumentParser(prog="python -m qa.evaluation.statements", description=main.__doc__)
    parser.add_argument("file", type=Path, help="annotated articles, .jsonl or .jsonl.gz")
    parser.add_argument("--attributor", choices=("rules", "model"), default="rules")
    parser.add_argument("--weights", type=Path, default=WEIGHTS, help="the model's folder")
    parser.add_argument("--output", type=Path, help="write the page here instead of printing it")
    options = parser.parse_args(arguments)
    model = options.attributor == "model"
    attributor: Attributor = TokenAttributor(options.weights) if model else RuleAttributor()
    figures = evaluate(read_rows(options.file), attributor, read_labels())
    page = render(figures, f"Statements by {'a token model' if model else 'rules'}, {date.today():%Y-%m-%d}")
    command = f"python -m qa.evaluation.statements {options.file.name} --attributor {options.attributor}"
    page += f"\nCommand: `{command}`; attributor `{attributor.digest}`.\n"
    deliver(page, options.output)


def _count(figures: Figures, gold: Sequence[Attributed], answers: Sequence[Attributed]) -> None:
    pairs = match(gold, answers)
    matched = {
        "content exact": [pair for pair in pairs if pair[2] == 1.0],
        "content IoU .5": pairs,
        "joint": match(gold, answers, joint=True),
    }
    for measure, matches in matched.items():
        _add(figures, measure, gold, {g for g, _, _ in matches}, annotated=True)
        _add(figures, measure, answers, {f for _, f, _ in matches}, annotated=False)
    _count_words(figures, gold, answers)
    for measure in ("content IoU .5", "joint"):
        named = [(g, f) for g, f, _ in matched[measure] if gold[g].said and _name(gold[g])]
        figures.agreeing.update((measure, _name(gold[g]) == _name(answers[f])) for g, f in named)


def _add(figures: Figures, measure: str, all_: Sequence[Attributed], hits: set[int], *, annotated: bool) -> None:
    for number, each in enumerate(all_):
        for part in each.parts:
            score = figures.score(measure, part)
            if annotated:
                score.gold += 1
                score.recalled += number in hits
            else:
                score.found += 1
                score.right += number in hits


def _count_words(figures: Figures, gold: Sequence[Attributed], answers: Sequence[Attributed]) -> None:
    for part in PARTS:
        score = figures.score("content words", part)
        wanted, given = _content(gold, part), _content(answers, part)
        score.gold += len(wanted)
        score.found += len(given)
        score.recalled += len(wanted & _content(answers, "all"))
        score.right += len(given & _content(gold, "all"))


def _content(attributed: Sequence[Attributed], part: str) -> frozenset[int]:
    return frozenset().union(*(each.content for each in attributed if part in each.parts))


def _count_lists(figures: Figures, gold: Sequence[Attributed], answers: Sequence[Attributed]) -> None:
    """Compare what each speaker said, by annotation, with the list that a reader would be shown."""
    for whose, score in figures.lists.items():
        wanted = [each for each in gold if each.speech]
        given = [each for each in answers if (each.said if whose == LISTED else each.speech)]
        pairs = match(wanted, given)
        names = [[_listed(each, whose) for each in side] for side in (wanted, given)]
        hits = Counter(names[0][g] for g, f, _ in pairs if names[0][g] == names[1][f])
        sizes = [Counter(filter(None, side)) for side in names]
        for name in sizes[0] | sizes[1]:
            score.gold += sizes[0][name]
            score.found += sizes[1][name]
            score.recalled += hits[name]
            score.right += hits[name]
            figures.clean[whose, sizes[0][name] == hits[name] == sizes[1][name]] += 1


def _listed(each: Attributed, whose: str) -> str | None:
    return _name(each) if whose == EVERYBODY or each.person else None


def _name(each: Attributed) -> str | None:
    return fold(each.speaker.name) if each.speaker and each.speaker.name else None


def _agreement(figures: Figures, measure: str) -> str:
    right, wrong = figures.agreeing[measure, True], figures.agreeing[measure, False]
    return (
        f"- {measure}: that of the annotated source in {100 * right / max(right + wrong, 1):.1f} % of {right + wrong}"
    )


def _verdicts(title: str, verdicts: Counter[tuple[str, str, str]]) -> list[str]:
    """The table of a sample's verdicts, empty where no article of it was seen."""
    if not verdicts:
        return []
    lines = [
        "",
        f"## {title}",
        "",
        "| right (wrong name, no name) | " + " | ".join((*KINDS, "all")) + " |",
        "|---|---|---|---|---|",
    ]
    for half in ("tune", "report", "both"):
        cells = [_share(verdicts, half, kind) for kind in (*KINDS, "all")]
        lines.append(f"| {half} | " + " | ".join(cells) + " |")
    return lines


def _share(verdicts: Counter[tuple[str, str, str]], half: str, kind: str) -> str:
    counts: Counter[str] = Counter()
    for (in_half, of_kind, verdict), count in verdicts.items():
        if half in (in_half, "both") and kind in (of_kind, "all"):
            counts[verdict] += count
    total = max(counts.total(), 1)
    return f"**{100 * counts['right'] / total:.1f} %** of {counts.total()} ({counts['wrong']}, {counts['unresolved']})"


if __name__ == "__main__":
    main()
