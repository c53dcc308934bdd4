"""The span reader against questions whose context is given: exact match and F1 by set and by question word.

Reads SQuAD 1.1 and 2.0 JSON and JSON Lines with ``context``, ``question``, ``answers`` (and, where they are there,
``split`` and ``dataset``); a context that is longer than a window, such as a whole article, is read in windows that
overlap, and the best span of all of them counts. The weights, windows, decoder and widening are those that serve.

    python -m qa.evaluation.reader FILE... [--weights DIR] [--split dev] [--sample N] [--predictions OUT.json] [--raw]
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import random
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qa.assistant.reading import READER
from qa.errors import SourceError
from qa.evaluation.squad import Scores, score
from qa.reading.span import SpanModel, widened
from qa.splits import split_of

__all__ = ["Asked", "Prediction", "predict", "question_word", "read_questions", "report"]

_WORDS = ("who", "whom", "whose", "what", "when", "where", "which", "why", "how many", "how much", "how")
_BATCH = 256  # questions that are read in one call: enough to sort by length


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, where the answer may be, and the answers that count; none when the context does not answer."""

    id: str
    dataset: str
    context: str
    question: str
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Prediction:
    """The best span's text, and how far no answer beats it."""

    text: str
    no_answer: float


def read_questions(path: Path, split: str | None = "dev") -> list[Asked]:
    """Read a file of questions; rows that name another split than ``split`` are left out, None takes all.

    Raises:
        SourceError: the file cannot be read as one of the two forms.
    """
    try:
        text = gzip.decompress(path.read_bytes()).decode() if path.suffix == ".gz" else path.read_text(encoding="utf-8")
        if ".jsonl" in path.name:
            records = [json.loads(line) for line in text.split("\n") if line.strip()]
            file = path.name.split(".")[0]
            return [_from_row(record) for record in records if split is None or _split_of(file, record, split) == split]
        return list(_from_squad(json.loads(text), path.stem))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise SourceError(str(path), f"not a question-answering set: {error!r}") from error


def _split_of(file: str, record: dict[str, Any], split: str) -> str:
    """What the row may be used for; a row that names no split is of the one that is sought."""
    return split_of(file, record["split"], record["context"]) if "split" in record else split


def _from_row(record: dict[str, Any]) -> Asked:
    answers = tuple(answer["text"] for answer in record["answers"])
    context, question = record["context"], record["question"]
    if not (isinstance(context, str) and isinstance(question, str)):
        raise TypeError("context and question are not both texts")
    return Asked(record["id"], record.get("dataset", "all"), context, question, answers)


def _from_squad(content: dict[str, Any], name: str) -> Iterator[Asked]:
    for article in content["data"]:
        for paragraph in article["paragraphs"]:
            for asked in paragraph["qas"]:
                answers = tuple(answer["text"] for answer in asked["answers"])
                yield Asked(asked["id"], name, paragraph["context"], asked["question"], answers)


def predict(model: SpanModel, questions: Sequence[Asked], *, widen: bool = True) -> list[Prediction]:
    """Answer every question from its context; ``widen`` as the reader does."""
    predictions = []
    for start in range(0, len(questions), _BATCH):
        part = questions[start : start + _BATCH]
        for asked, found in zip(part, model.find_all([(one.question, one.context) for one in part]), strict=True):
            span = widened(asked.context, found[0].span) if found and widen else found[0].span if found else None
            text = span.of(asked.context) if span else ""
            predictions.append(Prediction(text, -found[0].margin if found else float("inf")))
    return predictions


def question_word(question: str) -> str:
    """The first of who, what, when … in the question; "other" when there is none."""
    words = f" {' '.join(question.lower().split())} "
    present = {word: words.find(f" {word} ") for word in _WORDS if f" {word} " in words}
    return min(present, key=lambda word: (present[word], -len(word)), default="other")


def report(questions: Sequence[Asked], predictions: Sequence[Prediction], threshold: float | None) -> dict[str, Any]:
    """Scores over all, by dataset and by question word."""
    groups: dict[tuple[str, str], list[int]] = defaultdict(list)
    for index, asked in enumerate(questions):
        groups["by_dataset", asked.dataset].append(index)
        groups["by_question_word", question_word(asked.question)].append(index)
    result: dict[str, Any] = {"all": _scored(questions, predictions, range(len(questions)), threshold).as_dict()}
    for (kind, name), indexes in sorted(groups.items()):
        result.setdefault(kind, {})[name] = _scored(questions, predictions, indexes, threshold).as_dict()
    return result


def _scored(
    questions: Sequence[Asked], predictions: Sequence[Prediction], indexes: Sequence[int], threshold: float | None
) -> Scores:
    return score(
        [questions[index].answers for index in indexes],
        [predictions[index].text for index in indexes],
        [predictions[index].no_answer for index in indexes],
        threshold,
    )


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the report as JSON."""
    parser = argparse.ArgumentParser(prog="python -m qa.evaluation.reader", description=__doc__)
    parser.add_argument("files", type=Path, nargs="+")
    parser.add_argument("--weights", type=Path, default=READER, help="folder with reader.onnx and tokenizer.json")
    parser.add_argument("--split", default="dev", help="rows of this split; kept: see qa.splits; all: every row")
    parser.add_argument("--sample", type=int, help="only so many questions of each file, drawn with a fixed seed")
    parser.add_argument("--threshold", type=float, help="no answer where it beats the span by more; unset: never")
    parser.add_argument("--raw", action="store_true", help="spans as decoded, not widened")
    parser.add_argument("--max-tokens", type=int, default=256)
    parser.add_argument("--overlap", type=int, default=64)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--predictions", type=Path, help="write {id: text} here, no-answer probabilities beside it")
    chosen = parser.parse_args(arguments)
    if chosen.predictions and not chosen.predictions.parent.is_dir():
        parser.error(f"there is no folder {chosen.predictions.parent} to write predictions to")
    model = SpanModel(chosen.weights, threads=chosen.threads, max_tokens=chosen.max_tokens, overlap=chosen.overlap)
    questions = []
    for path in chosen.files:
        rows = read_questions(path, None if chosen.split == "all" else chosen.split)
        if not rows:
            raise SourceError(str(path), f"it has no questions of the split {chosen.split!r}; --split names another")
        questions += random.Random(0).sample(rows, min(chosen.sample or len(rows), len(rows)))  # noqa: S311
    began = time.perf_counter()
    predictions = predict(model, questions, widen=not chosen.raw)
    seconds = time.perf_counter() - began
    if chosen.predictions:
        _write_predictions(chosen.predictions, questions, predictions)
    print(json.dumps({"seconds": round(seconds, 1), **report(questions, predictions, chosen.threshold)}, indent=1))  # noqa: T201


def _write_predictions(path: Path, questions: Sequence[Asked], predictions: Sequence[Prediction]) -> None:
    """The official form: ``{id: text}``, and ``{id: no-answer probability}`` in a file beside it."""
    pairs = list(zip(questions, predictions, strict=True))
    texts = {asked.id: prediction.text for asked, prediction in pairs}
    path.write_text(json.dumps(texts, ensure_ascii=False), encoding="utf-8")
    beside = path.with_name(f"{path.stem}.na_prob.json")
    beside.write_text(json.dumps({asked.id: _probability(one.no_answer) for asked, one in pairs}), encoding="utf-8")


def _probability(no_answer: float) -> float:
    """What the network itself makes of its scores: the share of "no answer" beside the best span alone."""
    return 1 / (1 + math.exp(-max(-50.0, min(50.0, no_answer))))


if __name__ == "__main__":
    main()
