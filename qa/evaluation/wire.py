"""A seed -> invented wire stories, each edited by rule into copies, among near misses: who is whose copy is known.

Everybody and every place is made of syllables; the sentences are ours. A story is what an agency might send: a
dateline, an agency's tag, sixteen paragraphs. Each copy has one or two of the edits that desks make: *cut* (from the
end, and a paragraph within), *headline*, *lead* (the first paragraph written anew), *dateline*, *merged* (the story,
then a part of another one under one headline), *extended* (paragraphs of the outlet's own), *worded* (a
word here and there). Of every other story the first outlet has an *updated* copy too, with another headline.

Near misses are no copies: *event* (the same event in other words, with the same quotations), *footer* (stories of one
outlet that end in the same long text about it), *live* (articles of one outlet, each with news of its own above the
same older entries), *digest* (a weekly letter of one outlet that begins as always, repeats most of its items week by
week and ends in news of its own), *column* (weekly market, tide and court reports that share a frame and differ in
figures and names).

What it does not know: how desks really edit; real texts can be put in the place of the invented ones
(:func:`edited_texts`), and the edits stay the same.
"""

from __future__ import annotations

import calendar
import json
import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

__all__ = ["EDITS", "Made", "edited_texts", "made_stories"]

_FIRST = date(2031, 3, 3)
_TEXTS: dict[str, Any] = json.loads(Path(__file__).with_name("wire_texts.json").read_text(encoding="utf-8"))
"""Syllables, and sentences with gaps: ``[one|other]`` is either, ``{place}`` a fact of the story."""

_OUTLETS: list[str] = _TEXTS["outlets"].split()
_DAYS = [calendar.day_name[day] for day in range(7)]
_MONTHS = [calendar.month_name[month] for month in range(1, 13)]
EDITS = ("cut", "headline", "lead", "dateline", "merged", "extended", "worded")


@dataclass(frozen=True, slots=True)
class Made:
    """An article of a made set: ``story`` tells whose copy it is; ``edits`` what was done to it, or which near miss."""

    story: str
    outlet: str
    title: str
    published: date
    paragraphs: tuple[str, ...]
    edits: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The paragraphs, as a file has them."""
        return "\n\n".join(self.paragraphs)


def made_stories(seed: int, *, stories: int = 60, copies: int = 5) -> list[Made]:
    """Invented stories with their copies, and near misses, in no order."""
    chance = random.Random(f"stories {seed}")  # noqa: S311 - the same each time is the point
    facts = [_facts(chance) for _ in range(stories)]
    texts = [_wire(chance, one) for one in facts]
    made = _edited(chance, texts, facts, copies)
    for number, one in enumerate(facts):
        if chance.random() < 0.5:
            other = _wire(chance, one, again=True)
            made.append(_article(chance, f"event {number}", other, ("event",)))
    for outlet in _OUTLETS[:3]:
        footer = _filled(chance, _TEXTS["footer"], {**_facts(chance), "outlet": outlet})
        for number in range(8):
            text = _wire(chance, _facts(chance), paragraphs=chance.randrange(4, 9))
            made.append(
                Made(f"footer {outlet} {number}", outlet, text[0], _day(chance), (*text[1:], footer), ("footer",))
            )
    for outlet in _OUTLETS[3:6]:
        made += _live(chance, outlet)
        made += _digest(chance, outlet)
    for kind, frame in _TEXTS["columns"].items():
        outlet, place = chance.choice(_OUTLETS), _place(chance)
        for week in range(10):
            facts_of_week = {**_facts(chance), "place": place}
            text = [_filled(chance, one, facts_of_week) for one in frame]
            day = _FIRST + timedelta(7 * week)
            made.append(Made(f"{kind} {week}", outlet, f"{place} {kind}", day, tuple(text), ("column",)))
    chance.shuffle(made)
    return made


def _live(chance: random.Random, outlet: str) -> list[Made]:
    """News above older entries, which the outlet left below all of it."""
    older, day = _wire(chance, _facts(chance), paragraphs=chance.randrange(10, 15))[1:], _day(chance)
    made = []
    for number in range(4):
        title, *news = _wire(chance, _facts(chance), paragraphs=chance.randrange(3, 6))
        later = day + timedelta(chance.randrange(20))
        made.append(Made(f"live {outlet} {number}", outlet, title, later, (*news, *older), ("live",)))
    return made


def _digest(chance: random.Random, outlet: str) -> list[Made]:
    """A weekly letter, most of which has stood in it before."""
    pitch = _filled(chance, _TEXTS["footer"], {**_facts(chance), "outlet": outlet})
    items = _wire(chance, _facts(chance), paragraphs=16)[1:]
    made = []
    for week in range(6):
        own = _wire(chance, _facts(chance), paragraphs=chance.randrange(4, 9))
        kept = items[: chance.randrange(11, 17)]
        day = _FIRST + timedelta(7 * week)
        title = f"What to know on {day.day} {calendar.month_name[day.month]}: {own[0]}"
        made.append(Made(f"digest {outlet} {week}", outlet, title, day, (pitch, *kept, *own[1:]), ("digest",)))
    return made


def edited_texts(seed: int, texts: Sequence[tuple[str, Sequence[str]]], *, copies: int = 5) -> list[Made]:
    """Given stories, each a title and its paragraphs, with copies that are edited by the same rules, in no order."""
    chance = random.Random(f"texts {seed}")  # noqa: S311 - the same each time is the point
    facts = [_facts(chance) for _ in texts]
    made = _edited(chance, [[title, *paragraphs] for title, paragraphs in texts], facts, copies)
    chance.shuffle(made)
    return made


def _edited(
    chance: random.Random, texts: Sequence[list[str]], facts: Sequence[dict[str, str]], copies: int
) -> list[Made]:
    made = []
    for number, (text, known) in enumerate(zip(texts, facts, strict=True)):
        day, outlets = _day(chance), chance.sample(_OUTLETS, copies + 1)
        made.append(Made(f"story {number}", outlets[0], text[0], day, tuple(text[1:]), ("wire",)))
        updated = chance.random() < 0.5
        for outlet in [*outlets[1:], *outlets[: int(updated)]]:
            own = outlet == outlets[0]
            edits = chance.sample(EDITS[2:] if own else EDITS, chance.choice((1, 1, 2)))
            edits += ["headline"] * own
            edited = list(text)
            for edit in sorted(edits, key=EDITS.index):
                other = texts[(number + chance.randrange(1, len(texts))) % len(texts)]
                edited = _DESK[edit](chance, edited, known, other)
            edits += ["updated"] * own
            later = day + timedelta(chance.choice((0, 0, 0, 1, 2)))
            made.append(Made(f"story {number}", outlet, edited[0], later, tuple(edited[1:]), tuple(edits)))
    return made


# What desks do to a text: its title, then its paragraphs

Desk = Callable[[random.Random, list[str], dict[str, str], Sequence[str]], list[str]]


def _cut(chance: random.Random, text: list[str], facts: dict[str, str], other: Sequence[str]) -> list[str]:
    """From the end, to a third at least, and one paragraph within."""
    body = text[1:]
    kept = body[: max(3, round(len(body) * chance.uniform(0.35, 0.85)))]
    if len(kept) > 5:
        del kept[chance.randrange(2, len(kept) - 1)]
    return [text[0], *kept]


def _headline(chance: random.Random, text: list[str], facts: dict[str, str], other: Sequence[str]) -> list[str]:
    return [
        _filled(chance, "[What now for {place}?|{place} holds its breath|“{Quote3}”|{person} under pressure]", facts),
        *text[1:],
    ]


def _lead(chance: random.Random, text: list[str], facts: dict[str, str], other: Sequence[str]) -> list[str]:
    return [text[0], _filled(chance, chance.choice(_TEXTS["leads"]), facts), *text[2:]]


def _dateline(chance: random.Random, text: list[str], facts: dict[str, str], other: Sequence[str]) -> list[str]:
    body = re.sub(r"^[A-Z ]+ \([A-Z]+\) — ", "", text[1])
    line = _filled(
        chance, "[{PLACE2}, {month} {n2} — |{PLACE} (own report) — |({PLACE}) |By our desk in {place2} — ]", facts
    )
    return [
        text[0],
        line + body,
        *text[2:],
        *chance.choice(([], ["(Agencies)"], ["Additional reporting by our own desk."])),
    ]


def _merged(chance: random.Random, text: list[str], facts: dict[str, str], other: Sequence[str]) -> list[str]:
    """The story, then up to half of another one, shorter than this one."""
    room = round((len(text) - 1) * 0.6)
    part = list(other[1 : 1 + max(2, min(room, round(len(other) * chance.uniform(0.25, 0.5))))])
    return [f"{text[0]}; and more news", *text[1:], *part]


def _extended(chance: random.Random, text: list[str], facts: dict[str, str], other: Sequence[str]) -> list[str]:
    for own in chance.sample(_TEXTS["own"], chance.choice((1, 2))):
        text = list(text)
        text.insert(chance.randrange(2, len(text) + 1), _filled(chance, own, facts))
    return text


def _worded(chance: random.Random, text: list[str], facts: dict[str, str], other: Sequence[str]) -> list[str]:
    def swapped(match: re.Match[str]) -> str:
        return _TEXTS["synonyms"][match[0]] if chance.random() < 0.5 else match[0]

    pattern = re.compile(rf"\b({'|'.join(_TEXTS['synonyms'])})\b")
    return [text[0], *(pattern.sub(swapped, one) for one in text[1:])]


_DESK: dict[str, Desk] = {
    "cut": _cut,
    "headline": _headline,
    "lead": _lead,
    "dateline": _dateline,
    "merged": _merged,
    "extended": _extended,
    "worded": _worded,
}

# What agencies write


def _wire(chance: random.Random, facts: dict[str, str], *, again: bool = False, paragraphs: int = 16) -> list[str]:
    """A title and paragraphs; told again, the same facts and quotations in sentences that the first telling has not."""
    first, *rest = _TEXTS["frames"]
    frames = [first, *chance.sample(rest, paragraphs - 1)]
    title = _filled(chance, "{Thing} {befell}", facts)
    body = []
    for wordings in frames:
        chosen = wordings[0] if not again else chance.choice(wordings[1:])
        body.append(_filled(chance, chosen, facts))
    if not again:
        body[0] = f"{facts['place'].upper()} (WNA) — {body[0]}"
    return [title[:1].upper() + title[1:], *body]


def _facts(chance: random.Random) -> dict[str, str]:
    first, second = chance.sample(_DAYS, 2)
    place, place2 = _place(chance), _place(chance)
    facts = {
        "place": place,
        "place2": place2,
        "person": _person(chance),
        "person2": _person(chance),
        "person3": _person(chance),
        "role": chance.choice(_TEXTS["roles"].split("|")),
        "company": f"{_syllables(chance)} {chance.choice(('Works', 'Lines', 'Trust', 'Mills', 'Shipping'))}",
        "company2": f"{_syllables(chance)} {chance.choice(('Bank', 'Foods', 'Power', 'Homes'))}",
        "company3": f"{_syllables(chance)} {chance.choice(('Steel', 'Glass', 'Rail'))}",
        "street": f"{_syllables(chance)} {chance.choice(('Street', 'Lane', 'Quay', 'Square'))}",
        "word": _syllables(chance),
        "day": first,
        "day2": second,
        "month": chance.choice(_MONTHS),
        "month2": chance.choice(_MONTHS),
        "year": str(chance.randrange(1931, 2024)),
        "n1": str(chance.randrange(12, 99)),
        "n2": str(chance.randrange(3, 12)),
        "n3": f"{chance.randrange(3, 90)},{chance.randrange(100, 999)}",
        "n4": str(chance.randrange(12, 800)),
        "n5": str(chance.randrange(21, 700)),
    }
    facts |= {f"quote{n}": quote for n, quote in enumerate(chance.sample(_TEXTS["quotes"], 3), start=1)}
    what: dict[str, str] = chance.choice(_TEXTS["events"])
    return facts | {name: text.format(**facts) for name, text in what.items()}


def _filled(chance: random.Random, frame: str, facts: dict[str, str]) -> str:
    chosen = re.sub(r"\[([^\]]*)\]", lambda match: chance.choice(match[1].split("|")), frame)
    every = {**facts, **{name.capitalize(): text[:1].upper() + text[1:] for name, text in facts.items()}}
    every |= {name.upper(): text.upper() for name, text in facts.items() if name.startswith("place")}
    return " ".join(chosen.format(**every).split())


def _article(chance: random.Random, story: str, text: Sequence[str], edits: tuple[str, ...]) -> Made:
    return Made(story, chance.choice(_OUTLETS), text[0], _day(chance), tuple(text[1:]), edits)


def _day(chance: random.Random) -> date:
    return _FIRST + timedelta(chance.randrange(60))


def _syllables(chance: random.Random) -> str:
    return _of(chance, "starts") + "".join(_of(chance, "middles") for _ in range(chance.choice((1, 1, 2))))


def _of(chance: random.Random, kind: str) -> str:
    syllables: list[str] = _TEXTS[kind].split()
    return chance.choice(syllables)


def _place(chance: random.Random) -> str:
    return _syllables(chance) + _of(chance, "ends")


def _person(chance: random.Random) -> str:
    return f"{_of(chance, 'given')} {_syllables(chance)}{_of(chance, 'name_ends')}"
