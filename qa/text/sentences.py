"""Normalised text -> spans of its paragraphs and sentences (sentence splitting).

What this does not know: languages. Sentence borders follow English newspaper typography, with the few German and
French habits that cost a line (ordinal dates, guillemets); a sentence that ends in an abbreviation is told from one
that goes on by the next word alone ("in the U.S. The", "the U.S. President"), so some borders are missed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from qa.lazily import pattern
from qa.text.vocabulary import MONTHS, MONTHS_GERMAN, WEEKDAYS
from qa.types import Span

__all__ = ["paragraph_spans", "sentence_spans", "sentences_of", "touched_paragraphs"]

_PARAGRAPH_BREAK = pattern(r"\n\s*\n")
_CLOSERS = "\"'”’»›)\\]}“"  # “ closes in German
_SENTENCE_END = pattern(
    rf"(?<![.!?…])(?P<mark>[.!?…؟۔।‼⁇⁈⁉]+)(?P<closers>[{_CLOSERS}]*(?:\ [»”](?=\s|\Z))?)(?=\s)|[。！？]+[{_CLOSERS}]*"
)
_WORD_BEFORE = pattern(r"[^\W_]+(?:\.[^\W_]+)*\Z")
_NEXT_WORD = pattern(r"[\W_]{0,60}?(?P<word>[^\W_]+)(?P<dot>\.?)")
_DOTTED = pattern(r"[^\W\d_]{1,2}(?:\.[^\W\d_]{1,2})+")
_TIME_ZONE = pattern(r"[A-Z]{2,4}")


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


# Before a name or a number: never the end of a sentence.
_ALWAYS_GO_ON = _words(
    """
    Mr Mrs Ms Mx Dr Drs Prof Gov Govs Sen Sens Rep Reps Gen Col Lt Capt Sgt Maj Cmdr Adm Rev Fr Hon Pres Supt Det
    Cpl Pvt Messrs Amb Atty Sec Mt Ft St Ste vs v e.g i.e cf approx ca z.B d.h u.a Brig Cpt Insp Const Spc
    """
)
# Before a number.
_NUMBERED = _words(
    """
    No Nos Nr Art Fig Vol pp p Ch Op Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec Mon Tue Tues Wed Thu Thurs Fri
    Sat Sun
    """
)
# May end a sentence; the next word decides.
_MAY_END = _words(
    """
    Jr Sr Inc Corp Ltd Co Cos Bros LLC Plc Esq Ave Blvd Rd Sq Dept Assn Assoc Univ Inst al est Ala Ariz Ark Calif
    Colo Conn Del Fla Ga Ill Ind Kan Ky La Mass Md Mich Minn Miss Mo Mont Neb Nev Okla Ore Pa Penn Tenn Tex Va Vt
    Wash Wis Wyo
    """
)
_STARTERS = _words(
    """
    The A An He She It They We I You This That These Those There Here In On At By For From With But And Or So Yet If
    When While As After Before Since Until Although Though However Meanwhile His Her Its Their Our My Your Who What
    Where Why How Not Some Many Most Both Each One Now Then Also Once According Asked Several Last Despite Among
    Because During Such Still Even Only Just
    """
)
_CALENDAR = frozenset(name.capitalize() for name in (*WEEKDAYS, *MONTHS)) | _words("Eastern Pacific Central Mountain")
_GERMAN_MONTHS = frozenset(name.capitalize() for name in (*MONTHS_GERMAN, "jänner"))
_ASKED = pattern(
    r"\s(?:(?:[^\W\d_][\w’'.-]*)\s){1,4}?"
    r"(?:said|says|asked|asks|replied|added|wrote|cried|shouted|told|wondered|exclaimed|yelled|joked)\b"
)


def paragraph_spans(text: str) -> list[Span]:
    """Find the paragraphs: what stands between blank lines, without the white space around it."""
    return list(_paragraphs(text, 0, len(text)))


def sentence_spans(text: str, within: Span | None = None) -> list[Span]:
    """Find the sentences, in order, disjoint, none across a paragraph border; together they hold all that is not space.

    A closing quotation mark belongs to the sentence that it ends, and “Why?” he asked. is one sentence.

    Args:
        text: normalised text.
        within: only this part of it; a sentence that reaches beyond is clipped. None means all.
    """
    sentences = (
        sentence for paragraph in touched_paragraphs(text, within) for sentence in sentences_of(text, paragraph)
    )
    if within is None:
        return list(sentences)
    clipped = (
        _stripped(text, max(sentence.start, within.start), min(sentence.end, within.end)) for sentence in sentences
    )
    return [sentence for sentence in clipped if sentence]


def _paragraphs(text: str, start: int, end: int) -> Iterator[Span]:
    for gap in _PARAGRAPH_BREAK.finditer(text, start, end):
        if span := _stripped(text, start, gap.start()):
            yield span
        start = gap.end()
    if span := _stripped(text, start, end):
        yield span


def touched_paragraphs(text: str, within: Span | None) -> Iterator[Span]:
    """The whole paragraphs of which ``within`` holds a part; looks no further than their borders."""
    if within is None:
        return _paragraphs(text, 0, len(text))
    before = text.rfind("\n\n", 0, within.start)
    after = text.find("\n\n", within.end)
    return _paragraphs(text, max(before, 0), len(text) if after < 0 else after)


def _stripped(text: str, start: int, end: int) -> Span | None:
    """The span without the white space at its borders; None when nothing is left."""
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return Span(start, end) if start < end else None


def sentences_of(text: str, paragraph: Span) -> Iterator[Span]:
    """Find the sentences of one paragraph, in order."""
    start = paragraph.start
    for stop in _SENTENCE_END.finditer(text, paragraph.start, paragraph.end):
        span = _stripped(text, start, stop.end())
        has_words = span is not None and span.start < stop.start()  # an ellipsis in front belongs to what it opens
        if span and has_words and stop.end() < paragraph.end and _ends_sentence(text, start, stop, paragraph.end):
            yield span
            start = stop.end()
    if span := _stripped(text, start, paragraph.end):
        yield span


def _ends_sentence(text: str, start: int, stop: re.Match[str], limit: int) -> bool:
    """Judge one stop mark by the words before and after it."""
    mark, closers = stop["mark"], stop["closers"]
    if mark is None:  # the Chinese and Japanese marks are used for nothing else
        return True
    following = _NEXT_WORD.match(text, stop.end(), limit)
    if following is None or following["word"][0].islower():
        return False
    spaced = text[stop.start() - 1].isspace()
    if "…" in mark or ".." in mark or (spaced and mark == "."):
        return following["word"] != "I" and not (spaced and not _starts_anew(following))
    if mark != ".":
        return not (closers and _ASKED.match(text, stop.end(), limit))
    before = _WORD_BEFORE.search(text, max(start, stop.start() - 40), stop.start())
    if before is None or (closers and closers[0] not in ")]"):
        return True
    return _period_ends(before[0], following, opens_sentence=before.start() == start)


def _starts_anew(following: re.Match[str]) -> bool:
    """Say whether the next word is one that mostly opens a sentence, and no initial ("A. Smith")."""
    return following["word"] in _STARTERS and not following["dot"]


def _period_ends(word: str, following: re.Match[str], *, opens_sentence: bool) -> bool:
    """Say whether a lone period after ``word`` ends a sentence and is not part of an abbreviation."""
    after = following["word"]
    if word in _ALWAYS_GO_ON:
        return False
    if word in _NUMBERED:
        return not after[0].isdigit()
    if word.isdigit():
        return not opens_sentence and after not in _GERMAN_MONTHS
    if word in ("a.m", "p.m"):
        return after not in _CALENDAR and not _TIME_ZONE.fullmatch(after)
    if _DOTTED.fullmatch(word) or word in _MAY_END or (len(word) == 1 and word.isupper()):
        return _starts_anew(following) or following[0].lstrip()[0] in '"“'
    return True
