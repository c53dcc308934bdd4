"""What somebody judged by reading, and what is found now -> how much has which verdict, in each half of a sample.

What is found and was judged has its verdict; what nobody has read is *unread*, and what was judged and is found no more
is *gone*. What this does not know: what is judged, and how it is found.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, TypeVar

from qa.evaluation.filing import commit

__all__ = ["Key", "Verdicts", "page", "tally"]

Key = tuple[Any, ...]  # the article's id, and what tells apart what is found in it
Row = Mapping[str, Any]  # with ``article`` (its id), ``half`` and ``verdict``
Verdicts = Counter[tuple[str, str]]  # by half and verdict
Found = TypeVar("Found")


def tally(
    read: Mapping[Key, Row],
    found: Iterable[Found],
    key_of: Callable[[Found], Key],
    same: Callable[[Row, Found], bool] = lambda row, one: True,
) -> Verdicts:
    """Count what is found now, and what is found no more; what is not the ``same`` any more is unread."""
    left = dict(read)
    halves = {row["article"]: row["half"] for row in read.values()}
    counts: Verdicts = Counter()
    for one in found:
        key = key_of(one)
        row = left.pop(key, None)
        counts[halves[key[0]], row["verdict"] if row is not None and same(row, one) else "unread"] += 1
    counts.update((row["half"], "gone") for row in left.values())
    return counts


def page(title: str, sample: str, verdicts: Sequence[str], counts: Verdicts) -> str:
    """Write the counts as a page of Markdown; ``sample`` says what was judged."""
    lines = [
        f"# {title}, {datetime.now(UTC):%Y-%m-%d}",
        "",
        f"Commit {commit()}; {sample}.",
        "",
        "| half | " + " | ".join(verdicts) + " | right of those found |",
        "|---|" + "---|" * (len(verdicts) + 1),
    ]
    for half in sorted({half for half, _ in counts}, reverse=True):
        cells = [str(counts[half, verdict]) for verdict in verdicts]
        found = sum(counts[half, verdict] for verdict in verdicts if verdict != "gone")
        share = f"{100 * counts[half, 'right'] / found:.1f} %" if found else "none found"
        lines.append(f"| {half} | " + " | ".join(cells) + f" | {share} |")
    return "\n".join([*lines, ""])
