"""What the Web Annotation Data Model requires of an annotation and of a collection, as a check that raises.

A W3C Recommendation of 23 February 2017 (https://www.w3.org/TR/annotation-model/); each rule names its section, and of
the model only what we write is here. These rules look at how members are spelled; what the members mean is checked once
their terms are expanded (:mod:`tests.web.linked_data`). docs/decisions/0016 says why.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from tests.web import linked_data
from tests.web.linked_data import CONTEXT

MOTIVATIONS = {  # 3.3.5
    *("assessing", "bookmarking", "classifying", "commenting", "describing", "editing", "highlighting", "identifying"),
    *("linking", "moderating", "questioning", "replying", "tagging"),
}
ANNOTATION = {"@context", "id", "type", "motivation", "body", "target", "generator"}  # 3.1, 3.3
TEXTUAL_BODY = {"type", "value", "format", "language", "purpose"}  # 3.2.4
SPECIFIC_RESOURCE = {"type", "source", "scope", "selector"}  # 4
SOURCE = {"id", "type", "format", "language", "via"}  # 3.2.2, 3.3.7
QUOTE, POSITION = {"type", "exact", "prefix", "suffix"}, {"type", "start", "end"}  # 4.2.4, 4.2.5
COLLECTION = {"@context", "id", "type", "label", "total", "first", "generator"}  # 5.1
PAGE = {"id", "type", "startIndex", "items"}  # 5.2

Members = Mapping[str, Any]


def check_document(document: Members) -> list[Members]:
    """Check a document and return its annotations."""
    assert document["@context"] == CONTEXT, "3.1: it has the context"
    annotations = linked_data.annotations_in(linked_data.expanded(document))
    for annotation in annotations:
        linked_data.check_annotation(annotation)
    items = _spelled(document)
    assert [item["id"] for item in items] == [annotation["@id"] for annotation in annotations]
    return items


def _spelled(document: Members) -> list[Members]:
    """Check how a document's members are spelled and return its annotations."""
    if document["type"] == "Annotation":
        check_annotation(document)
        return [document]
    assert document["type"] == "AnnotationCollection"
    assert set(document) <= COLLECTION
    is_iri(document["id"])
    items = []
    if document["total"]:
        page = document["first"]
        assert set(page) <= PAGE
        assert page["type"] == "AnnotationPage"
        is_iri(page["id"])
        assert page["startIndex"] == 0
        items = page["items"]
    else:
        assert "first" not in document, "5.1: a page is there where there is something on it"
    assert document["total"] == len(items)
    for item in items:
        check_annotation(item)
    return list(items)


def check_annotation(annotation: Members) -> None:
    assert set(annotation) <= ANNOTATION
    is_iri(annotation["id"])  # 3.1: exactly one IRI
    assert annotation["type"] == "Annotation"
    assert annotation["motivation"] in MOTIVATIONS
    for body in listed(annotation.get("body", [])):
        assert set(body) <= TEXTUAL_BODY
        assert body["type"] == "TextualBody"
        assert isinstance(body["value"], str), "3.2.4: exactly one value"
        assert body["value"]
        assert body["purpose"] in MOTIVATIONS
    targets = listed(annotation["target"])
    assert targets, "3.1: one target at least"
    for target in targets:
        check_target(target)


def check_target(target: Members) -> None:
    assert set(target) <= SPECIFIC_RESOURCE
    assert target["type"] == "SpecificResource"
    is_iri(target["scope"])
    assert set(target["source"]) <= SOURCE, "4: exactly one source"
    is_iri(target["source"]["id"])
    if "via" in target["source"]:
        is_iri(target["source"]["via"])
    for selector in target["selector"]:
        if selector["type"] == "TextQuoteSelector":
            assert set(selector) == QUOTE
            assert selector["exact"]
        else:
            assert selector["type"] == "TextPositionSelector"
            assert set(selector) == POSITION
            assert 0 <= selector["start"] < selector["end"]


def listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def is_iri(value: object) -> None:
    assert isinstance(value, str)
    assert urlsplit(value).scheme in {"http", "https"}, value
    assert urlsplit(value).netloc, value
