"""A quotation becomes a :class:`Verification`: is it in the archive word for word, damaged, altered, stitched, or not?

Words are compared, with letter case, accents, kinds of quotation marks, punctuation and spacing levelled; what is
reported are exact slices of articles. A journalist's marks are read as such: "..." leaves something out, "[...]" is the
writer's own, "[W]e" changes a letter's case. A quotation that its source interrupts ("We", he said, "agree") may leave
out the interruption.

Promises: any run of whole words of an article that the search returns is VERBATIM; a quotation with a word changed,
added or dropped without a mark is not, however common the word is. DAMAGED is what differs from its source in letters
that scans and copies confuse alone (:mod:`qa.verification.damage`), and not by a word in another's place: what is a
common word, or one that the articles have, was meant, unless the same letters are misread beside it
(:mod:`qa.verification.misreading`).

What it does not know: whether the words are quoted out of context, and articles that the search does not return.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from enum import StrEnum
from functools import cached_property
from itertools import accumulate, islice, pairwise, product
from typing import Protocol

from qa import deadline
from qa.citing import Find, cite, paragraph_around, sentences_around
from qa.errors import QuestionError
from qa.text import fold, normalise, word_spans
from qa.tokens import Token, tokens_of
from qa.types import Article, Citation, Span
from qa.verification.damage import as_scanned, is_common, pieces_as_scanned, spelled_out
from qa.verification.matching import Alignment, Run, Source, nearest
from qa.verification.misreading import Substitute, all_misread

__all__ = ["Change", "Difference", "Piece", "QuotationSearch", "Verdict", "Verification", "verify"]

_ALTERED = 0.6  # share of common words from which a source is recognised under its alterations
_CLOSE = 0.8  # the same, from which one altered source is believed rather than a stitching of several
_PIECE = 3  # fewest words of a stitched piece
_STITCHED = 0.8  # share of the words that the pieces cover; "and" between two of them is the writer's
_OMITTED = 120  # most words that "..." may leave out and still be one quotation
_BORDER = 2  # words at either end of a damaged quotation that agree with none
_INSERTED = 12  # most words that "[...]" may stand for
_LONGEST = 20_000  # code points of a quotation
_LOOKED_UP = 8  # parts of a quotation, the longest ones, that are looked for by themselves
_SOURCES = 100  # articles that one quotation is compared with
_LIKELY = 3  # articles in which a quotation with hardly a whole word is looked for
_HOLDING = 5  # articles that are looked at for whether they have a word

# What the writer left out or put in: "...", "…", "[...]", "(...)", "[the chancellor]".
_WRITERS_OWN = re.compile(r"[\[(]\s*(?:\.\s?\.\s?\.|…)\s*[\])]|\.\s?\.\s?\.|…|\[[^\[\]]*\]")
_CASE_CHANGED = re.compile(r"\[(\w)\](?=\w)")


class QuotationSearch(Protocol):
    """What verification needs of the archive: candidate articles for a few words."""

    def __call__(self, words: Sequence[str]) -> Sequence[Article]:
        """Return articles that hold the words as a phrase, then such that hold many of them."""
        ...


class Verdict(StrEnum):
    """What a quotation is."""

    VERBATIM = "verbatim"
    DAMAGED = "damaged"
    ALTERED = "altered"
    STITCHED = "stitched"
    ABSENT = "absent"


class Change(StrEnum):
    """What was done to the source's words."""

    REPLACED = "replaced"
    DROPPED = "dropped"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Difference:
    """Words that differ.

    ``quoted`` in the quotation (empty when dropped), ``source`` in the article (empty when added). The
    spans point into :attr:`Verification.quotation` and into the article's text.
    """

    change: Change
    quoted: str
    source: str
    quoted_span: Span | None
    source_span: Span | None


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of the quotation, ``span`` in :attr:`Verification.quotation`, and where it comes from."""

    span: Span
    citation: Citation
    differences: tuple[Difference, ...] = ()


@dataclass(frozen=True, slots=True)
class Verification:
    """What a quotation is and where its words are.

    VERBATIM has one piece for every place that has the whole quotation, or the pieces of one place where something was
    left out; DAMAGED, ALTERED and STITCHED have pieces in the order of the quotation; ABSENT has none. ``quotation`` is
    the normalised text that the spans of pieces and differences point into.
    """

    quotation: str
    verdict: Verdict
    pieces: tuple[Piece, ...] = ()

    def __repr__(self) -> str:
        return f"Verification({self.verdict.value}, pieces={len(self.pieces)}, differences={len(self.differences)})"

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Where the words are, in the order of the pieces."""
        return tuple(piece.citation for piece in self.pieces)

    @property
    def differences(self) -> tuple[Difference, ...]:
        """All words that differ."""
        return tuple(difference for piece in self.pieces for difference in piece.differences)


@dataclass(frozen=True)
class _Part:
    """Words that the writer quotes without a break; ``gap`` is what the source may have before them."""

    tokens: tuple[Token, ...]
    gap: int

    @cached_property
    def keys(self) -> list[str]:
        return [token.key for token in self.tokens]

    @property
    def span(self) -> Span:
        return Span(self.tokens[0].span.start, self.tokens[-1].span.end)


_Match = tuple[Span, Source, Run]
"""Which words of the quotation are which of a source."""


def verify(
    quotation: str,
    *,
    search: QuotationSearch,
    prepare: Callable[[Article], Source] = Source,
    max_citations: int = 20,
) -> Verification:
    """Say whether ``quotation`` is in the archive word for word.

    Args:
        quotation: the words to check, with or without quotation marks.
        search: finds the articles that may hold them.
        prepare: makes an article ready to be compared, or has it ready.
        max_citations: most places that are reported for a verbatim quotation.

    Raises:
        QuestionError: there is no word in the quotation, or it is too long.
    """
    if len(quotation) > _LONGEST:
        raise QuestionError(
            f"The quotation has {len(quotation):,} characters; at most {_LONGEST:,} are compared.",
            limit=_LONGEST,
            remedy="Check it in parts.",
        )
    quoted = _CASE_CHANGED.sub(r"\1", normalise(quotation))
    parts = _parts(quoted)
    if not parts:
        raise QuestionError("The quotation is empty.", remedy="Type the words to check.")
    sources = _sources(quoted, parts, search, prepare)
    whole = _Part(tuple(tokens_of(quoted)), 0)
    found = ((whole.span, source, run) for source in sources for run in source.occurrences(whole.keys))
    if places := list(islice(found, max_citations)):
        return _exact(quoted, Verdict.VERBATIM, places)
    for source in sources:
        if matches := _with_omissions(parts, source) or (len(parts) == 1 and _with_interruptions(parts[0], source)):
            return _exact(quoted, Verdict.VERBATIM, matches)
    readings = (parts, [whole]) if len(parts) > 1 else (parts,)
    likeness, alignments, aligned = max((_aligned(reading, sources) for reading in readings), key=lambda one: one[0])
    stitches = _stitches(parts, sources)
    if stitches and (likeness < _ALTERED or (_is_whole(parts, stitches, likeness) and not _in_one_place(stitches))):
        return _exact(quoted, Verdict.STITCHED, stitches)

    def is_word(key: str) -> bool:
        holding = islice(search((key,)), _HOLDING)
        return is_common(key) or any(prepare(article).has(key) for article in holding)

    if likeness >= _ALTERED:
        return _altered(quoted, aligned, alignments, is_word)
    return _badly_damaged(quoted, parts, sources, is_word) or Verification(quoted, Verdict.ABSENT)


def _parts(quoted: str) -> list[_Part]:
    """Cut the quotation at the writer's own marks."""
    parts: list[_Part] = []
    tokens = tokens_of(quoted)
    starts = [token.span.start for token in tokens]
    start = gap = 0
    for mark in [*_WRITERS_OWN.finditer(quoted), None]:
        end = mark.start() if mark else len(quoted)
        if quoted_on := tuple(tokens[bisect_left(starts, start) : bisect_left(starts, end)]):
            parts.append(_Part(quoted_on, gap))
            gap = 0
        if mark:
            start = mark.end()
            gap = max(gap, _INSERTED if any(map(str.isalnum, mark[0])) else _OMITTED)
    return parts


def _sources(
    quoted: str, parts: Sequence[_Part], search: QuotationSearch, prepare: Callable[[Article], Source]
) -> list[Source]:
    """Look for the whole quotation, then for its longest parts; every article once, in the order found."""
    asked = [tuple(word.of(quoted) for word in word_spans(quoted))]
    if len(parts) > 1:
        different = {tuple(part.keys): part for part in parts}.values()
        longest = sorted(different, key=lambda part: -len(part.tokens))[:_LOOKED_UP]
        asked += [tuple(token.span.of(quoted) for token in part.tokens) for part in different if part in longest]
    found: dict[str, Article] = {}
    for words in asked:
        deadline.check()
        found.update({article.id: article for article in search(words) if article.id not in found})
    return [prepare(article) for article in islice(found.values(), _SOURCES)]


def _with_omissions(parts: Sequence[_Part], source: Source) -> list[_Match]:
    """The first place that has the parts in their order with no more between them than the writer's marks allow."""
    if len(parts) < 2 or not all(any(source.occurrences(keys)) for keys in {tuple(part.keys) for part in parts}):
        return []
    for first in source.occurrences(parts[0].keys):
        deadline.check()
        matches: list[_Match] = [(parts[0].span, source, first)]
        for part in parts[1:]:
            after = matches[-1][2].last + 1
            run = next(source.occurrences(part.keys, after, after + part.gap + 1), None)
            if run is None:
                break
            matches.append((part.span, source, run))
        else:
            return matches
    return []


def _with_interruptions(part: _Part, source: Source) -> list[_Match]:
    """The first place that has the words in quotation marks, interrupted by who said them."""
    runs = source.interrupted(part.keys)
    lengths = [run.last - run.first + 1 for run in runs]
    starts = [sum(lengths[:i]) for i in range(len(lengths))]
    return [
        (_cover(part.tokens[start : start + length]), source, run)
        for start, length, run in zip(starts, lengths, runs, strict=True)
    ]


def _aligned(parts: Sequence[_Part], sources: Sequence[Source]) -> tuple[float, list[Alignment], Sequence[_Part]]:
    """The place nearest to each part, after the likeness of the part that fits worst; 0 where one is not recognised."""
    found = [alignment for part in parts if (alignment := nearest(part.keys, sources, _ALTERED))]
    likeness = min(alignment.share for alignment in found) if len(found) == len(parts) else 0.0
    return likeness, found, parts


def _is_whole(parts: Sequence[_Part], stitches: Sequence[_Match], likeness: float) -> bool:
    """Whether the pieces leave no word over and explain the quotation better than one place with alterations does."""
    words = sum(run.last - run.first + 1 for _, _, run in stitches)
    return words == sum(len(part.tokens) for part in parts) and (likeness < _CLOSE or likeness == 1)


def _in_one_place(matches: Sequence[_Match]) -> bool:
    """Whether the pieces follow each other closely in one source: words were left out, not stitched together."""
    return all(
        earlier[1] is later[1] and 0 < later[2].first - earlier[2].last <= _INSERTED
        for earlier, later in pairwise(matches)
    )


def _stitches(parts: Sequence[_Part], sources: Sequence[Source]) -> list[_Match]:
    """Cover the words with runs of sources, the longest first from the left; empty where too few are covered."""
    matches: list[_Match] = []
    covered = 0
    for part in parts:
        done, least = 0, min(_PIECE, len(part.tokens))
        written = [source.written(part.keys) for source in sources]
        while done < len(part.tokens):
            deadline.check()
            if longest := _longest_run(written, done, least, sources):
                length = longest[1].last - longest[1].first + 1
                matches.append((_cover(part.tokens[done : done + length]), *longest))
                covered += length
                done += length
            else:
                done += 1
    return matches if len(matches) > 1 and covered >= _STITCHED * sum(len(part.tokens) for part in parts) else []


def _longest_run(
    written: Sequence[str], start: int, least: int, sources: Sequence[Source]
) -> tuple[Source, Run] | None:
    """The first of the longest runs that a source has of some words, from word ``start`` on; at least ``least``.

    ``written`` is the words as each source writes them.
    """
    longest = None
    for source, line in zip(sources, written, strict=True):
        if run := source.longest_run(line, start, least):
            longest, least = (source, run), run.last - run.first + 2
    return longest


def _cover(tokens: Sequence[Token]) -> Span:
    return Span(tokens[0].span.start, tokens[-1].span.end)


def _exact(quoted: str, verdict: Verdict, matches: Sequence[_Match]) -> Verification:
    pieces = [Piece(span, _citation(n, source, run)) for n, (span, source, run) in enumerate(matches, start=1)]
    return Verification(quoted, verdict, tuple(pieces))


def _badly_damaged(
    quoted: str, parts: Sequence[_Part], sources: Sequence[Source], is_word: Callable[[str], bool]
) -> Verification | None:
    """A quotation of which so many words are misread that no source is recognised; None where it is more than that."""
    pieces = []
    for number, part in enumerate(parts, start=1):
        misread = {key for key in part.keys if not any(source.has(key) for source in sources)}
        read = [(source, source.meant(part.keys, misread)) for source in sources[:_LIKELY] if misread]
        likely = (nearest(keys, [source], _ALTERED) for source, keys in read)
        found = next((one for near in likely if near and (one := _undamaged(quoted, part, near, is_word))), None)
        if found is None:
            return None
        pieces.append(_piece(quoted, part, found, number))
    return Verification(quoted, Verdict.DAMAGED, tuple(pieces))


def _altered(
    quoted: str, parts: Sequence[_Part], alignments: Sequence[Alignment], is_word: Callable[[str], bool]
) -> Verification:
    pairs = zip(parts, alignments, strict=True)
    undamaged = [_undamaged(quoted, part, alignment, is_word) for part, alignment in pairs]
    damaged = all(undamaged)
    pieces = [
        _piece(quoted, part, (found if damaged else None) or told, number)
        for number, (part, told, found) in enumerate(zip(parts, alignments, undamaged, strict=True), start=1)
    ]
    return Verification(quoted, Verdict.DAMAGED if damaged else Verdict.ALTERED, tuple(pieces))


def _piece(quoted: str, part: _Part, alignment: Alignment, number: int) -> Piece:
    citation = _citation(number, alignment.source, alignment.run)
    return Piece(part.span, citation, tuple(_differences(quoted, part, alignment)))


def _undamaged(quoted: str, part: _Part, alignment: Alignment, is_word: Callable[[str], bool]) -> Alignment | None:
    """Where the words stand that were damaged on the way; None where more than that is different."""
    source = alignment.source
    for read in (str, spelled_out):  # as they are, and with umlauts spelled out
        if run := _scanned(part.span.of(quoted), source, alignment.run, read):
            steps = SequenceMatcher(
                None, part.keys, source.keys[run.first : run.last + 1], autojunk=False
            ).get_opcodes()
            found = replace(alignment, run=run, steps=tuple(steps))
            return found if all_misread(_substitutes(quoted, part, found), is_word) else None
    return None


def _scanned(quoted: str, source: Source, run: Run, read: Callable[[str], str]) -> Run | None:
    """The run nearest to this one that is equal to some words but for damage.

    Words at the borders agree with none while they are damaged, and so are left out of an alignment or have others in
    their place. What stands between the words of the source is compared with them.
    """
    start = max(run.first - _BORDER, 0)
    spans = [token.span for token in source.tokens[start : run.last + _BORDER + 1]]
    bounds = [bound for span in spans for bound in (span.start, span.end)]
    pieces = pieces_as_scanned([read(source.article.text[one:other]) for one, other in pairwise(bounds)])
    ends = list(accumulate(map(len, pieces), initial=0))
    seen, printed = as_scanned(read(quoted)), "".join(pieces)
    for left, right in sorted(product(range(-_BORDER, _BORDER + 1), repeat=2), key=lambda both: sum(map(abs, both))):
        first, last = max(run.first - left, 0), min(run.last + right, len(source.keys) - 1)
        if first <= last and printed[ends[2 * (first - start)] : ends[2 * (last - start) + 1]] == seen:
            return Run(first, last)
    return None


def _substitutes(quoted: str, part: _Part, found: Alignment) -> Iterator[Substitute]:
    """Words of a quotation in the place of one other word, or of several that were drawn together."""
    article, tokens = found.source.article, found.source.tokens[found.run.first : found.run.last + 1]
    for step, q_start, q_end, s_start, s_end in found.steps:
        if step == "replace" and q_end - q_start <= s_end - s_start:
            words = [one.span.of(article.text) for one in tokens[s_start:s_end]]
            printed = {fold(spelled_out(word)) for word in words}
            one_for_one = q_end - q_start == len(words)
            for at, token in enumerate(part.tokens[q_start:q_end]):
                word = token.span.of(quoted)
                if fold(spelled_out(word)) not in printed:
                    beside = words[at] if one_for_one else " ".join(words)
                    opens = (one_for_one or not at) and _opens(article, tokens[s_start + at].span)
                    yield Substitute(token.key, word, beside, opens)


def _opens(article: Article, word: Span) -> bool:
    """Whether a word is the first of its sentence."""
    return not any(map(str.isalnum, article.text[sentences_around(article, word).start : word.start]))


def _citation(number: int, source: Source, run: Run) -> Citation:
    article, span = source.article, source.span(run)
    return cite(number, Find(article, span, sentences_around(article, span), paragraph_around(article, span)))


def _differences(quoted: str, part: _Part, alignment: Alignment) -> Iterator[Difference]:
    changes = {"replace": Change.REPLACED, "delete": Change.ADDED, "insert": Change.DROPPED}
    tokens = alignment.source.tokens[alignment.run.first : alignment.run.last + 1]
    for step, q_start, q_end, s_start, s_end in alignment.steps:
        if step in changes:
            quoted_span = _cover(part.tokens[q_start:q_end]) if q_end > q_start else None
            source_span = _cover(tokens[s_start:s_end]) if s_end > s_start else None
            yield Difference(
                changes[step],
                quoted_span.of(quoted) if quoted_span else "",
                source_span.of(alignment.source.article.text) if source_span else "",
                quoted_span,
                source_span,
            )
