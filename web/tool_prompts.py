"""What people start a conversation with that has the archive's tools: a few words of theirs -> a request to a model.

Promise: a request says to quote word for word, with the source, and to say so where the archive has nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

__all__ = ["PROMPTS", "StartingPrompt"]


@dataclass(frozen=True, slots=True)
class StartingPrompt:
    """A request that people start with."""

    name: str
    title: str
    description: str
    takes: Mapping[str, tuple[str, bool]]  # what each argument is, and whether it is needed
    words: Callable[[Mapping[str, str]], str]


def _quote(given: Mapping[str, str]) -> str:
    on = f" on {given['topic']}" if given.get("topic") else ""
    return (
        f"Quote {given['person']}{on} from the news archive. Use the tool `statements`. Give each `cited_text` word "
        "for word, in quotation marks only where it has them, with speaker, outlet, day and the link `href`; say of "
        "what is reported and not quoted that it is. If the archive has nothing, say so and quote nothing."
    )


def _check(given: Mapping[str, str]) -> str:
    return (
        "Check every quotation in the text below with the tool `verify_quotation`, one call for each. List them with "
        "the verdict, what was altered, and the link to the source's words; change nothing in the text.\n\n"
        + given["text"]
    )


PROMPTS = {
    one.name: one
    for one in (
        StartingPrompt(
            "quote",
            "Quote somebody on a topic",
            "Exact quotations of a person, each with its source.",
            {"person": ("Whom.", True), "topic": ("On what.", False)},
            _quote,
        ),
        StartingPrompt(
            "check_quotations",
            "Check the quotations of a text",
            "Which quotations of a text are in the archive word for word.",
            {"text": ("The text.", True)},
            _check,
        ),
    )
}
