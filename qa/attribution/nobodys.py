"""A cue with its source -> whether the words are nobody's: told of nobody, denied, or the writer's own.

A verb of speech without a source reports speech where it is finite and active ("…, and contends that"); a passive
("is accused of"), a noun ("growing calls for"), an infinitive ("to be named") or a participle has nobody who speaks.
Nor does "no country has said", "someone" of a question, or the "I" of whoever wrote the article. Promise: it looks at
the cue's and the source's own words, and at where the source stands. What it does not know: what is said.
"""

from __future__ import annotations

import re

__all__ = ["is_nobodys"]

_NOT_FINITE = re.compile(
    r"\b(?:is|are|was|were|be|been|being|gets?|got)\s+(?:[a-z]+ly\s+|also\s+|often\s+|again\s+)*[a-z]+(?:ed|en|own|old|aid)\b"
    r"|\b(?:accused|asked|predicted|expected|named|called|told|known)\b(?=\s+(?:again|to|of)\b)"
    r"|\b(?:calls?|claims?|reports?|demands?|warnings?|promises?|pledges?|questions?)\s+(?:for|of|about|that|to)\b"
    r"|\b(?:the|an?|growing|more|such|some|bold|with)\s|\bto\s|\bsaid to\b|[a-z]{3,}ing\b",
    re.IGNORECASE,
)
_DENIED = re.compile(
    r"\b(?:avoid|refrain|stop|declin|refus)[a-z]*\s+(?:from\s+)?(?:saying|calling|describing|naming)\b"
)
_NO_ONE = re.compile(r"(?:no|nobody|no one|none|neither|someone|somebody|anyone|anybody|if anyone)\b", re.IGNORECASE)
_WRITER = re.compile(r"(?:I|[Mm]y|[Mm]e)\Z")


def is_nobodys(source: str | None, cue: str, *, quoted: bool) -> bool:
    """Say whether nobody says what stands beside a cue; ``quoted``: the source itself stands in a quotation."""
    if source is None:
        return bool(_NOT_FINITE.search(cue))
    if _DENIED.search(cue) or _NO_ONE.match(source):
        return True
    return not quoted and bool(_WRITER.match(source))
