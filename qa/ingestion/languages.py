"""A text -> the language that it is in, measured (language identification); what its source states counts in doubt.

The measure is py3langid's naive Bayes over byte n-grams (Lui and Baldwin 2012). A text of a few words is too little to
measure: there the statement stands, and without one it is "und", undetermined (ISO 639-2).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

__all__ = ["language_of"]

_ENOUGH = 40  # letters; half as many where each is a word or a syllable
_SAMPLE = 4_000  # code points
_CERTAIN = 0.9
_TAG = re.compile(r"[a-z]{2,8}(?![^\W_])")


def language_of(text: str, stated: str | None) -> str:
    """Return the language without its region ("en-GB" is "en").

    Args:
        text: the article's text.
        stated: what its source says, as a language tag (BCP 47); anything else is as good as nothing.
    """
    found = _TAG.match((stated or "").strip().lower())
    own = found[0] if found else None
    sample = text[:_SAMPLE]
    letters = sum(2 if character > "\u2e80" else 1 for character in sample if character.isalpha())
    if letters < _ENOUGH:
        return own or ("en" if all(each.isascii() for each in sample if each.isalpha()) else "und")
    measured, certainty = _identifier().classify(sample)
    return own if own and certainty < _CERTAIN else str(measured)


@lru_cache(maxsize=1)
def _identifier() -> Any:
    from py3langid.langid import (  # takes a second, which `qa ask` does not pay
        MODEL_DIR,
        MODEL_FILE,
        LanguageIdentifier,
    )

    return LanguageIdentifier.from_modelpath(MODEL_DIR / MODEL_FILE, norm_probs=True)
