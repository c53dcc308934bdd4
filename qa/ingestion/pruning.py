"""A page's tree -> the same without what is not the article's: readers' comments, lists of other articles.

Boilerplate removal proper is trafilatura's; this takes out, by structure and in whatever language, what looks like
prose to it. Promise: nothing goes that comes before the article's first paragraph, or that holds the headline.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import takewhile
from typing import Any

from lxml import etree

from qa.text import fold

__all__ = ["calls_itself", "pruned", "take_out", "text_of"]

_COMMENTS = re.compile(
    r"(?:^|[\s_-])(?:comments?|comment-?(?:list|section|area|thread|wrapper|form)|disqus\w*|respond|coral\w*|fb-comments|"
    r"kommentare?|comentarios?|commentaires?|opiniones|reacties|komment\w*)(?:$|[\s_-])",
    re.IGNORECASE,
)
_COMMENTS_HEADING = re.compile(
    r"(?:\d+ )?(?:reader )?(?:comments?|kommentare?|leserkommentare|comentarios|commentaires|commenti|reacties|"
    r"kommentarer|opiniones|komentarze|комментарии)(?: ?\(?\d+\)?)?"
)
_MORE_HEADING = re.compile(
    r"(?:(?:read |see )?more (?:must-reads?|stories|news|articles|coverage|headlines|reading|like this|from|on|in)\b.*"
    r"|(?:related|recommended|trending|popular|latest|recent)"
    r"(?: (?:articles?|stories|news|posts|content|coverage|topics))?"
    r"|(?:most|also) (?:read|viewed|popular)|read (?:next|also|more)|you (?:may|might) also like"
    r"|what to read next|mehr zum thema|lesen sie auch|das konnte sie auch interessieren|auch interessant"
    r"|weitere artikel"
    r"|a lire aussi|sur le meme sujet|lee tambien|mas noticias|noticias relacionadas|leggi anche|lees ook)\s*:?"
)
_ABOUT_HEADING = re.compile(
    r"about the (?:authors?|writers?|reporters?)|(?:uber|zu) (?:den|die|der) autor(?:en|in)?|a propos de l.auteur|"
    r"sobre (?:el autor|la autora|o autor|a autora)|sull.autore|over de auteur"
)
_ENDS_HEADING = re.compile(f"{_COMMENTS_HEADING.pattern}|{_ABOUT_HEADING.pattern}")
_HEADINGS = ("h2", "h3", "h4", "h5", "h6", "strong", "b", "p")
_LINKED = 0.8  # share of a list's text that is links, where it is a list of other articles
_PROSE = 80  # code points of a paragraph that begins the article, or of several that are sentences
_SENTENCE = re.compile(r"[.!?…。][\"'”’»)]*\s*\Z")
_LIST = 1500  # and of a list of teasers, at most
_HEADING = 80  # and of a heading, at most
_NAMED = 200  # and of a class or an id
_NAMES = ("class", "id", "data-testid", "data-test", "data-qa", "data-component", "data-module", "data-hook")
_CAPITALS = re.compile(r"(?<=[a-z])(?=[A-Z])")
_GONE = "gone"  # what an element is called until it is taken out


def pruned(tree: Any) -> Any:
    """Take the containers out of ``tree``, in place, and return it."""
    take_out(tree, (each for each in list(_containers(tree)) if not each.xpath(".//h1")))
    return tree


def take_out(tree: Any, elements: Iterable[Any]) -> None:
    """Take elements out of a tree with all that is in them; the text behind each stays where it stood.

    Each is empty before the next one is asked for. The cost is in proportion to the page's length: lxml's ``drop_tree``
    writes the text behind every element anew together with all that stands before it.
    """
    for element in elements:
        if element.getparent() is not None and isinstance(element.tag, str):
            element.clear(keep_tail=True)
            element.tag = _GONE
    etree.strip_elements(tree, _GONE, with_tail=False)


def _containers(tree: Any) -> Iterator[Any]:
    read, emptied, gone = 0, set(), set()
    for element in tree.iter("p", "div", "section", "ul", "ol", "aside", *_HEADINGS[:-1]):
        if element.tag == "p" and read < _PROSE:
            text = text_of(element, _PROSE)
            read += _PROSE if text is None else len(text) if _SENTENCE.search(text) else 0
        if read < _PROSE or element in gone:
            continue
        if element.tag in ("div", "section", "ul", "ol", "aside") and _holds_comments(element):
            yield element
        elif heading := _heading(element):
            if _ENDS_HEADING.fullmatch(heading) and element.getparent() not in emptied:
                emptied.add(element.getparent())
                yield from (element, *element.itersiblings())
            elif _MORE_HEADING.fullmatch(heading):
                others = _list_of_others(element)
                gone.update(others)
                yield from others


def _holds_comments(element: Any) -> bool:
    return bool(_COMMENTS.search(calls_itself(element)))


def calls_itself(element: Any) -> str:
    """What an element's class, id and marks for scripts and tests say of it, as far as anybody would write.

    Words that capitals part ("AuthorName") come parted by dashes.
    """
    said = " ".join(value[:_NAMED] for name in _NAMES if (value := element.get(name)))
    return _CAPITALS.sub("-", said)


def _heading(element: Any) -> str:
    """What a heading says, without case; "" for anything else."""
    text = text_of(element, _HEADING) if element.tag in _HEADINGS else None
    return " ".join(fold(text).split()) if text else ""


def text_of(element: Any, most: int) -> str | None:
    """What an element says; None where that is more than ``most`` code points, of which the rest is not read."""
    text = ""
    for piece in element.itertext():
        text += piece
        if len(text) >= most:
            return None
    return text


def _list_of_others(heading: Any) -> list[Any]:
    """The heading and the lists of links that follow it directly; nothing where none does."""
    lists = list(takewhile(_is_links, (each for each in heading.itersiblings() if isinstance(each.tag, str))))
    return [heading, *lists] if lists else []


def _is_links(element: Any) -> bool:
    items = list(element.iterchildren("li", "article"))
    if items and all(next(item.iter("a"), None) is not None for item in items) and text_of(element, _LIST) is not None:
        return True  # teasers
    text = len("".join(element.text_content().split()))
    linked = sum(len("".join(link.text_content().split())) for link in element.iter("a"))
    return text > 0 and linked >= _LINKED * text
