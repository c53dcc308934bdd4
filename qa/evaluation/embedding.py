"""The compiled encoder beside the model it was made from: how near its vectors are, and how fast it is.

    python -m qa.evaluation.embedding ARTICLES.jsonl.gz [--texts 400] [--emulator "qemu-x86_64 -cpu Haswell"]
        [--output docs/results/embedding-DATE.md]

ARTICLES is JSON Lines with a ``content`` field; its paragraphs are the texts. The encoders take turns, so that a busy
machine slows both. The quantiser's choices are measured one by one: the shipped scheme with one of them left out. With
an emulator, a program that runs another under a processor without VNNI, a few short texts are encoded there too: what
saturates differs from what this machine computes.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import platform
import shlex
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from qa.embedding import PACKAGED_MODEL, OnnxEncoder, TorchEncoder, compile_encoder
from qa.embedding.scheme import Scheme
from qa.evaluation.filing import commit, deliver, named
from qa.protocols import Encoder, Vectors

__all__ = ["Nearness", "Speeds", "nearness", "speeds"]

SCHEMES = {
    "shipped": Scheme(),
    "weights per tensor": Scheme(per_channel=False),
    "weights in eight bits": Scheme(reduce_range=False),
    "not balanced": Scheme(balance=False),
    "no scaled rows": Scheme(scale_rows=False),
    "neither, eight bits": Scheme(balance=False, scale_rows=False, reduce_range=False),
    "embeddings in float32": Scheme(embeddings=False),
}
_EMULATED = 12  # texts
_EMULATED_CHARS = 120
_ENCODE = (
    "import json, sys; from pathlib import Path; import numpy; from qa.embedding import OnnxEncoder\n"
    "texts = json.load(sys.stdin); encoder = OnnxEncoder(Path(sys.argv[1]), threads=1)\n"
    "json.dump(encoder.encode(texts).tolist(), sys.stdout)"
)


@dataclass(frozen=True, slots=True)
class Speeds:
    """Wordpieces per second by encoder (medians), and the median of the rounds' ratios of the first to the second."""

    first: float
    second: float
    ratio: float


@dataclass(frozen=True, slots=True)
class Nearness:
    """Cosines of vectors with the original's, and how far the nearest neighbours among the texts are the same."""

    lowest: float
    mean: float
    first_neighbour: float
    ten_neighbours: float


def speeds(first: Encoder, second: Encoder, texts: Sequence[str], tokens: int, *, rounds: int = 5) -> Speeds:
    """Encode ``texts``, ``tokens`` wordpieces in all, by both in turns."""
    for encoder in (first, second):
        encoder.encode(texts[:32])
    spent = [(_seconds(first, texts), _seconds(second, texts)) for _ in range(rounds)]
    ours, theirs = zip(*spent, strict=True)
    return Speeds(
        tokens / statistics.median(ours),
        tokens / statistics.median(theirs),
        statistics.median(other / own for own, other in spent),
    )


def nearness(vectors: Vectors, original: Vectors) -> Nearness:
    """Compare two encoders' vectors of the same texts."""
    cosines = np.sum(vectors * original, axis=1)
    ours, theirs = _neighbours(vectors), _neighbours(original)
    shared = [len(set(one) & set(other)) / len(other) for one, other in zip(ours, theirs, strict=True)]
    return Nearness(
        float(cosines.min()), float(cosines.mean()), float(np.mean(ours[:, 0] == theirs[:, 0])), float(np.mean(shared))
    )


def _neighbours(vectors: Vectors) -> np.ndarray[tuple[int, int], np.dtype[np.intp]]:
    cosines = vectors @ vectors.T
    np.fill_diagonal(cosines, -2.0)
    return np.argsort(-cosines, axis=1)[:, :10]


def _seconds(encoder: Encoder, texts: Sequence[str]) -> float:
    start = time.perf_counter()
    encoder.encode(texts)
    return time.perf_counter() - start


def _paragraphs(path: Path, count: int) -> list[str]:
    texts: list[str] = []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            texts += [text for text in json.loads(line)["content"].split("\n") if len(text) > 60]
            if len(texts) >= count:
                break
    return texts[:count]


def _emulated(emulator: str, folder: Path, texts: Sequence[str]) -> Vectors:
    done = subprocess.run(  # noqa: S603 - the emulator is what whoever runs this names
        [*shlex.split(emulator), sys.executable, "-c", _ENCODE, str(folder)],
        input=json.dumps(list(texts)),
        capture_output=True,
        text=True,
        check=True,
    )
    return np.array(json.loads(done.stdout), dtype=np.float32)


def _scheme_row(name: str, folder: Path, texts: Sequence[str], original: TorchEncoder, emulator: str | None) -> str:
    encoder = OnnxEncoder(folder)
    near = nearness(encoder.encode(texts), original.encode(texts))
    size = (folder / "model.onnx").stat().st_size / 2**20
    cells = [
        name,
        f"{near.lowest:.4f}",
        f"{near.mean:.4f}",
        f"{near.first_neighbour:.3f}",
        f"{near.ten_neighbours:.3f}",
        f"{size:.0f}",
    ]
    if emulator:
        few = [text[:_EMULATED_CHARS] for text in texts[:_EMULATED]]
        expected = original.encode(few)
        here = np.sum(OnnxEncoder(folder).encode(few) * expected, axis=1)
        there = np.sum(_emulated(emulator, folder, few) * expected, axis=1)
        cells += [f"{here.mean():.4f} / {here.min():.4f}", f"{there.mean():.4f} / {there.min():.4f}"]
    return "| " + " | ".join(cells) + " |"


def _scheme_table(texts: Sequence[str], original: TorchEncoder, emulator: str | None) -> list[str]:
    columns = ["scheme", "lowest cosine", "mean cosine", "same first neighbour", "of ten neighbours", "MiB"]
    if emulator:
        columns += [f"{_EMULATED} short texts here, mean / lowest", f"under `{emulator}`"]
    rows = ["| " + " | ".join(columns) + " |", "|---" * len(columns) + "|"]
    with tempfile.TemporaryDirectory() as scratch:
        for number, (name, scheme) in enumerate(SCHEMES.items()):
            folder = compile_encoder(PACKAGED_MODEL, Path(scratch) / str(number), scheme=scheme, lowest_cosine=0.0)
            rows.append(_scheme_row(name, folder, texts, original, emulator))
            sys.stderr.write(f"{name} measured\n")
    return rows


def _report(texts: Sequence[str], given: Sequence[str], threads: int, emulator: str | None) -> str:
    import torch

    torch.set_num_threads(threads)
    original = TorchEncoder(PACKAGED_MODEL, device="cpu")
    with tempfile.TemporaryDirectory() as scratch:
        ours = OnnxEncoder(compile_encoder(PACKAGED_MODEL, Path(scratch)), threads=threads)
        tokens = ours.count_tokens(texts)
        speed = speeds(ours, original, texts, tokens)
    lines = [
        f"# Embedding, {datetime.now(UTC):%Y-%m-%d}",
        "",
        f"Command: `python -m qa.evaluation.embedding {named(given)}` at commit {commit()}; "
        f"{platform.machine()}, {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}, "
        f"Python {platform.python_version()}. {len(texts)} paragraphs, {tokens} wordpieces.",
        "",
        f"| wordpieces per second, {threads} threads, in turns (medians) | |",
        "|---|---|",
        f"| int8 ONNX | {speed.first:,.0f} |",
        f"| sentence-transformers in torch | {speed.second:,.0f} |",
        f"| ratio | {speed.ratio:.2f} |",
        "",
        "Vectors beside sentence-transformers' own, by what the quantiser does:",
        "",
        *_scheme_table(texts, original, emulator),
    ]
    return "\n".join(lines) + "\n"


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line; a result goes to ``--output`` or is printed."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    parser = argparse.ArgumentParser(description="Compare the compiled encoder with the original.")
    parser.add_argument("articles", type=Path, help="JSON Lines, gzip, with a field content")
    parser.add_argument("--texts", type=int, default=400, help="paragraphs that are encoded")
    parser.add_argument("--threads", type=int, default=2, help="threads of either encoder")
    parser.add_argument("--emulator", help="program that runs another on a processor without VNNI")
    parser.add_argument("--output", type=Path, help="Markdown file to write")
    options = parser.parse_args(given)
    shown = [options.articles.name if argument == str(options.articles) else argument for argument in given]
    text = _report(_paragraphs(options.articles, options.texts), shown, options.threads, options.emulator)
    deliver(text, options.output)


if __name__ == "__main__":
    main()
