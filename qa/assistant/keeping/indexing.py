"""Passages that lack a vector -> the index and the catalog's note of it; vectors that lack a passage -> gone.

Promise: the index is written before the catalog says so, so that a crash in between costs work and no answer.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from qa.assistant.parts import Parts
from qa.catalog import Catalog
from qa.errors import ModelError, QaError
from qa.protocols import Encoder, Vectors
from qa.types import Passage

__all__ = ["encode", "index_what_is_missing", "key_of"]

_AT_ONCE = 2_048
_PLAIN = "It rained on Monday."  # no encoder fails at this


def key_of(passage: Passage) -> tuple[str, str]:
    """What a vector depends on: the passage's text, which its id names, and its heading."""
    return passage.id, passage.heading


def encode(encoder: Encoder, passages: Sequence[Passage]) -> Vectors:
    """Embed passages with their headings, which are never quoted: (len(passages), dimension).

    Raises:
        ModelError: the encoder fails at any text, and so not because of these.
    """
    try:
        return encoder.encode([f"{passage.heading}\n{passage.text}" for passage in passages])
    except QaError:
        raise
    except Exception as error:
        try:
            encoder.encode([_PLAIN])
        except Exception:
            raise ModelError(f"The encoder fails: {error}.", remedy="`qa doctor` examines it.") from error
        raise


def index_what_is_missing(
    catalog: Catalog,
    parts: Parts,
    made: Mapping[tuple[str, str], Vectors],
    on_progress: Callable[[int], None] = lambda done: None,
) -> int:
    """Bring the index up to the catalog.

    Args:
        catalog: says what is missing.
        parts: the encoder and the index.
        made: vectors that have been made already, by :func:`key_of`.
        on_progress: called with the number of passages that are done.

    Returns:
        How many passages were put into the index.
    """
    done = 0
    with catalog.alone():
        obsolete = catalog.obsolete_ids()
        if obsolete:
            parts.own_index.remove(obsolete)
            catalog.mark_forgotten(obsolete)
        while passages := catalog.unindexed(_AT_ONCE):
            ids = [passage.id for passage in passages]
            parts.own_index.add(ids, _vectors(parts.passage_encoder, passages, made))
            catalog.mark_indexed(ids)
            done += len(ids)
            on_progress(done)
    return done


def _vectors(encoder: Encoder, passages: Sequence[Passage], made: Mapping[tuple[str, str], Vectors]) -> Vectors:
    new = [passage for passage in passages if key_of(passage) not in made]
    vectors = {**made, **dict(zip(map(key_of, new), encode(encoder, new), strict=True))} if new else made
    return np.stack([vectors[key_of(passage)] for passage in passages])
