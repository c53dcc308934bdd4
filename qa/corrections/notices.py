"""An article -> the notices in it: where it, or another article, is said to have been wrong.

A notice is a paragraph that opens with "Correction:" or its like, the sentences from one on that says that this article
was wrong or was put right, or, in an article that is itself headed "Correction", each paragraph that tells an error.
Promises: pure; what is only updated ("with additional reporting") or was only printed before is no notice. What it does
not know: notices that another page lists, and whether the notice is right.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from qa.corrections.exchanges import exchanges_in
from qa.corrections.wordings import (
    ANOTHER_ARTICLE,
    CLARIFIES,
    EARLIER,
    ERRS,
    LABEL,
    PUT_RIGHT,
    PUT_RIGHT_ON,
    RAN_BEFORE,
    THIS_ARTICLE,
    THIS_ERRED,
    TRIGGER,
    WEAK_LABEL,
)
from qa.questions import times_in
from qa.text import sentence_spans
from qa.types import Article, Correction, Notice, NoticeKind, Span, Struck

__all__ = ["notices_in", "own_corrections", "tells_of_correction", "told_wrong"]

_LONG = 1_200  # code points of a paragraph that may be a notice
_SENTENCES = 4  # of a notice within a paragraph


def notices_in(article: Article) -> tuple[Notice, ...]:
    """The notices of an article, in reading order."""
    headed = LABEL.match(article.title) is not None
    if not headed and not TRIGGER.search(article.text):
        return ()
    return tuple(_notice(article, span, headed) for span in _spans(article, headed))


def own_corrections(article: Article) -> tuple[Correction, ...]:
    """What an article says of having been put right itself; its text is right, the notice has the wrong words."""
    changed = article.modified.date() if article.modified else None
    own = (one for one in notices_in(article) if one.own)
    return tuple(Correction(one, article, one.day or changed, _told_wrong(one)) for one in own)


def told_wrong(article: Article) -> tuple[Struck, ...]:
    """Words that an article has only to say that they were wrong, its own or another's."""
    return tuple(struck for notice in notices_in(article) for struck in _told_wrong(notice))


def _told_wrong(notice: Notice) -> tuple[Struck, ...]:
    return tuple(Struck(one.wrong, one.right) for one in notice.exchanges if one.wrong)


def tells_of_correction(note: str) -> bool:
    """Whether a note that an agency sends along ("ednote") is for readers: it says what has been corrected."""
    return _is_labelled(note) or any(_tells(one.of(note)) for one in sentence_spans(note))


def _spans(article: Article, headed: bool) -> Iterator[Span]:
    label_alone = False
    for paragraph in article.paragraphs:
        text = paragraph.span.of(article.text)
        if label_alone and len(text) < _LONG:
            label_alone = False
            yield paragraph.span
            continue
        label_alone = _is_label_alone(text)
        if label_alone or len(text) > _LONG or not (headed or TRIGGER.search(text)):
            continue
        if _is_labelled(text):
            yield paragraph.span
            continue
        sentences = sentence_spans(text)
        for at, sentence in enumerate(sentences):
            if _tells(sentence.of(text)) or (headed and ERRS.search(sentence.of(text))):
                last = len(sentences) if at == 0 else min(len(sentences), at + _SENTENCES)
                start = sentences[0].start if at == 0 or WEAK_LABEL.match(text) else sentence.start
                yield Span(start, sentences[last - 1].end).shifted(paragraph.span.start)
                break


def _is_labelled(text: str) -> bool:
    """Whether a paragraph opens with a label that is a notice's alone, and says something behind it."""
    found = LABEL.match(text)
    return found is not None and found.end() < len(text.rstrip()) and text[found.end() :].strip()[:1] != ""


def _is_label_alone(text: str) -> bool:
    found = LABEL.match(text)
    return found is not None and found.end() == len(text) and text.strip()[:1].isupper()


def _tells(sentence: str) -> bool:
    """Whether a sentence says that the article that it stands in was wrong, or has been put right."""
    if RAN_BEFORE.search(sentence) and not ERRS.search(sentence):
        return False
    return bool(THIS_ERRED.search(sentence) or PUT_RIGHT.search(sentence) or _earlier_erred(sentence))


def _earlier_erred(sentence: str) -> bool:
    return bool(EARLIER.search(sentence) and ERRS.search(sentence))


def _notice(article: Article, span: Span, headed: bool) -> Notice:
    text = span.of(article.text)
    label = LABEL.match(text)
    clarifies = "clarif" in label["label"].lower() if label else bool(CLARIFIES.search(text))
    corrects = "correct" in label["label"].lower() if label else bool(ERRS.search(text))
    day, of_day = _days(article, span)
    about_this = EARLIER.search(text) or THIS_ARTICLE.search(text)
    other = not about_this and (headed or (label is not None and ANOTHER_ARTICLE.search(text) is not None))
    return Notice(
        article_id=article.id,
        span=span,
        kind=NoticeKind.CLARIFICATION if clarifies and not corrects else NoticeKind.CORRECTION,
        own=not other,
        exchanges=exchanges_in(article.text, span, article.published),
        day=day,
        of_day=of_day if other else None,
    )


def _days(article: Article, span: Span) -> tuple[date | None, date | None]:
    """The day on which the article was put right, and that of the article that was wrong, where the notice has them."""
    if article.published is None:
        return None, None
    text = span.of(article.text)
    put_right = of_day = None
    for begin, _, first, last in times_in(text, article.published):
        if first != last:
            continue
        if PUT_RIGHT_ON.search(text[:begin]):
            put_right = put_right or first
        elif first <= article.published:
            of_day = of_day or first
    return put_right, of_day
