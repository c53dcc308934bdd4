"""A speaker as asked for ("merz", "the german chancellor", "Zelenskiy") becomes speakers of the archive.

Promises: letter case, accents and hyphens make no difference; a full name beats a surname, which beats a role, which
beats another part of a name. "Merz" means Friedrich Merz as well as a Merz whose article gives no first name. Two
people who share what was asked are both returned: the answer shows whose statement each is; but where nearly everything
is said by one of them, a bare surname means that one. Where nothing fits as it is typed, initials ("rfk") and
whoever leads ("the NATO chief") are looked for, then one wrong letter is forgiven.

What it does not know: nicknames, and who held an office when.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from itertools import dropwhile

from qa.people.identities import Profile
from qa.people.spelling import skeleton
from qa.text import fold, word_spans

__all__ = ["bare_name", "find_speakers", "is_speaker"]

_TITLE_WORDS = "the a an mr mrs ms miss dr sir der die das dem den herr frau"
_INITIALS = re.compile(r"\b(?:[A-Za-z]\.){2,}")
_NOT_NAMES = frozenset(_TITLE_WORDS.split())
_DEFINITE = ("the ", "der ", "die ", "dem ", "den ")
_LINKS = frozenset(("of", "for", "at", "in", "from", "and", "von"))  # "the president of ukraine": Ukrainian president
_OF = re.compile(r"\s(?:of|for|at|in|to|from|with|on)\s|,")
_LONG = 5  # letters from which one may be wrong
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

_INITIALS_LEAST = 3  # letters of initials
_JUNIOR = frozenset(("jr", "sr", "ii", "iii"))
_LEADS = frozenset(("chief", "boss", "head", "leader"))
_HIGHEST = frozenset(
    ("general", "chair", "chairman", "chairwoman", "director", "president", "ceo", "executive", *_LEADS)
)

Alike = Callable[[str, str], bool]


def find_speakers(asked: str, profiles: Iterable[Profile]) -> list[Profile]:
    """Pick those whom ``asked`` can mean; their order is kept."""
    wanted = [word for word in _words(asked) if word not in _NOT_NAMES]
    if not wanted:
        return []
    known = list(profiles)
    if asked.lower().startswith(_DEFINITE) and (holders := _by_role(wanted, known, _equal)[0]):
        return holders  # "the pope" is whoever holds the office, not somebody of that name
    return (
        _called(wanted, known, _equal)
        or _by_initials(wanted, known)
        or _by_lead(wanted, known)
        or _called(wanted, known, _nearly)
    )


def is_speaker(asked: str, profiles: Iterable[Profile]) -> bool:
    """Whether ``asked`` is somebody's whole name, surname or role, as typed: enough to read "X on Y" so.

    One word is a role only behind an article ("the mayor").
    """
    wanted = tuple(word for word in _words(asked) if word not in _NOT_NAMES)
    for one in profiles:
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
    return False


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
    left = _titles(words, profiles)
    while len(rest) > 1 and left >= len(_words(rest[0].of(asked))):
        left -= len(_words(rest.pop(0).of(asked)))
    return asked[rest[0].start : rest[-1].end] if rest else ""


def _titles(words: Sequence[str], profiles: Iterable[Profile]) -> int:
    """How many words stand before a name as titles, of which the last is an office ("chancellor"); one word is left."""
    offices = {head for one in profiles for role in one.roles if (head := _office(role.title))}
    return next((at for at in range(len(words) - 1, 0, -1) if _IN_ONE.get(words[at - 1], words[at - 1]) in offices), 0)


@lru_cache(maxsize=20_000)
def _office(title: str) -> str | None:
    """What a title is about: "president of the United States" -> "president"."""
    words = _words(_OF.split(title)[0])
    return _IN_ONE.get(words[-1], words[-1]) if words else None


def _called(wanted: Sequence[str], profiles: Sequence[Profile], alike: Alike) -> list[Profile]:
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
    name = wanted[_titles(wanted, profiles) :]  # "Chancellor Merz", whom no article calls so
    return _people(those(lambda words: _same(name, words[-len(name) :], alike))) if len(name) < len(wanted) else []


def _by_initials(wanted: Sequence[str], profiles: Sequence[Profile]) -> list[Profile]:
    """By the first letters of a whole name: "rfk", "the ioc"."""
    return [one for one in profiles if any(_initials_are(wanted, _words(spelling)) for spelling in one.spellings)]


def _initials_are(wanted: Sequence[str], name: Sequence[str]) -> bool:
    if len(wanted) != 1 or len(wanted[0]) < _INITIALS_LEAST or len(name) < _INITIALS_LEAST:
        return False
    words = [word for word in name if word not in _LINKS | _NOT_NAMES | _JUNIOR]
    return "".join(word[0] for word in words) == wanted[0]


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
    return common >= 4 and left[common:] in _ENDINGS and right[common:] in _ENDINGS
