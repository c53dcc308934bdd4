"""A page's tree -> the same without the boxes beside its article, told by how they differ from the article's body.

The *body* is the largest group of blocks of prose that stand alike: the same tags and classes down from the page's
root, or what JSON-LD states as the text. Whatever else hangs on the way down to these blocks is a *box*: a card between
two paragraphs, an offer below the last one, a note in another class. Each is judged as a whole by a logistic model of a
few figures that hold in any language: how alike it stands, how much of it is links, sentences, words of the article,
whether it speaks to its reader or of its outlet. The weights are fitted on pages whose article is known
(:mod:`qa.training.boxes`); their card says on which, and how well they do on others.

*Grep for*: boilerplate, block classification, link density. Promise: what holds the headline, what JSON-LD states as
text, and what has more than ``_SHARE`` of the body's prose stays; so do headings above its text and lists and tables
among its blocks that lead nowhere. Sentences of the body, however short, stay but where the last one speaks to its
reader or of its outlet; so do sentences that stand as the body does, three boxes of one kind among its blocks that lead
nowhere, lists with few links, and a last paragraph that breaks off. Pull quotes whose words a paragraph has, too, short
offers of a letter, and readers' comments go. The model judges what these rules leave open. What it does
not know: a paragraph that differs from its neighbours in nothing but what it is about.
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from qa.ingestion.phrases import AGO, CHANNELS, READER_WORDS
from qa.ingestion.pruning import calls_itself, take_out
from qa.text import fold, quotation_spans, word_spans, words_in

__all__ = ["FEATURES", "MARGIN", "WEIGHTS", "Box", "boxes_in", "without_boxes"]

WEIGHTS = Path(__file__).parent.parent / "weights" / "boxes" / "weights.json"
FEATURES = (
    "in body",
    "ends body",
    "ends body, slanted",
    "ends body, linked",
    "ends body, to the reader",
    "before",
    "after",
    "beside body",
    "stands alike",
    "paragraph",
    "heading",
    "list",
    "table",
    "quote",
    "figure",
    "length",
    "one line",
    "sentences",
    "linked",
    "link",
    "form",
    "picture",
    "has heading",
    "slanted",
    "classes alike",
    "named",
    "words of the article",
    "to the reader",
    "of the outlet",
    "asks",
    "quotes",
)
_BESIDE = FEATURES.index("beside body")
_LEAF_TAGS = "p div td th li blockquote figcaption dd dt section article aside h1 h2 h3 h4 h5 h6 pre a span"
_LEAVES = frozenset(_LEAF_TAGS.split(" "))
_BLOCK_NAMES = (
    "p div td th li ul ol dl dd dt blockquote figure figcaption section article aside header footer nav main form "
    "table h1 h2 h3 h4 h5 h6 pre hr"
)
_BLOCK_TAGS = tuple(_BLOCK_NAMES.split(" "))
_BLOCKS = frozenset(_BLOCK_TAGS)
_BODY_TAGS = ("p", "div", "td", "blockquote", "pre")
_HEADINGS = ("h2", "h3", "h4", "h5", "h6")
_PARTS = frozenset((*_HEADINGS, "ul", "ol", "dl", "table", "blockquote", "pre"))
_OUTSIDE = frozenset(("aside", "nav", "footer", "form", "li", "figure", "a"))
_ENDS = re.compile(r"[.!?…。।۔：:][\"'”’»)\]]*\Z")
_PROSE = 40  # code points of a sentence that counts as prose
MARGIN = 1.2  # log odds, beyond which a box goes: a sentence that is lost is worse than an advertisement that stays
_LEAST = 160  # code points of prose, without which there is no body to compare with
_SHARE = 0.6  # of the body's prose, that no box has that goes
_STATED = 0.7  # of the body's prose, that JSON-LD has to have to be believed of the rest
_STEM = 5  # letters by which words are compared
_SHORTEST = 4  # letters of a word that says something
_SLANTED = ("em", "i", "small", "strong", "b")
_HAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
_BEGINS = re.compile(r"[.!?:…][\"'”’»)]*\s*\Z")
_DIGITS = re.compile(r"\d+")
_CLOSES = re.compile(r"[.!?…。।۔：:]\s?[\"'”’»)\]]*(?:\s*[(（][^()（）]{1,30}[)）])?\Z")  # "It rained. (dpa)", "… . »"
_LABEL = re.compile(r"[^\W\d][\w .'’-]{0,40}[:：]\s")  # of who speaks, in a transcript
_WITHIN = re.compile(r"[.!?…][\"'”’»)]*\s")  # a sentence that is whole, before one that breaks off
_CHANNEL = re.compile(rf"\b(?:{fold(CHANNELS)})\b")
_OFFER = 400  # code points of a box that offers a letter
_AGAIN = 20  # letters of a sentence that is said again
_AGO = re.compile(rf"(?:{fold(AGO)})\W*")
_NEAR = 30  # blocks, within which a pull quote's words stand
_SIGNED = 80  # code points of a line that says whose words a pull quote has
_DASHED = re.compile(r"[–—]\s")  # speech
_TOLD = 2  # words of the article, by which a last sentence in italics or with a link is of it
_COLON = re.compile(r"[:：][\"'”’»)\]]*\Z")
_LINKED = 2 / 3  # of a sentence of the body, that may be links: three names
_LISTED = 0.4  # of a list among the body's blocks, that may be links
_NOTE = 0.5  # of the difference between what speaks to its reader and a body that never does
_ROW = 3  # boxes of one kind that make a row: entries of a live page, stages, steps
_PLAIN = ("p", "div", "section", "td")
_ITEMS = frozenset(("li", "dt", "dd", "td", "th"))
_LEADS = ("a", "form", "button", "input", "img", "iframe", "video")


@dataclass(slots=True)
class _Leaf:
    """A block without blocks in it."""

    element: Any
    text: str
    linked: int
    alike: int
    prose: int


@dataclass(frozen=True, slots=True)
class Box:
    """One box of a page: its element, what its blocks say, and a figure for each of ``FEATURES``."""

    element: Any
    texts: tuple[str, ...]
    values: tuple[float, ...]
    sure: bool = False  # of the article by a rule, whatever the model says
    out: bool = False  # not of the article by a rule


@dataclass(frozen=True, slots=True)
class _Page:
    """What boxes are compared with: the blocks behind the headline, and those of them that are the body."""

    leaves: list[_Leaf]
    body: list[_Leaf]
    said: list[str]  # for each leaf its letters where it is of the body, else ""
    first: int
    last: int
    shape: tuple[str, ...]
    classes: frozenset[str]
    parents: set[Any]
    stems: Counter[str]
    outlet: str
    language: str
    stated: str
    speaking: float
    asking: float
    naming: float


def without_boxes(tree: Any, *, title: str, outlet: str, language: str, stated: str) -> Any:
    """Take out the boxes that are not the article's, in place, and return the tree; arguments as :func:`boxes_in`.

    A note (``aside``) among the body's blocks that leads nowhere and is the article's becomes a ``div``: extractors
    drop every ``aside``. One that says again what the article says (a pull quote) stays what it is.
    """
    weights, bias = _weights()
    gone, notes = [], []
    for box in boxes_in(tree, title=title, outlet=outlet, language=language, stated=stated):
        odds = bias + sum(one * value for one, value in zip(weights, box.values, strict=True))
        if box.out or (not box.sure and odds < -MARGIN):
            gone.append(box.element)
        elif box.element.tag == "aside" and box.values[_BESIDE] and (box.sure or odds > 0):
            notes.append(box)
    take_out(tree, gone)
    for note in notes:
        if _is_new(note, tree):
            note.element.tag = "div"
    return tree


def _is_new(box: Box, tree: Any) -> bool:
    """Whether a box leads nowhere and says what the rest of the page does not."""
    if not _leads_nowhere(box.element):
        return False
    everything = _squeezed(tree.text_content())
    return all(everything.count(_squeezed(text)) == 1 for text in box.texts if _CLOSES.search(text))


def boxes_in(tree: Any, *, title: str, outlet: str, language: str, stated: str) -> list[Box]:
    """The boxes of a page, in its order; none where it has no body that they could be compared with.

    Args:
        tree: the page.
        title: its headline.
        outlet: who published it.
        language: what it is written in, as an ISO 639 code, or "".
        stated: the text that its JSON-LD states, or "".
    """
    page = _read(tree, title, outlet, language, stated)
    if page is None:
        return []
    spine = {around for leaf in page.body for around in leaf.element.iterancestors()}
    own = {leaf.element for leaf in page.body}
    boxes: dict[Any, list[tuple[int, _Leaf]]] = {}
    tops: dict[Any, Any] = {}
    for at, leaf in enumerate(page.leaves):
        boxes.setdefault(_top(leaf.element, spine, tops), []).append((at, leaf))
    body_prose = sum(leaf.prose for leaf in page.body)
    rows = Counter(_kind(element) for element, inner in boxes.items() if _is_entry(element, inner, page))
    found = []
    for element, inner in boxes.items():
        if (
            element is None
            or element.tag in ("h1", "html", "body", "head")
            or next(element.iter("h1"), None) is not None
        ):
            continue
        if _is_last_offer(inner, page) if element in own else _is_aside(element, inner, page):
            found.append(_box(element, inner, page, own, out=True))
            continue
        prose = sum(leaf.prose for _, leaf in inner)
        if _belongs(element, inner, page, own) or _is_stated(inner, page):
            continue
        if element not in own and prose > _SHARE * body_prose:
            continue
        row = _is_entry(element, inner, page) and rows[_kind(element)] >= _ROW
        sure = row or _reads_on(element, inner, page, own) or _is_list(element, inner, page)
        found.append(_box(element, inner, page, own, sure=sure or _breaks_off(element, inner, page)))
    return found


def _box(
    element: Any,
    inner: Sequence[tuple[int, _Leaf]],
    page: _Page,
    own: set[Any],
    *,
    sure: bool = False,
    out: bool = False,
) -> Box:
    values = tuple(map(float, _values(element, inner, page, own)))
    return Box(element, tuple(leaf.text for _, leaf in inner), values, sure, out)


def _is_aside(element: Any, inner: Sequence[tuple[int, _Leaf]], page: _Page) -> bool:
    return _says_again(element, inner, page) or _is_of_readers(element, inner, page) or _is_offer(inner, page)


def _says_again(element: Any, inner: Sequence[tuple[int, _Leaf]], page: _Page) -> bool:
    """Whether it is a pull quote: a sentence that a paragraph of the body has, too, and perhaps whose words it is."""
    if inner[0][0] < page.first or not _leads_nowhere(element):
        return False
    around = page.said[max(0, inner[0][0] - _NEAR) : inner[-1][0] + _NEAR]
    said = [_squeezed(leaf.text) for _, leaf in inner]
    again = [len(text) >= _AGAIN and any(text in each for each in around) for text in said]
    beside = len(" ".join(element.text_content().split())) - sum(
        len(leaf.text) for (_, leaf), whole in zip(inner, again, strict=True) if whole
    )
    others = (leaf for (_, leaf), whole in zip(inner, again, strict=True) if not whole)
    return any(again) and beside <= _SIGNED and not any(_CLOSES.search(leaf.text) for leaf in others)


def _is_of_readers(element: Any, inner: Sequence[tuple[int, _Leaf]], page: _Page) -> bool:
    """Whether it comes after the body of a page that readers may write on, and says twice who wrote how long ago.

    A live page has entries with such times, too, so that all of this has to be.
    """
    if inner[0][0] < page.last or element.getparent() in page.parents:
        return False
    texts = [leaf.text for _, leaf in inner]
    written = [
        who
        for who, when in pairwise(texts)
        if _AGO.fullmatch(fold(when)) and len(who) < _PROSE and not _CLOSES.search(who)
    ]
    return len(written) >= _TOLD and next(element.getroottree().iter("textarea"), None) is not None


def _is_offer(inner: Sequence[tuple[int, _Leaf]], page: _Page) -> bool:
    """Whether it is short, stands otherwise than the body, speaks to its reader and names a letter to join."""
    leaves = [leaf for _, leaf in inner]
    text = " ".join(leaf.text for leaf in leaves)
    apart = not any(_shape(leaf.element) == page.shape for leaf in leaves)
    return apart and len(text) <= _OFFER and bool(_CHANNEL.search(fold(text))) and _is_note(leaves, page)


def _is_last_offer(inner: Sequence[tuple[int, _Leaf]], page: _Page) -> bool:
    """Whether it is the last paragraph, a note to its reader that looks so, and names a letter or a channel to join."""
    place, leaf = inner[-1]
    marked = place == page.last and (leaf.linked > 0 or _is_slanted(leaf))
    return marked and bool(_CHANNEL.search(fold(leaf.text))) and _is_last_note(leaf, page)


def _breaks_off(element: Any, inner: Sequence[tuple[int, _Leaf]], page: _Page) -> bool:
    """Whether it is a paragraph at the end of the body that stands as the body does and ends within a sentence."""
    (place, leaf), *others = inner
    if others or leaf.element is not element or _shape(element) != page.shape or leaf.linked:
        return False
    near = element.getparent() in page.parents and place - page.last in (0, 1)
    return near and bool(_WITHIN.search(leaf.text)) and not _CLOSES.search(leaf.text) and not _is_note([leaf], page)


def _reads_on(element: Any, inner: Sequence[tuple[int, _Leaf]], page: _Page, own: set[Any]) -> bool:
    """Whether it is sentences that stand as the body does and are no note at its end."""
    leaves = [leaf for _, leaf in inner]
    if not all(leaf.element.tag == page.shape[0] and _CLOSES.search(leaf.text) for leaf in leaves):
        return False
    if any(leaf.linked > _LINKED * len(leaf.text) for leaf in leaves):
        return False
    if element in own and inner[0][0] != page.last:
        return True
    if _COLON.search(leaves[-1].text):
        return False
    if element in own:
        return not _is_last_note(leaves[-1], page)
    own_box = all(element in (leaf.element, leaf.element.getparent()) for leaf in leaves)
    beside = own_box and element.getparent() in page.parents
    alike = all(_shape(leaf.element) == page.shape for leaf in leaves)
    near = beside or (alike and (bool(_classes(leaves[0].element) & page.classes) or _goes_on(element, inner, page)))
    slanted = any(_is_slanted(leaf) for leaf in leaves)
    after = near and not slanted and inner[0][0] > page.first
    return after and element.tag in _PLAIN and _leads_nowhere(element) and not _is_note(leaves, page)


def _goes_on(element: Any, inner: Sequence[tuple[int, _Leaf]], page: _Page) -> bool:
    """Whether it is several paragraphs right behind the body, in a box beside the body's."""
    beside = any(parent.getparent() is element.getparent() for parent in page.parents)
    return beside and len(inner) >= _TOLD and inner[0][0] == page.last + 1


def _is_last_note(leaf: _Leaf, page: _Page) -> bool:
    """Whether the last sentence of the body is to its reader: it speaks, and asks or looks unlike the body."""
    if _DASHED.match(leaf.text):
        return False
    said = _LABEL.match(leaf.text)
    if said and any(each is not leaf and each.text.startswith(said.group()) for each in page.body):
        return False
    spoken = _unquoted(leaf.text)
    marked = leaf.linked > 0 or _is_slanted(leaf)
    outlets = _names(spoken, page.outlet) - page.naming > _NOTE
    if _speaks_to_reader(spoken, page.language) - page.speaking <= _NOTE:
        return outlets and marked
    shared = sum(page.stems[stem] > 1 for stem in set(_stems(spoken)))
    offers = bool(_CHANNEL.search(fold(spoken)))
    return outlets or _asks(spoken) or (marked and (offers or shared < _TOLD))


def _is_entry(element: Any, inner: Sequence[tuple[int, _Leaf]], page: _Page) -> bool:
    """Whether it may be one of a row among the body's blocks: sentences that lead nowhere."""
    if element is None or element.getparent() not in page.parents or not _leads_nowhere(element):
        return False
    return inner[0][1].element is not element and any(_ENDS.search(leaf.text) for _, leaf in inner)


def _is_list(element: Any, inner: Sequence[tuple[int, _Leaf]], page: _Page) -> bool:
    """Whether it is a list with few links among the body's blocks, or a heading and a list that lead nowhere."""
    leaves = [leaf for _, leaf in inner]
    if element.getparent() not in page.parents or _is_note(leaves, page):
        return False
    listed = [_ITEMS.intersection(str(each.tag) for each in _up(leaf.element, element)) for leaf in leaves]
    if element.tag in ("ul", "ol", "dl", "table"):
        few = sum(leaf.linked for leaf in leaves) <= _LISTED * sum(len(leaf.text) for leaf in leaves)
        return few and next(element.iter(*_LEADS[1:]), None) is None
    titled = all(items or leaf.element.tag in _HEADINGS for items, leaf in zip(listed, leaves, strict=True))
    return titled and any(listed) and _leads_nowhere(element) and not any(_asks(leaf.text) for leaf in leaves)


def _is_note(leaves: Sequence[_Leaf], page: _Page) -> bool:
    """Whether it speaks to its reader or of its outlet, as the body does not."""
    text = " ".join(leaf.text for leaf in leaves)
    spoken = _unquoted(text)
    speaks = _speaks_to_reader(spoken, page.language) - page.speaking
    outlets = spoken == text and _names(text, page.outlet) - page.naming > _NOTE  # news has what it was told
    return speaks > _NOTE or outlets


def _leads_nowhere(element: Any) -> bool:
    return next(element.iter(*_LEADS), None) is None


def _up(element: Any, top: Any) -> Iterator[Any]:
    """An element and what it stands in, up to another."""
    yield element
    while element is not top:
        element = element.getparent()
        yield element


def _kind(element: Any) -> tuple[Any, ...]:
    if element is None:
        return ()
    return element.getparent(), element.tag, _DIGITS.sub("", element.get("class") or "")


def _belongs(element: Any, inner: Sequence[tuple[int, _Leaf]], page: _Page, own: set[Any]) -> bool:
    """Whether it leads nowhere and is a heading right above the body's text, or a list or table among its blocks."""
    if element.tag not in _PARTS or inner[0][0] < page.first - 1:
        return False
    if next(element.iter("a", "form", "button", "input", "img"), None) is not None:
        return False
    beside = element.getparent() in page.parents
    if element.tag not in _HEADINGS:
        return beside
    behind = inner[-1][0] + 1
    following = element.getnext()
    text = behind < len(page.leaves) and page.leaves[behind].element in own
    return text or (beside and following is not None and following.tag in _PARTS)


def _is_stated(inner: Sequence[tuple[int, _Leaf]], page: _Page) -> bool:
    return bool(page.stated) and all(_squeezed(leaf.text) in page.stated for _, leaf in inner)


def _read(tree: Any, title: str, outlet: str, language: str, stated: str) -> _Page | None:
    leaves = list(_leaves(tree))
    begin = _headline_at(leaves, title)
    after = leaves[begin:]
    groups: dict[int, list[_Leaf]] = {}
    for leaf in after:
        if leaf.element.tag in _BODY_TAGS and leaf.prose:
            groups.setdefault(leaf.alike, []).append(leaf)
    if not groups:
        return None
    told = _squeezed(stated)
    body = max(groups.values(), key=lambda group: _weight(group, told))
    if sum(leaf.prose for leaf in body) < _LEAST:
        return None
    alike = body[0].alike
    body = [leaf for leaf in after if leaf.alike == alike]
    there = {leaf.element for leaf in body}
    places = [at for at, leaf in enumerate(after) if leaf.element in there]
    covered = sum(leaf.prose for leaf in body if _squeezed(leaf.text) in told) if told else 0
    believed = told if covered >= _STATED * sum(leaf.prose for leaf in body) else ""
    stems = Counter(stem for leaf in body for stem in set(_stems(leaf.text)))
    stems.update(set(_stems(title)))
    name, code = fold(outlet), language[:2].lower()
    spoken = [_unquoted(leaf.text) for leaf in body]
    return _Page(
        leaves=after,
        body=body,
        said=[_squeezed(leaf.text) if leaf.element in there else "" for leaf in after],
        first=places[0],
        last=places[-1],
        shape=_shape(body[0].element),
        classes=_classes(body[0].element),
        parents={leaf.element.getparent() for leaf in body},
        stems=stems,
        outlet=name,
        language=code,
        stated=believed,
        speaking=sum(_speaks_to_reader(text, code) for text in spoken) / len(body),
        asking=sum(_asks(text) for text in spoken) / len(body),
        naming=sum(_names(text, name) for text in spoken) / len(body),
    )


def _weight(group: Sequence[_Leaf], told: str) -> float:
    prose = sum(leaf.prose for leaf in group)
    outside = any(each.tag in _OUTSIDE for each in group[0].element.iterancestors())
    stated = sum(leaf.prose for leaf in group if _squeezed(leaf.text) in told) if told else 0
    return prose * (0.4 if outside else 1.0) + 10 * stated


def _leaves(tree: Any) -> Iterator[_Leaf]:
    kinds: dict[tuple[int, str, str], int] = {}
    alike: dict[Any, int] = {}
    mixed: dict[Any, bool] = {}  # a parent may have thousands of children
    for element in tree.iter():
        if not isinstance(element.tag, str):
            continue
        above = element.getparent()
        key = (alike.get(above, 0), element.tag, _DIGITS.sub("", element.get("class") or ""))
        alike[element] = kinds.setdefault(key, len(kinds) + 1)
        if element.tag not in _LEAVES or next(element.iterdescendants(*_BLOCK_TAGS), None) is not None:
            continue
        if element.tag in ("a", "span"):
            if above not in mixed:
                mixed[above] = any(child.tag in _BLOCKS for child in above)
            if not mixed[above]:
                continue
        text = " ".join(element.text_content().split())
        if not text:
            continue
        links = [element] if element.tag == "a" else element.iter("a")
        linked = sum(len(" ".join(link.text_content().split())) for link in links)
        sentence = len(text) >= _PROSE and bool(_ENDS.search(text)) and linked < len(text) / 2
        yield _Leaf(element, text, min(linked, len(text)), alike[element], len(text) if sentence else 0)


def _headline_at(leaves: Sequence[_Leaf], title: str) -> int:
    """The place of the first block that comes behind the headline; 0 where there is none."""
    headings = [at for at, leaf in enumerate(leaves) if leaf.element.tag == "h1"]
    wanted = _squeezed(title)
    same = [at for at, leaf in enumerate(leaves) if wanted and _squeezed(leaf.text) == wanted]
    return next(iter([*[at for at in headings if at in same], *same, *headings]), -1) + 1


def _top(element: Any, spine: set[Any], tops: dict[Any, Any]) -> Any:
    """The outermost box that an element stands in."""
    way = []
    top = element
    while element is not None and element not in spine:
        if element in tops:
            top = tops[element]
            break
        way.append(element)
        top = element
        element = element.getparent()
    else:
        if element is None:
            top = None
    tops.update(dict.fromkeys(way, top))
    return top


def _shape(element: Any) -> tuple[str, ...]:
    return (element.tag, *(str(each.tag) for each in element.iterancestors()))


def _classes(element: Any) -> frozenset[str]:
    around = [element, *list(element.iterancestors())[:2]]
    return frozenset(name for each in around for name in _DIGITS.sub("", each.get("class") or "").split())


def _values(element: Any, inner: Sequence[tuple[int, _Leaf]], page: _Page, own: set[Any]) -> Iterator[float]:
    leaves = [leaf for _, leaf in inner]
    text = " ".join(leaf.text for leaf in leaves)
    size = len(text)
    linked = sum(leaf.linked for leaf in leaves)
    main = max(leaves, key=lambda leaf: (leaf.prose, len(leaf.text)))
    tags = Counter(str(each.tag) for each in element.iter())
    in_body = element in own
    place = inner[0][0]
    classes = _classes(main.element)
    either = classes | page.classes
    spoken = _unquoted(text)
    ends = in_body and place == page.last
    speaks = _speaks_to_reader(spoken, page.language) - page.speaking
    yield in_body
    yield ends
    yield ends and _is_slanted(main)
    yield ends and linked > 0
    yield ends * speaks
    yield place < page.first
    yield place > page.last
    yield element.getparent() in page.parents
    yield _shape(main.element) == page.shape
    yield element.tag == "p"
    yield element.tag in _HEADINGS
    yield element.tag in ("ul", "ol", "dl")
    yield element.tag == "table"
    yield element.tag == "blockquote"
    yield element.tag in ("figure", "picture")
    yield math.log(1 + size) / 5
    yield len(leaves) == 1 and size < 2 * _PROSE
    yield sum(leaf.prose for leaf in leaves) / size
    yield min(1.0, linked / size)
    yield linked > 0
    yield bool(tags["button"] + tags["input"] + tags["form"] + tags["iframe"])
    yield bool(tags["img"] + tags["video"] + tags["amp-img"])
    yield bool(sum(tags[heading] for heading in _HEADINGS)) and element.tag not in _HEADINGS
    yield _is_slanted(main)
    yield len(classes & page.classes) / len(either) if either else 1.0
    yield bool(calls_itself(element)) and not in_body
    yield _shared(text, page, in_body)
    yield speaks
    yield _names(spoken, page.outlet) - page.naming
    yield _asks(spoken) - page.asking
    yield spoken != text


def _is_slanted(leaf: _Leaf) -> bool:
    said = sum(
        len(" ".join(each.text_content().split()))
        for each in leaf.element.iter(*_SLANTED)
        if each.getparent() is None or each.getparent().tag not in _SLANTED
    )
    return said >= 0.7 * len(leaf.text)


def _shared(text: str, page: _Page, in_body: bool) -> float:
    """The share of a box's words that the article has elsewhere, drawn to the middle where it has few words."""
    stems = set(_stems(text))
    least = 2 if in_body else 1
    hits = sum(page.stems[stem] >= least for stem in stems)
    return (hits + 0.6) / (len(stems) + 2)


def _stems(text: str) -> list[str]:
    folded = fold(text)
    found = [word[:_STEM] for word in words_in(folded) if len(word) >= _SHORTEST and not _HAN.search(word)]
    han = "".join(_HAN.findall(folded))
    return found + [han[at : at + 2] for at in range(len(han) - 1)]


def _unquoted(text: str) -> str:
    for span in reversed(quotation_spans(text)):
        text = f"{text[: span.start]} {text[span.end :]}"
    return text


def _speaks_to_reader(text: str, language: str) -> bool:
    words = READER_WORDS.get(language, frozenset())
    for span in word_spans(text):
        word = span.of(text)
        if word.casefold() in words and not (word.isupper() and len(word) > 1):
            return True
        if word in words and not _BEGINS.search(text[: span.start][-4:] or "."):
            return True  # "Sie" within a sentence
    return False


def _asks(text: str) -> bool:
    return "?" in text or "!" in text


def _names(text: str, outlet: str) -> bool:
    return bool(outlet) and outlet in fold(text)


def _squeezed(text: str) -> str:
    return "".join(words_in(fold(text)))


@cache
def _weights() -> tuple[tuple[float, ...], float]:
    stored = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    return tuple(stored["weights"][name] for name in FEATURES), stored["bias"]
