"""How an encoder is quantised, as data: known wherever encoders are loaded, without what quantises them.

What the choices mean is told where they are carried out, in :mod:`qa.embedding.quantising`.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["QUANTISATION", "SHIPPED", "Scheme"]

QUANTISATION = "int8-dynamic-1"  # part of the vector space's digest: change it when the quantiser changes


@dataclass(frozen=True, slots=True)
class Scheme:
    """The quantiser's choices, one by one; the default is what is shipped."""

    per_channel: bool = True
    reduce_range: bool = True
    balance: bool = True
    scale_rows: bool = True
    embeddings: bool = True


SHIPPED = Scheme()
