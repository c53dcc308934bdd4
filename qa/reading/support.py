"""Candidates -> the same candidates with what the words around each span say for it.

Evidence by name, each between 0 and 1: ``covered``, the share of the question's words in the sentence, rare words
counting more; ``covered_near``, in the passage and its heading; ``unfit``, the question asks for a person, date,
number or place and the span has nothing of the kind; ``echo``, the share of the span that the question says itself;
``numbers_absent``, the share of the question's numbers that stand nowhere near; ``names_absent``, that of its words
with a capital but the first.

What it does not know: the network's scores, and how much each of these is worth.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from qa.questions import STOP_WORDS, AnswerType, Asked, stem
from qa.reading.evidence import Weights, has_type, stems, weigh
from qa.text import fold, sentence_spans, word_spans
from qa.types import Candidate, Question

__all__ = ["with_evidence"]


def with_evidence(question: Question, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Add the evidence; words are weighed by how few sentences of the candidates' passages have them."""
    asked = Asked.of(question.text)
    passages = {candidate.hit.passage.id: candidate.hit.passage for candidate in candidates}
    sentences = {
        id_: [stems(span.of(passage.text)) for span in sentence_spans(passage.text)]
        for id_, passage in passages.items()
    }
    rarity = weigh(asked, [sentence for within in sentences.values() for sentence in within])
    near = {id_: stems(passage.heading).union(*sentences[id_]) for id_, passage in passages.items()}
    named = _Named.of(question.text)
    return [
        replace(candidate, evidence=_evidence(asked, rarity, named, candidate, near[candidate.hit.passage.id]))
        for candidate in candidates
    ]


@dataclass(frozen=True, slots=True)
class _Named:
    """The stems of a question's numbers and names; where all is in capitals, none of them tells a name."""

    numbers: tuple[str, ...]
    names: tuple[str, ...]

    @classmethod
    def of(cls, question: str) -> _Named:
        words = [word.of(question) for word in word_spans(question)]
        names = [word for word in words[1:] if word[0].isupper() and fold(word) not in STOP_WORDS]
        return cls(
            tuple(stem(word) for word in words if word[0].isdigit()),
            tuple(map(stem, names if not question.isupper() else ())),
        )


def _evidence(
    asked: Asked, rarity: Weights, named: _Named, candidate: Candidate, near: frozenset[str]
) -> dict[str, float]:
    text, start = candidate.hit.passage.text, candidate.hit.passage.span.start
    span = candidate.span.shifted(-start).of(text)
    words = [stem(word.of(span)) for word in word_spans(span)]
    return {
        "covered": rarity.share(stems(candidate.sentence.shifted(-start).of(text))),
        "covered_near": rarity.share(near),
        "unfit": float(not _fits(asked, span)),
        "echo": sum(word in asked.content for word in words) / (len(words) or 1),
        "numbers_absent": sum(number not in near for number in named.numbers) / (len(named.numbers) or 1),
        "names_absent": sum(name not in near for name in named.names) / (len(named.names) or 1),
    }


def _fits(asked: Asked, span: str) -> bool:
    """Whether the span itself holds what is asked for; a name is any word with a capital that the question lacks."""
    match asked.expects:
        case None:
            return True
        case AnswerType.PERSON | AnswerType.PLACE:
            words = [word.of(span) for word in word_spans(span)]
            return any(word[0].isupper() and stem(word) not in asked.content for word in words)
        case kind:
            return has_type(kind, span, asked)
