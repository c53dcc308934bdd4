"""Statements and citations -> annotations of the W3C's Web Annotation Data Model, in JSON-LD.

Promises: each target is the article's text as this server gives it in plain (``/articles/<id>/text``), in which
positions are code points as the model counts them, with a quotation that occurs once; where the article was published
is the text's ``via``. A statement's bodies say who says it (``identifying``) and how it is told (``classifying``), and
nothing of whether it is true. What this does not know: which articles are asked for.

https://www.w3.org/TR/annotation-model/. Grep for: JSON-LD, oa:Annotation, Hypothesis, TextQuoteSelector.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from qa.citing import Find, cite
from qa.output.exporting import genre
from qa.output.links import card_href, is_web_address, marked_spans, permalink, text_href
from qa.types import Article, Citation, Span, Statement, StatementKind

__all__ = ["CONTEXT", "MEDIA_TYPE", "Annotation", "annotate_answer", "annotate_article", "annotate_statement"]

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
MEDIA_TYPE = f'application/ld+json; profile="{CONTEXT}"'
BELIEVED = "believed, wanted or planned, not said"

Annotation = dict[str, object]


def annotate_statement(article: Article, statement: Statement, base: str) -> Annotation:
    """Annotate the words of one statement; ``base`` is this server's address, without a slash."""
    return {"@context": CONTEXT, **_statement(article, statement, base), "generator": _generator(base)}


def annotate_article(article: Article, statements: Iterable[Statement], base: str) -> Annotation:
    """Collect the annotations of everything that is said, believed or planned in an article."""
    items = [_statement(article, one, base) for one in statements if one.content]
    return _collection(f"{base}/api/articles/{article.id}/statements?format=annotations", article.title, items, base)


def annotate_answer(question: str, citations: Sequence[Citation], here: str, base: str) -> Annotation:
    """Collect the annotations of what an answer cites; none for a refusal. ``here`` is the address of the answer."""
    items = [_citation(one, base) for one in citations]
    return _collection(f"{base}{here}", question, items, base)


def _collection(name: str, label: str, items: Sequence[Annotation], base: str) -> Annotation:
    """One page holds all; a collection of nothing has no page (model, 5.1)."""
    page = {"id": f"{name}#all", "type": "AnnotationPage", "startIndex": 0, "items": list(items)}
    head = {"@context": CONTEXT, "id": name, "type": "AnnotationCollection", "label": label, "total": len(items)}
    return {**head, "generator": _generator(base), **({"first": page} if items else {})}


def _generator(base: str) -> Annotation:
    return {"id": f"{base}/", "type": "Software", "name": "On Record"}


def _citation(citation: Citation, base: str) -> Annotation:
    """What a statement says is annotated with who says it; other words are highlighted."""
    article, spans = citation.article, marked_spans(citation)
    if citation.statement and tuple(spans) == citation.statement.content:
        return _statement(article, citation.statement, base)
    name = base + permalink(article.id, spans)
    return {"id": name, "type": "Annotation", "motivation": "highlighting", "target": _targets(article, spans, base)}


def _statement(article: Article, statement: Statement, base: str) -> Annotation:
    speaker = statement.speaker
    said = statement.kind is StatementKind.SPEECH
    bodies = [
        *([_body(speaker.name or speaker.mention, "identifying")] if speaker else []),
        _body(genre(statement, article) if said else BELIEVED, "classifying"),
    ]
    return {
        "id": base + (card_href(statement) or permalink(article.id, statement.content)),
        "type": "Annotation",
        "motivation": "describing",
        "body": bodies if len(bodies) > 1 else bodies[0],
        "target": _targets(article, statement.content, base),
    }


def _body(value: str, purpose: str) -> Annotation:
    return {"type": "TextualBody", "value": value, "format": "text/plain", "purpose": purpose}


def _targets(article: Article, spans: Sequence[Span], base: str) -> Annotation | list[Annotation]:
    """The words, piece by piece: what is said of them holds for each."""
    targets = [_target(article, span, base) for span in spans]
    return targets[0] if len(targets) == 1 else targets


def _target(article: Article, span: Span, base: str) -> Annotation:
    found = cite(1, Find(article, span, span, span))
    source = {
        "id": base + text_href(article.id),
        "type": "Text",
        "format": "text/plain",
        "language": article.language,
        **({"via": article.url} if is_web_address(article.url) else {}),
    }
    return {
        "type": "SpecificResource",
        "source": source,
        "scope": base + permalink(article.id, ()),
        "selector": [
            {"type": "TextQuoteSelector", "exact": found.exact, "prefix": found.prefix, "suffix": found.suffix},
            {"type": "TextPositionSelector", "start": span.start, "end": span.end},
        ],
    }
