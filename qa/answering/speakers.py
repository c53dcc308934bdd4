"""A speaker as asked for ("merz", "the german chancellor") becomes the full names that the archive knows.

Promises: letter case, accents and hyphens make no difference; a full name beats a part of one, a part of a name beats a
role. "Merz" alone is a part: it means Friedrich Merz as well as a Merz whose article gives no first name.
Two people who share what was asked are both returned: the answer shows whose statement each is.

What it does not know: spelling mistakes, and two spellings of one person.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from qa.text import fold, word_spans

__all__ = ["named_speakers"]

_NOT_NAMES = frozenset({"the", "a", "an", "mr", "mrs", "ms", "dr", "sir", "der", "die", "das"})


def named_speakers(asked: str, speakers: Iterable[tuple[str, str | None]]) -> list[str]:
    """Pick the names that ``asked`` can mean out of ``speakers``, (name, role) pairs; the order is kept."""
    wanted = _words(asked)
    if not wanted:
        return []
    pairs = [(name, _words(name), _words(role or "")) for name, role in speakers]
    exact = [name for name, words, _ in pairs if words == wanted and len(words) > 1]
    part = [name for name, words, _ in pairs if _run(wanted, words)]
    role = [name for name, words, duties in pairs if _subset(wanted, duties + words)]
    return exact or part or role


def _words(text: str) -> list[str]:
    words = (fold(span.of(text)).removesuffix("'s") for span in word_spans(text))
    return [part for word in words for part in word.split("-") if part not in _NOT_NAMES]


def _run(wanted: Sequence[str], words: Sequence[str]) -> bool:
    """Whether ``wanted`` stands in ``words`` one after the other."""
    size = len(wanted)
    return any(list(words[at : at + size]) == list(wanted) for at in range(len(words) - size + 1))


def _subset(wanted: Sequence[str], words: Sequence[str]) -> bool:
    return set(wanted) <= set(words)
