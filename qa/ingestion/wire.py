"""News agencies' XML (IPTC) -> drafts: NITF, and NewsML-G2 with one or many items in a message.

Of an item that brings its text in several formats one is taken, the one that keeps its paragraphs. What its provider
has cancelled or withholds is an error that says so; pictures, packages and the like that bring no text are passed over
where they stand among articles. Standards: https://iptc.org/standards/nitf/ and https://iptc.org/standards/newsml-g2/.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import partial
from typing import Any

from qa.errors import SourceError
from qa.ingestion.bylines import named
from qa.ingestion.dates import parse_moment
from qa.ingestion.fields import address_among, without_markup
from qa.ingestion.trees import attribute, blocks_of, children, first, local, text_of, words
from qa.protocols import Draft

__all__ = ["newsml_drafts", "nitf_draft"]

_GONE = ("canceled", "cancelled", "withheld")


def nitf_draft(root: Any, source: str, home: str, line: int | None = None) -> Draft:
    """Read one NITF document.

    Raises:
        SourceError: it has no text.
    """
    head, published = first(root, "body.head"), first(root, "pubdata")
    paragraphs = _nitf_text(root)
    if not paragraphs:
        raise SourceError(source, "no text: its body.content is empty", line=line)
    moments = [attribute(published, "date.publication")]
    moments += [attribute(first(root, name), "norm") for name in ("date.issue", "date.release", "story.date")]
    day = _day_of(moments)
    identifier = attribute(first(root, "doc-id"), "id-string")
    headline = first(root, "hedline")
    return Draft(
        location=address_among([attribute(published, "ex-ref"), identifier], identifier, home, line),
        body="\n\n".join(paragraphs),
        title=words(first(root, "hl1")) or words(first(root, "head", "title")),
        byline=_persons(_signed(head)),
        outlet=attribute(published, "name")
        or words(first(root, "distributor"))
        or attribute(first(root, "doc.copyright"), "holder"),
        published=day,
        language=attribute(root, "lang") or attribute(first(root, "body"), "lang"),
        standfirst=words(first(headline, "hl2")) if headline is not None else None,
        dateline=words(first(root, "dateline", "location")),
        line=line,
        note=attribute(first(root, "ed-msg"), "info"),
    )


def newsml_drafts(root: Any, source: str, home: str) -> Iterator[tuple[int | None, partial[Draft]]]:
    """Yield for each item that brings a text its line, and what makes a draft of it.

    Raises:
        SourceError: none of them does.
    """
    items = [root] if local(root) == "newsItem" else list(root.iterfind(".//{*}newsItem"))
    told = [item for item in items if _status(item) in _GONE or _rendering(item)]
    if not told:
        kinds = ", ".join(sorted({local(each) for each in root.iter() if local(each).endswith("Item")})) or local(root)
        raise SourceError(source, f"no text: none of its items ({kinds}) brings one")
    for item in told:
        line = item.sourceline if len(items) > 1 else None
        yield line, partial(_news_item, item, source, home, line)


def _news_item(item: Any, source: str, home: str, line: int | None) -> Draft:
    meta = first(item, "itemMeta")
    content = first(item, "contentMeta")
    content = item if content is None else content
    if (status := _status(item)) in _GONE:
        raise SourceError(source, f"its provider has {status} {attribute(item, 'guid') or 'this item'}", line=line)
    headlines = children(content, "headline")
    main = [each for each in headlines if (attribute(each, "role") or "").rpartition(":")[2] == "main"]
    titles = [words(each) for each in (*main, *headlines)]
    made = [words(first(item, name)) for name in ("firstCreated", "contentCreated", "versionCreated")]
    changed = words(first(item, "versionCreated")) or words(first(item, "contentModified"))
    provider, guid = first(item, "provider"), attribute(item, "guid")
    by = words(first(content, "by")) or "; ".join(map(_name_of, children(content, "creator")))
    return Draft(
        location=address_among([guid], guid, home, line),
        body="\n\n".join(_rendering(item)),
        title=next(filter(None, titles), None) or words(first(meta, "title") if meta is not None else None),
        byline=_persons(by),
        outlet=_name_of(provider) if provider is not None else None,
        published=_day_of(made),
        modified=parse_moment(changed) if changed else None,
        language=attribute(first(content, "language"), "tag") or attribute(item, "lang"),
        dateline=words(first(content, "dateline")),
        line=line,
        note=words(first(meta, "edNote")) if meta is not None else None,
    )


def _signed(head: Any | None) -> str | None:
    """Whom a NITF head names as its authors: the persons in its byline, else what that says besides their titles."""
    byline = first(head, "byline")
    if byline is None:
        return None
    persons = "; ".join(filter(None, (words(each) for each in byline.iterfind(".//{*}person"))))
    for title in [each for each in byline.iter() if local(each) == "byttl"]:
        title.text = ""
    return persons or words(byline)


def _status(item: Any) -> str:
    return (attribute(first(item, "pubStatus"), "qcode") or "").rpartition(":")[2].lower()


def _rendering(item: Any) -> list[str]:
    """The paragraphs of the one format that is taken; none where the item brings no text."""
    content = first(item, "contentSet")
    if content is None:
        return []
    for inline in sorted(children(content, "inlineXML"), key=_plainness):
        body = first(inline, "body.content")
        if body is None:
            body = first(inline, "body")
        if paragraphs := blocks_of(inline if body is None else body):
            return paragraphs
    for inline in sorted(children(content, "inlineData"), key=_plainness):
        kind, data = attribute(inline, "contenttype") or "text/plain", "".join(inline.itertext())
        if kind.startswith("text/") and attribute(inline, "encoding") is None and data.strip():
            return [without_markup(data)]
    return []


def _plainness(element: Any) -> int:
    """How little of the text's structure a format keeps."""
    kind = (attribute(element, "contenttype") or "").lower()
    return 0 if "nitf" in kind else 1 if "html" in kind else 2


def _nitf_text(root: Any) -> list[str]:
    return [paragraph for body in root.iterfind(".//{*}body.content") for paragraph in blocks_of(body)]


def _name_of(element: Any) -> str:
    name = first(element, "name")
    return text_of(name) if name is not None else attribute(element, "literal") or ""


def _day_of(moments: Iterable[str | None]) -> date | None:
    """The first of these that can be read, as the day in its own time zone."""
    return next((read.date() for moment in moments if moment and (read := parse_moment(moment))), None)


def _persons(line: str | None) -> str | None:
    """The names of a byline; where it names no person, as it is printed."""
    return "; ".join(named(line)) or line if line else None
