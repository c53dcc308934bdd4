"""The HTML of a mail -> its text as its reader sees it, the mail that it quotes marked as plain text marks it.

Newsletters hide a *preheader* above their text, for the list of an inbox; what is hidden goes where it is that, or says
what stands elsewhere, too. Quoted mail (``blockquote`` of the types and classes that mail programs write) gets ">"
before its lines and signatures the mark "--", so that :mod:`qa.ingestion.quoted_mail` reads both forms of a mail alike.

Promise: whatever else the page hides stays, and so does what no program's class names; in doubt nothing goes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from qa.ingestion.fields import without_markup
from qa.ingestion.pruning import take_out
from qa.ingestion.quoted_mail import MARK
from qa.ingestion.trees import is_cut
from qa.text import fold

__all__ = ["EDGE", "is_notice", "text_shown"]

_UNSEEN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)\b", re.IGNORECASE)
_RULE = re.compile(
    r"\.([\w-]*(?:pre-?header|preview)[\w-]*)[^{}]{0,200}\{[^{}]{0,500}?display\s*:\s*none", re.IGNORECASE
)
_PREHEADER = 300  # letters
_HIDDEN = 200  # elements that are looked at
_PROSE = 80  # code points of a cell that is a paragraph
_QUOTES = (
    "descendant::blockquote[@type='cite' or contains(@class,'gmail_quote') or contains(@class,'protonmail_quote')]"
    " | descendant::div[contains(@class,'yahoo_quoted')]"
)
_SIGNATURES = (
    "descendant::*[contains(@class,'gmail_signature') or contains(@class,'moz-signature') or @id='Signature'"
    " or contains(@id,'ms-outlook-mobile-signature') or contains(@id,'AppleMailSignature')]"
)
_BEGINS_SIGNED = re.compile(r"\s*--\s")
_ELSEWHERE = re.compile(  # ways out of a newsletter, beside a link
    r"\b(?:browser|navigateur|navegador|webversion|web version|online version|unsubscribe|opt out|opt-out|"
    r"(?:manage|update|change) (?:your |my )?(?:e-?mail )?(?:preferences|subscription|settings|profile)|"
    r"abmelden|abbestellen|austragen|"
    r"desabonner|desinscrire|desinscription|darse de baja|cancelar (?:la |tu )?suscripcion|cancelar (?:a )?inscricao|"
    r"disiscri\w+|cancellati|uitschrijven|afmelden|avregistrera|avprenumerera|afmeld|avmeld|wypisz)\b"
)
_SENT_FROM = re.compile(
    r"(?:sent from|von) (?:my|meinem) \w+(?: gesendet)?|get outlook for \w+|outlook fur \w+ (?:beziehen|holen)"
)
EDGE = 8  # paragraphs at either end of a mail, that may speak of the mail itself
_NOTICE = 300  # code points of these
_BLOCKS = ("p", "div", "td", "th", "li", "center", "h1", "h2", "h3", "h4", "table")
_PIECES = ("style", "script", "head", "title")


def text_shown(marked: str) -> str:
    """The text of a mail's HTML, a line per block, with empty lines between them.

    Raises:
        ValueError: the markup cannot be read.
    """
    from lxml import html

    if not marked.strip():
        return ""
    tree = html.document_fromstring(marked.encode("utf-8", "replace"), parser=html.HTMLParser(encoding="utf-8"))
    if is_cut(tree):  # then what lies deeper is in no tree
        return without_markup(marked)
    take_out(tree, list(_hidden(tree, set(_RULE.findall("\n".join(tree.xpath("//style/text()")))))))
    take_out(tree, list(tree.iter(*_PIECES)))
    leaves = [each for each in tree.iter(*_BLOCKS) if next(each.iterdescendants(*_BLOCKS), None) is None]
    told = [leaf for leaf in leaves if _letters(leaf.text_content())]
    ends = {*told[:EDGE], *told[-EDGE:]}
    take_out(tree, [leaf for leaf in ends if is_notice(leaf.text_content(), linked=bool(leaf.xpath(".//a[@href]")))])
    for signature in tree.xpath(_SIGNATURES):
        if not _BEGINS_SIGNED.match(signature.text_content()) and signature.getparent() is not None:
            signature.addprevious(_paragraph(tree, "--"))
    for row in tree.iter("tr"):
        cells = [cell for cell in row if cell.tag in ("td", "th")]
        if any(len(cell.text_content().strip()) >= _PROSE for cell in cells):
            for cell in cells:  # columns of a layout, no row of data
                cell.tag = "div"
    for quote in reversed(tree.xpath(_QUOTES)):  # what lies within another one first
        lines = [line for line in _text_in(quote).split("\n") if line.strip()]
        quote.clear(keep_tail=True)
        quote.tag = "div"
        quote.extend(_paragraph(tree, f"{MARK} {line.strip()}") for line in lines)
    return _text_in(tree)


def is_notice(text: str, *, linked: bool) -> bool:
    """Whether a paragraph says how to leave a mailing list, or to read a mail elsewhere, or what it was sent from."""
    line = fold(" ".join(text.split())) if len(text) <= _NOTICE else ""
    return bool(_SENT_FROM.fullmatch(line.rstrip("."))) or bool(linked and _ELSEWHERE.search(line))


def _text_in(element: Any) -> str:
    from lxml import html

    text = without_markup(f"<div>{html.tostring(element, encoding='unicode', with_tail=False)}</div>")
    return "\n".join(line.strip() for line in text.split("\n"))


def _paragraph(tree: Any, text: str) -> Any:
    paragraph = tree.makeelement("p", {})
    paragraph.text = text
    return paragraph


def _hidden(tree: Any, classes: set[str]) -> Iterator[Any]:
    """What is hidden and may go: a preheader, and what stands elsewhere, too."""
    from lxml import etree

    hidden: list[tuple[Any, bool]] = []
    shown: list[str] = []  # letters
    begun = False
    walk = etree.iterwalk(tree, events=("start", "end"))
    for event, element in walk:
        if event == "end":
            shown.append(_letters(element.tail or ""))
        elif not isinstance(element.tag, str) or element.tag in _PIECES:
            walk.skip_subtree()
        elif _is_hidden(element, classes):
            hidden.append((element, not begun))
            walk.skip_subtree()
        else:
            shown.append(_letters(element.text or ""))
        begun = begun or bool(shown and shown[-1])
    everything = "".join(shown)
    for element, above in hidden[:_HIDDEN]:
        said = _letters(element.text_content())
        if said in everything or (above and len(said) <= _PREHEADER):
            yield element


def _is_hidden(element: Any, classes: set[str]) -> bool:
    if element.get("hidden") is not None or _UNSEEN.search(element.get("style") or ""):
        return True
    return bool(classes) and not classes.isdisjoint((element.get("class") or "").split())


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))
