"""Text -> text that is compared and never shown: case, accents, quotation marks and dashes levelled (case folding)."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

__all__ = ["fold"]

_FOLDED = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛ʼ′‹›`´", "'"),
        **dict.fromkeys("“”„‟″«»", '"'),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        **{"ø": "o", "đ": "d", "ł": "l", "ı": "i", "æ": "ae", "œ": "oe"},
    }
)


_BEYOND_ASCII = re.compile("[^\x00-\x7f]")


def fold(text: str) -> str:
    """Make text that is compared and never shown: case, diacritics, kinds of quotation marks and dashes are levelled.

    The length changes (“ß” becomes “ss”, “…” three periods, a lone accent nothing), so positions in folded text mean
    nothing in the original. Every character is folded by itself: the whole is what its parts are, one after the other.
    """
    levelled = text.casefold().translate(_FOLDED)
    return levelled if levelled.isascii() else _BEYOND_ASCII.sub(_bare, levelled)


def _bare(match: re.Match[str]) -> str:
    return _without_marks(match[0])


@lru_cache(maxsize=4096)
def _without_marks(character: str) -> str:
    return "".join(one for one in unicodedata.normalize("NFKD", character) if not unicodedata.combining(one))
