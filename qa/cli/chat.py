"""``qa chat``: questions one after the other, each understood after those before it.

A line is a question; an empty one is passed over, Ctrl-C gives up what is typed, Ctrl-D ends. At a terminal the arrow
keys bring earlier lines back; with input from a file or a pipe nothing is prompted for. The last questions are kept, as
many as a page keeps.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

from qa import deadline
from qa.cli.command import ANSWER_LIMIT_S, After, Before, Outlets, open_archive, print_line, read_settings, scope_of
from qa.errors import OutOfTime, QuestionError

__all__ = ["chat"]

_KEPT = 8  # questions that the next one is understood after
_PROMPT = "? "


def chat(after: After = None, before: Before = None, outlet: Outlets = None) -> None:
    """Ask one question after another; "what else did he say?" is understood. Ctrl-D ends."""
    from qa.cli.rendering import console, render_outcome

    scope, earlier = scope_of(after, before, outlet), list[str]()
    with open_archive(read_settings(), "qa chat") as assistant:
        for question in _lines():
            try:
                with deadline.within(ANSWER_LIMIT_S):
                    outcome = assistant.ask(question, scope, earlier=earlier[-_KEPT:])
            except (QuestionError, OutOfTime) as problem:  # the conversation goes on
                print_line(str(problem))
                continue
            console().print(render_outcome(outcome))
            print_line("")
            earlier.append(question)


def _lines() -> Iterator[str]:
    """What is typed, a question a line, until the end of the input."""
    asked = sys.stdin.isatty()
    if asked:
        import readline  # noqa: F401 - gives the line that is typed its history
    while True:
        try:
            line = input(_PROMPT if asked else "").strip()
        except KeyboardInterrupt:
            print_line("")
            continue
        except EOFError:
            if asked:
                print_line("")
            return
        if line:
            yield line
