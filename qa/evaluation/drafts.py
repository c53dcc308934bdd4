"""An archive -> what it costs to check a draft, by the number of its quotations.

    python -m qa.evaluation.drafts DATA_DIR [--quotations 1 4 16 48] [--output docs/results/drafts-DATE.md]

The quotations are made of the archive's own articles: of each three, one is as an article has it, one has a word
exchanged, one has its words in another order. Each draft is checked twice, the cheaper time counts: the processor's
time of this process, which others on the machine lengthen little, and by the clock.

What this does not know: whether the verdicts are right (``python -m qa.evaluation.damaged``).
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from qa.assistant import Assistant
from qa.evaluation.checking import quotations_of
from qa.evaluation.filing import commit, deliver, machine
from qa.settings import load_settings

__all__ = ["main"]

_ARTICLES = 1_000  # of which the quotations are made


def main(arguments: Sequence[str] | None = None) -> None:
    """Check drafts and print how long it takes, or write it with ``--output``."""
    parser = argparse.ArgumentParser(prog="python -m qa.evaluation.drafts", description=main.__doc__)
    parser.add_argument("archive", type=Path, help="a data folder with articles")
    parser.add_argument("--quotations", type=int, nargs="+", default=[1, 4, 16, 48])
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--output", type=Path, help="write the page here instead of printing it")
    options = parser.parse_args(arguments)
    with Assistant.open(load_settings(data_dir=options.archive)) as archive:
        summaries, articles = archive.articles(limit=_ARTICLES)
        texts = [archive.article(one.id).text for one in summaries]
        made = [quotation for _, quotation in quotations_of(texts, max(options.quotations), options.seed)]
        archive.check_draft(_draft(made[:1]))  # loads what is needed
        lines = [
            f"# What a draft costs, {datetime.now(UTC).date()}",
            "",
            f"{machine()}; commit {commit()}; an archive of {articles} articles.",
            "",
            "| quotations | s of the processor | s by the clock | verdicts |",
            "|---|---|---|---|",
        ]
        lines += [_row(archive, made[:number]) for number in options.quotations]
    deliver("\n".join([*lines, ""]), options.output)


def _row(archive: Assistant, quotations: Sequence[str]) -> str:
    took, told = [], ""
    for _ in range(2):
        begun, clock = time.process_time(), time.monotonic()
        check = archive.check_draft(_draft(quotations))
        took.append((time.process_time() - begun, time.monotonic() - clock))
        verdicts = Counter(one.verification.verdict.value for one in check.quotations)
        told = ", ".join(f"{verdict} {count}" for verdict, count in verdicts.most_common())
    (processor, clock) = min(took)
    return f"| {len(quotations)} | {processor:.2f} | {clock:.2f} | {told} |"


def _draft(quotations: Sequence[str]) -> str:
    return "\n\n".join(f"“{_unmarked(quotation)},” she said." for quotation in quotations)


def _unmarked(quotation: str) -> str:
    return "".join(sign for sign in quotation if sign not in '"“”„«»‘‚‹›')


if __name__ == "__main__":
    main()
