"""A statement -> the page that other sites frame: at most ``MOST`` bytes, without scripts, with nothing to fetch.

Promises: the words are the article's, cut with a mark where they would be too many; how they are told, and that the
article was corrected, is never cut. What this does not know: who may frame it.
"""

from __future__ import annotations

import base64
import hashlib

from markupsafe import Markup, escape

from qa.answering.days import corrected_when, written
from qa.output.exporting import genre
from qa.output.links import marked_spans, permalink
from qa.output.pasting import OMISSION
from qa.types import Citation

__all__ = ["MOST", "STYLE_DIGEST", "frame", "gone_frame"]

MOST = 2_048  # bytes of a frame
STYLE = (
    "body{margin:0;padding:12px 16px;font:16px/1.5 Georgia,serif;color:CanvasText}"
    "blockquote{margin:0 0 8px;padding-left:12px;border-left:3px solid;white-space:pre-line;overflow-wrap:anywhere}"
    "p{margin:0;font:14px/1.5 system-ui,sans-serif;overflow-wrap:anywhere}a{color:inherit}"
)
STYLE_DIGEST = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()

_BOTH = "light dark"
_BARE = Markup(  # nothing in the style is escaped, or its digest would not fit
    '<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    '<meta name="color-scheme" content="{scheme}"><title>{title}</title><style>{style}</style>{body}</html>'
)
_CARD = Markup(
    '<blockquote dir="auto" lang="{language}" cite="{href}">{words}</blockquote>'
    '<p><b dir="auto">{who}</b>{told}<br>'
    '<a href="{href}" target="_blank" rel="noopener" dir="auto">{source}</a></p>'
)


def gone_frame(scheme: str) -> str:
    """Say that there is no such statement."""
    words = "This statement is not in the archive any more."
    return str(_BARE.format(scheme=scheme or _BOTH, title=words, style=STYLE, body=Markup("<p>{}</p>").format(words)))


def frame(citation: Citation, scheme: str = "") -> str:
    """Draw a statement in at most ``MOST`` bytes; what is said gets what the rest leaves."""
    article, statement, spans = citation.article, citation.statement, marked_spans(citation)
    speaker = statement.speaker if statement else None
    who = (speaker.name or speaker.mention) if speaker else ""
    day = written(article.published) if article.published else ""
    source = ", ".join(filter(None, [_fitting(article.outlet or "", 100), day]))
    corrected = [corrected_when(one) for one in citation.corrections[:1]]
    told = [
        _fitting(speaker.role or "", 100) if speaker else "",
        genre(statement, article) if statement else "",
        "unsure who says it" if statement and statement.unsure else "",
        *corrected,
    ]
    given = {
        "who": _fitting(who, 120) or "No speaker named",
        "told": "".join(f" · {one}" for one in told if one),
        "language": article.language[:20],
        "href": permalink(article.id, spans[:4]),
        "source": " · ".join(filter(None, [source, _fitting(article.title, 200)])),
    }

    def drawn(words: str) -> str:
        return str(
            _BARE.format(
                scheme=scheme or _BOTH, title=given["who"], style=STYLE, body=_CARD.format(**given, words=words)
            )
        )

    return drawn(_fitting(OMISSION.join(span.of(article.text) for span in spans), MOST - len(drawn("").encode())))


def _fitting(text: str, room: int) -> str:
    """Cut a text so that it takes ``room`` bytes on a page at most: between two words, where it has any spaces."""
    if _size(text) <= room:
        return text
    low, high = 0, min(len(text), room)
    while low < high:  # the most characters that fit
        middle = (low + high + 1) // 2
        low, high = (middle, high) if _size(f"{text[:middle]} …") <= room else (low, middle - 1)
    return f"{text[:low].rpartition(' ')[0] or text[:low]} …"


def _size(text: str) -> int:
    return len(escape(text).encode())
