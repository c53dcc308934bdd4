"""What a reader found and is no answer -> what a refusal shows of it: one sentence of each passage.

Promises: what has little to do with the question is not shown, and neither is a sentence that asks. Where the question
names somebody and the passage does, the sentence is one that names them, and such sentences stand before the others;
not so where the archive speaks of what is asked: there the likeliest is read first, whomever it names. What it does not
know: how likely any of them is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from qa.questions import Asked, names_in
from qa.text import fold, sentence_spans, words_in
from qa.types import Candidate, Question, Span

__all__ = ["sharing_a_word", "stems", "worth_reading"]

# Where a passage comes near a question at all: by meaning, or by the share of the question's words that it has.
_NEAR, _SHARED = 0.3, 0.5
_ALIKE = 5  # letters that words of one family begin with: closed, close


def worth_reading(question: Question, ranked: Sequence[Candidate], *, likeliest_first: bool = False) -> list[Candidate]:
    """Choose the sentences to show with a refusal; ``ranked`` is best first, and stays so with ``likeliest_first``."""
    asked = () if likeliest_first else (*question.speakers, *names_in(question.text))
    names = {fold(words[-1]) for name in asked if (words := words_in(name))}
    found: dict[tuple[str, Span], Candidate] = {}
    passages: set[str] = set()
    for best in ranked:
        one, passage = _naming(best, names), best.hit.passage
        asks = _sentence(one).rstrip(" \"'”’»").endswith("?")
        if passage.id in passages or asks or not _near(best):
            continue
        passages.add(passage.id)
        found.setdefault((passage.article_id, one.sentence), replace(one, span=one.sentence))
    return sorted(found.values(), key=lambda one: not _names(_sentence(one), names))


def _near(one: Candidate) -> bool:
    """Whether its passage has to do with the question; the nearest of all may be far away."""
    near = one.hit.similarity is None or one.hit.similarity >= _NEAR
    return near or one.evidence.get("covered_near", 1.0) >= _SHARED


def sharing_a_word(question: Question, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Those whose passage, its headline and date counted, has a word of the question."""
    wanted = stems(question.text)
    passages = ((one, one.hit.passage) for one in candidates)
    return [one for one, passage in passages if wanted & stems(f"{passage.heading} {passage.text}")]


def stems(text: str) -> set[str]:
    """The words of a text that carry meaning, by what they begin with."""
    return {stem[:_ALIKE] for stem in Asked.of(text).content}


def _naming(one: Candidate, names: set[str]) -> Candidate:
    """The candidate itself if it names whom the question names, else the first sentence of its passage that does."""
    passage = one.hit.passage
    if _names(_sentence(one), names):
        return one
    named = (each for each in sentence_spans(passage.text) if _names(each.of(passage.text), names))
    first = next(named, None)
    return replace(one, sentence=first.shifted(passage.span.start)) if first else one


def _sentence(one: Candidate) -> str:
    """As far as its passage has it."""
    passage = one.hit.passage
    start, end = (at - passage.span.start for at in (one.sentence.start, one.sentence.end))
    return passage.text[max(0, start) : max(0, end)]


def _names(text: str, names: set[str]) -> bool:
    return not names.isdisjoint(map(fold, words_in(text)))
