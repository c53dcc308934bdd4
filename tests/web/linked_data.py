"""A document in JSON-LD -> what it says once its terms are expanded, as a check that raises.

The terms are all of those of the Web Annotation Vocabulary (``annotation_context.json``); a JSON-LD 1.1 processor that
reads nothing else expands them. Promise: a member or a type that the vocabulary does not define is an error, where a
processor would leave it out without a word.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pyld import jsonld

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
TERMS = json.loads(Path(__file__).with_name("annotation_context.json").read_text(encoding="utf-8"))
OA, AS = "http://www.w3.org/ns/oa#", "http://www.w3.org/ns/activitystreams#"
VALUE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#value"

Node = Mapping[str, Any]


def expanded(document: Mapping[str, Any]) -> Node:
    """Expand a document into its one node."""
    left_out: list[str] = []
    node: Node
    [node] = jsonld.expand(document, {"documentLoader": _load}, on_property_dropped=left_out.append)
    assert left_out == [], "no member is unknown to the vocabulary"
    for name in _names(node):
        assert name.startswith(("http://", "https://")), f"{name} is no term of the vocabulary"
    back = jsonld.compact(node, CONTEXT, {"documentLoader": _load})
    assert back == document, "nothing is said that a reader of linked data does not read"
    return node


def annotations_in(node: Node) -> list[Node]:
    """The annotations of an expanded document, in their order."""
    if node["@type"] == [f"{OA}Annotation"]:
        return [node]
    assert node["@type"] == [f"{AS}OrderedCollection"]
    [total] = [one["@value"] for one in node[f"{AS}totalItems"]]
    pages = node.get(f"{AS}first", [])
    assert [page["@type"] for page in pages] == [[f"{AS}OrderedCollectionPage"]] * bool(total)
    items = [item for page in pages for listed in page[f"{AS}items"] for item in listed["@list"]]
    assert len(items) == total
    return items


def check_annotation(node: Node) -> None:
    """Check what the model requires of an annotation, by what its members mean."""
    assert node["@type"] == [f"{OA}Annotation"]
    assert node["@id"]
    [motive] = node[f"{OA}motivatedBy"]
    assert motive["@id"].startswith(OA)
    for body in node.get(f"{OA}hasBody", []):
        assert body["@type"] == [f"{OA}TextualBody"]
        assert [one["@value"] for one in body[VALUE]] != [""]
        [purpose] = body[f"{OA}hasPurpose"]
        assert purpose["@id"] in {f"{OA}identifying", f"{OA}classifying"}
    assert node[f"{OA}hasTarget"]
    for target in node[f"{OA}hasTarget"]:
        assert target["@type"] == [f"{OA}SpecificResource"]
        [source] = target[f"{OA}hasSource"]
        assert source["@id"]
        quote, position = target[f"{OA}hasSelector"]
        assert quote["@type"] == [f"{OA}TextQuoteSelector"]
        assert position["@type"] == [f"{OA}TextPositionSelector"]
        [exact], [start], [end] = quote[f"{OA}exact"], position[f"{OA}start"], position[f"{OA}end"]
        assert end["@value"] - start["@value"] == len(exact["@value"]) > 0


def _names(node: object) -> Iterator[str]:
    """Every property, type and identifier in a node."""
    if isinstance(node, Mapping):
        for name, value in node.items():
            if name in {"@type", "@id"}:
                yield from [value] if isinstance(value, str) else value
            elif not name.startswith("@"):
                yield name
            if name not in {"@type", "@id", "@value"}:
                yield from _names(value)
    elif isinstance(node, list):
        for one in node:
            yield from _names(one)


def _load(address: str, options: object) -> dict[str, Any]:
    """The vocabulary's terms under their address, and nothing from anywhere else."""
    assert address == CONTEXT, f"{address} is not the vocabulary's"
    return {"contentType": "application/ld+json", "contextUrl": None, "documentUrl": address, "document": TERMS}
