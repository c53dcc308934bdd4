"""A question with a slip in its own words ("wat did Merz say") -> the wordings that may have been meant.

Promises: only the words that questions are made of are mended (what, did, say, about ...), never a name or a topic
that is written with a capital; "whats" is "what's"; fewest changes come first, from the left. Whoever calls this keeps
what fits a wording and drops the rest. The word to look for: typo, misspelt.

What it does not know: which words of a language exist: "pay" may be a slip of "say", so a short word with another
letter in it is no slip.
"""

from __future__ import annotations

from collections.abc import Iterator

from qa.types import Carried, Part

__all__ = ["mended", "respelt_in"]

_FIRST = ("what", "who", "when", "where", "why", "how", "which", "compare", "was", "wer", "wann", "warum")
_LATER = ("did", "does", "has", "have", "say", "said", "saying", "think", "about", "hat", "gesagt", "sagte", "über")
_WORDS = frozenset((*_FIRST, *_LATER, "whom", "whose", "wo", "wie", "do", "had", "is", "are", "were", "says", "so"))
_WITHOUT_APOSTROPHE = frozenset(("whats", "whos", "wheres", "whens", "whys", "hows"))
_MOST = 4  # words that are mended
_LONGEST = 25  # words of a question
_LONG = 4  # letters from which one may be another


def mended(core: str) -> Iterator[str]:
    """Yield ``core`` with one more slip in its question words mended each time, from the left; nothing without any."""
    words = core.split(" ")
    if len(words) > _LONGEST:
        return
    slips = [(at, meant) for at, word in enumerate(words) if (meant := _meant(word, at == 0))]
    for at, meant in slips[:_MOST]:
        words[at] = meant
        yield " ".join(words)


def respelt_in(core: str, asked: str) -> tuple[Carried, ...]:
    """The words that ``asked`` has for slips of ``core``; nothing where they are the same."""
    words = zip(core.split(" "), asked.split(" "), strict=True)
    return tuple(Carried(Part.SPELLING, meant, typed) for typed, meant in words if typed != meant)


def _meant(word: str, first: bool) -> str | None:
    """The question word that ``word`` is a slip of."""
    plain = word.lower()
    if plain in _WORDS or not (first or word.islower()):
        return None
    if first and plain in _WITHOUT_APOSTROPHE:
        return f"{plain[:-1]}'s"
    return next((meant for meant in (_FIRST if first else _LATER) if _slip(plain, meant)), None)


def _slip(typed: str, meant: str) -> bool:
    """Whether one letter is missing, too many or wrong, or two neighbours are exchanged."""
    if len(typed) < len(meant):
        return len(typed) > 1 and _without_one(meant, typed)
    if len(typed) > len(meant):
        return _without_one(typed, meant)
    other = [at for at, (left, right) in enumerate(zip(typed, meant, strict=True)) if left != right]
    exchanged = len(other) == 2 and other[1] == other[0] + 1 and sorted(typed) == sorted(meant)
    return exchanged or (len(other) == 1 and len(meant) >= _LONG)


def _without_one(long: str, short: str) -> bool:
    return any(long[:at] + long[at + 1 :] == short for at in range(len(long)))
