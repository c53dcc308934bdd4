"""Question sets in the open setting: which archive is asked, what is asked of it, and what became of each question.

Every question goes through retrieval, reading and answering as ``qa ask`` does it, over all contexts of all files, of
every split, in one archive:

- **answerable**: an answer is right when its F1 with a gold answer is at least a half, or when it shares words with the
  annotated place; EM and F1 are the official ones, and an unanswered question scores 0;
- **withheld**: every other question again, with the article that it was written for left out of what is found;
- **made unanswerable**: every other question with a name, number, year, place, verb or condition exchanged by rule, so
  that its own passage, which is found, does not answer. Every answer is a false one, where the rule is right;
- **off the archive**: the others, against the archive of another file alone. Every answer is a false one.

What this does not know: answers that the annotators did not mark, and withheld questions that another article happens
to answer in other words; both count as wrong.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

import numpy as np

from qa.answering import answer_from_candidates
from qa.assistant.reading import Reading
from qa.evaluation.abstention import Judged, calibration_error, coverage_at
from qa.evaluation.pools import Case, Pool, cases, open_pool, pool_folder, read_rows
from qa.evaluation.squad import exact_match, f1, normalise_answer
from qa.protocols import Encoder, Retriever
from qa.questions import understand
from qa.training.made import Names, made_from
from qa.training.rows import Row
from qa.types import Answer, Hit, Question, QuestionKind, Span

__all__ = ["Kind", "Situation", "Trial", "ask_all", "situations", "summary"]


class Kind(StrEnum):
    """What the archive has for a question."""

    ANSWERABLE = "answerable"
    WITHHELD = "withheld"
    MADE = "made unanswerable"
    OFF = "off the archive"


@dataclass(frozen=True, slots=True)
class Situation:
    """Questions of one set against one archive; ``home`` is where their gold answers are."""

    dataset: str
    kind: Kind
    pool: Pool
    home: Pool
    questions: Sequence[Case]

    def question(self, case: Case) -> Question:
        """The question, for a span whatever its form."""
        return replace(understand(case.question)[0], kind=QuestionKind.SPAN)

    def hits(self, case: Case, retriever: Retriever, top_k: int) -> list[Hit]:
        """Retrieve, and withhold the right article where that is the situation."""
        if self.kind is not Kind.WITHHELD:
            return retriever.retrieve(self.question(case), top_k)
        hits = retriever.retrieve(self.question(case), 4 * top_k)  # a long article has many passages
        others = [hit for hit in hits if hit.passage.article_id != case.article_id]
        return [replace(hit, rank=rank) for rank, hit in enumerate(others[:top_k], start=1)]

    def gold(self, case: Case) -> list[str]:
        """The answers that count."""
        if self.kind is Kind.OFF:
            return []
        return [span.of(self.home.articles[case.article_id].text) for span in case.gold]

    def is_right(self, case: Case, article_id: str, span: Span, text: str) -> bool:
        """Judge the words of an answer."""
        return self._is_there(case, article_id, span) or any(f1(gold, text) >= 0.5 for gold in self.gold(case))

    def is_cited(self, case: Case, article_id: str, sentence: Span, text: str) -> bool:
        """Judge the sentence that an answer is shown in: whether it is the annotated one or has a right answer."""
        words = f" {normalise_answer(text)} "
        has = any(f" {normalise_answer(gold)} " in words for gold in self.gold(case))
        return has or self._is_there(case, article_id, sentence)

    def _is_there(self, case: Case, article_id: str, span: Span) -> bool:
        there = self.kind is not Kind.OFF and article_id == case.article_id
        return there and any(span.overlaps(gold) for gold in case.gold)


@dataclass(frozen=True, slots=True)
class Trial:
    """One question asked: its best answer, whatever its confidence, and where the gold stood among the hits.

    ``judged`` is about the answer's words, ``cited`` says whether the sentence that they are shown in is right.
    """

    dataset: str
    kind: Kind
    judged: Judged
    cited: bool
    exact: float
    f1: float
    found: int | None
    milliseconds: float


@contextmanager
def situations(
    files: Sequence[Path], split: str, limit: int, cache: Path, encoder: Encoder, *, half: int | None = None
) -> Iterator[list[Situation]]:
    """Open the archives, made anew where they are not in ``cache``, and list what is asked of them.

    Args:
        files: question sets, each with a name of its own.
        split: whose questions are asked.
        limit: most questions of one set.
        cache: folder of archives that were made before.
        encoder: of the archives.
        half: 0 asks every second question of a split, 1 the others, None all of them.
    """
    with ExitStack() as stack:

        def archive(*paths: Path) -> Pool:
            rows = [row for path in paths for row in read_rows(path, None)]
            return stack.enter_context(open_pool(rows, pool_folder(rows, cache, encoder), encoder))

        everything, alone = archive(*files), {path: archive(path) for path in files} if len(files) > 1 else {}
        listed = []
        for path, other in zip(files, [*files[1:], files[0]], strict=True):
            asked = [case for case in cases(read_rows(path, split)) if case.gold]
            asked = (asked if half is None else asked[half::2])[:limit]
            name = path.name.split(".")[0]
            listed.append(Situation(name, Kind.ANSWERABLE, everything, everything, asked))
            listed.append(Situation(name, Kind.WITHHELD, everything, everything, asked[::2]))
            listed.append(Situation(name, Kind.MADE, everything, everything, _made(name, asked[::2], everything)))
            if other != path:
                listed.append(Situation(name, Kind.OFF, alone[other], everything, asked[1::2]))
        yield listed


def _made(dataset: str, asked: Sequence[Case], pool: Pool) -> list[Case]:
    """One question that its article does not answer, for each of these from which one can be made by rule."""
    names = Names.of(case.question for case in asked)
    rows = [
        Row(case.article_id + case.question, dataset, dataset, pool.articles[case.article_id].text, case.question, gold)
        for case in asked
        if (gold := tuple((one.start, one.end) for one in case.gold))
    ]
    made = ((case, made_from(row, names)[:1]) for case, row in zip(asked, rows, strict=True))
    return [Case(one.row.question, case.article_id, ()) for case, ones in made for one in ones]


def ask_all(situation: Situation, retriever: Retriever, reading: Reading, top_k: int) -> list[Trial]:
    """Ask every question as the product does, but for the threshold."""
    return [_ask(situation, case, retriever, reading, top_k) for case in situation.questions]


def _ask(situation: Situation, case: Case, retriever: Retriever, reading: Reading, top_k: int) -> Trial:
    began = time.perf_counter()
    hits = situation.hits(case, retriever, top_k)
    candidates = reading.reader.read(situation.question(case), hits)
    outcome = answer_from_candidates(
        situation.question(case),
        candidates,
        situation.pool.articles,
        threshold=0.0,
        calibration=reading.confidence,
    )
    milliseconds = (time.perf_counter() - began) * 1_000
    found = next((hit.rank for hit in hits if _holds(hit, case)), None)
    if not isinstance(outcome, Answer):
        return Trial(situation.dataset, situation.kind, Judged(0.0, False), False, 0.0, 0.0, found, milliseconds)
    first, gold = outcome.citations[0], situation.gold(case)
    right = situation.is_right(case, first.article.id, first.span, first.exact)
    exact, words = (max((measure(one, first.exact) for one in gold), default=0.0) for measure in (exact_match, f1))
    judged = Judged(outcome.confidence, right)
    cited = situation.is_cited(case, first.article.id, first.sentence, first.sentence.of(first.article.text))
    return Trial(situation.dataset, situation.kind, judged, cited, exact, words, found, milliseconds)


def _holds(hit: Hit, case: Case) -> bool:
    return hit.passage.article_id == case.article_id and any(hit.passage.span.overlaps(gold) for gold in case.gold)


def summary(trials: Sequence[Trial], threshold: float) -> dict[str, float]:
    """The figures of one reader over one retriever; shares and scores in percent."""
    inside = [trial for trial in trials if trial.kind is Kind.ANSWERABLE]
    given = [trial for trial in inside if trial.judged.confidence >= threshold]
    times = [trial.milliseconds for trial in inside]
    figures = {f"recall@{k}": _percent(bool(one.found and one.found <= k) for one in inside) for k in (1, 4, 8)}
    figures |= {
        "EM, always answered": _percent(one.exact for one in inside),
        "F1, always answered": _percent(one.f1 for one in inside),
        "answered": 100 * len(given) / len(inside),
        "EM": sum(one.exact for one in given) / len(inside) * 100,
        "F1": sum(one.f1 for one in given) / len(inside) * 100,
        "F1 of those answered": _percent(one.f1 for one in given),
        "wrong sentence, of those answered": _percent(not one.cited for one in given),
        "wrong of those answered": _percent(not one.judged.right for one in given),
        "coverage at 80 % right": 100 * coverage_at([one.judged for one in inside], 0.8),
        "coverage at 90 % right": 100 * coverage_at([one.judged for one in inside], 0.9),
        "calibration error": 100 * calibration_error([one.judged for one in inside]),
    }
    for kind in (Kind.WITHHELD, Kind.MADE, Kind.OFF):
        asked = [trial.judged for trial in trials if trial.kind is kind]
        if asked:
            false = [one.confidence >= threshold and not one.right for one in asked]
            figures[f"falsely answered, {kind}"] = _percent(false)
    return figures | {"p50 ms": float(np.percentile(times, 50)), "p95 ms": float(np.percentile(times, 95))}


def _percent(values: Iterable[float]) -> float:
    listed = list(values)
    return 100 * sum(listed) / len(listed) if listed else 0.0
