"""The sentences of the passages read become candidates: the baseline reader, without trained weights of its own.

Promises: a candidate's span is its sentence, or several where a quotation runs on, so that no quotation is cut; every
span lies within its hit's passage; the same question and hits give the same candidates. ``margin`` is the log odds of
the sentence against no answer under a log-linear model (:data:`SENTENCE`, :data:`NOTHING`).

What it does not know: where in the sentence the answer is, and what the sentence implies.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qa.protocols import Encoder
from qa.reading.evidence import Asked, Weights, has_type, stems
from qa.text import quotation_spans, sentence_spans
from qa.types import Candidate, Hit, Question, Span

__all__ = ["SentenceReader"]

FEATURES = (
    "similarity",  # cosine of question and sentence
    "coverage",  # share of the question's words in the sentence, by weight
    "coverage_near",  # the same in the sentence, its neighbours and the heading
    "names",  # share of the question's names and numbers there
    "type_present",
    "type_absent",
    "passage_similarity",
    "passage_rank",  # 1 / rank
    "length",  # logarithm of the number of different words
    "asks",  # the sentence is a question itself
)
# What speaks for no answer: the best of all sentences, and what even the best lacks.
ABSENCE = ("constant", "similarity", "coverage", "coverage_near", "names")

# Fitted by `python -m qa.evaluation.answers --fit`; see docs/results.
SENTENCE = {
    "similarity": 6.0,
    "coverage": 4.0,
    "coverage_near": 1.5,
    "names": 1.0,
    "type_present": 0.8,
    "type_absent": -0.8,
    "passage_similarity": 1.0,
    "passage_rank": 0.8,
    "length": 0.2,
    "asks": -1.0,
}
NOTHING = {"constant": 7.0, "similarity": 0.0, "coverage": 1.0, "coverage_near": 2.0, "names": 2.0}


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence in article coordinates, with the words in it and near it."""

    hit: Hit
    span: Span
    text: str
    words: frozenset[str]
    near: frozenset[str]


class SentenceReader:
    """Reads whole sentences by the encoder's similarity and the words, names and numbers of the question.

    Args:
        encoder: compares the question with sentences.
        n_best: most candidates from one passage.
        encode_at_most: most sentences that are encoded for one question; those with the least lexical evidence are left
            out. It bounds the time that a question takes: a sentence costs about 3 ms on two cores.
    """

    def __init__(self, encoder: Encoder, *, n_best: int = 3, encode_at_most: int = 12) -> None:
        self._encoder = encoder
        self._n_best = n_best
        self._encode_at_most = encode_at_most

    def read(self, question: Question, hits: Sequence[Hit]) -> list[Candidate]:
        """Return candidates, best margin first; at most ``n_best`` from one passage."""
        sentences = [sentence for hit in hits for sentence in sentences_of(hit)]
        if not sentences:
            return []
        sentences, features, absence = self.features(question, sentences)
        scores = features @ np.array([SENTENCE[name] for name in FEATURES])
        null_score = float(absence @ np.array([NOTHING[name] for name in ABSENCE]))
        candidates = [
            Candidate(sentence.hit, sentence.span, sentence.span, float(score), null_score)
            for sentence, score in zip(sentences, scores, strict=True)
        ]
        candidates.sort(key=lambda candidate: (-candidate.score, candidate.hit.rank, candidate.span))
        return self._best_of_each_passage(candidates)

    def features(
        self, question: Question, sentences: Sequence[Sentence]
    ) -> tuple[list[Sentence], NDArray[np.float64], NDArray[np.float64]]:
        """Choose the promising sentences and describe them.

        Returns:
            The sentences; their features (sentences, len(FEATURES)); the evidence for no answer (len(ABSENCE),).
        """
        asked = Asked.of(question.text)
        weights = asked.weights([sentence.words for sentence in sentences])
        lexical = np.array([_lexical(asked, weights, sentence) for sentence in sentences])
        absence = 1 - lexical[:, :3].max(axis=0)
        promise = lexical @ np.array([SENTENCE[name] for name in FEATURES[1:]])
        chosen = sorted(np.argsort(-promise, kind="stable")[: self._encode_at_most])
        vectors = self._encoder.encode([question.text, *(sentences[i].text for i in chosen)])
        similarity = (vectors[1:] @ vectors[0]).astype(np.float64)
        return (
            [sentences[i] for i in chosen],
            np.column_stack([similarity, lexical[chosen]]),
            np.concatenate([[1.0, similarity.max()], absence]),
        )

    def _best_of_each_passage(self, candidates: Sequence[Candidate]) -> list[Candidate]:
        taken: Counter[str] = Counter()
        kept = []
        for candidate in candidates:
            taken[candidate.hit.passage.id] += 1
            if taken[candidate.hit.passage.id] <= self._n_best:
                kept.append(candidate)
        return kept


def _lexical(asked: Asked, weights: Weights, sentence: Sentence) -> list[float]:
    """The features that cost no encoding, in the order of ``FEATURES[1:]``."""
    typed = asked.expects is not None and has_type(asked.expects, sentence.text, asked)
    return [
        weights.share(sentence.words),
        weights.share(sentence.near),
        len(asked.names & sentence.near) / len(asked.names) if asked.names else 1.0,
        float(typed),
        float(asked.expects is not None and not typed),
        sentence.hit.similarity or 0.0,
        1 / sentence.hit.rank,
        math.log(len(sentence.words) + 1),
        float(sentence.text.endswith("?")),
    ]


def sentences_of(hit: Hit) -> Iterator[Sentence]:
    """Cut a passage at the sentence borders that do not cut a quotation."""
    text = hit.passage.text
    spans = _whole_quotations(sentence_spans(text), quotation_spans(text))
    words = [stems(span.of(text)) for span in spans]
    heading = stems(hit.passage.heading)
    for i, span in enumerate(spans):
        near = heading.union(*words[max(0, i - 1) : i + 2])
        yield Sentence(hit, span.shifted(hit.passage.span.start), span.of(text), words[i], near)


def _whole_quotations(sentences: Sequence[Span], quotations: Sequence[Span]) -> list[Span]:
    """Join neighbours where a quotation reaches from one into the next."""
    joined: list[Span] = []
    for sentence in sentences:
        if joined and any(q.overlaps(joined[-1]) and q.overlaps(sentence) for q in quotations):
            joined[-1] = Span(joined[-1].start, sentence.end)
        else:
            joined.append(sentence)
    return joined
