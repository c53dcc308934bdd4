"""Texts -> how many quotations a second are checked against them, without an archive.

    python -m qa.evaluation.checking SOURCE… [--texts 1000] [--quotations 600] [--output docs/results/checking-DATE.md]

A third of the quotations are runs of 6 to 30 words as a text has them, a third have one word exchanged for another
text's, a third have their words in another order. Counted is the processor's time of one process, which other processes
on the machine lengthen little, and by the clock.

What this does not know: whether the verdicts are right (``python -m qa.evaluation.damaged``).
"""

from __future__ import annotations

import argparse
import random
import time
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from qa.evaluation.filing import commit, deliver, machine
from qa.ingestion import Limits, expand, read_articles
from qa.types import Article
from qa.verification import Texts

__all__ = ["main", "quotations_of"]

KINDS = ("as printed", "one word exchanged", "words in another order")


def quotations_of(texts: Sequence[str], count: int, seed: int) -> list[tuple[str, str]]:
    """Make quotations, each with what was done to it, the kinds in turn."""
    chance = random.Random(seed)  # noqa: S311
    words = [each for each in (text.split() for text in texts) if len(each) > 40]
    made = []
    for number in range(count):
        kind, source = KINDS[number % len(KINDS)], chance.choice(words)
        start, length = chance.randrange(len(source) - 30), chance.randint(6, 30)
        said = source[start : start + length]
        if kind == KINDS[1]:
            at = chance.randrange(1, length - 1)
            said[at] = chance.choice([word for word in chance.choice(words) if word != said[at]])
        elif kind == KINDS[2]:
            chance.shuffle(said)
        made.append((kind, " ".join(said)))
    return made


def main(arguments: Sequence[str] | None = None) -> None:
    """Check quotations and print how long it takes, or write it with ``--output``."""
    parser = argparse.ArgumentParser(prog="python -m qa.evaluation.checking", description=main.__doc__)
    parser.add_argument("sources", nargs="+", help="articles, in any form that is ingested")
    parser.add_argument("--texts", type=int, default=1_000)
    parser.add_argument("--quotations", type=int, default=600)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--output", type=Path, help="write the page here instead of printing it")
    options = parser.parse_args(arguments)
    sources = [one for one in expand(options.sources) if isinstance(one, str)]
    read = (one for source in sources for one in read_articles(source, Limits(), now=datetime.now(UTC)))
    texts = [text for text, _ in zip((one.text for one in read if isinstance(one, Article)), range(options.texts))]  # noqa: B905
    quotations = quotations_of(texts, options.quotations, options.seed)
    begun = time.process_time()
    held = Texts(texts)
    lines = [
        f"# Quotations checked in a second, {datetime.now(UTC).date()}",
        "",
        f"{machine()}; commit {commit()}; {len(texts)} texts of {sum(map(len, texts)) // len(texts)} characters on "
        f"average, read in {time.process_time() - begun:.1f} s.",
        "",
        "| quotations | number | a second of the processor | by the clock | verdicts |",
        "|---|---|---|---|---|",
    ]
    for kind in (None, *KINDS):
        asked = [quotation for one, quotation in quotations if kind in {one, None}]
        begun, clock = time.process_time(), time.monotonic()
        verdicts = Counter(held.verify(quotation).verdict.value for quotation in asked)
        took, passed = time.process_time() - begun, time.monotonic() - clock
        told = ", ".join(f"{verdict} {count}" for verdict, count in verdicts.most_common())
        lines.append(
            f"| {kind or '**all**'} | {len(asked)} | {len(asked) / took:.0f} | {len(asked) / passed:.0f} | {told} |"
        )
    page = "\n".join([*lines, ""])
    deliver(page, options.output)


if __name__ == "__main__":
    main()
