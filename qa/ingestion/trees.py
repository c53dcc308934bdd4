"""XML -> elements and the text of their blocks, safely; the module that parses XML for all kinds of XML.

Promises: nothing is fetched, no document type is loaded, no entity is expanded: a document that declares entities
(billion laughs, XXE) is refused, depth and text of one element are bounded by libxml2's own limits. Elements are found
by their local names, whatever their namespace and prefix. HTML is parsed elsewhere; whether all of it was is told here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from lxml import etree

from qa.errors import SourceError

__all__ = [
    "attribute",
    "blocks_of",
    "children",
    "first",
    "is_cut",
    "local",
    "parsed",
    "root_of",
    "stream",
    "text_of",
    "words",
]

_SAFE: dict[str, Any] = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}
_BLOCKS = re.compile(
    r"address|article|blockquote|block|br|body|bq|caption|d[dlt]|div|fn|h[1-6r]|hl[12]|li|note|ol|pre|p|section"
    r"|table|tbody|t[dhr]|ul"
)
_SILENT = ("aside", "figure", "head", "iframe", "media", "noscript", "script", "style")
_SPACE = re.compile(r"\s+")
_DEEPEST = 254  # of 256 elements within each other, the two around a fragment left out: beyond, libxml2 drops the rest
_CUT = etree.XPath(f"boolean({'/*' * _DEEPEST})")  # level by level, each element once
_LONG = 300  # code points of a cell that is text and not a datum


def root_of(file: BinaryIO, source: str) -> Any:
    """The root element, with its attributes and without what is in it; the file is back at its beginning afterwards.

    Raises:
        SourceError: this is no XML, or declares entities.
    """
    root = next((element for _, element in _events(file, source, ("start",), recover=False)), None)
    file.seek(0)
    if root is None:
        raise SourceError(source, "not XML: it has no element")
    return root


def parsed(data: bytes, source: str) -> Any:
    """The root of a whole document; raises as :func:`root_of`."""
    try:
        root = etree.fromstring(data, etree.XMLParser(**_SAFE, remove_comments=True, remove_pis=True))
    except etree.XMLSyntaxError as error:
        raise _not_xml(error, source) from error
    _refuse_entities(root, source)
    return root


def is_cut(tree: Any) -> bool:
    """Whether elements of HTML lie in each other as deep as the parser goes, so that the rest may be missing."""
    return bool(_CUT(tree))


def stream(file: BinaryIO, source: str, parent: str) -> Iterator[Any]:
    """The elements right below those of the name ``parent``, as they end, each emptied once the next one is asked for.

    What no XML may hold (a stray control character, as exports have them) is passed over; a document that is cut off
    is an error after the elements that are whole.

    Raises:
        SourceError: this is no XML, is cut off, or declares entities.
    """
    context = _events(file, source, ("end",), recover=True)
    for _, element in context:
        above = element.getparent()
        if above is not None and local(above) == parent:
            yield element
            element.clear()
            while element.getprevious() is not None:
                del above[0]


def _events(file: BinaryIO, source: str, events: tuple[str, ...], *, recover: bool) -> Iterator[tuple[str, Any]]:
    context = etree.iterparse(file, events=events, recover=recover, remove_comments=True, remove_pis=True, **_SAFE)
    checked = False
    try:
        for event, element in context:
            if not checked:
                _refuse_entities(element, source)
                checked = True
            yield event, element
    except etree.XMLSyntaxError as error:
        raise _not_xml(error, source) from error
    cut = [entry for entry in context.error_log if "NOT_FINISHED" in entry.type_name or "END" in entry.type_name]
    if recover and cut:
        raise SourceError(source, f"the file is cut off: {cut[0].message.strip()}", line=cut[0].line or None)


def _not_xml(error: etree.XMLSyntaxError, source: str) -> SourceError:
    return SourceError(source, f"not XML: {error.msg}", line=error.lineno or None)


def _refuse_entities(element: Any, source: str) -> None:
    declared = element.getroottree().docinfo.internalDTD
    if declared is not None and next(declared.iterentities(), None) is not None:
        reason = "it declares entities, which can stand for more text than memory holds and for other files"
        raise SourceError(source, reason, remedy="Replace them by what they mean and take the declarations out.")


def local(element: Any) -> str:
    """The element's name without its namespace; empty for what is no element."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def children(element: Any, name: str) -> list[Any]:
    """The element's own children of this name."""
    return [each for each in element if local(each) == name]


def first(element: Any, *path: str) -> Any | None:
    """The first element down this path of names, each anywhere within the one before; None where there is none."""
    for name in path:
        if element is None:
            return None
        element = next(element.iterfind(f".//{{*}}{name}"), None)
    return element


def attribute(element: Any | None, *names: str) -> str | None:
    """The first of these attributes that says something, whatever its namespace."""
    if element is None:
        return None
    values = {etree.QName(name).localname: value for name, value in element.attrib.items()}
    return next((value.strip() for name in names if (value := values.get(name)) and value.strip()), None)


def words(element: Any | None) -> str | None:
    """All text of an element on one line; None where it has none."""
    return None if element is None else text_of(element) or None


def text_of(element: Any) -> str:
    """All text of an element on one line."""
    return " ".join(" ".join(blocks_of(element)).split())


def blocks_of(element: Any) -> list[str]:
    """The paragraphs of an element, each on one line, and so is a row of a table with its cells parted by bars.

    Pictures with their captions, scripts and heads stay out.
    """
    blocks: list[list[str]] = [[]]

    def walk(each: Any) -> None:
        name = local(each).lower()
        if name == "tr" and _is_of_data(each):
            blocks.append([" | ".join(filter(None, (text_of(cell) for cell in each)))])
            blocks.append([])
        elif name not in _SILENT and name:
            if _BLOCKS.fullmatch(name):
                blocks.append([])
            blocks[-1].append(each.text or "")
            for child in each:
                walk(child)
            if _BLOCKS.fullmatch(name):
                blocks.append([])
        if each is not element:
            blocks[-1].append(each.tail or "")

    walk(element)  # libxml2 lets elements nest 256 deep
    return [text for block in blocks if (text := _SPACE.sub(" ", "".join(block)).strip())]


def _is_of_data(row: Any) -> bool:
    """Whether a row has data in its cells and not paragraphs, nor text as long as one."""
    if any(sum(map(len, cell.itertext())) > _LONG for cell in row):
        return False
    return not any(_BLOCKS.fullmatch(local(each).lower()) for cell in row for each in cell.iterdescendants())
