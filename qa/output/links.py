"""Spans of an article <-> addresses that land on them, in the archive and at the source; names -> speakers' pages.

An address in the archive is ``/articles/<id>?at=812-901&at=930-955#c1``: every ``at`` is a half-open range of code
points that the article page marks, in order, as ``c1``, ``c2`` … A statement's own address is ``/s/<id>-812-955``: its
article, and the range from its first word to its last. An article's id is a digest of its text, so both name the same
words for ever, whatever is found in them later. An address at the source carries a URL text fragment
(https://wicg.github.io/scroll-to-text-fragment/), with which browsers look for the words themselves.

What this does not know: whether the source's page still has those words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import quote, urlencode, urlsplit

from qa.lazily import pattern
from qa.people.identities import slug_of
from qa.types import Article, Citation, Span, Statement, StatementKind

__all__ = [
    "MAX_MARKS",
    "card_href",
    "cite_href",
    "is_web_address",
    "marked_spans",
    "named_statement",
    "page_picture",
    "parse_spans",
    "parse_statement_id",
    "permalink",
    "public_address",
    "source_href",
    "speaker_href",
    "statement_id",
    "text_href",
]

MAX_MARKS = 20
LONG = 160  # code points beyond which a text fragment names only the span's first and last words
EDGE_WORDS = 5
CONTEXT_WORDS = 3
_LOCAL = pattern(r"\s*(file:|/|~|[a-z]:[/\\]|\\\\|\.)", re.IGNORECASE)  # a file's address, or its path
_AT = pattern(r"(\d{1,9})-(\d{1,9})", re.ASCII)
_STATEMENT = pattern(r"([0-9a-f]{16})-(\d{1,9})-(\d{1,9})", re.ASCII)


def permalink(article_id: str, spans: Sequence[Span]) -> str:
    """Return the address of the article page with ``spans`` marked, landing on the first."""
    return f"/articles/{article_id}{_at(spans)}{'#c1' if spans else ''}"


def text_href(article_id: str) -> str:
    """Return the address of an article's text alone, in which every offset counts."""
    return f"/articles/{article_id}/text"


def cite_href(article_id: str, spans: Sequence[Span], form: str, *, file: bool = False) -> str:
    """Return the address of a citation of ``spans`` in one of `qa.output.pasting.FORMS`, to see or as a ``file``."""
    at = _at(spans)
    return f"/articles/{article_id}/cite/{form}{at}{('&' if at else '?') + 'file=1' if file else ''}"


def page_picture(article_id: str, number: int) -> str:
    """Return the address of the picture of a page of the file that an article came in."""
    return f"/articles/{article_id}/pages/{number}.png"


def parse_spans(at: Sequence[str], length: int) -> tuple[Span, ...]:
    """Read the ``at`` parameters of an address.

    Args:
        at: their values, ``"812-901"``.
        length: length of the article's text, in code points.

    Raises:
        ValueError: too many, malformed, empty, overlapping or outside the text.
    """
    if len(at) > MAX_MARKS:
        raise ValueError(f"There are {len(at)} marks in this address; at most {MAX_MARKS} are drawn.")
    spans = tuple(_parse(value, length) for value in at)
    for number, span in enumerate(spans):
        if any(span.overlaps(other) for other in spans[:number]):
            raise ValueError(f"{span.start}-{span.end} overlaps another mark in this address.")
    return spans


def marked_spans(citation: Citation) -> tuple[Span, ...]:
    """Return what to mark for a citation: a statement's fragments where it has several, else its span.

    An answer to "who said …" cites who says it, and then that is marked.
    """
    statement = citation.statement
    if statement is None or len(statement.content) < 2 or not all(map(citation.span.contains, statement.content)):
        return (citation.span,)
    return statement.content


def statement_id(statement: Statement) -> str | None:
    """Name a statement by its article and where it stands there; None for one without words."""
    whole = _whole(statement)
    return f"{statement.article_id}-{whole.start}-{whole.end}" if whole else None


def card_href(statement: Statement) -> str | None:
    """Return the address of a statement alone; None for what somebody believes or plans, which is not said."""
    named = statement_id(statement)
    return f"/s/{named}" if named and statement.kind is StatementKind.SPEECH else None


def parse_statement_id(text: str) -> tuple[str, Span] | None:
    """Read an id: the article and a range in it; None for what is no id."""
    match = _STATEMENT.fullmatch(text)
    return (match[1], Span(int(match[2]), int(match[3]))) if match and int(match[2]) < int(match[3]) else None


def named_statement(statements: Sequence[Statement], span: Span) -> Statement | None:
    """Return the statement of an article that an id means: the one of these words, else what has most of them.

    An id can be older than what finds statements today, which may draw their ends otherwise.
    """
    said = [(whole, one) for one in statements if (whole := _whole(one)) and one.kind is StatementKind.SPEECH]
    near = [(_shared(whole, span), one) for whole, one in said if 2 * _shared(whole, span) > span.end - span.start]
    exact = next((one for whole, one in said if whole == span), None)
    return exact or max(near, key=lambda pair: pair[0], default=(0, None))[1]


def speaker_href(name: str) -> str | None:
    """Return the address of a speaker's page, by any spelling; None for a name without a letter or digit."""
    slug = slug_of(name)
    return f"/speakers/{quote(slug)}" if slug else None


def source_href(article: Article, span: Span) -> str | None:
    """Return the article's own address with a text fragment for ``span``; None where it is not on the web."""
    if not is_web_address(article.url):
        return None
    joint = ":~:" if urlsplit(article.url).fragment else "#:~:"
    return f"{article.url}{joint}text={_directive(article.text, span)}"


def is_web_address(url: str) -> bool:
    """Say whether ``url`` may become a link: a well-formed one of http or https, nothing that a browser would run."""
    try:
        parts = urlsplit(url)
    except ValueError:  # an archive of an earlier version may hold http://[bad
        return False
    return parts.scheme in {"http", "https"} and bool(parts.netloc) and url.isprintable() and not set(url) & set(' "<>')


def public_address(url: str) -> str | None:
    """Return the address under which an article is known outside; None for a file, whose path is nobody's business."""
    return None if _LOCAL.match(url) else url


def _whole(statement: Statement) -> Span | None:
    content = statement.content
    return Span(min(each.start for each in content), max(each.end for each in content)) if content else None


def _shared(one: Span, other: Span) -> int:
    return max(0, min(one.end, other.end) - max(one.start, other.start))


def _at(spans: Sequence[Span]) -> str:
    query = urlencode([("at", f"{span.start}-{span.end}") for span in spans])
    return f"?{query}" if query else ""


def _parse(value: str, length: int) -> Span:
    match = _AT.fullmatch(value)
    if match is None:
        raise ValueError(f"{value!r} is not a range such as 812-901.")
    start, end = int(match[1]), int(match[2])
    if not start < end <= length:
        raise ValueError(f"{value} is not a range within this article, which has {length} characters.")
    return Span(start, end)


def _directive(text: str, span: Span) -> str:
    """Return ``[prefix-,]start[,end]``; the prefix only where the words occur more than once."""
    exact = span.of(text)
    words = exact.split()
    # One term of a text fragment cannot reach over the end of a block, so a span of several paragraphs needs two.
    if len(exact) > LONG or "\n" in exact:
        first, last = exact.partition("\n")[0].split()[:EDGE_WORDS], exact.rpartition("\n")[2].split()[-EDGE_WORDS:]
        terms = [" ".join(first), " ".join(last)]
    else:
        terms = [" ".join(words)]
    before = text[: span.start].rpartition("\n")[2].split()[-CONTEXT_WORDS:]
    repeated = text.count(exact) > 1 and before
    prefix = [_encode(" ".join(before)) + "-"] if repeated else []
    return ",".join(prefix + [_encode(term) for term in terms])


def _encode(term: str) -> str:
    """Percent-encode a term, the dash too, which otherwise marks a prefix or suffix."""
    return quote(term, safe="").replace("-", "%2D")
