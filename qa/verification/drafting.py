"""A draft and its statements -> each of its quotations as it stands in the archive, and who says it here and there.

Promises: every stretch in quotation marks is checked, in the order of the draft; somebody else's words are told as such
only where the draft and the archive both name a person, the names have nothing to do with each other, and the words are
enough to be somebody's own. What this does not know: how statements are found, and who goes by several names, which it
is told. (misattribution, fact-checking, proof-reading)
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from qa import deadline
from qa.errors import QuestionError
from qa.text import fold, quotation_spans, word_spans
from qa.types import Article, Resolution, Span, Speaker, Statement, StatementKind
from qa.verification.verifying import Verdict, Verification

__all__ = ["LONGEST_DRAFT", "Checked", "DraftCheck", "Judgement", "check_draft", "said_in"]

LONGEST_DRAFT = 100_000  # code points
_MOST = 200  # quotations of one draft
_TELLING = 4  # words from which on a quotation is somebody's own: "very good" is anybody's
_MOSTLY = 0.5  # share of a quotation that a statement has to hold to be whose it is


class Judgement(StrEnum):
    """What a quotation of a draft is: a verdict on its words, or that they are somebody else's."""

    VERBATIM = "verbatim"
    DAMAGED = "damaged"
    ALTERED = "altered"
    STITCHED = "stitched"
    MISATTRIBUTED = "misattributed"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class Checked:
    """A quotation, ``span`` in the draft with its marks, and what the archive has of it.

    ``said_by`` is who says it in the draft; who says it in the archive is in the statements of the citations.
    ``misattributed`` says that these are different people, whatever the words are.
    """

    span: Span
    verification: Verification
    said_by: Speaker | None
    misattributed: bool

    @property
    def judgement(self) -> Judgement:
        """The one thing to be told first."""
        return Judgement.MISATTRIBUTED if self.misattributed else Judgement(self.verification.verdict.value)

    @property
    def speakers(self) -> tuple[Speaker, ...]:
        """Who says it in the archive, each once, in the order of the citations."""
        said = [one.statement.speaker for one in self.verification.citations if one.statement]
        return tuple({one.name or one.mention: one for one in reversed(said) if one}.values())[::-1]


@dataclass(frozen=True, slots=True)
class DraftCheck:
    """A draft after its check; spans of ``quotations`` point into ``text``, which is normalised."""

    text: str
    quotations: tuple[Checked, ...]

    def told(self) -> Self:
        """Itself, for people, who expect something to have been checked.

        Raises:
            QuestionError: there is no quotation.
        """
        if not self.quotations:
            raise QuestionError(
                "The draft has no words in quotation marks.", remedy="Put the words to check into marks."
            )
        return self

    @property
    def sound(self) -> bool:
        """Whether every quotation is word for word and its speaker's own."""
        return all(one.judgement is Judgement.VERBATIM for one in self.quotations)


def check_draft(
    draft: Article,
    statements: Sequence[Statement],
    *,
    verify: Callable[[str], Verification],
    same: Callable[[str, str], bool],
) -> DraftCheck:
    """Check every quotation of a draft.

    Args:
        draft: its text, as an article that is in no archive.
        statements: who says what in it.
        verify: checks one quotation; its citations have the statements that they are from.
        same: whether two names are one person's, as far as the archive knows.

    Raises:
        QuestionError: the draft has too many quotations.
    """
    spans = [span for span in quotation_spans(draft.text) if word_spans(span.of(draft.text))]
    if len(spans) > _MOST:
        raise QuestionError(f"The draft has {len(spans)} quotations; at most {_MOST} are checked.", remedy="Cut it.")
    return DraftCheck(draft.text, tuple(_checked(draft, span, statements, verify, same) for span in spans))


def said_in(span: Span, statements: Sequence[Statement]) -> Statement | None:
    """The statement that says these words: of what was said, the one that has most of them, and at least half."""

    def shared(one: Statement) -> int:
        return sum(max(0, min(each.end, span.end) - max(each.start, span.start)) for each in one.content)

    said = [one for one in statements if one.kind is StatementKind.SPEECH and shared(one) >= _MOSTLY * len(span)]
    return max(said, key=shared, default=None)


def _checked(
    draft: Article,
    span: Span,
    statements: Sequence[Statement],
    verify: Callable[[str], Verification],
    same: Callable[[str, str], bool],
) -> Checked:
    deadline.check()
    words = span.of(draft.text)
    statement = said_in(span, statements)
    found = Checked(span, verify(words), statement.speaker if statement else None, misattributed=False)
    telling = len(word_spans(words)) >= _TELLING and found.verification.verdict is not Verdict.ABSENT
    others = telling and found.said_by and _are_others(found.said_by, found.speakers, same)
    return Checked(span, found.verification, found.said_by, bool(others))


def _are_others(speaker: Speaker, sources: Sequence[Speaker], same: Callable[[str, str], bool]) -> bool:
    """Whether everybody who says it in the archive is somebody else than in the draft."""
    name, names = _name(speaker), [_name(one) for one in sources]
    known = [one for one in names if one]
    return bool(name and known) and len(known) == len(names) and not any(_may_be(name, one, same) for one in known)


def _name(speaker: Speaker) -> str:
    """The name of a person; empty for a body, whose words may be its spokesman's, and where there is none."""
    return "" if speaker.resolution is Resolution.ORGANISATION else speaker.name or ""


def _may_be(left: str, right: str, same: Callable[[str, str], bool]) -> bool:
    """Whether two names may be one person's: the words of one are words of the other, or the archive knows so."""
    one, other = ({fold(word.of(name)) for word in word_spans(name)} for name in (left, right))
    return one <= other or other <= one or same(left, right)
