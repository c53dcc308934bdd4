"""Articles that nobody annotated, and trained weights -> rows to train on, as if the weights were annotators.

    python -m qa.training.attribution_silver ARCHIVE --weights DIR [--weights DIR ...] --output FILE [--limit N]

``ARCHIVE`` has one article per line, its words under ``content``. With several weights each row has several annotators,
one of whom a pass over the data believes: their mean, in the long run. Articles are cut after 8,000 code points.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from qa.attribution.labels import Part
from qa.attribution.marking import TokenModel
from qa.attribution.masking import find_quotations
from qa.attribution.model import DECODING, Decoding
from qa.attribution.windows import Words
from qa.text import normalise, paragraph_spans
from qa.training.attribution_rows import read_rows

__all__ = ["labelled"]

_LONGEST = 8_000


def labelled(text: str, annotators: Sequence[tuple[TokenModel, Decoding]]) -> dict[str, Any]:
    """A row with the attributions that each annotator finds, and the names that the first does."""
    paragraphs, quotations = paragraph_spans(text), find_quotations(text)
    versions = []
    names: list[list[Any]] = []
    for model, decoding in annotators:
        words = model.cut(text, paragraphs, quotations)
        marked = model.mark(words)
        versions.append(
            [
                {
                    "source": _spans(words, [found.source] if found.source else []),
                    "cue": _spans(words, [found.cue]),
                    "content": _spans(words, found.content),
                }
                for found in decoding.attributions(marked)
            ]
        )
        if len(words) and not names:
            seen = model.see(words)
            labels = seen.collected([output.persons for output in seen.outputs]).argmax(axis=1).tolist()
            names = [[int(words.starts[begin]), int(words.ends[end - 1]), "PERSON"] for begin, end in _names(labels)]
    others = {f"annotator-{number}": version for number, version in enumerate(versions[1:], 2)}
    return {"text": text, "attributions": versions[0], "alt": others, "mentions": names}


def _names(labels: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Words ``[begin, end)`` of each name; label 1 begins one, 2 goes on with it (or begins one, too)."""
    begin = None
    for place, label in enumerate([*labels, 0]):
        if begin is not None and label != 2:
            yield begin, place
            begin = None
        if label == 1 or (label == 2 and begin is None):
            begin = place


def _spans(words: Words, parts: Sequence[Part]) -> list[list[int]]:
    return [[int(words.starts[part.begin]), int(words.ends[part.end - 1])] for part in parts]


def main(arguments: Sequence[str] | None = None) -> None:
    """Label articles."""
    parser = argparse.ArgumentParser(prog="python -m qa.training.attribution_silver", description=main.__doc__)
    parser.add_argument("archive", type=Path, help="articles, .jsonl or .jsonl.gz")
    parser.add_argument("--weights", type=Path, action="append", required=True)
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--limit", type=int, help="most articles")
    parser.add_argument("--threads", type=int, default=1)
    chosen = parser.parse_args(arguments)
    annotators = [
        (TokenModel(folder, threads=chosen.threads), Decoding.read(folder / DECODING)) for folder in chosen.weights
    ]
    with chosen.output.open("w", encoding="utf-8") as lines:
        for row in read_rows(chosen.archive)[: chosen.limit]:
            text = normalise(row["content"])[:_LONGEST].rstrip()
            if text:
                made = {"id": row.get("id"), **labelled(text, annotators)}
                lines.write(json.dumps(made, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
