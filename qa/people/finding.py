"""A speaker as asked for ("merz", "the german chancellor", "Zelenskiy") becomes speakers of the archive.

Promises: letter case, accents and hyphens make no difference; a full name beats a surname, which beats a role, which
beats another part of a name. "Merz" means Friedrich Merz as well as a Merz whose article gives no first name. Two
people who share what was asked are both returned: the answer shows whose statement each is; but where nearly everything
is said by one of them, a bare surname means that one. Where nothing fits as it is typed, initials ("rfk") and
whoever leads ("the NATO chief") are looked for, then one wrong letter is forgiven. In a :class:`Roll` only those are
looked at of whom a word is alike one that was asked for, however many there are.

What it does not know: nicknames, and who held an office when.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property, lru_cache
from itertools import dropwhile, islice, takewhile
from typing import overload

from qa.people.identities import Profile, slug_of
from qa.people.spelling import skeleton
from qa.text import fold, word_spans

__all__ = ["Roll", "bare_name", "find_speakers", "is_speaker"]

_TITLE_WORDS = "the a an mr mrs ms miss dr sir der die das dem den herr frau"
_INITIALS = re.compile(r"\b(?:[A-Za-z]\.){2,}")
_NOT_NAMES = frozenset(_TITLE_WORDS.split())
_DEFINITE = ("the ", "der ", "die ", "dem ", "den ")
_LINKS = frozenset(("of", "for", "at", "in", "from", "and", "von"))  # "the president of ukraine": Ukrainian president
_OF = re.compile(r"\s(?:of|for|at|in|to|from|with|on)\s|,")
_LONG = 5  # letters from which one may be wrong
_SURELY = 6  # letters from which a surname is surely the one that transliterates alike
_OVERWHELMING = 4  # times as many statements as all others with the surname: then the surname means this one
# Countries and what belongs to them end in these; those that differ in more are listed.
_ENDINGS = frozenset(("", "y", "e", "a", "ia", "n", "an", "ian", "ish", "i", "s"))
_IRREGULAR = (
    "france french",
    "poland polish",
    "britain british uk",
    "us american america",
    "netherlands dutch",
    "spain spanish",
    "turkey turkish",
    "greece greek",
    "denmark danish",
    "eu european europe",
)
# Offices as they are shortened beside a name: "Gov. Ada Venn" is the governor.
_SHORTENED = (
    "governor gov",
    "senator sen",
    "representative rep congressman congresswoman",
    "president pres",
    "general gen",
    "colonel col",
    "lieutenant lt",
    "sergeant sgt",
    "captain capt",
    "superintendent supt",
    "detective det",
    "professor prof",
)
_IN_ONE = {word: words.split()[0] for words in (*_IRREGULAR, *_SHORTENED) for word in words.split()}

_OF_COUNTRY = 4  # letters that a country and what belongs to it have in common
_INITIALS_LEAST = 3  # letters of initials
_JUNIOR = frozenset(("jr", "sr", "ii", "iii"))
_LEADS = frozenset(("chief", "boss", "head", "leader"))
_HIGHEST = frozenset(
    ("general", "chair", "chairman", "chairwoman", "director", "president", "ceo", "executive", *_LEADS)
)

Alike = Callable[[str, str], bool]


class Roll(Sequence[Profile]):
    """Speakers in their order, as :func:`qa.people.profiles_of` gives them, by the words of their names and roles.

    Looking somebody up costs as much as there are speakers with these words; what that takes is made at the first time.
    """

    def __init__(self, profiles: Iterable[Profile]) -> None:
        self._profiles = list(profiles)

    def __len__(self) -> int:
        return len(self._profiles)

    def __iter__(self) -> Iterator[Profile]:
        return iter(self._profiles)

    @overload
    def __getitem__(self, at: int) -> Profile: ...

    @overload
    def __getitem__(self, at: slice) -> list[Profile]: ...

    def __getitem__(self, at: int | slice) -> Profile | list[Profile]:
        return self._profiles[at]

    def and_also(self, others: Iterable[Profile]) -> Roll:
        """These, and behind them others; of whoever makes the slug of one of these only the spellings are taken."""
        profiles = {one.slug: one for one in self._profiles}
        for one in others:
            known = profiles.get(one.slug, replace(one, spellings=()))
            profiles[one.slug] = replace(known, spellings=(*known.spellings, *one.spellings))
        return Roll(profiles.values())

    def called(self, slug: str) -> Profile | None:
        """Whoever has this slug, else the first who has a spelling that makes it."""
        at = self._by_slug.get(slug)
        return None if at is None else self._profiles[at]

    @cached_property
    def voices(self) -> Mapping[str, str]:
        """Whose each spelling of a name is: spelling -> slug."""
        return {spelling: one.slug for one in self._profiles for spelling in one.spellings}

    @cached_property
    def offices(self) -> Collection[str]:
        """What anybody is ("chancellor")."""
        return _offices(self._profiles)

    @cached_property
    def _by_slug(self) -> Mapping[str, int]:
        found = {one.slug: at for at, one in enumerate(self._profiles)}
        for at, one in enumerate(self._profiles):
            for spelling in one.spellings:
                if slug := slug_of(spelling):
                    found.setdefault(slug, at)
        return found

    @cached_property
    def _by_word(self) -> _Vocabulary:
        """By each word of a name or a role."""
        return _Vocabulary(
            (word, at)
            for at, one in enumerate(self._profiles)
            for told in (*one.spellings, *(role.title for role in one.roles))
            for spelt in _words(told)
            for word in {spelt, _IN_ONE.get(spelt, spelt)}
        )

    @cached_property
    def _by_name(self) -> _Vocabulary:
        """By each whole name, and the first letters of one."""
        return _Vocabulary(
            (name, at)
            for at, one in enumerate(self._profiles)
            for spelling in one.spellings
            for words in [_words(spelling)]
            for name in (" ".join(words), _initials(words))
            if name
        )

    def near(self, wanted: Sequence[str], *, loosely: bool = False) -> set[int]:
        """Places of at least those who have a word for each of the wanted ones, or whose name or initials they are."""
        sought = {word for word in wanted if word not in _LINKS} or set(wanted)
        each = [
            self._by_word.having(word, loosely=loosely) | self._by_word.having(_IN_ONE.get(word, word), loosely=loosely)
            for word in sought
        ]
        every = set[int].intersection(*each) if each else set[int]()
        return every | self._by_name.having(" ".join(wanted), loosely=loosely)

    def alike(self, asked: str) -> list[Profile]:
        """At least those of whom ``asked`` is a whole name, surname or role, in their order."""
        words = tuple(word for word in _words(asked) if word not in _NOT_NAMES)
        return self.at(self.near(words)) if words else []

    def beginning(self, words: Sequence[str]) -> list[Profile]:
        """Those of whose names and roles, as slugs have them, a word begins with each of these; in their order."""
        each = [self._by_beginning.beginning(word) for word in words]
        return self.at(set[int].intersection(*each)) if each else []

    @cached_property
    def _by_beginning(self) -> _Vocabulary:
        return _Vocabulary(
            (word, at)
            for at, one in enumerate(self._profiles)
            for told in (*one.spellings, *(role.title for role in one.roles))
            for word in slug_of(told).split("-")
        )

    def at(self, places: Iterable[int]) -> list[Profile]:
        """Those at some places, in their order."""
        return [self._profiles[place] for place in sorted(places)]


class _Vocabulary:
    """Words, each at some places -> the places of those that are alike one that is asked for."""

    def __init__(self, words: Iterable[tuple[str, int]]) -> None:
        places: dict[str, list[int]] = defaultdict(list)
        for word, at in words:
            if not (known := places[word]) or known[-1] != at:
                known.append(at)
        self._places = dict(places)

    @cached_property
    def _beginning(self) -> Mapping[str, Sequence[str]]:
        """Words by their first letters, with which a country and what belongs to it both begin."""
        return _gathered(self._places, lambda word: word[:_OF_COUNTRY])

    @cached_property
    def _edges(self) -> Mapping[str, Sequence[str]]:
        """Long words by their first two letters and by their last two, of which one wrong letter leaves one pair."""
        long = [word for word in self._places if len(word) >= _LONG]
        heads, tails = _gathered(long, lambda word: f"{word[:2]}…"), _gathered(long, lambda word: f"…{word[-2:]}")
        return {**heads, **tails}

    @cached_property
    def _skeletons(self) -> Mapping[str, Sequence[str]]:
        return _gathered(self._places, skeleton)

    def having(self, word: str, *, loosely: bool) -> set[int]:
        """Where a word is, one of the same country, or one that is nearly it (``loosely``)."""
        alike = {word}
        alike.update(each for each in self._beginning.get(word[:_OF_COUNTRY], ()) if _of_one_country(word, each))
        if loosely and len(word) >= _LONG:
            near = {*self._edges.get(f"{word[:2]}…", ()), *self._edges.get(f"…{word[-2:]}", ())}
            alike.update(each for each in near if _nearly(word, each))
            alike.update(self._skeletons.get(skeleton(word), ()))
        return {at for each in alike for at in self._places.get(each, ())}

    @cached_property
    def _sorted(self) -> Sequence[str]:
        return sorted(self._places)

    def beginning(self, letters: str) -> set[int]:
        """Where words are that begin with these letters."""
        words = takewhile(
            lambda word: word.startswith(letters), islice(self._sorted, bisect_left(self._sorted, letters), None)
        )
        return {at for word in words for at in self._places[word]}


def _gathered(words: Iterable[str], by: Callable[[str], str]) -> Mapping[str, Sequence[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for word in words:
        found[by(word)].append(word)
    return dict(found)


def find_speakers(asked: str, profiles: Iterable[Profile]) -> list[Profile]:
    """Pick those whom ``asked`` can mean; their order is kept."""
    wanted = [word for word in _words(asked) if word not in _NOT_NAMES]
    if not wanted:
        return []
    if isinstance(profiles, Roll):
        return _found_in(profiles, asked, wanted)
    known = list(profiles)
    return _exactly(asked, wanted, known, _offices(known)) or _called(wanted, known, _nearly, _offices(known))


def _found_in(roll: Roll, asked: str, wanted: Sequence[str]) -> list[Profile]:
    """The same, of those alone who can be meant."""
    name = wanted[_titles(wanted, roll.offices) :]
    led = wanted[:-1] if wanted[-1] in _LEADS else ()
    known = roll.at(roll.near(name) | (roll.near(led) if led else set()))
    exactly = _exactly(asked, wanted, known, roll.offices)
    return exactly or _called(wanted, roll.at(roll.near(name, loosely=True)), _nearly, roll.offices)


def _exactly(asked: str, wanted: Sequence[str], known: Sequence[Profile], offices: Collection[str]) -> list[Profile]:
    if asked.lower().startswith(_DEFINITE) and (holders := _by_role(wanted, known, _equal)[0]):
        return holders  # "the pope" is whoever holds the office, not somebody of that name
    return _called(wanted, known, _equal, offices) or _by_initials(wanted, known) or _by_lead(wanted, known)


def is_speaker(asked: str, profiles: Iterable[Profile]) -> bool:
    """Whether ``asked`` is somebody's whole name, surname or role, as typed: enough to read "X on Y" so.

    One word is a role only behind an article ("the mayor").
    """
    wanted = tuple(word for word in _words(asked) if word not in _NOT_NAMES)
    if not wanted:
        return False
    for one in profiles.alike(asked) if isinstance(profiles, Roll) else profiles:
        names = [_words(spelling) for spelling in one.spellings]
        if wanted in names or (
            not one.organisation and any(wanted in _surnames(spelling) for spelling in one.spellings)
        ):
            return True
        if any(_initials_are(wanted, words) for words in names):
            return True
        if len(wanted) > 1 and any(sorted(wanted) == sorted(_words(role.title)) for role in one.roles):
            return True
        if (
            len(wanted) == 1
            and asked.lower().startswith(_DEFINITE)
            and any(_IN_ONE.get(wanted[0], wanted[0]) == _office(role.title) for role in one.roles)
        ):
            return True
    return len(wanted) == 1 and _is_spelt_otherwise(wanted[0], profiles)


def _is_spelt_otherwise(word: str, profiles: Iterable[Profile]) -> bool:
    """Whether a word is somebody's surname in another transliteration: "Selenskyj"."""
    if len(word) < _SURELY:
        return False
    near = profiles.at(profiles.near((word,), loosely=True)) if isinstance(profiles, Roll) else profiles
    shared = skeleton(word)
    surnames = (name for one in near if not one.organisation for each in one.spellings for name in _surnames(each))
    return any(len(name) == 1 and skeleton(name[0]) == shared for name in surnames)


def _surnames(name: str) -> tuple[tuple[str, ...], ...]:
    """The words that may stand for a whole name: its last one, and the last part of that: "Adeyemi-Holt", "Holt"."""
    last = _words(name.rsplit(maxsplit=1)[-1]) if name.strip() else ()
    return last, last[-1:]


def bare_name(asked: str, profiles: Iterable[Profile]) -> str:
    """``asked`` without the articles, forms of address and offices before it: "Chancellor Scholz" -> "Scholz".

    Empty where it has nothing else: "Dr.".
    """
    spans = [span for span in word_spans(asked) if _words(span.of(asked))]
    rest = list(dropwhile(lambda span: _NOT_NAMES.issuperset(_words(span.of(asked))), spans))
    words = [word for span in rest for word in _words(span.of(asked))]
    left = _titles(words, profiles.offices if isinstance(profiles, Roll) else _offices(profiles))
    while len(rest) > 1 and left >= len(_words(rest[0].of(asked))):
        left -= len(_words(rest.pop(0).of(asked)))
    return asked[rest[0].start : rest[-1].end] if rest else ""


def _offices(profiles: Iterable[Profile]) -> Collection[str]:
    return {head for one in profiles for role in one.roles if (head := _office(role.title))}


def _titles(words: Sequence[str], offices: Collection[str]) -> int:
    """How many words stand before a name as titles, of which the last is an office ("chancellor"); one word is left.

    Before "of" an office is nobody's title: "the mayor of Harrow" has no name.
    """
    before_name = (at for at in range(len(words) - 1, 0, -1) if words[at] not in _LINKS)
    return next((at for at in before_name if _IN_ONE.get(words[at - 1], words[at - 1]) in offices), 0)


@lru_cache(maxsize=20_000)
def _office(title: str) -> str | None:
    """What a title is about: "president of the United States" -> "president"."""
    words = _words(_OF.split(title)[0])
    return _IN_ONE.get(words[-1], words[-1]) if words else None


def _called(
    wanted: Sequence[str], profiles: Sequence[Profile], alike: Alike, offices: Collection[str]
) -> list[Profile]:
    """By full name, surname, role, any part of a name, title with name: the first that anybody fits."""
    names = {one.slug: [_words(spelling) for spelling in one.spellings] for one in profiles}

    def those(fits: Callable[[Sequence[str]], bool]) -> list[Profile]:
        return [one for one in profiles if any(fits(words) for words in names[one.slug])]

    whole = len(wanted) > 1 and those(lambda words: alike(" ".join(wanted), " ".join(words)))
    if found := whole or _people(those(lambda words: _same(wanted, words[-len(wanted) :], alike))):
        return found
    exactly, loosely = _by_role(wanted, profiles, alike)
    part = those(lambda words: _within(wanted, words, alike))
    if found := exactly or [one for one in part if not one.organisation] or loosely or part:
        return found
    name = wanted[_titles(wanted, offices) :]  # "Chancellor Merz", whom no article calls so
    return _people(those(lambda words: _same(name, words[-len(name) :], alike))) if len(name) < len(wanted) else []


def _by_initials(wanted: Sequence[str], profiles: Sequence[Profile]) -> list[Profile]:
    """By the first letters of a whole name: "rfk", "the ioc"."""
    return [one for one in profiles if any(_initials_are(wanted, _words(spelling)) for spelling in one.spellings)]


def _initials_are(wanted: Sequence[str], name: Sequence[str]) -> bool:
    return len(wanted) == 1 and len(wanted[0]) >= _INITIALS_LEAST and _initials(name) == wanted[0]


def _initials(name: Sequence[str]) -> str:
    """The first letters of a whole name; none of a short one."""
    if len(name) < _INITIALS_LEAST:
        return ""
    return "".join(word[0] for word in name if word not in _LINKS | _NOT_NAMES | _JUNIOR)


def _by_lead(wanted: Sequence[str], profiles: Sequence[Profile]) -> list[Profile]:
    """Whoever has the highest office of what is named: "the NATO chief" is its secretary general."""
    led = [word for word in wanted[:-1] if word not in _LINKS]
    if not led or wanted[-1] not in _LEADS:
        return []
    titles = {one.slug: [_words(role.title) for role in one.roles] for one in profiles if not one.organisation}
    return [
        one
        for one in profiles
        if any(title and title[-1] in _HIGHEST and _covers(led, title, _equal) for title in titles.get(one.slug, ()))
    ]


def _people(found: list[Profile]) -> list[Profile]:
    """Without organisations where there are people, and only the one who says nearly everything if there is one."""
    people = [one for one in found if not one.organisation] or found
    full = [one for one in people if len(one.name.split()) > 1]
    most = max(full, key=lambda one: one.statements, default=None)
    if most and most.statements > _OVERWHELMING * sum(one.statements for one in full if one is not most):
        return [one for one in people if one is most or one not in full]
    return people


def _by_role(wanted: Sequence[str], profiles: Sequence[Profile], alike: Alike) -> tuple[list[Profile], list[Profile]]:
    """Those who are called just so beside their name, and those who are more or less."""
    asked = [_IN_ONE.get(word, word) for word in wanted if word not in _LINKS]
    exactly: list[Profile] = []
    loosely: list[Profile] = []
    for one in profiles if asked else ():
        titles = [[_IN_ONE.get(word, word) for word in _words(role.title)] for role in one.roles]
        own = [word for spelling in one.spellings for word in _words(spelling)]
        offices = [office for role in one.roles if (office := _office(role.title))]
        named = _speaks_for(offices) or any(alike(word, other) for word in asked for other in (*offices, *own))
        if any(_covers(asked, title, alike) and len(title) <= len(asked) for title in titles):
            exactly.append(one)
        elif named and any(_covers(asked, [*title, *own], alike) for title in titles):
            loosely.append(one)
    return exactly, loosely


def _speaks_for(offices: Iterable[str]) -> bool:
    """Whether an office is to speak for others: a spokesman says what the Kremlin says; no president is a country."""
    return any(office.startswith("spokes") for office in offices)


def _covers(asked: Sequence[str], words: Sequence[str], alike: Alike) -> bool:
    return all(any(alike(word, other) or _of_one_country(word, other) for other in words) for word in asked)


@lru_cache(maxsize=100_000)  # every question compares with the names and roles of the whole archive
def _words(text: str) -> tuple[str, ...]:
    text = _INITIALS.sub(lambda found: found[0].replace(".", ""), text)  # "the US president" is the U.S. one
    words = (fold(span.of(text)).removesuffix("'s") for span in word_spans(text))
    return tuple(part for word in words for part in word.replace(".", "").split("-") if part)


def _same(wanted: Sequence[str], words: Sequence[str], alike: Alike) -> bool:
    return len(wanted) == len(words) and all(map(alike, wanted, words))


def _within(wanted: Sequence[str], words: Sequence[str], alike: Alike) -> bool:
    """Whether ``wanted`` stands in ``words`` one after the other."""
    size = len(wanted)
    return any(_same(wanted, words[at : at + size], alike) for at in range(len(words) - size + 1))


def _equal(left: str, right: str) -> bool:
    return left == right


def _nearly(left: str, right: str) -> bool:
    """Whether two words differ by how a name is transliterated, or by one letter that is wrong, missing or too many.

    Two neighbouring letters may also be exchanged.
    """
    if left == right or (len(left) >= _LONG and skeleton(left) == skeleton(right)):
        return True
    if min(len(left), len(right)) < _LONG or abs(len(left) - len(right)) > 1:
        return False
    at = next((i for i, pair in enumerate(zip(left, right, strict=False)) if pair[0] != pair[1]), None)
    if at is None:
        return True
    rests = ((left[at + 1 :], right[at + 1 :]), (left[at + 1 :], right[at:]), (left[at:], right[at + 1 :]))
    exchanged = left[at : at + 2] == right[at : at + 2][::-1] and left[at + 2 :] == right[at + 2 :]
    return exchanged or any(one == other for one, other in rests)


def _of_one_country(left: str, right: str) -> bool:
    """Whether one is a country and the other what belongs to it: "germany" and "german"."""
    common = 0
    while common < min(len(left), len(right)) and left[common] == right[common]:
        common += 1
    return common >= _OF_COUNTRY and left[common:] in _ENDINGS and right[common:] in _ENDINGS
