"""A page -> the days on which it says that its article was published and last changed.

Only what the page states of its article counts: its JSON-LD, its ``meta`` elements, a ``time`` or a printed date
at the head of the article, a whole date in its address. A year in the footer, a widget with today's date, the date of a
teaser, and a month in an address are none of these, and a page without a date has none.

A moment's day is the one of its own time zone, and where the head prints the day before or after, the printed one: many
state UTC and print what their readers' calendars showed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any

from qa.ingestion.dates import DayOrder, date_within, order_of, parse_date, parse_moment
from qa.ingestion.pruning import calls_itself, text_of

__all__ = ["PageDates", "dates_of", "head_of", "is_logo", "largest"]

_NAMES = ("property", "name", "itemprop")
_PUBLISHED = re.compile(
    r"(?:og:|rnews:|schema:)?(?:article:published(?:_time)?|datepublished|date_?published|published[-_]?(?:time|date|at)?|"
    r"pub[-_]?date|publish[-_]?(?:date|time)|publication[-_]?date|originalpublicationdate|parsely-pub-date|sailthru\.date|"
    r"cxenseparse:recs:publishtime|displaydate|ptime|date|dc\.?date(?:\.(?:issued|created))?|"
    r"dc(?:terms)?[.:](?:issued|created|date)|citation_(?:online_)?(?:publication_)?date|bt:pubdate|pdate)"
)
_MODIFIED = re.compile(
    r"(?:og:)?(?:article:modified(?:_time)?|updated_time|datemodified|date_?modified|last-modified|lastmod|"
    r"dc(?:terms)?[.:]modified|modified[-_]?(?:time|date)?|article\.updated)"
)
_LABEL = re.compile(
    r"\s*(?P<published>(?:first |originally )?(?:published|posted|created|issued|filed|publicado|publié|veröffentlicht|"
    r"pubblicato(?: il)?|publicado em|gepubliceerd|geplaatst|opublikowano|publicerad|publisert|udgivet|stand|erstellt|"
    r"опубликовано|дата(?: публикации)?|data publikacji|fecha de publicación|date de publication|"
    r"publiceringsdatum|publicerad|发布时间|发表时间|时间|تاريخ النشر|פורסם|date)|)"
    r"(?P<modified>(?:last )?(?:updated|modified|changed)|aktualisiert|"
    r"actualizado|actualisé|mis à jour|modifié|aggiornato(?: il)?|atualizado(?: em)?|bijgewerkt|uppdaterad|"
    r"zaktualizowano|aktualizacja|обновлено|עודכן|)(?: on| at| le| el| am| il| em| op| a)?\s*:?\s+(?=\w)",
    re.IGNORECASE,
)
_CHANGED_TOO = re.compile(  # one line may say both: "Publié le 2 mai 2024, mis à jour le 3 mai 2024"
    r"[\s,;]+(?=(?:and |und |et |y |e )?(?:last )?(?:updated|modified|aktualisiert|actualizado|actualisé|mis à jour|"
    r"modifié|aggiornato|atualizado|bijgewerkt|uppdaterad|zaktualizowano|aktualizacja|обновлено)\b)",
    re.IGNORECASE,
)
_OTHER_LABEL = re.compile(r"[^\W\d][^:\d]{1,40}:\s")
_SENTENCE = re.compile(r"\w{3,}[.!?…。][\"'”’»)]*\Z")
_ADDRESS_DAY = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<sep>[-/])(?P<month>\d{1,2})(?P=sep)(?P<day>\d{1,2})(?!\d)"
    r"(?:(?<=/\d)(?=[/?#]|\Z)|(?<=/\d\d)(?=[/?#]|\Z)|(?<=-\d)|(?<=-\d\d))"  # "/2024/08/5-things" is no day
)
_SPLIT = re.compile(r"\s*[|•·–—]\s*|\s[-/]\s|\u3000+|\s{2,}|\n|\s\(|\)")
_DATE_AT_END = re.compile(
    r"(?P<date>(?:\w{3,9}\.? \d{1,2},? \d{4}|\d{1,2}\.? \w{3,9}\.? \d{4}|\d{1,2}[-/.]\d{1,2}[-/.]\d{4})"
    r"(?:,? .{0,24})?)\Z"
)
_HEAD_BLOCKS = 40  # elements between the headline and the text that are looked at
_HEAD_ELEMENTS = 400  # of whatever kind
_ABOVE = 4  # elements above the headline
_HEAD_LINE = 80  # code points of a line there
_HEADLINE = 12  # code points of a headline, at least, where the title goes on with the site's name
_PROSE = 120  # code points of a block that is the article's text and no longer its head
_HOME = re.compile(r"/|\./|(?:index|default)\.\w+|https?://[^/]+/?")
_BEFORE_DAY = 3  # words
_POST = re.compile(r"(?:^|[\s_-])(?:h-?entry|post|article|story)(?:$|[\s_-])", re.IGNORECASE)
_LOGO = re.compile(r"logo|site-?(?:title|name)|blog-?name|brand|masthead", re.IGNORECASE)
_SIZE = re.compile(r"\+?[4-7]")
_ARTICLE_TYPE = re.compile(r"(?:article|blogposting|report)\Z", re.IGNORECASE)
_EARLIEST = date(1800, 1, 1)
_BLOCK_TAGS = (
    "p div span time li ul ol header section font center td h2 h3 h4 address figure dl dd dt small em strong b i a"
)
_BLOCKS = frozenset(_BLOCK_TAGS.split(" "))
_INLINE = frozenset(("a", "b", "i", "em", "strong"))
_ELSEWHERE = re.compile(
    r"(?:^|[\s_-])(?:related\w*|sidebar|widget|teaser|promo|recommend\w*|most-?read|trending|comments?|footer|nav|menu|ticker)"
    r"(?:$|[\s_-])",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class PageDates:
    """What a page states; None where it states nothing."""

    published: date | None = None
    modified: datetime | None = None


def dates_of(tree: Any, articles: list[dict[str, Any]], address: str, *, today: date) -> PageDates:
    """Find the days that a page states of its article.

    Args:
        tree: the parsed page.
        articles: its JSON-LD articles, its own first.
        address: where it was published.
        today: a later day is a mistake, and not the article's.
    """
    order = _order(tree)
    stated = _first_day(_stated(tree, articles, "datePublished", _PUBLISHED, order), today)
    printed, changed = _printed(tree, order, today)
    moments = (parse_moment(text) for text in _texts(tree, articles, "dateModified", _MODIFIED))
    modified = next((moment for moment in moments if moment and moment.date() <= today), None)
    if stated and printed and abs(stated - printed) <= timedelta(days=1):
        stated = printed
    published = stated or printed or _in_address(address, today) or changed
    return PageDates(published, modified or (_midnight(changed) if changed else None))


def head_of(tree: Any) -> Iterator[Any]:
    """The elements between the headline and the article's first paragraph, in the order of the page."""
    headline = _headline(tree)
    if headline is None:
        return
    own = set(headline.iter())
    seen = 0
    for element in headline.xpath("following::*")[:_HEAD_ELEMENTS]:
        if element in own or element.tag not in _BLOCKS or _is_elsewhere(element):
            continue
        text = text_of(element, _PROSE)
        if text is None and element.tag == "p":
            if _longest_line(element) >= _PROSE:
                return
            text = text_of(element, _HEAD_BLOCKS * _HEAD_LINE)
        seen += 1
        if seen > _HEAD_BLOCKS:
            return
        if text and text.strip():
            yield element


def _longest_line(element: Any) -> int:
    """How many code points the longest of its lines has, which ``br`` parts; those of text all in one without it."""
    lengths = [len(element.text or "")]
    for child in element.iterdescendants():
        lengths.append(0) if child.tag == "br" else None
        lengths[-1] += (len(child.text or "") if isinstance(child.tag, str) else 0) + len(child.tail or "")
    return max(lengths)


def _above(tree: Any) -> Iterator[Any]:
    """What stands right above the headline within the article, in the same box or that around it, the nearest first."""
    headline = _headline(tree)
    if headline is None or headline.getparent() is None:
        return
    within = next(headline.iterancestors("article", "main"), None) is not None or any(
        _POST.search(calls_itself(each)) for each in islice(headline.iterancestors(), 2)
    )
    for box in (headline, headline.getparent()) if within else (headline,):
        if box.tag in ("article", "main") or (box.getparent() is not None and box.getparent().tag in ("body", "html")):
            return
        for beside in islice(box.itersiblings(preceding=True), _ABOVE):
            inner = [] if beside.tag in ("ul", "ol", "nav", "table") else list(islice(beside.iter(*_BLOCKS), _ABOVE))
            yield from (each for each in inner if not _is_elsewhere(each) and text_of(each, _HEAD_LINE))


def _headline(tree: Any) -> Any:
    """The element that is the page's headline; None where there is none."""
    headings = (*tree.xpath("//article//h1 | //main//h1"), *tree.xpath("//h1"))
    headline = next((each for each in headings if not _leads_home(each)), None)
    headline = headline if headline is not None else _titled(tree)
    return headline if headline is not None else largest(tree)


def is_logo(heading: Any) -> bool:
    """Whether a heading is the site's name: its one link leads to the front page, or it calls itself so."""
    called = " ".join(str(each.get("class", "")) for each in (heading, *islice(heading.iterancestors(), 1)))
    return _leads_home(heading) or bool(_LOGO.search(called))


def _leads_home(heading: Any) -> bool:
    links = [str(link.get("href", "")) for link in heading.iter("a")]
    return len(links) == 1 and bool(_HOME.fullmatch(links[0]))


def largest(tree: Any) -> Any:
    """The line in the largest letters (``font``), as pages had their headline before there were style sheets."""
    sized = [(int(font.get("size")), font) for font in tree.iter("font") if _SIZE.fullmatch(font.get("size") or "")]
    lines = [
        (size, font)
        for size, font in sized
        if (text := text_of(font, _HEAD_LINE * 2)) and len(text.strip()) >= _HEADLINE
    ]
    return max(lines, key=lambda each: each[0])[1] if lines else None


def _titled(tree: Any) -> Any:
    """The element that says what the page's ``title`` does, where no heading is marked as the headline."""
    title = " ".join("".join(tree.xpath("/html/head/title//text()")[:1]).split())
    if not title:
        return None
    for element in tree.iter("h2", "h3", "b", "strong", "font", "div", "span", "p", "td"):
        text = text_of(element, len(title) + _PROSE)
        said = " ".join(text.split()) if text else ""
        if said and (said == title or (len(said) > _HEADLINE and (title.startswith(said) or title.endswith(said)))):
            return element
    return None


def _is_elsewhere(element: Any) -> bool:
    """Whether an element, or what it stands in, is a list of other articles or a widget."""
    return any(
        each.tag in ("aside", "nav", "footer") or _ELSEWHERE.search(calls_itself(each))
        for each in (element, *element.iterancestors())
        if each.tag not in ("body", "html")
    )


def _order(tree: Any) -> DayOrder | None:
    tags = [*tree.xpath("/html/@lang"), *tree.xpath('//meta[@property="og:locale"]/@content')]
    return next((order for tag in tags if (order := order_of(str(tag)))), None)


def _stated(
    tree: Any, articles: list[dict[str, Any]], field: str, names: re.Pattern[str], order: DayOrder | None
) -> Iterator[date | None]:
    for text in _texts(tree, articles, field, names):
        moment = parse_moment(text) if re.match(r"\d{4}-\d\d-\d\d", text) else None
        yield moment.date() if moment else parse_date(text, order)


def _texts(tree: Any, articles: list[dict[str, Any]], field: str, names: re.Pattern[str]) -> Iterator[str]:
    """What JSON-LD and ``meta`` state under these names."""
    yield from (value.strip() for each in articles if isinstance(value := each.get(field), str))
    for meta in tree.iter("meta"):
        name = next((value for kind in _NAMES if (value := meta.get(kind))), "")
        if names.fullmatch(name.strip().lower()):
            yield (meta.get("content") or "").strip()
    headline = _headline(tree)
    for element in tree.xpath(f'//*[@itemprop="{field}"]')[:_HEAD_BLOCKS]:
        if element.tag != "meta" and (_is_of_headline(element, headline) or not _is_elsewhere(element)):
            yield (element.get("datetime") or element.get("content") or element.text_content()).strip()


def _is_of_headline(element: Any, headline: Any) -> bool:
    """Whether microdata say that it is of the very article whose headline this is, wherever it stands in it."""
    item = next((each for each in element.iterancestors() if each.get("itemscope") is not None), None)
    if item is None or headline is None or not _ARTICLE_TYPE.search(item.get("itemtype", "")):
        return False
    return any(each is item for each in headline.iterancestors())


def _first_day(days: Iterator[date | None], today: date) -> date | None:
    return next((day for day in days if day and _EARLIEST <= day <= today + timedelta(days=1)), None)


def _printed(tree: Any, order: DayOrder | None, today: date) -> tuple[date | None, date | None]:
    """The first day that the head of the article shows as its own, and the first that it shows as of a change."""
    published: list[date] = []
    changed: list[date] = []
    begun = False
    for element in [*head_of(tree), *_above(tree)]:
        begun = begun or (element.tag == "p" and bool(_SENTENCE.search(element.text_content().strip())))
        for text in _lines_of(element, order):
            label = _LABEL.match(text)
            if begun and _OTHER_LABEL.match(text) and not (label and label.end()):
                continue  # "When: 14 June" beside the text is no day of publication
            said = text[label.end() :] if label else text
            day = _day_in(said, order) or (None if begun else _day_among(said, order))
            if day and _EARLIEST <= day <= today + timedelta(days=1):
                (changed if label and label["modified"] else published).append(day)
    return next(iter(published), None), next(iter(changed), None)


def _lines_of(element: Any, order: DayOrder | None) -> Iterator[str]:
    """What an element says that may be a date: its machine-readable form and its pieces.

    Of a moment whose element prints the day before or after, the printed one.
    """
    if element.tag == "time" and element.get("datetime"):
        stated, shown = element.get("datetime").strip(), element.text_content().strip()
        day, printed = _day_in(stated, order), _day_in(shown, order)
        yield shown if day and printed and abs(day - printed) <= timedelta(days=1) else stated
    elif any(child.tag in _BLOCKS and child.tag not in _INLINE for child in element):
        own = (element.text, *(child.tail for child in element))
        yield from (piece for said in own if said and said.strip() for piece in _SPLIT.split(said.strip()) if piece)
    else:
        broken = "".join(f"\n{each.tail or ''}" if each.tag == "br" else "" for each in element)
        said = f"{element.text or ''}{broken}" if broken else element.text_content()
        lines = _CHANGED_TOO.split(said.strip())
        yield from (piece for line in lines for piece in _SPLIT.split(line) if piece)


def _day_in(text: str, order: DayOrder | None) -> date | None:
    moment = parse_moment(text) if re.match(r"\d{4}-\d\d-\d\d", text) else None
    if moment:
        return moment.date()
    if day := parse_date(text, order):
        return day
    ending = _DATE_AT_END.search(text)
    return parse_date(ending["date"], order) if ending else None


def _day_among(text: str, order: DayOrder | None) -> date | None:
    """The one day in a line of the head that is no sentence and has it near its beginning ("Posted by A. on …")."""
    return None if _SENTENCE.search(text) else date_within(text, order, words_before=_BEFORE_DAY)


def _in_address(address: str, today: date) -> date | None:
    found = _ADDRESS_DAY.search(address)
    try:
        day = date(int(found["year"]), int(found["month"]), int(found["day"])) if found else None
    except ValueError:
        return None
    return day if day and day <= today else None


def _midnight(day: date) -> datetime | None:
    return parse_moment(day.isoformat())
