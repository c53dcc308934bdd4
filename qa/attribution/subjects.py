"""A sentence and a position in it -> the noun phrase that stands there as a subject.

Without a parser: a phrase is walked over word by word until punctuation, a conjunction or a finite verb stops it.
Appositions belong to the phrase ("Brian Deese, the climate adviser,"), adverbials between commas do not ("Clinton,
during a meeting,"). Promise: a phrase that cannot be a subject is None rather than a guess.
"""

from __future__ import annotations

import re

from qa.attribution.lexicon import DETERMINERS, PREPOSITIONS, PRONOUNS, STOPS
from qa.types import Span

__all__ = ["subject_after", "subject_before", "subject_of"]

_TOKEN = re.compile(r"[\w$€£][\w’'.&@/-]*(?:,\d{3})*%?|[^\w\s]")
_WORD = re.compile(r"[\w$€£]")
_PLURAL = re.compile(r"[a-z’'-]+s\Z|people|police|men|women")
_MAX_WORDS = 14
_NAME = re.compile(r"(?:(?:[A-Z][\w’'.-]*|de|van|von|der|bin|al)\s+)*[A-Z][\w’'.-]*\Z|\b(?:he|she|they|we|it|I)\Z")
_AFTER_END = re.compile(
    r"[.,;:“”(]|\s+(?:in|on|during|at|after|when|while|as|to|before|last|late|early|yesterday|today|this|that|if|"
    r"whether|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b|\Z"
)
_APPOSITION = re.compile(
    r",\s+(?!(?:and|but|in|on|at|as|during|after|when|[a-z]+ing)\b)[^“”;]+?(?=,?\s*“|[.;]?\Z|,\s+[a-z]+ing\b)"
)
_LEADING = re.compile(
    rf"(?:(?i:{'|'.join(sorted(PREPOSITIONS))}|however|but|and|still|meanwhile|also|although|though)\b[^,“”]*,\s+"
    r"|(?:But|And|So|Yet|Then)\s+|(?:\w+\s+){1,3}(?:later|earlier|ago)\b[^,“”]*,\s+)+"
)
_ABBREVIATED = re.compile(r"\b(?:[A-Z]|Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|Jr|Sr)\Z")
_VERB = re.compile(r"[a-z]{2,}(?:ed|[^s]s)|met|spoke|went|took|gave|made|held|won|lost")


def subject_before(text: str, start: int, end: int) -> Span | None:
    """Find the noun phrase that ends at ``end`` (but for space), not reaching before ``start``."""
    stripped = text[start:end].rstrip()
    if stripped.endswith(","):
        return _with_apposition(text, start, start + len(stripped) - 1)
    return _phrase(text, start, start + len(stripped))


def _with_apposition(text: str, start: int, comma: int) -> Span | None:
    """The phrase before "NP, insert," where the insert is an apposition or an adverbial."""
    opening = text.rfind(", ", start, comma)
    if opening < 0:
        return None
    head = _phrase(text, start, opening)
    insert = text[opening + 2 : comma].split(maxsplit=1)
    if head is None or not insert:
        return None
    outside = insert[0].lower() in PREPOSITIONS - {"who"} or insert[0].endswith("ing")
    return head if outside else Span(head.start, comma)


def _phrase(text: str, start: int, end: int) -> Span | None:
    """Walk left from ``end``; a phrase that is too long or starts wrongly shrinks to the name at its end."""
    tokens = list(_TOKEN.finditer(text, start, end))
    first = None
    for count, token in enumerate(reversed(tokens)):
        word = token[0]
        joined = word == "and" and _starts_sentence_with_names(text, start, token.start())
        if not _WORD.match(word) or _stops(word) or count > _MAX_WORDS or (word == "and" and not joined):
            break
        first = token.start()
        if word.lower() in PRONOUNS:
            break
    if first is None:
        return None
    phrase = text[first:end]
    introduced = text[start:first].rstrip().endswith(("”", ",")) and phrase.split()[-1][0].isupper()
    if _may_be_subject(phrase) or (introduced and phrase.split()[0].lower() not in PREPOSITIONS):
        return Span(first, end)
    name = _NAME.search(phrase)
    return Span(first + name.start(), end) if name else None


def _stops(word: str) -> bool:
    """Say whether a subject does not reach beyond this word; "Will" and "May" are names."""
    return word in STOPS or (word.lower() in STOPS and word not in ("Will", "May"))


def _starts_sentence_with_names(text: str, start: int, end: int) -> bool:
    """Say whether all that stands between ``start`` and a conjunction can be the first half of "X and Y"."""
    words = text[start:end].split()
    return 0 < len(words) <= 5 and all(word[0].isupper() or word in DETERMINERS or word == "of" for word in words)


def _may_be_subject(phrase: str) -> bool:
    words = phrase.split()
    first, last = words[0], words[-1]
    if first.lower() in PREPOSITIONS or first.lower() in ("with", "by"):
        return False
    if len(words) == 1:
        return first[0].isupper() or first in PRONOUNS or bool(_PLURAL.match(first))
    return first[0].isupper() or first.lower() in DETERMINERS or first[0].isdigit() or bool(_PLURAL.search(last))


def subject_after(text: str, start: int) -> Span | None:
    """Find the noun phrase that begins at ``start`` (but for space), with its apposition."""
    begin = start + len(text[start:]) - len(text[start:].lstrip())
    stop = _phrase_end(text, begin)
    while text.startswith(".", stop) and _ABBREVIATED.search(text[begin:stop]):
        stop = _phrase_end(text, stop + 1)
    words = text[begin:stop].split()
    named = len(words) > 1 and words[-1][0].isupper() and words[0].lower() not in PREPOSITIONS  # "former Sen. Bayh"
    if not words or not (named or _may_be_subject(text[begin:stop])):
        return None
    if apposition := _APPOSITION.match(text, stop):
        stop = apposition.end()
    return Span(begin, len(text[:stop].rstrip(" .,")))


def _phrase_end(text: str, start: int) -> int:
    end = _AFTER_END.search(text, start)
    return end.start() if end else len(text)


def subject_of(sentence: str) -> Span | None:
    """Find the subject at the head of a sentence, for a participle further on ("Merz praised it, calling …")."""
    leading = _LEADING.match(sentence)
    start = leading.end() if leading else 0
    end = start
    for token in _TOKEN.finditer(sentence, start):
        word = token[0]
        if not _WORD.match(word) or (end > start and (word in STOPS or _VERB.fullmatch(word))):
            break
        end = token.end()
        if word.lower() in PRONOUNS:
            break
    phrase = sentence[start:end]
    return Span(start, end) if phrase and _may_be_subject(phrase) and len(phrase.split()) <= _MAX_WORDS else None
