"""Words of an article -> a citation to paste or to keep: quotation, Markdown, BibTeX, CSL-JSON, RIS, COinS.

Promise: the words are the article's, character for character (Markdown and BibTeX escape what their syntax would eat),
and no quotation marks are added to them: those in the text are the newspaper's own. What somebody says stands under
their name, and whoever wrote the article is named as who reports it. The link lands on the words.

What this does not know: who says the words; it is told.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import quote

from qa.answering.days import corrected_when, written
from qa.answering.denying import denied
from qa.lazily import pattern
from qa.output.links import is_web_address, permalink, source_href
from qa.types import Article, Correction, Span, Statement, StatementForm

__all__ = ["FORMS", "Form", "context_object", "file_name", "who_says", "write"]

OMISSION = " […] "
_MARKDOWN = pattern(r"([\\`*_{}\[\]<>()#+\-.!|~])")
_BIBTEX = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{character: "\\" + character for character in "{}%&#$_"},
}


@dataclass(frozen=True, slots=True)
class Source:
    """What is cited: an article, its words (empty for the article as a whole) and where to find them.

    ``speaker`` is who says the words and in which form: ``Tomas Reck (“He”), reported``; empty for the article's own.
    ``link`` is that of the article, ``words_link`` lands on the words, ``copy`` is their place in this archive.
    """

    article: Article
    words: str
    speaker: str
    link: str
    words_link: str
    copy: str | None
    corrected: str | None

    @property
    def said(self) -> str:
        """The words under the name of who says them."""
        return f"{self.speaker}: {self.words}" if self.speaker else self.words


@dataclass(frozen=True, slots=True)
class Form:
    """One way of writing a citation.

    ``suffix`` and ``file_type`` are those of a file that citation managers open; empty for what is only pasted.
    """

    label: str
    media_type: str
    write: Callable[[Source], str]
    suffix: str = ""
    file_type: str = ""
    pasted: bool = True


def write(
    form: str,
    article: Article,
    spans: Sequence[Span],
    base: str,
    *,
    corrections: Sequence[Correction] = (),
    statements: Sequence[Statement] = (),
) -> str:
    """Write a citation of ``spans`` in one of :data:`FORMS`.

    Args:
        form: which.
        article: what is cited.
        spans: which of its words; none cites it as a whole.
        base: this archive's address, without a slash.
        corrections: of the article, the newest first: whoever pastes the words takes along that it has been corrected.
        statements: of the article; the one whose words these are tells who says them.
    """
    here = base + permalink(article.id, spans)
    web = is_web_address(article.url)
    at_source = source_href(article, spans[0]) if spans else None
    return FORMS[form].write(
        Source(
            article=article,
            words=OMISSION.join(span.of(article.text) for span in spans),
            speaker=_speaking([one for one in statements if one.content], spans, article) if spans else "",
            link=article.url if web else here,
            words_link=at_source or (article.url if web else here),
            copy=here if web else None,
            corrected=_corrected(corrections, base),
        )
    )


def _speaking(statements: Sequence[Statement], spans: Sequence[Span], article: Article) -> str:
    """Who says these words: whoever says a statement that they are, or several that one sentence holds."""
    said = next((one for one in statements if _says(one, spans)), None)
    if said:
        return who_says(said, article)
    within = [one for one in statements if all(any(span.contains(piece) for span in spans) for piece in one.content)]
    pieces = [piece for one in within for piece in one.content]
    filled = {span.start for span in spans} <= {piece.start for piece in pieces} and {span.end for span in spans} <= {
        piece.end for piece in pieces
    }
    forms = {one.form for one in within}
    form = forms.pop() if len(forms) == 1 else StatementForm.MIXED
    told = {who_says(replace(one, form=form), article) for one in within}
    return told.pop() if filled and len(told) == 1 else ""


def _says(statement: Statement, spans: Sequence[Span]) -> bool:
    """Whether the words are all of a statement, or a part of it."""
    whole = Span(statement.content[0].start, statement.content[-1].end)
    return tuple(spans) == statement.content or tuple(spans) == (whole,)


def who_says(statement: Statement, article: Article) -> str:
    """Who says it, as the article calls them where it uses no name, and how it is told: first of all, if denied."""
    speaker = statement.speaker
    if speaker is None:
        return ""
    called = f" (“{speaker.mention}”)" if speaker.name and not _alike(speaker.name, speaker.mention) else ""
    form = (_DENIED if denied(statement, article) else _FORM)[statement.form]
    return f"{speaker.name or speaker.mention}{called}{form}"


def _alike(name: str, mention: str) -> bool:
    return name in mention or mention in name


_FORM = {StatementForm.DIRECT: "", StatementForm.MIXED: ", partly quoted", StatementForm.INDIRECT: ", reported"}
_DENIED = {
    StatementForm.DIRECT: ", denied",
    StatementForm.MIXED: ", denied, partly quoted",
    StatementForm.INDIRECT: ", denied",
}


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
    by = f"as reported by {article.byline}" if source.speaker and article.byline else article.byline
    credit = "— " + ", ".join(filter(None, [by, article.title, article.outlet, published, source.words_link]))
    copy = f"Archive copy: {source.copy}" if source.copy else None
    about = "\n".join(filter(None, [credit, copy]))
    return "\n\n".join(filter(None, [source.said, about, source.corrected])) + "\n"


def _markdown(source: Source) -> str:
    article = source.article
    published = written(article.published) if article.published else None
    credit = ", ".join(
        [f"[{_escaped(article.title)}]({_target(source.words_link)})"]
        + [_escaped(part) for part in (article.outlet, published) if part]
        + ([f"[archive copy]({_target(source.copy)})"] if source.copy else [])
    )
    lines = [_escaped(line) for line in source.words.splitlines()]
    if source.speaker:
        lines[0] = f"**{_escaped(source.speaker)}:** {lines[0]}"
    quoted = [f"> {line}" for line in lines] + [">"] if lines else []
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
        "note": _tex(" ".join(filter(None, [source.said, source.corrected]))),
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
        "note": "\n\n".join(filter(None, [source.said, source.corrected])) or None,
    }
    return json.dumps([{name: value for name, value in item.items() if value}], ensure_ascii=False, indent=2) + "\n"


def _ris(source: Source) -> str:
    """Write the tags that managers read of a newspaper's article; the format has no specification that is kept."""
    article, published = source.article, source.article.published
    fields = [
        ("TY", "NEWS"),
        ("ID", _key(article)),
        ("TI", article.title),
        ("AU", article.byline),
        ("T2", article.outlet),
        ("PY", f"{published:%Y}" if published else None),
        ("DA", f"{published:%Y/%m/%d}/" if published else None),
        ("LA", article.language),
        ("UR", source.link),
        ("Y2", f"{article.retrieved:%Y/%m/%d}/"),
        ("N1", " ".join(filter(None, [source.said, source.corrected]))),
    ]
    lines = [f"{tag}  - {' '.join(value.split())}" for tag, value in fields if value]
    return "\r\n".join([*lines, "ER  - ", ""])


def context_object(article: Article, base: str) -> str:
    """Describe an article as an OpenURL context object, which COinS puts into pages and Zotero reads (Z39.88-2004).

    There is no format for newspapers among the registered ones; Dublin Core with the type of article is what Zotero
    writes and reads itself.
    """
    link = article.url if is_web_address(article.url) else base + permalink(article.id, ())
    members = {
        "ctx_ver": "Z39.88-2004",
        "rfr_id": "info:sid/on-record",
        "rft_val_fmt": "info:ofi/fmt:kev:mtx:dc",
        "rft.type": "newspaperArticle",
        "rft.title": article.title,
        "rft.source": article.outlet,
        "rft.creator": article.byline,
        "rft.date": article.published.isoformat() if article.published else None,
        "rft.language": article.language,
        "rft.identifier": link,
    }
    return "&".join(f"{name}={quote(' '.join(value.split()), safe='')}" for name, value in members.items() if value)


def file_name(form: str, article: Article) -> str:
    """Name the file that a citation is kept in."""
    return f"{_key(article)}.{FORMS[form].suffix}"


def _target(link: str) -> str:
    """A link as it may stand in parentheses."""
    return link.replace("(", "%28").replace(")", "%29").replace(" ", "%20")


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
    "bibtex": Form("BibTeX", "text/plain", _bibtex, "bib", "application/x-bibtex"),
    "csl": Form("CSL-JSON", "application/json", _csl, "json", "application/vnd.citationstyles.csl+json"),
    "ris": Form("RIS", "text/plain", _ris, "ris", "application/x-research-info-systems", pasted=False),
}
