"""A page's tree -> the same without what is beside its article: sign-up boxes, teasers, captions, buttons, share bars.

Told by structure, so in whatever language: a box around an e-mail field, a link around whole blocks, a paragraph that
is one link behind a label, a picture with a line under it, a box that names itself. *Grep for*: newsletter, teaser,
caption, share bar, AMP placeholder. Promise: what holds the headline or a good part of the page's prose stays, whatever
it calls itself; so does a sentence with a link in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from qa.ingestion.pruning import calls_itself, take_out, text_of

__all__ = ["without_asides"]

_MACHINERY = (
    "//button | //select | //dialog | //*[@placeholder and not(self::input)] | //*[@fallback] | //amp-ad"
    " | //amp-consent | //amp-sidebar | //amp-social-share | //*[@aria-hidden='true' and self::div]"
    " | //a[starts-with(@href, '#') and not(ancestor::p) and string-length(normalize-space()) < 40]"
)
_FIELD = "//input[@type='email' or contains(@name, 'email') or contains(@name, 'e-mail')]"
_BOXES = frozenset(("div", "section", "aside", "form", "ul", "ol", "p", "span", "nav", "footer", "header", "amp-list"))
_CALLED = re.compile(
    r"(?:^|[\s_-])(?:shar(?:e|ing)\w*|compart\w*|partage\w*|condivi\w*|social\w*|newsletters?|subscri(?:be|ption)(?:$|[\s_-])\w*|sign-?up|abonn?e\w*|tags?|topics?|breadcrumbs?|"
    r"listen|audio-?player|feedback|cookies?|consent|author-?(?:bio|box)|post-author|about-?author|captions?|credits?|"
    r"photo-?credit|image-?credit|bildunterschrift|bild-?text|bild-?legende|legende|pie-?(?:de-?)?foto|epigrafe|didascalia|onderschrift|\w*bijschrift|"
    r"billed-?tekst|bilde-?tekst|kuvateksti|print|live-label|reading-?time|read-?time|lecture|lesezeit|"
    r"ads?|advert\w*|dfp\w*|reklam\w*|anzeigen?|werbung|publicit\w*|publicidade?|pubblicita|advertentie\w*|sponsor(?:ed)?|"
    r"donat\w*|support(?:-us)?|polls?|quiz)"
    r"(?:$|[\s_-])",
    re.IGNORECASE,
)
_CALLED_OTHER = re.compile(  # names that a standfirst may have too: these need a link
    r"(?:^|[\s_-])(?:related\w*|teasers?|promos?|recirc\w*|read-?(?:next|more|also)|more-?(?:on|from|stories)|most-?read|"
    r"trending|recommended|recommendations?|recent-?(?:posts?|articles|stories|news)|masleido|kicker-box|inline-(?:teaser|link)|also-?read)(?:$|[\s_-])",
    re.IGNORECASE,
)
_MOST = 500  # code points of a box
_SHARE = 0.25  # of a page's prose, that no box has
_PROSE = 80  # code points of a paragraph that is prose
_LINE = 200  # code points of a line that leads to another article
_CAPTION = 250
_LABEL = 40
_LINKED = 0.95
_OFTEN = 2  # boxes of one name with a sentence and no link
_ENDS = re.compile(r"[.!…。۔][\"'”’»)\]]*\Z")
_LABELLED = re.compile(r"[:：>»|]\s*\Z|\A\s*(?:>+|»|→|►|▶)")
_MEDIA = ("img", "picture", "video", "audio", "iframe", "amp-img", "amp-video", "svg", "object", "embed")
_BLOCK_TAGS = ("p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "figure", "section", "time", "table")


def without_asides(tree: Any) -> Any:
    """Take out what is beside the article, in place, and return the tree."""
    prose = sum(len(_text(each)) for each in tree.iter("p", "div", "td") if _is_prose(each))
    finders = (
        (_machinery, 1.0),
        (_sign_ups, 0.5),
        (_named, _SHARE),
        (_cards, _SHARE),
        (_contacts, _SHARE),
        (_leads, 0.5),
        (_captions, _SHARE),
        (_pictures, _SHARE),
    )
    for finder, share in finders:
        most = min(_MOST, max(_PROSE, int(share * prose)))
        take_out(tree, (each for each in list(finder(tree)) if _may_go(each, most)))
    return tree


def _text(element: Any) -> str:
    return " ".join(element.text_content().split())


def _is_prose(element: Any) -> bool:
    """Whether it is a block with no block in it that is as long as a paragraph."""
    return next(element.iterdescendants(*_BLOCK_TAGS), None) is None and len(_text(element)) >= _PROSE


def _has_at_most(element: Any, most: int) -> bool:
    """Whether it says no more than so many code points; what is beyond these is not read."""
    return text_of(element, 2 * most + 1) is not None and len(_text(element)) <= most


def _may_go(element: Any, most: int) -> bool:
    if element.tag in ("html", "body", "main", "article") or not _has_at_most(element, most):
        return False
    return next(element.iter("h1"), None) is None


def _machinery(tree: Any) -> Iterator[Any]:
    yield from tree.xpath(_MACHINERY)


def _sign_ups(tree: Any) -> Iterator[Any]:
    """The largest box around each field for an e-mail address that has no prose but that of a sign-up."""
    seen = set()  # a box may have a thousand fields
    for field in tree.xpath(_FIELD):
        box = field
        for parent in field.iterancestors():
            if parent in seen or parent.tag not in _BOXES or not _has_at_most(parent, _MOST):
                break
            seen.add(parent)
            box = parent
        if box is not field:
            yield box


def _named(tree: Any) -> Iterator[Any]:
    named: dict[str, list[Any]] = {}
    for element in (each for each in tree.iter() if each.tag in _BOXES or "-" in str(each.tag)):
        called = calls_itself(element)
        if _CALLED.search(called) or (_CALLED_OTHER.search(called) and next(element.iter("a"), None) is not None):
            named.setdefault(f"{element.tag} {called}", []).append(element)
    for boxes in named.values():
        if sum(map(_is_prose_throughout, boxes)) <= _OFTEN:
            yield from boxes


def _is_prose_throughout(box: Any) -> bool:
    """Whether it holds a whole sentence and no link: boxes of one name that often do hold the article."""
    text = _text(box)
    return len(text) >= _PROSE and bool(_ENDS.search(text)) and next(box.iter("a", "input", "button"), None) is None


def _cards(tree: Any) -> Iterator[Any]:
    """Links around blocks: another article's headline, picture and first words."""
    for link in tree.iter("a"):
        if next(link.iterdescendants("p", "h2", "h3", "h4", "h5", "h6", "time"), None) is not None and link.get("href"):
            yield link


def _contacts(tree: Any) -> Iterator[Any]:
    """What HTML has for whoever wrote a page (``address``), where it leads to them."""
    yield from (each for each in tree.iter("address") if next(each.iter("a"), None) is not None)


def _leads(tree: Any) -> Iterator[Any]:
    """Lines that are nothing but the way to another article: a link behind a label, or a link and no sentence."""
    begun = False
    for element in tree.iter("p", "div"):
        if next(element.iterdescendants(*_BLOCK_TAGS), None) is not None:
            continue
        text = _text(element)
        begun = begun or len(text) >= _PROSE
        links = [_text(link) for link in element.iter("a")]
        if not begun or not text or len(text) > _LINE or not any(links):
            continue
        label = text[: text.find(next(filter(None, links)))]
        size = sum(map(len, links))
        behind = len(label) <= _LABEL and bool(_LABELLED.search(label)) and size >= 0.9 * (len(text) - len(label))
        pointed = not label and bool(_LABELLED.match(text))
        if behind or pointed or (size >= _LINKED * len(text) and not _ENDS.search(text)):
            yield element


def _captions(tree: Any) -> Iterator[Any]:
    """What HTML has for the words to a picture, and a slanted line below a picture in one paragraph with it."""
    for figure in tree.iter("figure"):
        if next(figure.iter(*_MEDIA), None) is not None:
            yield from figure.iter("figcaption")
    for paragraph in dict.fromkeys(picture.getparent() for picture in tree.iter("img", "picture", "amp-img")):
        if paragraph is None or paragraph.tag != "p" or not _has_at_most(paragraph, _CAPTION):
            continue
        inner = [each for each in paragraph if each.tag in ("em", "i", "small")]
        if _text(paragraph) and _text(paragraph) == " ".join(filter(None, map(_text, inner))):
            yield paragraph


def _pictures(tree: Any) -> Iterator[Any]:
    """Boxes of a picture or film and a line under it."""
    boxes = dict.fromkeys(picture.getparent() for picture in tree.iter("img", "picture", "video", "amp-img"))
    for box in boxes:
        if box is None or box.tag not in ("div", "figure", "span") or (box.text or "").strip():
            continue
        loose = any((each.tail or "").strip() for each in box)
        if not loose and _has_at_most(box, _CAPTION) and next(box.iter("p", "h2", "h3", "br"), None) is None:
            yield box
