"""An article and the phrases in it that name who says something -> the speaker of each.

Phrases are read in the order in which they stand, whatever order they come in, since who has spoken before tells whom
"she" means: :mod:`qa.attribution.resolvers` say who is meant, :mod:`qa.attribution.scene` keeps what that tells. What
this module does not know: how a phrase is found, and what is said.
"""

from __future__ import annotations

from collections.abc import Iterable

from qa import deadline
from qa.attribution.phrases import read_phrase
from qa.attribution.resolvers import resolved
from qa.attribution.scene import Scene
from qa.types import Span, Speaker

__all__ = ["speakers_of"]


def speakers_of(text: str, masked: str, sources: Iterable[Span], heading: str = "") -> dict[Span, Speaker]:
    """Say whom each source means.

    Args:
        text: the article.
        masked: the same with its quotations masked.
        sources: where the phrases stand, in any order.
        heading: what stands above it; a pronoun rather means somebody whom it names.
    """
    scene = Scene(text, masked, heading=heading)
    return {source: _resolved(scene, source) for source in sorted(set(sources))}


def _resolved(scene: Scene, source: Span) -> Speaker:
    deadline.check()
    mention = source.of(scene.text)
    phrase = read_phrase(mention, source.start)
    who = resolved(phrase, scene)
    person = scene.note(source, phrase, who)
    return Speaker(mention, person.name if person else who.name, person.role if person else None, who.how)
