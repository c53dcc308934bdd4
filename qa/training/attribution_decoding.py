"""Exported weights and held-out articles -> ``decoding.json``: which links count, and what confidence means.

    python -m qa.training.attribution_decoding WEIGHTS --data polnear/train.jsonl.gz

Chosen on the articles that training holds out. An attribution is right when half or more of its content's words, and of
its source's, are those of an annotated one (IoU). The weakest links, and then the least confidence, are those with the
best F1; the confidence is a logistic regression of being right on the evidence in
:class:`qa.attribution.assembling.Attribution`.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from qa.attribution.assembling import Attribution, Marked
from qa.attribution.labels import CONTENT, SOURCE, Part
from qa.attribution.marking import TOKENIZER, TokenModel
from qa.attribution.model import DECODING, Decoding
from qa.training.attribution_rows import Annotated, held_out, read_rows, to_annotated
from qa.wordpieces import Wordpieces

__all__ = ["choose", "fit_confidence", "right"]

_WEAKEST = (0.02, 0.05, 0.1, 0.2, 0.3, 0.4)
_LEAST = (0.0, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35)  # few articles are held out: above, it is luck
_ROUNDS = 50
_RIDGE = 1e-2

Read = Sequence[tuple[Annotated, Marked]]


def choose(read: Read) -> Decoding:
    """Choose thresholds and fit the confidence on articles with what the network says about them."""
    options = [Decoding(content, source) for content in _WEAKEST for source in _WEAKEST]
    best = max(options, key=lambda decoding: _f1(read, decoding))
    evidence, outcomes = [], []
    for article, marked in read:
        found = best.attributions(marked)
        evidence += [attribution.evidence for attribution in found]
        outcomes += right(found, article.attributions[0])
    fitted = replace(best, confidence=tuple(fit_confidence(np.array(evidence), np.array(outcomes))))
    return max((replace(fitted, least=least) for least in _LEAST), key=lambda decoding: _f1(read, decoding))


def _f1(read: Read, decoding: Decoding) -> float:
    annotated, outcomes = 0, list[bool]()
    for article, marked in read:
        annotated += len(article.attributions[0])
        outcomes += right(decoding.attributions(marked), article.attributions[0])
    return 2 * sum(outcomes) / max(annotated + len(outcomes), 1)


def right(found: Sequence[Attribution], annotated: Sequence[Sequence[Part]]) -> list[bool]:
    """Say which attributions are right."""
    gold = [(_words(parts, SOURCE), _words(parts, CONTENT)) for parts in annotated]
    return [
        any(
            _alike(_words(one.content, CONTENT), content)
            and _alike(_words([one.source] if one.source else [], SOURCE), source)
            for source, content in gold
        )
        for one in found
    ]


def _words(parts: Iterable[Part], kind: int) -> frozenset[int]:
    return frozenset(word for part in parts if part.part == kind for word in range(part.begin, part.end))


def _alike(one: frozenset[int], other: frozenset[int]) -> bool:
    return one == other or 2 * len(one & other) >= len(one | other)


def fit_confidence(evidence: NDArray[np.float64], outcomes: NDArray[np.bool_]) -> list[float]:
    """Fit a bias and weights (Newton's method, a little ridge)."""
    inputs = np.column_stack([np.ones(len(evidence)), evidence])
    weights = np.zeros(inputs.shape[1])
    for _ in range(_ROUNDS):
        likely = 1 / (1 + np.exp(-inputs @ weights))
        slope = inputs.T @ (outcomes - likely) - _RIDGE * weights
        curve = (inputs * (likely * (1 - likely))[:, None]).T @ inputs + _RIDGE * np.eye(len(weights))
        weights += np.linalg.solve(curve, slope)
    return [round(float(weight), 4) for weight in weights]


def main(arguments: Sequence[str] | None = None) -> None:
    """Choose and write."""
    parser = argparse.ArgumentParser(prog="python -m qa.training.attribution_decoding", description=main.__doc__)
    parser.add_argument("weights", type=Path, help="folder that qa.training.attribution_export wrote")
    parser.add_argument("--data", type=Path, required=True, help="what the weights were trained on")
    chosen = parser.parse_args(arguments)
    wordpieces = Wordpieces(chosen.weights / TOKENIZER)
    model = TokenModel(chosen.weights)
    articles = [to_annotated(row, wordpieces) for row in read_rows(chosen.data) if held_out(row)]
    decoding = choose([(article, model.mark(article.words)) for article in articles])
    (chosen.weights / DECODING).write_text(json.dumps(asdict(decoding), indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
