"""A source -> articles: picks the reader, cleans, normalises once, and gives every text its name.

Promise: ``Article.text`` is ``normalise``'s output and its paragraphs cover it; whatever cannot become an article comes
out as a :class:`SourceError` in its place in the order.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from datetime import datetime

from qa.errors import SourceError
from qa.ingestion.addresses import without_login
from qa.ingestion.cleaning import clean, paragraphs_of
from qa.ingestion.connecting import is_public
from qa.ingestion.fetching import AddressReader
from qa.ingestion.headers import find_dateline
from qa.ingestion.markdown import MarkdownReader
from qa.ingestion.pages import HtmlReader
from qa.ingestion.plain import PlainTextReader
from qa.ingestion.records import JsonLinesReader, JsonReader
from qa.ingestion.sources import SUFFIXES
from qa.protocols import Draft, SourceReader
from qa.text import fold, normalise, paragraph_spans, sentence_spans
from qa.types import Article, Location, Paragraph, article_id_of

__all__ = ["read_articles"]

_TITLE_CHARS = 100
_ESCAPED = (ValueError, RuntimeError, OSError)  # readers translate what they expect; nobody expects everything


def read_articles(
    source: str,
    *,
    max_file_mib: int,
    max_article_chars: int,
    fetch_timeout_s: float,
    now: datetime,
    private_addresses: bool = False,
    trust_stated: bool = False,
) -> Iterator[Article | SourceError]:
    """Read one file or address.

    Args:
        source: a path or an http(s) address, as :func:`expand` yields them.
        max_file_mib: largest file or page that is read.
        max_article_chars: longest article, in code points.
        fetch_timeout_s: time limit for one address.
        now: what articles get as ``retrieved``.
        private_addresses: whether addresses of loopback and of private networks are fetched.
        trust_stated: whether the address that a page states counts wherever the page came from.
    """
    max_bytes = max_file_mib * 2**20
    readers: tuple[SourceReader, ...] = (
        AddressReader(max_bytes, fetch_timeout_s, trust_stated, _anywhere if private_addresses else is_public),
        PlainTextReader(max_bytes),
        MarkdownReader(max_bytes),
        HtmlReader(max_bytes),
        JsonLinesReader(max_bytes),
        JsonReader(max_bytes),
    )
    name = without_login(source)
    for draft in _caught(_drafts(source, readers), name):
        try:
            yield draft if isinstance(draft, SourceError) else _article(draft, name, max_article_chars, now)
        except SourceError as error:
            yield error
        except _ESCAPED as error:
            yield _unforeseen(name, error, draft.line)


def _anywhere(address: str) -> bool:
    return True


def _caught(drafts: Iterator[Draft | SourceError], source: str) -> Iterator[Draft | SourceError]:
    """Pass a reader's drafts on; what it lets escape ends this source, and the next one follows."""
    try:
        yield from drafts
    except _ESCAPED as error:
        yield _unforeseen(source, error)


def _unforeseen(source: str, error: Exception, line: int | None = None) -> SourceError:
    reason = f"it could not be read ({type(error).__name__}: {error})"
    return SourceError(source, reason, line=line, remedy="Leave it out, and report this as a bug of On Record.")


def _drafts(source: str, readers: Sequence[SourceReader]) -> Iterator[Draft | SourceError]:
    for reader in readers:
        if reader.accepts(source):
            yield from reader.read(source)
            return
    yield SourceError(source, "no reader for this kind of file", remedy=f"Supported: {', '.join(SUFFIXES)}, http(s).")


def _article(draft: Draft, source: str, max_chars: int, now: datetime) -> Article:
    outlet = _one_line(draft.outlet)
    title = _without_site(_one_line(draft.title), outlet)
    found = paragraphs_of(draft.body)
    body = clean(found, title) if draft.clutter else found
    if not body:
        reason = "no text: all of it is a page's furniture" if found else "no text"
        raise SourceError(source, reason, line=draft.line)
    standfirst = _one_line(draft.standfirst)
    paragraphs = [standfirst, *body] if standfirst and standfirst != body[0] else body
    text = "\n\n".join(paragraphs)
    if len(text) > max_chars:
        reason = f"the article has {len(text):,} code points, more than the limit of {max_chars:,}"
        raise SourceError(source, reason, line=draft.line, remedy="Raise QA_INGESTION__MAX_ARTICLE_CHARS.")
    spans = paragraph_spans(text)
    return Article(
        id=article_id_of(text),
        url=draft.location,
        outlet=outlet,
        title=title or _title_from(paragraphs),
        byline=_one_line(draft.byline),
        published=draft.published,
        modified=draft.modified,
        retrieved=draft.retrieved or now,
        language=_language(draft.language),
        text=text,
        text_sha256=hashlib.sha256(text.encode()).hexdigest(),
        paragraphs=tuple(Paragraph(ordinal, span) for ordinal, span in enumerate(spans)),
        dateline=_one_line(draft.dateline) or find_dateline(body[0]),
        standfirst=spans[0] if standfirst else None,
        locations=(Location(draft.location, outlet),),
    )


def _one_line(value: str | None) -> str | None:
    return " ".join(normalise(value or "").split()) or None


def _language(value: str | None) -> str:
    """The language without its region ("en-GB" is "en"); what is no language tag is "en"."""
    found = re.match(r"[a-z]{2,8}(?![^\W_])", (value or "").strip().lower())
    return found[0] if found else "en"


def _without_site(title: str | None, outlet: str | None) -> str | None:
    """Take the outlet's own name off the end of a page title ("Ferry to close | The Courier")."""
    headline, bar, site = (title or "").rpartition(" | ")
    named = bar and outlet and re.sub(r"\W", "", fold(site)) in re.sub(r"\W", "", fold(outlet))
    return headline if headline and named else title


def _title_from(paragraphs: Sequence[str]) -> str:
    """The first sentence, cut at a word when it is long; the text keeps it."""
    sentence = sentence_spans(paragraphs[0])[0].of(paragraphs[0])
    if len(sentence) <= _TITLE_CHARS:
        return sentence
    return sentence[:_TITLE_CHARS].rsplit(" ", 1)[0].rstrip(" ,;:–—-") + "…"
