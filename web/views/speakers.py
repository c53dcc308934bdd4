"""Profiles and statements -> the list of speakers, and a speaker's page: roles, timeline, topics, statements by day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from qa.answering.days import period, written
from qa.output.exporting import FORMATS
from qa.output.links import speaker_href
from qa.people.identities import Profile, RoleHeld
from qa.records import SpeakerRecord
from qa.types import Citation
from web.filters import Filters
from web.views.cards import listed
from web.views.narrowing import Groups, Narrowing, folded, narrowing
from web.views.turns import Chip, feed

__all__ = ["SpeakerView", "chips", "compared_json", "described", "said", "speaker"]

SHOWN = 8  # statements beneath who somebody is, which takes the place of two


@dataclass(frozen=True, slots=True)
class Listed:
    """A speaker in the list."""

    name: str
    href: str
    role: str | None
    statements: str
    when: str | None


@dataclass(frozen=True, slots=True)
class RoleView:
    """What articles call a speaker, and when they do."""

    title: str
    when: str | None
    statements: str | None


@dataclass(frozen=True, slots=True)
class SpeakerView:
    """Who somebody is, and the ways into what they say."""

    name: str
    href: str
    summary: str
    spellings: tuple[str, ...]
    roles: tuple[RoleView, ...]
    narrowing: Narrowing
    topics: tuple[tuple[str, int, str], ...]
    exports: tuple[tuple[str, str], ...]
    compare_href: str
    feed_href: str


def described(profile: Profile) -> Listed:
    """Draw a speaker of the list."""
    return Listed(
        name=profile.name,
        href=_page(profile),
        role=profile.role,
        statements=_count(profile.statements),
        when=_when(profile.first, profile.last),
    )


def speaker(record: SpeakerRecord, about: str, filters: Filters) -> SpeakerView:
    """Draw who somebody is; ``record`` is all that the page knows of, ``about`` and ``filters`` what was chosen."""
    profile, citations = record.profile, record.citations
    only = profile.roles[0] if len(profile.roles) == 1 else None
    whole = (profile.statements, profile.first, profile.last)
    always = only.title if only and (only.statements, only.first, only.last) == whole else None
    return SpeakerView(
        name=profile.name,
        href=_page(profile),
        summary=" · ".join(filter(None, [always, _count(profile.statements), _when(profile.first, profile.last)])),
        spellings=tuple(name for name in profile.spellings if name != profile.name),
        roles=() if always else tuple(_role(role) for role in profile.roles),
        narrowing=narrowing(
            citations,
            filters,
            _page(profile),
            [("about", about)] if about else [],
            lambda first, last: _address(profile, about, Filters(first, last, filters.outlets)),
        ),
        topics=tuple((words, count, _address(profile, words, filters)) for words, count in record.topics),
        exports=tuple(_exports(profile, about, filters)),
        compare_href=_compare(profile, about, filters),
        feed_href=feed([("speaker", profile.slug), *([("about", about)] if about else [])], filters),
    )


def chips(profile: Profile, about: str, filters: Filters) -> list[Chip]:
    """Return what narrows the page down as chips that can be taken away."""
    words = {"published_after": "From", "published_before": "Until"}
    topic = [Chip(f"About {about}", "about", _address(profile, "", filters))] if about else []
    return topic + [
        Chip(
            label=f"{words[name]} {written(date.fromisoformat(value))}" if name in words else value,
            name=name,
            href=_address(profile, about, filters.without(name, value)),
        )
        for name, value in filters.pairs()
    ]


def said(citations: Sequence[Citation]) -> tuple[Groups, Groups]:
    """Draw a page of statements, by article: what is shown at once, what is folded."""
    return folded(listed(citations), SHOWN)


def _role(role: RoleHeld) -> RoleView:
    return RoleView(role.title, _when(role.first, role.last), _count(role.statements) if role.statements else None)


def _count(number: int) -> str:
    return f"{number} statement{'' if number == 1 else 's'}"


def _when(first: date | None, last: date | None) -> str | None:
    return period(first, last) if first or last else None


def _page(profile: Profile) -> str:
    return speaker_href(profile.slug) or "/speakers"


def _address(profile: Profile, about: str, filters: Filters) -> str:
    query = urlencode([*([("about", about)] if about else []), *filters.pairs()])
    return f"{_page(profile)}?{query}" if query else _page(profile)


def _compare(profile: Profile, about: str, filters: Filters) -> str:
    """The page that asks with whom a speaker is to be compared."""
    return f"/compare?{urlencode([('a', profile.name), *([('about', about)] if about else []), *filters.pairs()])}"


def compared_json(a: str, b: str, about: str, filters: Filters) -> str:
    """The address of a comparison as JSON."""
    query = [("a", a), ("b", b), *([("about", about)] if about else []), *filters.short_pairs()]
    return f"/api/compare?{urlencode(query)}"


def _exports(profile: Profile, about: str, filters: Filters) -> Iterable[tuple[str, str]]:
    query = [("speaker", profile.slug), *([("about", about)] if about else []), *filters.short_pairs()]
    for name, form in FORMATS.items():
        yield form.label, f"/api/statements?{urlencode([*query, ('format', name)])}"
    yield "JSON", f"/api/statements?{urlencode(query)}"
