"""A file of hand labels -> who really speaks at an annotated source, and whether a resolver says so.

Each line of ``speakers_sample.jsonl`` names an article of PolNeAR's dev split, an attribution's ``source`` in it, its
``kind`` (named, pronoun, nominal), what the ``speaker`` is (person, organisation, or nobody with a name) and ``names``:
the offsets of mentions that name the speaker. There is no text in it. The labels were made by reading the articles,
before the resolver that is measured was written. Half of the articles, by a hash of their ids, were for choosing
(``tune``), the others (``report``) for nothing but the figure.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from qa.text import fold
from qa.types import Span, Speaker

__all__ = ["SAMPLE", "Label", "half_of", "read_labels"]

SAMPLE = Path(__file__).with_name("speakers_sample.jsonl")
_NO_PART = frozenset("the a an mr mrs ms dr jr sr ii iii".split())  # noqa: SIM905
_OWNED = re.compile(r"[’']s?\b")


@dataclass(frozen=True, slots=True)
class Label:
    """The truth about one source."""

    article: str
    source: Span
    kind: str
    speaker: str
    names: tuple[Span, ...]

    def verdict(self, said: Speaker | None, text: str) -> str:
        """Say whether a speaker is "right", "wrong", or "unresolved" where there is one to name."""
        name = said.name if said else None
        if name is None or not self.names:
            return "right" if (name is None) == (not self.names) else "unresolved" if self.names else "wrong"
        return "right" if any(self._same(span.of(text), name) for span in self.names) else "wrong"

    def _same(self, truth: str, name: str) -> bool:
        """Compare people by the first and the last part of their names, organisations by all words."""
        one, other = _parts(truth), _parts(name)
        return bool(one and other) and (
            (one[0], one[-1]) == (other[0], other[-1]) if self.speaker == "person" else one == other
        )


def read_labels(path: Path = SAMPLE) -> dict[str, list[Label]]:
    """Read the labels, by article."""
    labels: dict[str, list[Label]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        names = tuple(Span(*name) for name in row["names"])
        label = Label(row["article"], Span(*row["source"]), row["kind"], row["speaker"], names)
        labels.setdefault(label.article, []).append(label)
    return labels


def half_of(article: str) -> str:
    """Say which half of the sample an article is in: "tune" or "report"."""
    return "report" if int(hashlib.sha256(article.encode()).hexdigest(), 16) % 2 else "tune"


def _parts(name: str) -> list[str]:
    words = (fold(word).strip(".,") for word in _words(name))
    return [word for word in words if word not in _NO_PART]


def _words(name: str) -> Iterable[str]:
    return _OWNED.sub("", name).split()
