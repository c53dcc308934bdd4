"""What a page says of its author -> the byline: the names of persons, without labels, dates, addresses and the outlet.

A byline stands in JSON-LD, in ``meta`` elements, in links marked ``rel=author`` and in elements that call themselves
byline or author; each is tried until one names persons. Where none does, an organisation that is named as the author
(an agency) stands; "Reading time" and "Updated" never do.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from qa.ingestion.dates import date_within
from qa.ingestion.jsonld import names_of
from qa.ingestion.page_dates import head_of
from qa.ingestion.pruning import calls_itself
from qa.text import fold

__all__ = ["byline_of", "named", "unlabelled"]

_META = ("author", "article:author", "byl", "parsely-author", "sailthru.author", "dc.creator", "dcterms.creator")
_CALLED = re.compile(
    r"(?:^|[\s_-])(?:byline|by|authors?|by-line|writer|reporter|autor\w*|auteure?s?|autore|szerzo|forfatter|forfattare|"
    r"skribent|redaktor|signatur\w*|yazar|user-?name)(?:$|[\s_-]|\w*name)",
    re.I,
)
_PLAIN_BY = re.compile(r"\A[Bb]y (?!(?i:the|an?)\b)(?=\S)")
_BY = re.compile(
    r"\A\s*(?:scritto da\s+|(?:(?:story|words|written|reported|report|text|posted|published|submitted|escrito|"
    r"publicado|écrit|publié|geschrieben|skrivet)\s+)?(?:by|von|par|por|di|door|av|af|autor)\b[:;]?\s+)",
    re.IGNORECASE,
)
_LABEL = re.compile(  # "Text:", "Interview:", in whatever language: one or two words and a colon
    r"\A\s*(?!by\b)[^\W\d]{2,20}(?: [^\W\d]{2,12})?\s?[:：]\s*(?=\w)"
)
_WROTE = re.compile(  # a label that says who wrote it
    r"\A\s*(?:authors?|autor(?:in|a|es|en|i|ka|ky)?|auteure?s?|autore|text[oe]?|testo|tekst|words|forfatter|författare|автори?|"
    r"авторы|текст|συντακτησ|συντάκτη[ςσ]|yazar|muhabir|haber|szerzo|szerző|kirjoittaja|teksti|reporter|penulis|redaktor(?:ka)?|"
    r"reportage|entrevista|interview|בקלם|מאת|כתב|بقلم|كتب|نویسنده)"
    r"\s?[:：]\s*(?=\w)",
    re.IGNORECASE,
)
_PICTURED = re.compile(  # one that says who took the pictures
    r"\A\s*(?:photo\w*|fotos?|fotograf\w*|bild(?:er)?|images?|imagens?|imágenes|immagini|zdjęcia|illustrat\w*|фото|video)"
    r"\s?[:：]",
    re.IGNORECASE,
)
_BEFORE_PICTURED = re.compile(rf"\s+(?={_PICTURED.pattern.removeprefix(chr(92) + 'A')})", re.IGNORECASE)
_SEPARATORS = re.compile(r"\s*(?:[;|•·/\n\t]|\s[–—-]\s|,|&|\b(?:and|und|et|y|e|en|og|och)\b(?=\s))\s*", re.IGNORECASE)
_BARS = re.compile(r"\s*[|•·]\s*")
_STOP = re.compile(  # what begins here is no name, and neither is what follows in that piece
    r"(?:\S+@\S+|https?:|www\.|@\w|\d|\(|\b(?:updated?|published|posted|modified|last|reading|read|min(?:ute)?s?|aktualisiert|"
    r"actualizado|lesezeit|photos?|images?|follow|share|view|more|contact|email|for|at|in|on|copied|link|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b\.?(?=[\s:.,]|\Z)|"
    r"\b(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?)\b\.?(?=\s*(?:\d|\Z)))",  # some people are called so
    re.IGNORECASE,
)
_BODY = re.compile(  # an organisation's name has one of these; so has what somebody is
    r"\b(?:staff|newsroom|desk|news|editors?|editorial|team|agency|agencies|agencia|redaktion|redacción|rédaction|press|"
    r"corporation|corp|company|inc|ltd|llc|gmbh|ag|media|network|broadcasting|radio|tv|television|times|post|gazette|courier|"
    r"herald|tribune|magazine|online|service|services|wire|admin|super user|administrator|contributors?|"
    r"correspondents?|reporters?|"
    r"writers?|journalist|producer|columnist|guest|anonymous|unknown|author|foundation|institute|university|ministry|"
    r"department|government|reuters|afp|dpa|ap)\b",
    re.IGNORECASE,
)
_NOBODY = re.compile(  # who it was nobody says
    r"(?:the |la |our |news |web |online |super )*(?:staff|newsroom|desk|editors?|editorial|team|redaktion|redaccion|"
    r"redaction|redazione|redacao|redakcja|redactie|redakce|admin|administrator|user|contributors?|correspondents?|"
    r"reporters?|writers?|journalist|producer|columnist|guest|anonymous|unknown|author)"
    r"(?: (?:staff|desk|team|reporters?|writers?))?"
)
_NAME = re.compile(r"[^\W\d_][\w.’'-]*(?: [^\W\d_][\w.’'-]*){1,4}")
_ROLE = re.compile(  # of whoever is named behind it
    r"(?:(?:freie[rn]? )?(?:mitarbeiter|redakteur|korrespondent|reporter|autor)(?:in|en)?"
    r"|(?:staff|senior|chief) (?:writer|reporter))\s+(?=\w)",
    re.IGNORECASE,
)
_HAN = r"[\u3400-\u9fff\uac00-\ud7a3\u3040-\u30ff]"
_HAN_NAME = re.compile(rf"({_HAN}{{2,6}}(?:[·・]{_HAN}{{1,8}})?)\s*(기자|記者|记者|特派員|特派员|通讯员|編集委員)?")
_HAN_BODY = re.compile(
    r"新聞|新闻|日报|日報|晚报|通信|通訊|通讯社|電子版|编辑|編集部|編輯|网|台|社|局|部|통신|뉴스|신문|일보|방송|편집"
)
_SHORT_NAME = 2  # words
_PAPER = re.compile(  # what follows a name and is called so is whom they write for
    r"\b(?:mercury|observer|chronicle|courant|echo|dispatch|ledger|sentinel|examiner|bulletin|advertiser|argus|journal|globe|"
    r"independent|zeitung|anzeiger|nachrichten|kurier|diario|giornale|gazeta|bode)\Z",
    re.IGNORECASE,
)
_ROLES_BEFORE = 4  # words in lower case between "by" and a name ("door onze redacteur")
_PARTICLES = frozenset(
    (
        "de",
        "del",
        "della",
        "der",
        "den",
        "di",
        "da",
        "do",
        "dos",
        "du",
        "el",
        "al",
        "bin",
        "ibn",
        "la",
        "le",
        "van",
        "von",
    )
)
_SQUASHED = re.compile(r"\W")
_REPORTED = re.compile(r"\(?Reporting by ([^;).]+)")
_SIGNED = re.compile(r"(?:作者|记者|記者|撰文|기자)\s*[:：]\s*([\u3400-\u9fff·\uac00-\ud7a3]{2,8})(?![\u3400-\u9fff])")
_OTHERS = re.compile(r"comment|related|teaser|sidebar|widget|recommend|recirc|most-?read", re.IGNORECASE)
_APART = frozenset(("br", "div", "p", "li", "ul", "time", "section", "header", "dd", "dt", "h2", "h3", "h4"))
_BESIDE = frozenset(("span", "a", "time", "small", "strong", "button"))
_PROFILE = re.compile(  # the address of a page about an author
    r"/(?:authors?|aut(?:or(?:[ei]s|en|in)?|eur(?:s|es)?|ore|ori)|profiles?|staff|reporters?|writers?|journalist\w*|redakt\w*|signataires?|szerzok?|forfatter|forfattare|skribent\w*|yazar\w*|by)/",
    re.IGNORECASE,
)
_SILENT = frozenset(("script", "style", "noscript", "template", "head", "title", "meta"))
_LINE = 100  # code points of a byline
_TAIL = 4  # paragraphs at the end, one of which may say who wrote it
_MOST = 12  # names of one byline


def byline_of(tree: Any, articles: list[dict[str, Any]], outlet: str | None, found: str | None) -> str | None:
    """Return the names, as printed, joined by "; "; None where the page names nobody.

    Args:
        tree: the parsed page.
        articles: its JSON-LD articles.
        outlet: who published it, which is nobody's name.
        found: what an extractor took for the author.
    """
    candidates = [text for text in _candidates(tree, articles, outlet, found) if text.strip()]
    persons = (names for text in candidates if (names := named(text, outlet)))
    for names in persons:
        return "; ".join(names)
    if signed := next((said for text in _texts(head_of(tree)) if (said := _SIGNED.search(text))), None):
        return signed[1]
    bodies = (" ".join(text.split()) for text in _stated(tree, articles))
    return next((body for body in bodies if _is_body(body, outlet)), None)


def unlabelled(line: str | None) -> str | None:
    """A byline without the "By" that it begins with."""
    return _PLAIN_BY.sub("", line, count=1) if line else None


def named(text: str, outlet: str | None = None) -> list[str]:
    """The persons whom a byline names, in order; none where it names no person."""
    line = _LABEL.sub("", " ".join(_BEFORE_PICTURED.sub("; ", text.replace("\n", "; ")).split()), count=1)
    line = _without_role(_BY.sub("", line, count=1)) if _BY.match(line) else line
    names: dict[str, str] = {}
    for piece, behind_dash in _pieces(line):
        if names and (behind_dash or _PICTURED.match(piece)):  # behind a dash stands where they are, or for whom
            break
        said = _LABEL.sub("", piece)
        stop = _STOP.search(said)
        if names and outlet and fold(said.strip()) == fold(outlet):
            break  # what follows the outlet is a place
        name = _BY.sub("", said[: stop.start()] if stop else said).strip(" .,:;-–—")
        han = _HAN_NAME.fullmatch(name)
        if han and (not names or han[2]) and not _HAN_BODY.search(han[1]) and not _same_words(han[1], outlet):
            names.setdefault(han[1], han[1])
        elif (name := _without_office(name, outlet)) and _is_person(name, outlet):
            if names and _PAPER.search(name):
                continue
            names.setdefault(fold(name), name)
    return list(names.values())[:_MOST]


def _pieces(line: str) -> Iterator[tuple[str, bool]]:
    """What may be names, each with whether a dash stands before it."""
    begin, dashed = 0, False
    for bar in _SEPARATORS.finditer(line):
        yield line[begin : bar.start()], dashed
        begin, dashed = bar.end(), bar[0].strip() in {"-", "–", "—"}
    yield line[begin:], dashed


def _without_role(line: str) -> str:
    """What stands behind "by", without what its bearer is: "onze redacteur Wietske Haverkamp"."""
    words = line.split()
    roles = 0
    while roles < min(_ROLES_BEFORE, len(words) - 1) and words[roles].islower() and words[roles] not in _PARTICLES:
        roles += 1
    left = " ".join(words[roles:])
    return _ROLE.sub("", left, count=1) if left[:1].isupper() else line


def _without_office(name: str, outlet: str | None) -> str:
    """A name without what its bearer is for the outlet: "Lavinia Stoke-Perry Observer columnist"."""
    words = name.split()
    ours = set(fold(outlet or "").split())
    while len(words) > _SHORT_NAME and (_BODY.fullmatch(words[-1]) or fold(words[-1]) in ours):
        words.pop()
    return " ".join(words)


def _same_words(name: str, outlet: str | None) -> bool:
    """Whether a name is the outlet's or a part of it, its host's included."""
    return bool(outlet) and _SQUASHED.sub("", fold(name)) in _SQUASHED.sub("", fold(outlet or ""))


def _is_person(name: str, outlet: str | None) -> bool:
    words = name.split()
    capital = all(word[0].isupper() or word.lower() in _PARTICLES or not word[0].islower() for word in words)
    same = _same_words(name, outlet) or words[0].lower() == "the" or words[-1].lower() in _PARTICLES
    return bool(_NAME.fullmatch(name) and capital and not same and not _BODY.search(name))


def _is_body(text: str, outlet: str | None) -> bool:
    """Whether it is an organisation's name and not the outlet's own, a label or a profile's address."""
    if not _BODY.search(text) or len(text) > 60 or _STOP.search(text) or _NOBODY.fullmatch(fold(text)):
        return False
    return not (outlet and (fold(text) in fold(outlet) or fold(outlet) in fold(text)))


def _candidates(tree: Any, articles: list[dict[str, Any]], outlet: str | None, found: str | None) -> Iterator[str]:
    stated = list(_stated(tree, articles))
    shown = fold(" ".join(_shown(tree)))
    yield from (text for text in stated if all(fold(name) in shown for name in named(text, outlet)))
    head = [each for each in head_of(tree) if not _is_caption(each)]
    marked = [each for each in head if each.get("rel") == "author" or each.get("itemprop") == "author"]
    called: dict[str, list[Any]] = {}
    for each in filter(_is_in_byline, head):
        called.setdefault(f"{each.tag} {each.get('class', '')}", []).append(each)
    yield from ("; ".join(_texts(group)) for group in (marked, *called.values()))
    yield from _by_address(tree, head)
    yield from stated  # a content system's user, where the page prints nobody else
    yield "" if found and fold(found) in fold(" ".join(_texts(tree.iter("figcaption")))) else found or ""
    yield from (text for text in _texts(head) if _BY.match(text) or (len(text) <= _LINE and _WROTE.match(text)))
    lines = (piece for text in _texts(head) if len(text) <= _LINE for piece in _BARS.split(text)[1:])
    yield from (piece for piece in lines if _BY.match(piece))
    yield "; ".join(_texts(each for each in head if each.tag == "a" and _PROFILE.search(each.get("href") or "")))
    yield from _beside_day(head, tree)
    behind = (
        each
        for each in tree.iter("div", "span", "p", "a")
        if _is_called(each) and not _is_of_others(each) and not _is_caption(each)
    )
    yield from (text for text in _texts(islice(behind, _MOST)) if len(text) <= _LINE and _BY.match(text))
    yield from (text for text in _texts(tree.xpath("//p")[-_TAIL:]) if len(text) <= _LINE and _WROTE.match(text))
    last = (text for text in _texts(tree.xpath("//p[contains(., 'eporting by')]")[-1:]) if len(text) <= 2 * _LINE)
    yield from (said[1] for text in last if (said := _REPORTED.match(text)))


def _shown(tree: Any) -> Iterator[str]:
    """What a page shows, without its scripts."""
    for element in tree.iter():
        if isinstance(element.tag, str) and element.tag not in _SILENT:
            yield element.text or ""
        yield element.tail or ""


def _beside_day(head: Sequence[Any], tree: Any) -> Iterator[str]:
    """A line in the head that could be a name, right above or below a day: a name, unless the article speaks of it."""
    lines = [(text, each) for each in head if len(each) == 0 and (text := " ".join((each.text or "").split()))]
    said = ""
    for at, (text, each) in enumerate(lines):
        beside = [lines[place] for place in (at - 1, at + 1) if 0 <= place < len(lines)]
        near = any(other.tag == "time" or date_within(line, "day first") is not None for line, other in beside)
        if near and each.tag != "time" and _NAME.fullmatch(text) and all(word[0].isupper() for word in text.split()):
            said = said or " ".join(text.text_content() for text in tree.iter("p", "h1", "title"))
            if not any(word in said for word in text.split()):
                yield text


def _by_address(tree: Any, head: Sequence[Any]) -> Iterator[str]:
    """A line in the head that says what the address of the author's page does ("/columnists/balthasar-wren")."""
    stated = [
        str(each) for name in _META for each in tree.xpath(f'//meta[@name="{name}" or @property="{name}"]/@content')
    ]
    spelt = {_SQUASHED.sub("", fold(each.rstrip("/").rpartition("/")[2])) for each in stated if "/" in each}
    for text in _texts(head):
        if _NAME.fullmatch(text) and _SQUASHED.sub("", fold(text)) in spelt:
            yield text


def _is_caption(element: Any) -> bool:
    """Whether it stands with a picture, so that whom it names took that."""
    return any(each.tag in ("figure", "figcaption") for each in (element, *element.iterancestors()))


def _stated(tree: Any, articles: list[dict[str, Any]]) -> Iterator[str]:
    """What JSON-LD and ``meta`` elements state."""
    yield from ("; ".join(names_of(each.get("author"))) for each in articles)
    for name in _META:
        values = tree.xpath(f'//meta[@name="{name}" or @property="{name}"]/@content')
        yield "; ".join(str(value) for value in values if not re.match(r"\s*https?://", str(value)))


def _is_of_others(element: Any) -> bool:
    return any(_OTHERS.search(calls_itself(each)) for each in (element, *element.iterancestors()))


def _is_in_byline(element: Any) -> bool:
    """Whether an element, or a box close around it, calls itself a byline."""
    around = element.iterancestors() if element.tag in ("li", "a", "span") else ()
    return any(_is_called(each) for each in (element, *islice(around, 3)))


def _is_called(element: Any) -> bool:
    return bool(_CALLED.search(calls_itself(element)) or element.get("itemprop") == "author")


def _texts(elements: Iterable[Any]) -> list[str]:
    """What elements say, a line break as "; ", which parts names."""
    return [text for each in elements if (text := " ".join(_broken(each).split()).strip("; "))]


def _broken(element: Any) -> str:
    """What an element says; what stands in boxes of their own is parted, and so are two that nothing parts."""
    said = [f"; {element.text or ''}" if _is_apart(element) else element.text or ""]
    for child in element:
        if isinstance(child.tag, str):
            before = child.getprevious()
            beside = before is not None and not before.tail and {before.tag, child.tag} <= _BESIDE
            said.append("; " if beside else "")
            said.append(_broken(child))
        apart = _is_apart(child) and child.tail and child.tail.strip()
        said.append(f"; {child.tail}" if apart else child.tail or "")
    return "".join(said)


def _is_apart(element: Any) -> bool:
    return isinstance(element.tag, str) and (element.tag in _APART or "-" in element.tag)
