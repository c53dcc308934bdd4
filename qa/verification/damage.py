"""Text -> a form in which it equals itself as scans, columns and copies damage it (OCR, hyphenation, ligatures).

A scan reads "m" as "rn" and "l" as "1", a column breaks "harbour" into "har-" and "bour", a copy loses a space: two
texts are the same but for damage when they agree without spaces, hyphens and accents, and with letters that scans
confuse made one. How well that tells damage from alteration: ``python -m qa.evaluation.damaged``.

Promise: another number or sign, or a word that was dropped or added, gives another form.
What it does not know: dictionaries. Where a scan makes one word of another ("corn" of "com"), that counts as damage;
confusions that would make too many words of other words ("e" and "c", "n" and "u") count as alterations.
"""

from __future__ import annotations

import re

from qa.text import fold

__all__ = ["as_scanned"]

# What a scan sees and what is meant. Every digit keeps a form of its own.
_LIKE = (("rn", "m"), ("vv", "w"), ("0", "o"), ("1", "l"), ("|", "l"), ("i", "l"), ("5", "s"), ("8", "b"))
_IDLE = re.compile(r"[\s'\"();:!?\[\]_-]|(?<!\d)[.,]|[.,](?!\d)")  # as folding leaves marks


def as_scanned(text: str) -> str:
    """Bring text into a form in which it is equal to every damaged form of itself."""
    bare = _IDLE.sub("", fold(text))
    for seen, meant in _LIKE:
        bare = bare.replace(seen, meant)
    return bare
