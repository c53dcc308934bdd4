"""A pretrained encoder with a large Unigram vocabulary -> the same one with the pieces that some texts need.

Kept are the special pieces, those that the texts are cut into, and single signs of alphabetic Europe and of print,
out of which every other word there can be spelt. Where there are more than ``most``, those that are met least give way;
where there are fewer, the likeliest pieces in Latin letters fill up. Each kept piece keeps its row of the embedding and
its score, and all keep their order.

Promise: a text that is cut into kept pieces alone is cut as it was before.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice

import numpy as np

from qa.training.e5 import unigram
from qa.training.pretrained import WORDS, Pretrained

__all__ = ["cut_vocabulary"]

_SPECIAL = ("<s>", "<pad>", "</s>", "<unk>", "<mask>")
_MARK = "▁"
_AT_ONCE = 1000
_LETTERS = range(0x530)  # Latin, Greek, Cyrillic
_PRINT = range(0x2000, 0x2200)  # dashes, quotation marks, currencies, letter-like signs
_LATIN = range(0x180)


def cut_vocabulary(whole: Pretrained, texts: Iterable[str], most: int) -> Pretrained:
    """Keep at most ``most`` pieces."""
    model = json.loads(whole.tokenizer.to_str())["model"]
    pieces = [(str(piece), float(score)) for piece, score in model["vocab"]]
    met = _met(whole, texts)
    always = [number for number, (piece, _) in enumerate(pieces) if piece in _SPECIAL or _is_sign(piece)]
    likely = sorted(range(len(pieces)), key=lambda number: (-met[number], -pieces[number][1], number))
    wanted = [number for number in likely if met[number] or _is_latin(pieces[number][0])]
    kept = sorted(list(dict.fromkeys([*always, *wanted]))[:most])
    left = [pieces[number] for number in kept]
    names = [piece for piece, _ in left]
    shape = {**whole.shape, "vocab_size": len(kept), "pad_token_id": names.index("<pad>")}
    weights = {**whole.weights, WORDS: np.ascontiguousarray(whole.weights[WORDS][kept])}
    return Pretrained(shape, weights, unigram(left, names.index("<unk>")))


def _met(whole: Pretrained, texts: Iterable[str]) -> Counter[int]:
    met: Counter[int] = Counter()
    for part in _parts(texts):
        for encoding in whole.tokenizer.encode_batch(part, add_special_tokens=False):
            met.update(encoding.ids)
    return met


def _parts(texts: Iterable[str]) -> Iterator[list[str]]:
    rest = iter(texts)
    while part := list(islice(rest, _AT_ONCE)):
        yield part


def _is_sign(piece: str) -> bool:
    sign = piece.removeprefix(_MARK)
    return len(sign) <= 1 and all(ord(one) in _LETTERS or ord(one) in _PRINT for one in sign)


def _is_latin(piece: str) -> bool:
    return all(one == _MARK or ord(one) in _LATIN for one in piece)
