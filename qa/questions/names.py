"""The names that a question's own words give away."""

from __future__ import annotations

from qa.lazily import pattern

__all__ = ["names_in"]

_CAPITAL = r"[^\W\d_a-zß-öø-ÿ]"  # no "ü" of "über"
_NAME = pattern(
    r"(?!(?:Who|What|When|Where|Which|Why|How|Did|Does|Is|Was|Are|Were|Has|Have|Can|The|In|On"
    r"|Wer|Wen|Wem|Wessen|Wann|Wo|Warum|Wieso|Weshalb|Wie|Wieviele?|Welche[mnrs]?|Ist|Sind|War|Waren|Hat|Haben|Hatte|Hatten"
    r"|Kann|Wird|Soll|Sollen|Der|Die|Das|Im|Am|Und)\b)"
    rf"{_CAPITAL}\w*(?:[ -](?!I\b){_CAPITAL}\w*)+"
)


def names_in(asked: str) -> list[str]:
    """People and bodies that a question names by two capitalised words or more; none where it is typed without."""
    return [name for name in _NAME.findall(asked) if not asked.istitle() and not asked.isupper()]
