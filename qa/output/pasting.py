"""Words of an article -> a citation to paste: quotation, Markdown, BibTeX, CSL-JSON.

Promise: the words are the article's, character for character (Markdown and BibTeX escape what their syntax would eat),
and no quotation marks are added to them: those in the text are the newspaper's own.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from qa.answering.days import corrected_when, written
from qa.output.links import is_web_address, permalink
from qa.types import Article, Correction, Span

__all__ = ["FORMS", "Form", "write"]

OMISSION = " […] "
_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>()#+\-.!|~])")
_BIBTEX = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{character: "\\" + character for character in "{}%&#$_"},
}


@dataclass(frozen=True, slots=True)
class Source:
    """What is cited: an article, its words (empty for the article as a whole) and where to find them."""

    article: Article
    words: str
    link: str
    corrected: str | None


@dataclass(frozen=True, slots=True)
class Form:
    """One way of writing a citation."""

    label: str
    media_type: str
    write: Callable[[Source], str]


def write(form: str, article: Article, spans: Sequence[Span], base: str, corrections: Sequence[Correction] = ()) -> str:
    """Write a citation of ``spans`` in one of :data:`FORMS`.

    Args:
        form: which.
        article: what is cited.
        spans: which of its words; none cites it as a whole.
        base: this archive's address, without a slash.
        corrections: of the article, the newest first: whoever pastes the words takes along that it has been corrected.
    """
    link = article.url if is_web_address(article.url) else base + permalink(article.id, spans)
    words = OMISSION.join(span.of(article.text) for span in spans)
    return FORMS[form].write(Source(article, words, link, _corrected(corrections, base)))


def _corrected(corrections: Sequence[Correction], base: str) -> str | None:
    """When the article was corrected, what of it was, and where that is told."""
    if not corrections:
        return None
    newest = corrections[0]
    notice, own = newest.notice.span, newest.notice.own
    link = newest.article.url if is_web_address(newest.article.url) else base + permalink(newest.article.id, (notice,))
    return corrected_when(newest) + ("" if own else f": {link}")


def _quotation(source: Source) -> str:
    article = source.article
    published = written(article.published) if article.published else None
    parts = [article.byline, article.title, article.outlet, published, source.link]
    credit = "— " + ", ".join(filter(None, parts))
    return "\n\n".join(filter(None, [source.words, credit, source.corrected])) + "\n"


def _markdown(source: Source) -> str:
    article = source.article
    published = written(article.published) if article.published else None
    link = source.link.replace("(", "%28").replace(")", "%29").replace(" ", "%20")
    credit = ", ".join(
        [f"[{_escaped(article.title)}]({link})", *map(_escaped, filter(None, [article.outlet, published]))]
    )
    quoted = [f"> {_escaped(line)}" for line in source.words.splitlines()] + [">"] if source.words else []
    corrected = [">", f"> {_escaped(source.corrected)}"] if source.corrected else []
    lines = [*quoted, f"> — {credit}", *corrected] if quoted else [credit, *(line[2:] for line in corrected)]
    return "\n".join(lines) + "\n"


def _bibtex(source: Source) -> str:
    article, published = source.article, source.article.published
    fields = {
        "title": f"{{{_tex(article.title)}}}",
        "author": _tex(article.byline or ""),
        "journal": _tex(article.outlet or ""),
        "year": f"{published:%Y}" if published else "",
        "month": f"{published.month}" if published else "",
        "day": f"{published.day}" if published else "",
        "url": source.link,
        "urldate": article.retrieved.date().isoformat(),
        "note": _tex(" ".join(filter(None, [source.words, source.corrected]))),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@article{{{_key(article)},", *lines, "}"]) + "\n"


def _csl(source: Source) -> str:
    article, published = source.article, source.article.published
    item = {
        "id": _key(article),
        "type": "article-newspaper",
        "title": article.title,
        "author": [{"literal": article.byline}] if article.byline else None,
        "container-title": article.outlet,
        "issued": _date_parts(published) if published else None,
        "accessed": _date_parts(article.retrieved.date()),
        "language": article.language,
        "URL": source.link,
        "note": "\n\n".join(filter(None, [source.words, source.corrected])) or None,
    }
    return json.dumps([{name: value for name, value in item.items() if value}], ensure_ascii=False, indent=2) + "\n"


def _escaped(text: str) -> str:
    return _MARKDOWN.sub(r"\\\1", " ".join(text.split()))


def _tex(text: str) -> str:
    return "".join(_BIBTEX.get(character, character) for character in " ".join(text.split()))


def _key(article: Article) -> str:
    """A key that stays the same: outlet, year and the start of the article's id."""
    outlet = re.sub(r"[^a-z]", "", (article.outlet or "article").lower())[:12] or "article"
    year = f"{article.published:%Y}" if article.published else ""
    return f"{outlet}{year}-{article.id[:6]}"


def _date_parts(when: date) -> dict[str, list[list[int]]]:
    return {"date-parts": [[when.year, when.month, when.day]]}


FORMS: dict[str, Form] = {
    "quote": Form("Quotation", "text/plain", _quotation),
    "markdown": Form("Markdown", "text/plain", _markdown),
    "bibtex": Form("BibTeX", "text/plain", _bibtex),
    "csl": Form("CSL-JSON", "application/json", _csl),
}
