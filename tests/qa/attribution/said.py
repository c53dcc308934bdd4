"""Statements as plain words, for tests that read like a transcript."""

from __future__ import annotations

from qa.attribution import RuleAttributor
from tests.newsprint import article

Said = tuple[str | None, str, str]


def said(text: str) -> list[Said]:
    """Speaker's name (or the mention in brackets), cue, and content with " … " between its fragments."""
    source = article(text)
    found = []
    for statement in RuleAttributor().attribute(source):
        speaker = None
        if statement.speaker:
            speaker = statement.speaker.name or f"[{statement.speaker.mention}]"
        content = " … ".join(span.of(source.text) for span in statement.content)
        found.append((speaker, " ".join(span.of(source.text) for span in statement.cue), content))
    return found


def who(text: str) -> list[str | None]:
    """The speakers alone."""
    return [speaker for speaker, _, _ in said(text)]
