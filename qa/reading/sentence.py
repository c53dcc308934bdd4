"""The sentences of the passages read become candidates: the baseline reader, without trained weights of its own.

Promises: a candidate's span is its sentence, or several where a quotation runs on, so that no quotation is cut; every
span lies within its hit's passage; the same question and hits give the same candidates. ``margin`` is the log odds of
the sentence against no answer under a log-linear model (:data:`WEIGHTS`, :data:`NOTHING`).

What it does not know: where in the sentence the answer is, and what the sentence implies.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qa import deadline
from qa.protocols import Encoder
from qa.questions import Asked
from qa.reading.evidence import Weights, has_type, stems, weigh
from qa.text import quotation_spans, sentence_spans
from qa.types import Candidate, Hit, Question, Span

__all__ = ["SentenceReader"]

# Fitted by `python -m qa.evaluation.answers DATA --limit 500 --fit`; docs/results says how well they do. Tried and left
# out, because they added nothing: names and numbers apart from other words, the sentence's length, and what even the
# best sentence lacks as evidence for no answer.
WEIGHTS = {
    "similarity": 3.35,  # cosine of question and sentence
    "coverage": 2.62,  # share of the question's words in the sentence, by weight
    "coverage_near": 1.38,  # the same in the sentence, its neighbours and the heading
    "type_absent": -0.63,  # the question asks for a person, date, number or place, and the sentence has none
    "passage_similarity": 0.89,  # cosine of question and passage
    "passage_rank": 1.38,  # 1 / rank of the passage
}
NOTHING = 7.2  # the score of no answer


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence in article coordinates, with the words in it and near it."""

    hit: Hit
    span: Span
    text: str
    words: frozenset[str]
    near: frozenset[str]


class SentenceReader:
    """Reads whole sentences by the encoder's similarity, the words of the question and the kind of answer it asks for.

    Args:
        encoder: compares the question with sentences.
        n_best: most candidates from one passage.
        encode_at_most: most sentences that are encoded for one question; those with the least lexical evidence are left
            out. It bounds the time that a question takes: a sentence costs about 3 ms on two cores.
        weights: of the features, by name.
        nothing: the score of no answer.
    """

    def __init__(
        self,
        encoder: Encoder,
        *,
        n_best: int = 3,
        encode_at_most: int = 10,
        weights: Mapping[str, float] = WEIGHTS,
        nothing: float = NOTHING,
    ) -> None:
        self._encoder = encoder
        self._n_best = n_best
        self._encode_at_most = encode_at_most
        self._weights = np.array([weights[name] for name in WEIGHTS])
        self._nothing = nothing

    def read(self, question: Question, hits: Sequence[Hit]) -> list[Candidate]:
        """Return candidates, best margin first; at most ``n_best`` from one passage."""
        sentences = [sentence for hit in hits for sentence in sentences_of(hit)]
        if not sentences:
            return []
        promising, features = self.features(question, sentences)
        scores = features @ self._weights
        candidates = [
            Candidate(sentence.hit, sentence.span, sentence.span, float(score), self._nothing)
            for sentence, score in zip(promising, scores, strict=True)
        ]
        candidates.sort(key=lambda candidate: (-candidate.score, candidate.hit.rank, candidate.span))
        return self._best_of_each_passage(candidates)

    def features(self, question: Question, sentences: Sequence[Sentence]) -> tuple[list[Sentence], NDArray[np.float64]]:
        """Choose the promising sentences and describe them: (sentences, WEIGHTS)."""
        asked = Asked.of(question.text)
        rarity = weigh(asked, [sentence.words for sentence in sentences])
        lexical = np.array([_lexical(asked, rarity, sentence) for sentence in sentences])
        promise = lexical @ self._weights[1:]
        chosen = sorted(np.argsort(-promise, kind="stable")[: self._encode_at_most])
        vectors = self._encoder.encode([question.text, *(sentences[i].text for i in chosen)])
        similarity = (vectors[1:] @ vectors[0]).astype(np.float64)
        return [sentences[i] for i in chosen], np.column_stack([similarity, lexical[chosen]])

    def _best_of_each_passage(self, candidates: Sequence[Candidate]) -> list[Candidate]:
        taken: Counter[str] = Counter()
        kept = []
        for candidate in candidates:
            taken[candidate.hit.passage.id] += 1
            if taken[candidate.hit.passage.id] <= self._n_best:
                kept.append(candidate)
        return kept


def _lexical(asked: Asked, rarity: Weights, sentence: Sentence) -> list[float]:
    """The features that cost no encoding: all but the first, in the order of ``WEIGHTS``."""
    return [
        rarity.share(sentence.words),
        rarity.share(sentence.near),
        float(asked.expects is not None and not has_type(asked.expects, sentence.text, asked)),
        sentence.hit.similarity or 0.0,
        1 / sentence.hit.rank,
    ]


def sentences_of(hit: Hit) -> Iterator[Sentence]:
    """Cut a passage at the sentence borders that do not cut a quotation."""
    deadline.check()
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
