"""A source -> articles: picks the reader, cleans, normalises once, and gives every text its name.

Promise: ``Article.text`` is ``normalise``'s output and its paragraphs cover it; whatever cannot become an article comes
out as a :class:`SourceError` in its place in the order. What a provider notes along with a text (IPTC ``ednote``) is
its last paragraph where it tells readers of a correction, and is left out where it is meant for editors.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import partial
from urllib.parse import urlsplit

from qa.corrections import tells_of_correction
from qa.errors import SourceError
from qa.ingestion.addresses import without_login
from qa.ingestion.bylines import unlabelled
from qa.ingestion.cleaning import clean, paragraphs_of
from qa.ingestion.connecting import is_public
from qa.ingestion.documents import DocumentReader
from qa.ingestion.fetching import AddressReader
from qa.ingestion.files import FileReader, SourceFile
from qa.ingestion.guarding import failure_of, guarded
from qa.ingestion.headers import find_dateline
from qa.ingestion.languages import language_of
from qa.ingestion.limits import Limits
from qa.ingestion.mail import MailReader
from qa.ingestion.markdown import MarkdownReader
from qa.ingestion.packed import PackedReader, Room
from qa.ingestion.pages import HtmlReader
from qa.ingestion.pdf import PdfReader
from qa.ingestion.plain import PlainTextReader
from qa.ingestion.records import JsonLinesReader, JsonReader
from qa.ingestion.sources import SUFFIXES, is_address
from qa.ingestion.warcs import WarcReader
from qa.ingestion.xmlfiles import XmlReader
from qa.protocols import Draft
from qa.text import fold, normalise, paragraph_spans, sentence_spans
from qa.types import Article, Location, PageStart, Paragraph, article_id_of

__all__ = ["article_of", "read_articles", "read_drafts", "too_many_bad"]

_SITE = re.compile(r"(?P<headline>.*\S)\s(?P<joint>[-–—|·:•])\s(?P<site>[^|]+?)")
_THE = re.compile(r"(?i)\Athe\s+")
_TITLE_CHARS = 100


def read_articles(source: str, limits: Limits, *, now: datetime) -> Iterator[Article | SourceError]:
    """Read one file or address, as :func:`expand` yields them; ``now`` is what articles get as ``retrieved``."""
    name = without_login(source)
    for draft in read_drafts(source, limits):
        if isinstance(draft, SourceError):
            yield draft
        else:
            make = partial(article_of, draft, name, limits, now=now)
            yield guarded(make, name, limits.article_s, line=draft.line)


def read_drafts(source: str, limits: Limits, passed_over: Counter[str] | None = None) -> Iterator[Draft | SourceError]:
    """Read one file or address; what goes wrong with one record comes out in its place, and the next one follows.

    ``passed_over`` gets how many files of which kind an archive holds that nothing here reads.
    """
    bad, name = 0, without_login(source)
    for found in _caught(_drafts(source, limits, Counter() if passed_over is None else passed_over), name):
        yield found
        bad += isinstance(found, SourceError)
        if bad > limits.bad_records:
            yield too_many_bad(name, limits, found.line)
            return


def too_many_bad(source: str, limits: Limits, line: int | None) -> SourceError:
    """Why the rest of a source is left."""
    reason = f"more than {limits.bad_records:,} records are bad; reading stops here"
    return SourceError(source, reason, line=line, remedy="Mend the file, or raise QA_INGESTION__MAX_BAD_RECORDS.")


def _caught(drafts: Iterator[Draft | SourceError], source: str) -> Iterator[Draft | SourceError]:
    """Pass a reader's drafts on; what it lets escape ends this source, and the next one follows."""
    try:
        yield from drafts
    except Exception as error:  # readers guard each record; this is for what they do between two
        yield failure_of(error, source)


def _anywhere(address: str) -> bool:
    return True


def _drafts(source: str, limits: Limits, passed_over: Counter[str]) -> Iterator[Draft | SourceError]:
    if is_address(source):
        permitted = _anywhere if limits.private_addresses else is_public
        reader = AddressReader(
            limits.page_bytes, limits.fetch_s, limits.trust_stated, permitted, article_s=limits.article_s
        )
        yield from reader.read(source)
    else:
        yield from _in_file(SourceFile.on_disk(source), limits, passed_over)


def _in_file(
    file: SourceFile, limits: Limits, passed_over: Counter[str], room: Room | None = None
) -> Iterator[Draft | SourceError]:
    """Read a file, which may lie in an archive that has this room left."""

    def member(inner: SourceFile, left: Room) -> Iterator[Draft | SourceError]:
        return _in_file(inner, limits, passed_over, left)

    readers: tuple[FileReader, ...] = (
        PlainTextReader(limits),
        MarkdownReader(limits),
        HtmlReader(limits),
        JsonLinesReader(limits),
        JsonReader(limits),
        MailReader(limits),
        XmlReader(limits),
        DocumentReader(limits),
        PdfReader(limits),
        WarcReader(limits),
        PackedReader(limits, member, passed_over, room),
    )
    for reader in readers:
        if reader.accepts(file.name):
            yield from reader.read(file)
            return
    remedy = f"Supported: {', '.join(SUFFIXES)}, http(s)."
    yield SourceError(file.name, "no reader for this kind of file", remedy=remedy)


def article_of(draft: Draft, source: str, limits: Limits, *, now: datetime) -> Article:
    """Clean and normalise a draft of this source; ``now`` stands in for when it was retrieved.

    Raises:
        SourceError: it has no text, or more than the limit.
    """
    outlet = _one_line(draft.outlet)
    title = _without_site(_one_line(draft.title), outlet)
    found = paragraphs_of(draft.body)
    host = urlsplit(draft.location).hostname
    body = clean(found, title, draft.byline, host, page=draft.page) if draft.clutter else found
    if not body:
        reason = "no text: all of it is a page's furniture" if found else "no text"
        raise SourceError(source, reason, line=draft.line)
    standfirst = _one_line(draft.standfirst)
    paragraphs = [standfirst, *body] if standfirst and standfirst != body[0] else body
    note = _one_line(draft.note)
    if note and note not in paragraphs and tells_of_correction(note):
        paragraphs = [*paragraphs, note]
    text = "\n\n".join(paragraphs)
    if len(text) > limits.article_chars:
        reason = f"the article has {len(text):,} code points, more than the limit of {limits.article_chars:,}"
        raise SourceError(source, reason, line=draft.line, remedy="Raise QA_INGESTION__MAX_ARTICLE_CHARS.")
    spans = paragraph_spans(text)
    return Article(
        id=article_id_of(text),
        url=draft.location,
        outlet=outlet,
        title=title or _title_from(paragraphs),
        byline=unlabelled(_one_line(draft.byline)),
        published=draft.published,
        modified=draft.modified,
        retrieved=draft.retrieved or now,
        language=language_of(text, draft.language),
        text=text,
        text_sha256=hashlib.sha256(text.encode()).hexdigest(),
        paragraphs=tuple(Paragraph(ordinal, span) for ordinal, span in enumerate(spans)),
        dateline=_one_line(draft.dateline) or find_dateline(body[0]),
        standfirst=spans[0] if standfirst else None,
        locations=(Location(draft.location, outlet),),
        origin=draft.origin,
        pages=tuple(PageStart(*page) for page in draft.pages) if text == draft.body else (),
    )


def _one_line(value: str | None) -> str | None:
    return " ".join(normalise(value or "").split()) or None


def _without_site(title: str | None, outlet: str | None) -> str | None:
    """Take the outlet's own name off the end of a page title ("Ferry to close | The Courier").

    Behind a bar a part of the name will do; behind a dash, which headlines have too, it has to be all of it.
    """
    found = _SITE.fullmatch(title or "")
    if not found or not outlet:
        return title
    site, name = (re.sub(r"\W", "", fold(_THE.sub("", words))) for words in (found["site"], outlet))
    named = bool(site) and (site in name if found["joint"] == "|" else site == name)
    return found["headline"] if named else title


def _title_from(paragraphs: Sequence[str]) -> str:
    """The first sentence, cut at a word when it is long; the text keeps it."""
    sentence = sentence_spans(paragraphs[0])[0].of(paragraphs[0])
    if len(sentence) <= _TITLE_CHARS:
        return sentence
    return sentence[:_TITLE_CHARS].rsplit(" ", 1)[0].rstrip(" ,;:–—-") + "…"
