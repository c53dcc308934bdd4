"""How a question can be worded: a pattern, the kind that it gives, and examples, which are its test.

An example has the parts that the pattern finds in braces: ``What did {speaker:Merz} say about {topic:the talks}?``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from qa.types import QuestionKind

__all__ = ["BEHIND_QUOTED", "QUOTED", "SPEAKER", "TOPIC", "WHO", "Wording", "someone"]

# A speaker is short, so that a long clause is not taken for one, and somebody in particular, and no "Reck refuse to".
_NOBODY = (
    r"(?!(?:else\s)?(?:has|have|had|did|does|do|is|was|were|been|being)\s|(?:been|any(?:one|body)|some(?:one|body)|it|this|that"
    r"|there|you|i|we|he|she|they)\s(?:\S+\s)?(?:sa(?:y|id)|th(?:ink|ought)))"
)


def someone(name: str) -> str:
    """The pattern of a group that finds somebody."""
    return rf"{_NOBODY}(?P<{name}>\S+(?:\s\S+){{0,7}}?)(?<!\sto)"


SPEAKER = someone("speaker")
TOPIC = r"(?P<topic>\S.*)"
WHO = r"(?P<speaker>(?!(?:the|an?|der|die|das|eine?)\s)\S+(?:\s\S+){0,4})"  # nothing but what may be a name
# Words in quotation marks, with whatever stands between them and the verb, and what may stand behind them. No two parts
# of it can hold the same characters: a question of thousands of commas would otherwise be read in every way there is.
_OPENING, _CLOSING = "'\"“‘«„", "'\"”’»“"
BEHIND_QUOTED = rf"[^\w{_CLOSING}]*"
QUOTED = rf"(?=\W*\s)[^{_OPENING}]*\s[{_OPENING}](?P<quoted>.+)[{_CLOSING}]{BEHIND_QUOTED}"


@dataclass(frozen=True, slots=True)
class Wording:
    """One way of asking.

    ``pattern`` fits the whole question, without its opening and its question mark, in any letter case; its groups
    ``speaker``, ``other``, ``topic``, ``cue``, ``quoted`` and ``adverbial`` (what stands where a topic may) are its
    parts. Where it is not ``certain`` that this is what was meant, the question is also read as one for a span.
    ``known`` says that it is read so only where the archive knows whoever is named: "Merz on Ukraine" is a question,
    "Fire on the pier" is not. ``introduced`` says that it is read so only where articles say what the bearer of that
    name is: "Who is Merz?", but not "Who is the chancellor?"; where it names nobody, that they say whom it asks for:
    "Who chairs the board?".
    """

    kind: QuestionKind
    pattern: str
    examples: tuple[str, ...]
    certain: bool = True
    known: bool = False
    introduced: bool = False

    def parts(
        self, asked: str, is_speaker: Callable[[str], bool], is_introduced: Callable[[str], bool]
    ) -> dict[str, str] | None:
        """The parts of a question that is worded so; None for another."""
        if (match := re.fullmatch(self.pattern, asked, re.IGNORECASE)) is None:
            return None
        found = {name: words for name, words in match.groupdict().items() if words}
        people = [found[name] for name in ("speaker", "other") if name in found]
        fits = (not self.known or all(map(is_speaker, people))) and (
            not self.introduced or all(map(is_introduced, people or [asked]))
        )
        return found if fits else None
