"""A page laid out by line breaks and tables -> paragraphs; an extractor's tree -> text, a line for each paragraph.

Old pages set paragraphs apart by two ``br`` and lay the whole page out in a table: the first becomes ``p``, the second
``div``, so that what tells article from furniture sees them. A single ``br`` within running text is a space there.
Lists come out an item a paragraph, without the mark, and data tables a row a paragraph, cells parted by " | ".

*Grep for*: br br, layout table, list marker. Promise: no word goes or changes its place.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

__all__ = ["in_paragraphs", "text_in"]

_RUNS = ("div", "td", "article", "section", "main", "body", "font", "span", "p", "center")
_BLOCK_TAGS = "p div table ul ol dl h1 h2 h3 h4 h5 h6 blockquote section article figure form hr pre header footer aside"
_BLOCKS = frozenset(_BLOCK_TAGS.split(" "))
_LOOSE = 40  # code points of loose text that is worth a paragraph
_CELLS = ("thead", "tbody", "tfoot", "tr", "td")
_LONG = 300  # code points of a cell that is text and not a datum
_PARAGRAPHS = frozenset(("head", "p", "quote", "item", "list", "table", "code", "lb", "fw", "div", "ab"))


def in_paragraphs(tree: Any) -> Any:
    """Turn layout tables into ``div`` and what double line breaks part into ``p``, in place, and return the tree."""
    for table in [each for each in tree.iter("table") if _lays_out(each)]:
        for element in [table, *_own_cells(table)]:
            element.tag = "div"
    for element in [each for each in tree.iter(*_RUNS) if _has_double_break(each) or _is_mixed(each)]:
        _into_paragraphs(element)
    return tree


def text_in(body: Any) -> str:
    """The text of an extractor's tree (trafilatura's), its paragraphs parted by an empty line."""
    lines: list[list[str]] = [[]]
    _collect(body, lines)
    return "\n\n".join(text for line in lines if (text := " ".join("".join(line).split())))


def _collect(element: Any, lines: list[list[str]]) -> None:
    if element.tag == "row":
        cells = (" ".join("".join(cell.itertext()).split()) for cell in element.iter("cell"))
        lines.extend(([" | ".join(cell for cell in cells if cell)], []))
        return
    begins = element.tag in _PARAGRAPHS
    if begins:
        lines.append([])
    lines[-1].append(element.text or "")
    for child in element:
        if isinstance(child.tag, str):
            _collect(child, lines)
        lines[-1].append(child.tail or "")
    if begins:
        lines.append([])


def _lays_out(table: Any) -> bool:
    cells = [each for each in table.iter("td") if next(each.iterancestors("table")) is table]
    if not cells or next(table.iter("th"), None) is not None:
        return False
    return next(table.iterdescendants("table"), None) is not None or any(
        _has_double_break(cell) or len(cell.text_content()) > _LONG or next(cell.iter("p"), None) is not None
        for cell in cells
    )


def _own_cells(table: Any) -> list[Any]:
    return [each for each in table.iter(*_CELLS) if each is not table and next(each.iterancestors("table")) is table]


def _has_double_break(element: Any) -> bool:
    children = list(element)
    return any(
        one.tag == other.tag == "br" and not (one.tail or "").strip(" \t\r\n\xa0") for one, other in pairwise(children)
    )


def _is_mixed(element: Any) -> bool:
    """Whether text stands loose beside paragraphs, where extractors pass it over."""
    if element.tag in ("p", "span", "font") or not any(child.tag == "p" for child in element):
        return False
    return any(len((text or "").strip()) >= _LOOSE for text in (element.text, *(child.tail for child in element)))


def _into_paragraphs(element: Any) -> None:
    """Wrap each run of text between double breaks and blocks in a ``p``."""
    children = list(element)
    runs = list(_runs(element, children))
    element.text = None
    for child in children:
        element.remove(child)
    if element.tag in ("p", "span", "font"):
        element.tag = "div"
        for around in element.iterancestors("p", "font", "span"):
            around.tag = "div"  # a paragraph that holds paragraphs would be read as one
    for run in runs:
        if isinstance(run, list):
            element.append(_paragraph(element, run))
        else:
            run.tail = None
            element.append(run)


def _runs(element: Any, children: list[Any]) -> Iterator[Any]:
    """Lists of strings and inline elements, and block elements by themselves; tails stand as strings."""
    run: list[Any] = [element.text or ""]
    for at, child in enumerate(children):
        tail = child.tail or ""
        if child.tag == "br":
            beside = [
                each for each in (children[at - 1] if at else None, *children[at + 1 : at + 2]) if each is not None
            ]
            doubled = any(each.tag == "br" and not (_between(each, child)).strip() for each in beside)
            within = not doubled and isinstance(run[-1], str) and run[-1].strip() and tail.strip()
            if within:
                run.append(" ")
            else:
                yield run
                run = []
        elif child.tag in _BLOCKS:
            yield run
            yield child
            run = []
        else:
            run.append(child)
        run.append(tail)
    yield run


def _between(one: Any, other: Any) -> str:
    """The text between two neighbours, in whichever order they stand."""
    first = one if one.getnext() is other else other
    return (first.tail or "").replace("\xa0", " ")


def _paragraph(element: Any, run: list[Any]) -> Any:
    paragraph = element.makeelement("p", {})
    for part in run:
        if not isinstance(part, str):
            part.tail = None
            paragraph.append(part)
        elif len(paragraph):
            paragraph[-1].tail = (paragraph[-1].tail or "") + part
        else:
            paragraph.text = (paragraph.text or "") + part
    return paragraph
