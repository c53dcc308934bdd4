"""An outcome -> plain text with numbered sources, and where in it each citation's exact words stand.

For doors that show nothing but text: chats, tools of a language model. Promises: ``text[span.start:span.end]`` of what
is written is the citation's exact words, without a mark that the article does not have; a refusal is the sentence that
says so, and what came nearest is shown only where it is to be read. What this does not know: JSON, and who reads it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from urllib.parse import urlencode

from qa.answering.contrary import HOW_OPPOSED
from qa.answering.days import COUNTED_FROM, corrected_when, in_stretches, period, told_when, written
from qa.answering.refusing import in_short, why
from qa.output.links import is_web_address, marked_spans, permalink
from qa.output.pasting import who_says
from qa.types import Ambiguous, Answer, Citation, Outcome, Question, Span, Standing
from qa.verification.verifying import Verdict, Verification

__all__ = [
    "MOST",
    "Placed",
    "Plain",
    "also_in",
    "asked_back",
    "gist",
    "is_said",
    "shown",
    "write_citations",
    "write_plain",
    "write_verification",
]

MOST = 10  # citations of an answer, or of one side of a comparison, that are written out
_NAMED = 5  # people whom a question back names


@dataclass(frozen=True, slots=True)
class Placed:
    """A citation, where its exact words stand in the text, and the address at which they are marked."""

    citation: Citation
    span: Span
    href: str


@dataclass(frozen=True, slots=True)
class Plain:
    """A text, and what is cited in it, in the order in which it stands there."""

    text: str
    placed: tuple[Placed, ...]


def also_in(own: str | None, others: Sequence[Sequence[str]]) -> str:
    """Say where copies of a text stand: "also in 4 outlets", in the one that has it, or in more articles.

    Args:
        own: the outlet of the copy that is shown.
        others: the outlets of each other copy.
    """
    names = [name for name in dict.fromkeys(name for several in others for name in several) if name != own]
    if len(names) > 1:
        return f"also in {len(names)} outlets"
    if names:
        return f"also in {names[0]}"
    return f"also in {len(others)} more article{'' if len(others) == 1 else 's'}"


def write_plain(outcome: Outcome, base: str = "", most: int = MOST) -> Plain:
    """Write an outcome as text.

    Args:
        outcome: what was answered, or why nothing was.
        base: this archive's address, without a slash; empty leaves the addresses relative.
        most: citations of an answer, or of one side of a comparison, that are written out.
    """
    sheet = _Sheet(base)
    if isinstance(outcome, Answer):
        _write_answer(sheet, outcome, most)
    else:
        sheet.line(gist(outcome))
        if outcome.standing is Standing.NOT_SURE:
            sheet.line("To read, the likeliest first; not an answer:")
            sheet.cite(outcome.nearest)
    for note in (*map(asked_back, outcome.ambiguous), *_read_as(outcome.question)):
        sheet.line(note)
    return sheet.done()


def write_citations(citations: Sequence[Citation], base: str = "") -> Plain:
    """Write citations of no answer, such as passages, as text; arguments as for :func:`write_plain`."""
    sheet = _Sheet(base)
    sheet.cite(citations)
    return sheet.done()


def write_verification(verification: Verification, base: str = "") -> Plain:
    """Write what became of a quotation: the verdict, the words of the source and what differs from them."""
    sheet = _Sheet(base)
    sheet.line(_VERDICTS[verification.verdict])
    pieces = [replace(one.citation, number=number) for number, one in enumerate(verification.pieces, start=1)]
    for piece, citation in zip(verification.pieces, pieces, strict=True):
        sheet.cite([citation])
        for one in piece.differences:
            sheet.line(f"Quoted “{one.quoted}”, printed “{one.source}”.")
    return sheet.done()


def shown(answer: Answer, most: int = MOST) -> tuple[Citation, ...]:
    """The citations of an answer that are written out: of a course the newest, of two sides so many of each."""
    if answer.pairs:
        numbers = {number for pair in answer.pairs[:most] for number in (pair.claim, pair.otherwise)}
        return tuple(one for one in answer.citations if one.number in numbers)
    if answer.steps:
        return answer.citations[-most:]
    return tuple(one for side in (answer.sides or [answer]) for one in side.citations[:most])


def gist(outcome: Outcome) -> str:
    """Say in a sentence or two that there is no answer, and why; of an answer, its first words."""
    if isinstance(outcome, Answer):
        return outcome.text
    return f"{in_short(outcome)}. {why(outcome)}"


def asked_back(one: Ambiguous) -> str:
    """Ask which of several people is meant."""
    people = [f"{each.name} ({each.statements})" for each in one.people]
    named = f"{', '.join(people[:_NAMED][:-1])} or {people[:_NAMED][-1]}"
    if len(people) > _NAMED:
        named = f"{', '.join(people[:_NAMED])} or one of {len(people) - _NAMED} more"
    return f"Which “{one.asked}”: {named}? For one alone ask: {one.people[0].question}"


_VERDICTS: Mapping[Verdict, str] = {
    Verdict.VERBATIM: "Verbatim: these words are in the archive.",
    Verdict.DAMAGED: "Damaged in transit: these words are in the archive; letters, hyphens or spaces were misread.",
    Verdict.ALTERED: "Altered: the archive has these words otherwise.",
    Verdict.STITCHED: "Stitched: pieces from several places were put together.",
    Verdict.ABSENT: "Absent: the archive does not have these words.",
}


@dataclass(slots=True)
class _Sheet:
    """What has been written so far."""

    base: str
    text: str = ""
    placed: list[Placed] = field(default_factory=list)

    def line(self, words: str) -> None:
        """Write a paragraph of our own."""
        self.text += f"{words}\n\n"

    def cite(self, citations: Iterable[Citation]) -> None:
        """Write each citation's exact words, after who says them."""
        for one in citations:
            who = who_says(one.statement, one.article) if one.statement and is_said(one) else ""
            self.text += f"{who}: " if who else ""
            start = len(self.text)
            self.text += one.exact
            href = self.base + permalink(one.article.id, marked_spans(one))
            self.placed.append(Placed(one, Span(start, len(self.text)), href))
            self.line(f" [{one.number}]{_meant(one)}{_outdated(one)}")

    def done(self) -> Plain:
        """End with where each citation is from, by its number."""
        placed = {each.citation.number: each for each in reversed(self.placed)}
        if placed:
            self.text += "Sources\n"
        for number in sorted(placed):
            self.text += f"[{number}] {_source(placed[number])}\n"
        return Plain(self.text.rstrip("\n"), tuple(self.placed))


def _write_answer(sheet: _Sheet, answer: Answer, most: int) -> None:
    if answer.pairs:
        _write_pairs(sheet, answer, most)
    elif answer.steps:
        _write_course(sheet, answer, most)
    else:
        sheet.cite(shown(answer, most))
    if left := len(answer.citations) - len(shown(answer, most)):
        sheet.line(f"{left} more: {sheet.base}/?{urlencode(_asked(answer.question))}")


def _write_pairs(sheet: _Sheet, answer: Answer, most: int) -> None:
    """Each claim, and after it what says otherwise."""
    for claim, several in groupby(answer.pairs[:most], lambda one: one.claim):
        sheet.cite([answer.citations[claim - 1]])
        for how, alike in groupby(several, lambda one: one.how):
            sheet.line(f"{HOW_OPPOSED[how]}:")
            sheet.cite([answer.citations[one.otherwise - 1] for one in alike])


def _write_course(sheet: _Sheet, answer: Answer, most: int) -> None:
    """The newest of somebody's statements beneath the days of their words, the oldest first."""
    cited = {one.number: one for one in answer.citations}
    for words, steps in in_stretches(answer.steps[-most:]):
        sheet.line(f"{words}:")
        sheet.cite(cited[step.number] for step in steps)


def _asked(question: Question) -> list[tuple[str, str]]:
    """The parameters of the page that shows the whole answer."""
    scope = question.scope if question.dates_said is None else None
    days = [("published_after", scope.published_after), ("published_before", scope.published_before)] if scope else []
    pairs = [("q", question.text), *((name, day.isoformat()) for name, day in days if day)]
    return pairs + [("outlets", name) for name in question.scope.outlets]


def _outdated(citation: Citation) -> str:
    """That cited words do not hold any more, and the right ones."""
    if not citation.outdated:
        return ""
    right = [
        one.right.of(correction.article.text)
        for correction in citation.corrections
        for one in correction.struck
        if one.right and one.span.overlaps(citation.span)
    ]
    return " (corrected since" + (f"; right: {'; '.join(right)}" if right else "") + ")"


def _meant(citation: Citation) -> str:
    """Whom words mean that say who says something, where they do not name them."""
    speaker = citation.statement.speaker if citation.statement and not is_said(citation) else None
    return f" ({speaker.name})" if speaker and speaker.name and speaker.name not in citation.exact else ""


def is_said(citation: Citation) -> bool:
    """Whether the words are what somebody says, and not who says it, nor the article's own."""
    return citation.statement is not None and any(map(citation.span.overlaps, citation.statement.content))


def _source(placed: Placed) -> str:
    """Article, outlet and day; the sentence around words that are read out of one; what was corrected; addresses."""
    citation, article = placed.citation, placed.citation.article
    page = article.page_of(citation.span)
    told = told_when(citation)
    credit = ", ".join(
        filter(
            None,
            (
                article.title,
                article.outlet,
                written(article.published) if article.published else None,
                f"page {page}" if page else None,
            ),
        )
    )
    around = "" if is_said(citation) or citation.sentence == citation.span else citation.sentence.of(article.text)
    parts = [
        credit,
        f"said {told}, as the article says" if told else "",
        *map(corrected_when, citation.corrections),
        f"at its source {article.url}" if is_web_address(article.url) else "",
        placed.href,
    ]
    return " · ".join(filter(None, parts)) + (f"\n    {around}" if around else "")


def _read_as(question: Question) -> Iterator[str]:
    """How a question was read, where its words alone do not say it."""
    if question.respelt:
        yield f"Read as: {', '.join(question.respelt)}"
    if question.completed:
        yield f"Understood as: {question.text}"
    if question.dates_said is not None:
        days = period(question.scope.published_after, question.scope.published_before)
        yield f"“{question.dates_said}” was read as {days}{COUNTED_FROM[question.counted_from]}."
