"""A span of an article becomes a :class:`Citation`; near-identical sentences become one with "also in".

Promises: ``prefix + exact + suffix`` occurs once in the article (a TextQuoteSelector that can only land on these
words), unless the article repeats itself from end to end. Two sentences are folded only when what differs between them
is neither a name, nor a number, nor a negation: "12 died" and "15 died" are two reports.

What it does not know: why the span was chosen.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from qa.text import fold, sentence_spans, word_spans
from qa.tokens import is_number
from qa.types import Article, Citation, Span, Statement, Told

__all__ = ["Find", "cite", "first_copies", "fold_repeats", "paragraph_around", "same_words", "sentences_around"]

_CONTEXT = 32  # code points on each side, as the Web Annotation examples and browsers' text fragments have it
_SAME = 0.8  # share of common words from which two sentences may be one report
_FEW = 3  # words below which a statement alone does not tell that it is the same
_NEGATING_WORDS = """
no not never none nobody nothing neither nor without cannot denied denies deny refused rejects rejected nicht
kein keine keinen nie niemand
"""
_NEGATIONS = frozenset(_NEGATING_WORDS.split())


@dataclass(frozen=True, slots=True)
class Find:
    """A span to be cited, with what stands around it."""

    article: Article
    span: Span
    sentence: Span
    passage: Span
    statement: Statement | None = None
    also_in: tuple[Article, ...] = ()
    told: Told | None = None


def cite(number: int, find: Find) -> Citation:
    """Make the citation with this number, counted from 1."""
    prefix, suffix = _surroundings(find.article.text, find.span)
    return Citation(
        number=number,
        article=find.article,
        span=find.span,
        exact=find.span.of(find.article.text),
        prefix=prefix,
        suffix=suffix,
        sentence=find.sentence,
        passage=find.passage,
        statement=find.statement,
        also_in=find.also_in,
        told=find.told,
    )


def fold_repeats(
    finds: Sequence[Find], voices: Mapping[str, str] | None = None, *, whole_stories: bool = False
) -> list[Find]:
    """Fold finds that say the same in nearly the same words into the first of them, which keeps its place.

    In copies of one story it may be cut short in one of them. What two people say is never one statement; ``voices``
    tells which names are one person's. ``whole_stories`` folds whatever was found in copies of one story.
    """
    kept: list[Find] = []
    words: list[Counter[str]] = []
    alike: dict[tuple[str, str, int], list[int]] = defaultdict(list)  # where to look for twins
    told: dict[tuple[str, str], list[int]] = defaultdict(list)  # what stands in copies of one story
    for find in finds:
        mine, voice = _words(find), _voice(find, voices or {})
        marks = [(voice, *mark) for mark in _marks(mine)]
        near = sorted({at for mark in marks for at in alike[mark]})
        twin = next((at for at in near if same_words(mine, words[at])), None)
        copies = told[find.article.story, voice] if find.article.story else []
        if twin is None:
            twin = next((at for at in copies if _same_in_copies(find, kept[at], mine, words[at], whole_stories)), None)
        if twin is None:
            copies.append(len(kept))
            for mark in marks:
                alike[mark].append(len(kept))
            kept.append(find)
            words.append(mine)
        else:
            kept[twin] = _with_articles(kept[twin], find)
    return kept


def first_copies(finds: Sequence[Find], voices: Mapping[str, str] | None = None) -> list[Find]:
    """Fold what copies of one story say into the earliest of those copies, of one day the longest; in no order."""
    kept = [find for find in finds if not find.article.story]
    stories: dict[str, list[Find]] = defaultdict(list)
    for find in finds:
        if find.article.story:
            stories[find.article.story].append(find)
    for copies in stories.values():
        kept += fold_repeats(sorted(copies, key=_place_in_story), voices)
    return kept


def _place_in_story(find: Find) -> tuple[bool, date, int, str, int]:
    article = find.article
    day = article.published or date.max
    return article.id != article.story, day, -len(article.text), article.id, find.span.start


def sentences_around(article: Article, span: Span) -> Span:
    """Span of the sentence or sentences that ``span`` touches, within its paragraph."""
    around = paragraph_around(article, span)
    touched = [
        s for s in (s.shifted(around.start) for s in sentence_spans(around.of(article.text))) if s.overlaps(span)
    ]
    if not touched:
        return span
    return Span(min(touched[0].start, span.start), max(touched[-1].end, span.end))


def paragraph_around(article: Article, span: Span) -> Span:
    """Span of the paragraph or paragraphs that ``span`` touches."""
    touched = [paragraph.span for paragraph in article.paragraphs if paragraph.span.overlaps(span)]
    if not touched:
        return span
    return Span(min(touched[0].start, span.start), max(touched[-1].end, span.end))


def _surroundings(text: str, span: Span) -> tuple[str, str]:
    width = _CONTEXT
    while True:
        start, end = _at_words(text, max(0, span.start - width), min(len(text), span.end + width))
        quoted = text[start:end]
        unique = text.find(quoted, text.find(quoted) + 1) < 0
        if unique or (start == 0 and end == len(text)):
            return text[start : span.start], text[span.end : end]
        width *= 2


def _at_words(text: str, start: int, end: int) -> tuple[int, int]:
    """Move both ends outwards to white space, by at most 16 code points."""
    for _ in range(16):
        if start > 0 and not text[start - 1].isspace():
            start -= 1
        if end < len(text) and not text[end].isspace():
            end += 1
    return start, end


def _same_in_copies(find: Find, other: Find, mine: Counter[str], its: Counter[str], whole: bool) -> bool:
    """Whether two finds in copies of one story are one; an article that says something twice says it twice."""
    return find.article.id != other.article.id and (whole or same_words(mine, its, shorter=True))


def _words(find: Find) -> Counter[str]:
    """What is compared: a statement's content, since one sentence may report several; else the sentence.

    One or two words are said by many on many days: there the sentence is compared as well.
    """
    compared = (find.span if find.statement else find.sentence).of(find.article.text)
    words = [word.of(compared) for word in word_spans(compared)]
    if len(words) < _FEW:
        sentence = find.sentence.of(find.article.text)
        words = [word.of(sentence) for word in word_spans(sentence)]
    return Counter(words)


def _marks(words: Counter[str]) -> list[tuple[str, int]]:
    """Words of which two texts that are one report share at least one: the longest fifth, and one more.

    Each is counted, so that a word that is there twice makes two marks.
    """
    every = sorted(
        ((word, n) for word, count in words.items() for n in range(count)), key=lambda one: (-len(one[0]), one)
    )
    return every[: len(every) - math.ceil(_SAME * len(every) - 1e-9) + 1]


def _voice(find: Find, voices: Mapping[str, str]) -> str:
    speaker = find.statement.speaker if find.statement else None
    if speaker is None or speaker.name is None:
        return ""
    return voices.get(speaker.name, speaker.name)


def same_words(left: Counter[str], right: Counter[str], *, shorter: bool = False) -> bool:
    """Whether what differs between two sentences is little, and neither a name, nor a number, nor a negation.

    Args:
        left: the words of one, as printed.
        right: the words of the other.
        shorter: one may be the other cut short; only what it has otherwise counts.
    """
    common = left & right
    compared = min(left, right, key=Counter.total) if shorter else left | right
    if compared.total() < (_FEW if shorter else 1) or common.total() / compared.total() < _SAME:
        return False
    return not any(map(_carries_fact, compared - common))


def _carries_fact(word: str) -> bool:
    """Whether a word that only one of two sentences has makes them two reports."""
    folded = fold(word)
    return word[0].isupper() or is_number(folded) or folded in _NEGATIONS or folded.endswith("n't")


def _with_articles(find: Find, other: Find) -> Find:
    """The find with the articles of another one, which says the same."""
    articles = {article.id: article for article in (*find.also_in, other.article, *other.also_in)}
    return replace(find, also_in=tuple(one for one in articles.values() if one.id != find.article.id))
