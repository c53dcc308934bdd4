"""A word processor's file (``.docx``: ECMA-376; ``.odt``: OpenDocument 1.3) -> one draft.

Both are ZIPs of XML. The text's paragraphs are read in their order; a row of a table is one, its cells parted by bars,
unless these hold paragraphs. What was struck out under tracked changes (ends of paragraphs, too), hidden text, notes,
comments, captions and tables of contents stay out. Title, byline and day are those that
the text's head states (the paragraph of the style "Title" first), else those of the file's properties: title, author,
and the day on which it was begun.

What it does not know: whether a property is true. A file that was begun from an old one has the old one's day.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from qa.errors import SourceError
from qa.ingestion.bylines import named
from qa.ingestion.dates import parse_moment
from qa.ingestion.files import SourceFile
from qa.ingestion.guarding import one_draft
from qa.ingestion.headers import read_header
from qa.ingestion.limits import Limits
from qa.ingestion.packed import parts_of
from qa.ingestion.trees import attribute, children, first, local, parsed, words
from qa.protocols import Draft
from qa.text import normalise

__all__ = ["DocumentReader"]

_COMPOUND = b"\xd0\xcf\x11\xe0"  # the container of .doc, and of a .docx under a password
_TITLE = re.compile(r"title|subject line", re.IGNORECASE)
_NO_TEXT = re.compile(r"(?:caption|illustration|toc \d|toc heading|contents.*|header|footer)", re.IGNORECASE)
_HIDDEN = ("del", "moveFrom", "Fallback", "pict", "note", "annotation", "tracked-changes", "frame")
_LISTS = ("table-of-content", "alphabetical-index", "bibliography", "illustration-index", "sdtPr")
_ROWS = ("tr", "table-row")
_CELL_NAMES = ("tc", "table-cell", "sdt")
_LONG = 300  # code points of a cell that is text and not a datum
_BREAKS = ("br", "cr", "tab", "line-break")


@dataclass(frozen=True, slots=True)
class DocumentReader:
    """Reads ``.docx`` and ``.odt`` files within the limits."""

    limits: Limits

    def accepts(self, name: str) -> bool:
        """Whether this is a word processor's file."""
        return name.lower().endswith((".docx", ".odt"))

    def read(self, file: SourceFile) -> Iterator[Draft | SourceError]:
        """Yield the file's article."""
        return one_draft(lambda: self._draft(file), file.name, self.limits.article_s)

    def _draft(self, file: SourceFile) -> Draft:
        with file.open(self.limits.file_bytes) as opened:
            if opened.read(4) == _COMPOUND:
                reason = "it is under a password, or an old .doc"
                raise SourceError(file.name, reason, remedy="Open it, and save it as .docx without a password.")
        read = _docx if file.name.lower().endswith(".docx") else _odt
        found = read(parts_of(file, self.limits, _PARTS[read]), file.name)
        if not found.paragraphs:
            raise SourceError(file.name, "no text", remedy="If it holds pictures of a text, make text of them (OCR).")
        return _drafted(found, file.address)


@dataclass(slots=True)
class _Found:
    """What the file says: paragraphs with the names of their styles, and its properties."""

    paragraphs: list[tuple[str, str]] = field(default_factory=list)
    title: str | None = None
    author: str | None = None
    begun: str | None = None
    changed: str | None = None
    language: str | None = None


def _drafted(found: _Found, home: str) -> Draft:
    texts = [text for _, text in found.paragraphs]
    place = next((n for n, (style, _) in enumerate(found.paragraphs) if _TITLE.fullmatch(style)), None)
    header = read_header(texts, title=None if place is None else texts[place])
    begun, changed = (_moment(each) for each in (found.begun, found.changed))
    return Draft(
        location=home,
        body="\n\n".join(header.body),
        title=header.title or found.title,
        byline=header.byline or "; ".join(named(found.author or "")) or None,
        outlet=header.outlet,
        published=header.published or (begun.date() if begun else None),
        modified=header.modified or (changed if changed and (begun is None or changed >= begun) else None),
        language=found.language,
        standfirst=header.standfirst,
        dateline=header.dateline,
        clutter=True,
    )


def _docx(parts: Mapping[str, bytes], source: str) -> _Found:
    document, core = parsed(parts["word/document.xml"], source), _optional(parts, "docProps/core.xml", source)
    styles = _optional(parts, "word/styles.xml", source)
    names = (
        {} if styles is None else {attribute(each, "styleId"): _value(each, "name") for each in _all(styles, "style")}
    )

    def style_of(paragraph: Any) -> str:
        named_style = _value(paragraph, "pPr", "pStyle")
        return names.get(named_style) or named_style or ""

    found = _properties(core, "creator", "created", "modified")
    found.paragraphs = list(_paragraphs(first(document, "body"), ("p",), style_of))
    return found


def _odt(parts: Mapping[str, bytes], source: str) -> _Found:
    content, meta = parsed(parts["content.xml"], source), _optional(parts, "meta.xml", source)
    styles = {attribute(each, "name"): attribute(each, "parent-style-name") for each in _all(content, "style")}

    def style_of(paragraph: Any) -> str:
        name = attribute(paragraph, "style-name")
        return styles.get(name) or name or ""

    found = _properties(meta, "initial-creator", "creation-date", "date")
    found.paragraphs = list(_paragraphs(first(content, "body", "text"), ("p", "h"), style_of))
    return found


_PARTS: Mapping[Callable[[Mapping[str, bytes], str], _Found], tuple[str, ...]] = {
    _docx: ("word/document.xml", "docProps/core.xml", "word/styles.xml"),
    _odt: ("content.xml", "meta.xml"),
}


def _properties(root: Any, author: str, begun: str, changed: str) -> _Found:
    def told(name: str) -> str | None:
        return None if root is None else words(first(root, name))

    writer = told(author) or told("creator")
    return _Found([], told("title"), writer, told(begun), told(changed), told("language"))


def _paragraphs(body: Any, names: tuple[str, ...], style_of: Callable[[Any], str]) -> Iterator[tuple[str, str]]:
    """Every paragraph that is text, with its style's name; one within another (a text box) stands before it."""
    found: list[tuple[str, str]] = []
    begun: list[str] = []  # of a paragraph whose end was struck out

    def walk(element: Any, into: list[str]) -> None:
        name = local(element)
        if name in _HIDDEN or name in _LISTS or (name == "r" and _is_hidden(element)):
            return
        if name in _ROWS and (cells := _cells(element)) is not None:
            told = len(found)
            for cell in cells:
                inside(cell, into)
            row = [text for _, text in found[told:]]
            found[told:] = [("", " | ".join(row))] if row else []
        elif name in names:
            own = list(begun)
            begun.clear()
            inside(element, own)
            text = " ".join(normalise("".join(own)).split())
            style = style_of(element)
            if _goes_on(element):
                begun.extend(own)
            elif text and not _NO_TEXT.fullmatch(style.replace("_20_", " ")):
                found.append((style, text))
        elif name in _BREAKS or name == "s":
            into.append(" ")
        elif name == "t":
            into.append(element.text or "")
        else:
            inside(element, into)

    def inside(element: Any, into: list[str]) -> None:
        mixed = "opendocument" in (element.nsmap.get(element.prefix) or "")
        if mixed:
            into.append(element.text or "")
        for child in element:
            walk(child, into)
            if mixed:
                into.append(child.tail or "")

    if body is not None:
        inside(body, [])
    if rest := " ".join(normalise("".join(begun)).split()):
        found.append(("", rest))
    return iter(found)


def _cells(row: Any) -> list[Any] | None:
    """The cells of a row of data; None where one holds several paragraphs or a long one, as layouts have them."""
    cells = [cell for cell in row if local(cell) in _CELL_NAMES]
    for cell in cells:
        paragraphs = [each for each in cell.iter() if local(each) in ("p", "h")]
        if len(paragraphs) > 1 or sum(len(text) for each in paragraphs for text in each.itertext()) > _LONG:
            return None
    return cells if len(cells) > 1 else None


def _goes_on(paragraph: Any) -> bool:
    """Whether the end of a Word paragraph was struck out, so that the next one goes on in it."""
    marks = [mark for properties in children(paragraph, "pPr") for mark in children(properties, "rPr")]
    return any(children(mark, "del") for mark in marks)


def _is_hidden(run: Any) -> bool:
    return any(children(properties, "vanish") for properties in children(run, "rPr"))


def _value(element: Any, *path: str) -> str:
    """The value of the element down this path of children; empty where there is none."""
    for name in path:
        element = next(iter(children(element, name)), None)
        if element is None:
            return ""
    return attribute(element, "val") or ""


def _all(root: Any, name: str) -> Iterator[Any]:
    return root.iterfind(f".//{{*}}{name}")  # type: ignore[no-any-return]


def _optional(parts: Mapping[str, bytes], name: str, source: str) -> Any | None:
    """A part that a file may lack or have in disorder: the text counts."""
    try:
        return parsed(parts[name], source) if name in parts else None
    except SourceError:
        return None


def _moment(text: str | None) -> datetime | None:
    return parse_moment(text) if text else None
