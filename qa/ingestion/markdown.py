"""A ``.md`` file with YAML front matter -> one draft. The only module that names pyyaml.

Fields: title, date, byline or author, outlet or source, url, standfirst, language, dateline, modified. Without front
matter, the first ``#`` heading is the title. Marks of emphasis, links and headings are taken off: readers quote words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from qa.errors import SourceError
from qa.ingestion.fields import draft_of
from qa.ingestion.files import SourceFile
from qa.ingestion.guarding import one_draft
from qa.ingestion.limits import Limits
from qa.protocols import Draft

__all__ = ["MarkdownReader"]

_FRONT_MATTER = re.compile(r"---[ \t]*\n(?P<yaml>.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_TITLE = re.compile(r"\A\s*#\s+(?P<title>[^\n]+)(?:\n|\Z)")
# Texts and addresses of links are as long as people make them: a mark that is never closed is not looked for for ever.
_MARKS = (
    (re.compile(r"!\[[^\[\]]{0,1000}\]\([^()]{0,1000}\)"), ""),
    (re.compile(r"\[([^\[\]]{1,1000})\]\([^)\s]{1,1000}+(?:\s\"[^\"]{0,1000}\")?\)"), r"\1"),
    (re.compile(r"^[ \t]*(?:#{1,6}[ \t]+|>[ \t]?)", re.MULTILINE), ""),
    (re.compile(r"^[ \t]*(?:[-*_][ \t]*){3,}$", re.MULTILINE), ""),
)
_EMPHASIS = re.compile(r"(?<![\w*_])(?:\*\*|__|\*|_)(?=\S)")
_EMPHASIS_ENDS = {mark: re.compile(rf"(?<=\S){re.escape(mark)}(?![\w*_])") for mark in ("**", "__", "*", "_")}
_LIST_ITEM = re.compile(r"[-*+] |\d+[.)] ")


@dataclass(frozen=True, slots=True)
class MarkdownReader:
    """Reads ``.md`` files within the limits."""

    limits: Limits

    def accepts(self, name: str) -> bool:
        """Whether this is a ``.md`` file."""
        return name.lower().endswith(".md")

    def read(self, file: SourceFile) -> Iterator[Draft | SourceError]:
        """Yield the file's article."""
        return one_draft(lambda: self._draft(file), file.name, self.limits.article_s)

    def _draft(self, file: SourceFile) -> Draft:
        text = file.text(self.limits.file_bytes).replace("\r\n", "\n")
        fields, body = _split(text, file.name)
        if "title" not in fields and (heading := _TITLE.match(body)):
            fields, body = {**fields, "title": heading["title"].strip().rstrip("#").strip()}, body[heading.end() :]
        if not body.strip():
            raise SourceError(file.name, "no text")
        return draft_of({**fields, "content": _plain(body)}, source=file.name, home=file.address, clutter=False)


class _Loader(yaml.SafeLoader):
    """Reads no aliases: a few lines of them stand for a list that holds itself, or for a billion names."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            event = self.peek_event()  # type: ignore[no-untyped-call]
            raise yaml.composer.ComposerError(None, None, f"*{event.anchor} is an alias", event.start_mark)
        return super().compose_node(parent, index)


def _split(text: str, source: str) -> tuple[dict[str, Any], str]:
    """Front matter and body.

    Raises:
        SourceError: the front matter is not closed, not YAML, or not a list of fields; with its line.
    """
    if not re.match(r"---[ \t]*\n", text):
        return {}, text
    found = _FRONT_MATTER.match(text)
    if found is None:
        raise SourceError(source, "the front matter has no closing ---", line=1)
    try:
        fields = yaml.load(found["yaml"], _Loader)  # noqa: S506 - a SafeLoader
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        reason = getattr(error, "problem", None) or str(error)
        raise SourceError(source, f"bad front matter: {reason}", line=mark.line + 2 if mark else 1) from error
    except RecursionError as error:
        raise SourceError(source, "bad front matter: nested too deeply", line=1) from error
    except (ValueError, LookupError, AttributeError, OverflowError) as error:  # as pyyaml's constructors meet them:
        raise SourceError(source, f"bad front matter: {error}", line=1) from error  # an impossible date, !!bool maybe
    if fields is not None and not isinstance(fields, dict):
        raise SourceError(source, "the front matter is not a list of fields (name: value)", line=2)
    return fields or {}, text[found.end() :]


def _plain(body: str) -> str:
    """Take the marks off; lines of a paragraph are one line, list items keep theirs."""
    for pattern, replacement in _MARKS:
        body = pattern.sub(replacement, body)
    body = "\n".join(_without_emphasis(line) for line in body.split("\n"))
    blocks = (block.strip().split("\n") for block in re.split(r"\n[ \t]*\n", body))
    return "\n\n".join(
        ("\n" if all(_LIST_ITEM.match(line.strip()) for line in block) else " ").join(block) for block in blocks
    )


def _without_emphasis(line: str) -> str:
    """Take off pairs of marks around words; a mark without its like behind it stays."""
    kept: list[str] = []
    done = position = 0
    unclosed: set[str] = set()  # marks of which none closes from here on
    while opening := _EMPHASIS.search(line, position):
        position = opening.start() + 1
        for mark in dict.fromkeys((opening[0], opening[0][0])):
            start = opening.start() + len(mark)
            if mark in unclosed or line[start : start + 1].isspace():
                continue
            if end := _EMPHASIS_ENDS[mark].search(line, start + 1):
                kept += [line[done : opening.start()], line[start : end.start()]]
                done = position = end.end()
                break
            unclosed.add(mark)
    return "".join([*kept, line[done:]])
