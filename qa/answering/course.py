"""Somebody's citations in the order of days -> how each is worded otherwise than what they said earlier.

Each statement is compared with the latest earlier one that shares words with it, which need not be its neighbour; one
that is worded like nothing earlier is compared with nothing. What differs is marked as words, and as a *figure* where
both have numbers or dates there and they are not the same ("48" and "84"; "on Thursday" and "on 8 January", unless that
is the Thursday). Promises: every rewording is a slice of the two statements' own words, never of what stands between
them, and words that have only moved or say nothing ("that", "the") are none; two statements of one article and one day
are not a course.

What it does not know: whether anybody has changed their mind. Only order and wording are told.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from itertools import groupby

from qa import deadline
from qa.questions import STOP_WORDS, stem, times_in
from qa.tokens import Token, is_number, tokens_of
from qa.types import Citation, Rewording, Span, Step

__all__ = ["steps_of"]

_SHARED = 3  # words of content that two statements share to be compared
_ALIKE = 0.45  # share of both statements' words of content that they are (Dice)
# Words that say something though they are stop words elsewhere.
_TELLING_WORDS = """
can could will would may might must shall should no not more most any kein nicht
"""
_TELLING = frozenset(_TELLING_WORDS.split())
_BACK = 200  # earlier statements that are looked at
_LONG = 300  # words of a statement beyond which it is not compared


@dataclass(frozen=True, slots=True)
class _Time:
    """Where a statement names a time, and the days that it means."""

    span: Span
    days: tuple[date, date]


@dataclass(frozen=True, slots=True)
class _Said:
    """A citation's own words: ``tokens`` and ``times`` in article coordinates, ``stems`` of what it is about."""

    citation: Citation
    first: date | None
    last: date | None
    voice: str
    fragments: tuple[Span, ...]
    tokens: tuple[Token, ...]
    stems: frozenset[str]
    times: tuple[_Time, ...]


def steps_of(citations: Sequence[Citation], voices: Mapping[str, str], *, topic: str = "") -> tuple[Step, ...]:
    """Compare each citation with the latest earlier one that is worded like it.

    Args:
        citations: of statements, the oldest first.
        voices: spelling of a name -> whose it is.
        topic: what all of them are about; that they share its words does not make them alike.
    """
    about = _stems(tokens_of(topic))
    every = [_said(one, voices, about) for one in citations]
    return tuple(_step(said, every[max(0, at - _BACK) : at]) for at, said in enumerate(every))


def _said(citation: Citation, voices: Mapping[str, str], about: frozenset[str]) -> _Said:
    deadline.check()
    statement, text, published = citation.statement, citation.article.text, citation.article.published
    fragments = tuple(sorted(statement.content)) if statement else (citation.span,)
    tokens = [
        Token(token.key, token.span.shifted(fragment.start))
        for fragment in fragments
        for token in tokens_of(fragment.of(text))
    ]
    times = [
        _Time(Span(fragment.start + begin, fragment.start + end), (first, last))
        for fragment in fragments
        for begin, end, first, last in (times_in(fragment.of(text), published) if published else ())
    ]
    told, speaker = citation.told, statement.speaker if statement else None
    name = speaker.name if speaker and speaker.name else ""
    return _Said(
        citation,
        told.first if told else published,
        told.last if told else published,
        voices.get(name, name),
        fragments,
        tuple(tokens),
        _stems(tokens) - about,
        tuple(times),
    )


def _stems(tokens: Sequence[Token]) -> frozenset[str]:
    return frozenset(stem(token.key) for token in tokens if token.key not in STOP_WORDS)


def _step(said: _Said, earlier: Sequence[_Said]) -> Step:
    before = next((one for one in reversed(earlier) if _comparable(one, said)), None)
    number, days = said.citation.number, (said.first, said.last)
    if before is None:
        return Step(number, *days)
    return Step(number, *days, before.citation.number, tuple(_rewordings(before, said)))


def _comparable(earlier: _Said, later: _Said) -> bool:
    if not later.voice or earlier.voice != later.voice or max(len(earlier.tokens), len(later.tokens)) > _LONG:
        return False
    if earlier.citation.article.id == later.citation.article.id and earlier.first == later.first:
        return False
    shared = len(earlier.stems & later.stems)
    return shared >= _SHARED and 2 * shared >= _ALIKE * (len(earlier.stems) + len(later.stems))


def _rewordings(earlier: _Said, later: _Said) -> Iterator[Rewording]:
    before, after = ({token.key for token in one.tokens} for one in (earlier, later))
    for then, now in _differing([token.key for token in earlier.tokens], [token.key for token in later.tokens]):
        was, is_now = earlier.tokens[then], later.tokens[now]
        figure = _other_numbers(was, is_now) or _other_days(earlier, was, later, is_now)
        if figure or _has_news(was, after) or _has_news(is_now, before):
            yield Rewording(
                _in_one_piece(is_now, later.fragments), _in_one_piece(was, earlier.fragments), figure=figure
            )


def _has_news(tokens: Sequence[Token], other: Set[str]) -> bool:
    """Whether these words say anything that the other statement does not have anywhere."""
    return any(token.key not in other and (token.key not in STOP_WORDS or token.key in _TELLING) for token in tokens)


def _differing(then: Sequence[str], now: Sequence[str]) -> Iterator[tuple[slice, slice]]:
    """Where two rows of words differ; what differs on both sides of words that say nothing is one difference."""
    codes = SequenceMatcher(None, then, now, autojunk=False).get_opcodes()
    inner = range(1, len(codes) - 1)
    same = [
        code == "equal" and not (at in inner and all(word in STOP_WORDS for word in then[i1:i2]))
        for at, (code, i1, i2, _, _) in enumerate(codes)
    ]
    for alike, several in groupby(zip(same, codes, strict=True), lambda one: one[0]):
        if not alike:
            spans = [code for _, code in several]
            yield slice(spans[0][1], spans[-1][2]), slice(spans[0][3], spans[-1][4])


def _in_one_piece(tokens: Sequence[Token], fragments: Sequence[Span]) -> tuple[Span, ...]:
    """Where these words stand, from the first to the last of each fragment."""
    within = ([token.span for token in tokens if fragment.contains(token.span)] for fragment in fragments)
    return tuple(Span(spans[0].start, spans[-1].end) for spans in within if spans)


def _other_numbers(was: Sequence[Token], is_now: Sequence[Token]) -> bool:
    then, now = ({token.key for token in tokens if is_number(token.key)} for tokens in (was, is_now))
    return bool(then) and bool(now) and then != now


def _other_days(earlier: _Said, was: Sequence[Token], later: _Said, is_now: Sequence[Token]) -> bool:
    then, now = _days(earlier, was), _days(later, is_now)
    return bool(then) and bool(now) and then != now


def _days(said: _Said, tokens: Sequence[Token]) -> set[tuple[date, date]]:
    return {time.days for time in said.times if any(time.span.overlaps(token.span) for token in tokens)}
