"""Labelled words with their links to cues -> attributions: which source and which content belong to which cue.

Labels set the borders of the parts, links say whose they are. A fragment of content goes to the cue with the strongest
link to it and to no other; a cue takes the source with the strongest link, which other cues may take as well (one
sentence, two verbs). Whatever has too weak a link is left out, and a cue without content is no attribution.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from qa.attribution.chain import Floats
from qa.attribution.labels import CONTENT, CUE, SOURCE, Part

__all__ = ["Attribution", "Marked", "assemble"]

_AS_SOURCE, _AS_CONTENT = 1, 2
_FLOOR = 1e-6


@dataclass(frozen=True, slots=True)
class Marked:
    """What a network says about a text's words.

    ``parts`` are the labelled spans in order, ``likely`` how likely each word's label is, and ``links`` for each cue
    among the parts, in order, how likely every word is nothing, source or content to it: (cues, words, 3), zero where a
    word was not read together with the cue.
    """

    parts: tuple[Part, ...]
    likely: Floats
    links: Floats


@dataclass(frozen=True, slots=True)
class Attribution:
    """One cue with what belongs to it, in words; ``evidence`` are logarithms of how sure each decision was.

    In order: the cue's labels, those of the content, those of the source, the content's link, the source's link (or
    that there is none).
    """

    source: Part | None
    cue: Part
    content: tuple[Part, ...]
    evidence: tuple[float, float, float, float, float]


def assemble(marked: Marked, weakest_content: float, weakest_source: float) -> list[Attribution]:
    """Put parts together, in the order of their cues."""
    cues, sources, contents = ([part for part in marked.parts if part.part == kind] for kind in (CUE, SOURCE, CONTENT))
    if not cues:
        return []
    content_of = _strengths(marked, contents, _AS_CONTENT)  # (cues, contents)
    source_of = _strengths(marked, sources, _AS_SOURCE)
    found = []
    for number, cue in enumerate(cues):
        taken = [
            index
            for index in range(len(contents))
            if content_of[:, index].argmax() == number and content_of[number, index] >= weakest_content
        ]
        if not taken:
            continue
        best = int(source_of[number].argmax()) if sources else -1
        linked = float(source_of[number, best]) if sources else 0.0
        source = sources[best] if linked >= weakest_source else None
        evidence = (
            _sureness(marked.likely, [cue]),
            _sureness(marked.likely, [contents[index] for index in taken]),
            _sureness(marked.likely, [source] if source else []),
            float(np.log(max(float(content_of[number, taken].mean()), _FLOOR))),
            float(np.log(max(linked if source else 1.0 - linked, _FLOOR))),
        )
        found.append(Attribution(source, cue, tuple(contents[index] for index in taken), evidence))
    return found


def _strengths(marked: Marked, parts: Sequence[Part], link: int) -> Floats:
    """The mean link of each part's words with each cue: (cues, parts)."""
    columns = [marked.links[:, part.begin : part.end, link].mean(axis=1) for part in parts]
    return np.stack(columns, axis=1) if columns else np.zeros((len(marked.links), 0), dtype=np.float32)


def _sureness(likely: Floats, parts: Sequence[Part]) -> float:
    """The mean logarithm of how likely the borders' and the least likely word's labels are."""
    if not parts:
        return 0.0
    values = np.array(
        [(likely[part.begin], likely[part.end - 1], likely[part.begin : part.end].min()) for part in parts]
    )
    return float(np.log(np.maximum(values, _FLOOR)).mean())
