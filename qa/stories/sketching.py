"""Words of a text -> its bands: numbers of which two texts that share much have at least one in common.

A text is the set of its runs of three words (shingles). MinHash (datasketch) keeps of that set, for each of 192 ways to
mix hashes, the smallest one: two sets have the same smallest one as often as their Jaccard similarity says. Three of
them together are a band (locality-sensitive hashing, LSH). Texts with a similarity of .5 share a band in 99.98 % of
cases, of .4 in 98.5 %, of .3 in 83 %, of .1 in 6 %, so that nobody has to compare all with all.

Promise: the bands of a text are the same in every process and on every machine; :data:`VERSION` changes with them. What
it does not know: whether texts that share a band are copies (:mod:`qa.stories.comparing`).
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from functools import lru_cache
from hashlib import blake2b
from typing import TYPE_CHECKING

from qa.stories.comparing import LEAST_WORDS, RULES

if TYPE_CHECKING:
    from datasketch import MinHash

__all__ = ["BANDS", "VERSION", "bands_of"]

BANDS = 64
_ROWS = 3  # hashes in a band
_SHINGLE = 3  # words
_BAND_BYTES = 8

VERSION = f"minhash-{_SHINGLE}x{BANDS}x{_ROWS}-{RULES}"
"""By what sketches and copies were made; what another version has made is made anew."""


def bands_of(words: Sequence[str]) -> tuple[int, ...]:
    """The bands of a text's words, as signed integers of 64 bits; none for a text too short to be told from others."""
    if len(words) < LEAST_WORDS:
        return ()
    shingles = {" ".join(words[at : at + _SHINGLE]).encode() for at in range(len(words) - _SHINGLE + 1)}
    sketch = _empty().copy()
    sketch.update_batch(sorted(shingles))
    rows = sketch.hashvalues.astype("<u4").reshape(BANDS, _ROWS)
    return tuple(_band(number, row.tobytes()) for number, row in enumerate(rows))


def _band(number: int, row: bytes) -> int:
    digest = blake2b(row, digest_size=_BAND_BYTES, salt=number.to_bytes(2, "little")).digest()
    return int.from_bytes(digest, "little", signed=True)


@lru_cache(maxsize=1)
def _empty() -> MinHash:
    from datasketch import MinHash  # with scipy it takes half a second, and only a writer needs it

    return MinHash(num_perm=BANDS * _ROWS, seed=1, hashfunc=zlib.crc32, scheme="affine32")
