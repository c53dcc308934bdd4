"""An annotated article -> a page of its quotations in another format: a transcript, or voices with their names.

What people say is not always told in sentences: interviews have ``NAME: words``, collections of voices have ``“words”
— Name``. PolNeAR has few of these, so training makes some of the direct quotations that it has. Promise: what is made
depends on the row alone.
"""

from __future__ import annotations

import hashlib
import random
from typing import Any

__all__ = ["reformatted"]

_FEWEST, _MOST, _LONGEST = 2, 10, 1200
_MARKS = "“”\"‘’'"
_DASHES = ("—", "― ", "―", "– ", "--", "— ", "- ")
_AFTER = ("", "", ", Ostrel", ", 34", " (D-Mass.)", ", teacher")


def reformatted(row: dict[str, Any]) -> dict[str, Any] | None:
    """Put the quotations of a row, in order, in one of the formats; None where there are too few."""
    chance = random.Random(hashlib.sha256(str(row["id"]).encode()).digest())  # noqa: S311
    said = [quotation for attribution in row["attributions"] if (quotation := _quotation(row["text"], attribution))]
    if len(said) < _FEWEST:
        return None
    write = chance.choice((_signed, _signed, _transcribed, _announced))
    text, attributions = row["text"].split("\n", 1)[0] + "\n\n", []
    dash, shout = chance.choice(_DASHES), chance.random() < 0.5
    for name, words in said[:_MOST]:
        parts = write(name.upper() if shout and write is _transcribed else name, words, dash, chance.choice(_AFTER))
        attribution: dict[str, list[list[int]]] = {"source": [], "cue": [], "content": []}
        for kind, part in parts:
            if kind:
                attribution[kind].append([len(text), len(text) + len(part)])
            text += part
        attributions.append(attribution)
        text += "\n\n"
    return {"id": f"{row['id']}-reformatted", "text": text.rstrip(), "attributions": attributions}


def _quotation(text: str, attribution: dict[str, Any]) -> tuple[str, str] | None:
    """Who said what, without marks; None where it is no plain quotation of a named person."""
    if attribution.get("type") != "direct" or attribution.get("source_kind") != "named_person":
        return None
    name = " ".join(text[start:end] for start, end in attribution["source"])
    fragments = [text[start:end] for start, end in attribution["content"]]
    if len(name.split()) > 5 or any(fragment[0] not in _MARKS or fragment[-1] not in _MARKS for fragment in fragments):
        return None
    words = " ".join(" ".join(fragment.strip(_MARKS).split()) for fragment in fragments)
    ended = words[:-1] + "." if words.endswith(",") else words
    return (name.rstrip(",. "), ended) if 20 < len(ended) < _LONGEST else None


Parts = list[tuple[str, str]]


def _signed(name: str, words: str, dash: str, after: str) -> Parts:
    mark = dash.rstrip()
    return [("content", f"“{words}”"), ("", " "), ("cue", mark), ("", dash[len(mark) :]), ("source", name), ("", after)]


def _transcribed(name: str, words: str, *_: str) -> Parts:
    bare = words.removesuffix(".")
    return [("source", name), ("cue", ":"), ("", " "), ("content", bare), ("", words[len(bare) :])]


def _announced(name: str, words: str, *_: str) -> Parts:
    return [("source", name), ("cue", ":"), ("", " "), ("content", f"“{words}”")]
