"""Candidates become an :class:`Outcome`: the best answers are cited, or none is good enough.

Promises: citations are numbered from 1. What gives the same answer stands together, the best first, and what gives
another answer follows only when it is nearly as likely; where the question asks for the present, the newest comes
first, and where it asks for several of something, what names several in the sentence of the likeliest.
Near-identical sentences are one citation. Why and how are told by whole sentences, at most three. Below the
threshold there is no answer: the nearest sentences are to be read where the archive speaks of what was asked, and are
else shown as what they are.

What it does not know: which reader made the candidates; a :class:`Confidence` reads them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from qa.answering.calibration import SENTENCE_READER, Confidence
from qa.answering.nearest import sharing_a_word, stems, worth_reading
from qa.answering.proposals import Proposal, proposals
from qa.citing import Find, cite, fold_repeats
from qa.lazily import pattern
from qa.questions import AnswerType, Asked, asks_for_several, asks_for_the_present, names_in
from qa.types import (
    Answer,
    AnswerKind,
    Article,
    Candidate,
    Citation,
    Missing,
    NoAnswer,
    NoAnswerReason,
    Outcome,
    Question,
    QuestionKind,
    Span,
)

__all__ = ["answer_from_candidates", "cite_nearest", "likeliest"]

_JOINED = pattern(r"\w,? (?:and|und) \w|\w, \w")
# Where a refusal has something to read; set on questions with known answers: docs/results/floor-2026-11-26.md
_FLOOR = 0.08  # confidence of the likeliest sentence
_COVERED, _NEARLY_COVERED = 0.75, 0.5  # share of the question's words in one passage: enough; enough above the floor
_COVERED_TOLD = 0.6  # of "why" and "how", which what tells it does not repeat; set on the sample archive
_TOLD = 3  # most sentences of an explanation
_OF_PERSON = (
    0.1  # confidence that a person has to have beyond the threshold; set on the tune half of the news questions
)
_SEVERAL = 0.5  # of the likeliest's confidence, that what names several beside it has, where several are asked for
_NEARLY = 0.85  # what is cited beside the best has at least this share of its confidence


def answer_from_candidates(
    question: Question,
    candidates: Sequence[Candidate],
    articles: Mapping[str, Article],
    *,
    threshold: float | None = None,
    max_citations: int = 5,
    nearest: int = 3,
    calibration: Confidence = SENTENCE_READER,
    mentions: Callable[[str], int] | None = None,
    fits: Callable[[Candidate], bool] = lambda candidate: True,
) -> Outcome:
    """Choose what to cite, or refuse.

    Args:
        question: what was asked.
        candidates: a reader's, in any order.
        articles: by id, at least those that the candidates point into.
        threshold: lowest confidence that is answered; None takes the calibration's own, and more for a person.
        max_citations: most citations of an answer.
        nearest: most sentences shown with a refusal.
        calibration: of the reader that made the candidates.
        mentions: how often the archive has a name; with it, a refusal can say that it never does.
        fits: whether a candidate can answer at all, however likely it is; what cannot is still shown to be read.
    """
    if not candidates:
        everywhere = question.scope.unbounded
        return NoAnswer(question, NoAnswerReason.NOTHING_FOUND if everywhere else NoAnswerReason.OUTSIDE_DATES)
    lowest = _lowest(question, calibration) if threshold is None else threshold
    sure = likeliest(candidates, calibration)
    able = [one for one in sure if any(map(fits, one[1].candidates))]
    fit = [one for one in able if question.kind is not QuestionKind.EXPLANATION or _of_whom_it_names(one[1])]
    best = fit[0][0] if fit else 0.0
    if best < lowest:
        ranked = [candidate for _, proposal in sure for candidate in proposal.candidates]
        speaks = _speaks_of_it(question, candidates, best)
        near = _citations(worth_reading(question, ranked, likeliest_first=speaks), articles, nearest)
        refusal = _refused(question, near, mentions)
        unsure = refusal.reason is NoAnswerReason.BELOW_THRESHOLD and speaks
        return replace(refusal, likeliest=best, to_read=unsure)
    good = [proposal for confidence, proposal in fit if confidence >= max(lowest, _NEARLY * best)]
    if asks_for_several(question.text) and (several := _several_beside(fit, lowest)):
        best, first = several
        good = [first, *(proposal for proposal in good if proposal is not first)]
    if asks_for_the_present(question):
        good.sort(key=lambda proposal: _newest(proposal, articles), reverse=True)
    cited = [candidate for proposal in good for candidate in proposal.candidates]
    if question.kind is QuestionKind.EXPLANATION:
        told = _citations(_sentences(cited), articles, min(max_citations, _TOLD))
        return Answer(question, AnswerKind.EXPLANATION, told, best)
    kind = AnswerKind.SENTENCE if all(one.span == one.sentence for one in cited) else AnswerKind.SPAN
    return Answer(question, kind, _citations(cited, articles, max_citations), best)


def _lowest(question: Question, calibration: Confidence) -> float:
    """The calibration's threshold, and more where a person is asked for: to name the wrong one is the worst error."""
    of_person = Asked.of(question.text).expects is AnswerType.PERSON
    return calibration.threshold + (_OF_PERSON if of_person else 0.0)


def likeliest(candidates: Sequence[Candidate], calibration: Confidence) -> list[tuple[float, Proposal]]:
    """What the candidates propose, each with the confidence in it, the likeliest first."""
    proposed = proposals(candidates)
    return sorted(zip(calibration.of(proposed), proposed, strict=True), key=lambda pair: -pair[0])


def _several_beside(fit: Sequence[tuple[float, Proposal]], lowest: float) -> tuple[float, Proposal] | None:
    """What names several things in the sentence of the likeliest proposal, "Donetsk and Lugansk" beside "Donbas"."""
    best, likeliest_one = fit[0]
    place = (likeliest_one.best.hit.passage.article_id, likeliest_one.best.sentence)
    return next(
        (
            (confidence, proposal)
            for confidence, proposal in fit
            if confidence >= max(lowest, _SEVERAL * best)
            and (proposal.best.hit.passage.article_id, proposal.best.sentence) == place
            and _names_several(proposal.best)
        ),
        None,
    )


def _names_several(candidate: Candidate) -> bool:
    passage = candidate.hit.passage
    return _JOINED.search(candidate.span.shifted(-passage.span.start).of(passage.text)) is not None


def _of_whom_it_names(proposal: Proposal) -> bool:
    """Whether any of the names in the question stands near: a sentence about others explains nothing of these."""
    return proposal.best.evidence.get("names_absent", 0.0) < 1.0


def _sentences(cited: Sequence[Candidate]) -> list[Candidate]:
    """The whole sentences of spans, each once: a reason is seldom told by less."""
    best: dict[tuple[str, Span], Candidate] = {}
    for one in cited:
        best.setdefault((one.hit.passage.article_id, one.sentence), replace(one, span=one.sentence))
    return list(best.values())


def cite_nearest(
    question: Question, candidates: Sequence[Candidate], articles: Mapping[str, Article], at_most: int
) -> tuple[Citation, ...]:
    """Cite what comes nearest to an answer without being one, as a refusal shows it; ``candidates`` best first."""
    ranked = [candidate for proposal in proposals(candidates) for candidate in proposal.candidates]
    return _citations(worth_reading(question, sharing_a_word(question, ranked)), articles, at_most)


def _refused(question: Question, near: tuple[Citation, ...], mentions: Callable[[str], int] | None) -> NoAnswer:
    """Refuse because of a person whom the archive never names, or since nothing that it says is sure enough."""
    unknown = [name for name in names_in(question.text) if mentions and mentions(name.split()[-1]) == 0]
    if unknown:
        return NoAnswer(question, NoAnswerReason.SPEAKER_UNKNOWN, Missing(unknown[0]), near)
    reason = NoAnswerReason.BELOW_THRESHOLD if near or not question.scope.unbounded else NoAnswerReason.NOTHING_FOUND
    return NoAnswer(question, reason, nearest=near)


def _speaks_of_it(question: Question, candidates: Sequence[Candidate], best: float) -> bool:
    covered = _covered(question, candidates)
    enough = _COVERED_TOLD if question.kind is QuestionKind.EXPLANATION else _COVERED
    return covered >= enough or (covered >= _NEARLY_COVERED and best >= _FLOOR)


def _covered(question: Question, candidates: Sequence[Candidate]) -> float:
    """The share of the question's words that the passage with most of them has, its heading among them."""
    wanted = stems(question.text)
    found = {one.hit.passage.id: one.hit.passage for one in candidates}.values()
    shared = (len(wanted & stems(f"{passage.heading} {passage.text}")) for passage in found)
    return max(shared) / len(wanted) if wanted else 0.0


def _newest(proposal: Proposal, articles: Mapping[str, Article]) -> date:
    dates = [articles[one.hit.passage.article_id].published for one in proposal.candidates]
    return max((day for day in dates if day), default=date.min)


def _citations(ranked: Sequence[Candidate], articles: Mapping[str, Article], at_most: int) -> tuple[Citation, ...]:
    finds = [
        Find(articles[candidate.hit.passage.article_id], candidate.span, candidate.sentence, candidate.hit.passage.span)
        for candidate in ranked
    ]
    return tuple(cite(number, find) for number, find in enumerate(fold_repeats(finds)[:at_most], start=1))
