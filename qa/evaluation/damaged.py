"""Quotations damaged by rule, and altered by rule -> how often damage is told from alteration.

    python -m qa.evaluation.damaged SOURCE… [--seed 7] [--cases 300] [--output docs/results/damaged-DATE.md]

Half of the cases are sentences of the articles as a scan, a column or a copy leaves them: one to three letters misread
("rn" for "m", "c" for "e", "1" for "l"), ligatures, a hyphen where a line ended, a space lost or put into a word,
accents lost or spelled out, quotation marks of the other kind. The other half has one thing changed that a reader would
mind: a word exchanged for one of another article, dropped, put in, a number, "not", "can" for "could". *False alarm*:
damage that is called anything but verbatim or damaged. *Missed*: an alteration that is called verbatim or damaged. A
misread letter counts as damage also where it happens to make another word ("had" for "bad"), which nobody could tell.

Beside that: every two names of the articles that differ by nothing but letters which scans confuse ("Hecker" and
"Becker"), each put in the other's place in a sentence that is compared with itself alone: nothing tells that the
other is somebody. Called damaged, a wrong name passes.

What it does not know: how often real scans do which of these.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from unicodedata import combining, normalize

from qa.evaluation.filing import commit, deliver, machine
from qa.ingestion import Limits, expand, read_articles
from qa.text import fold, sentence_spans
from qa.types import Article
from qa.verification import Texts, Verdict
from qa.verification.damage import as_scanned, plainly_alike, spelled_out

__all__ = ["ALTERATIONS", "DAMAGES", "Case", "Swap", "cases", "main", "render", "swaps"]

_LEAST, _MOST = 8, 24  # words of a sentence
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][^\W\d_A-Z]{2,}\b")  # not where every word has a capital
_OFTEN = 3  # articles that have a name, from which on it is no misprint
_UNHARMED = frozenset((Verdict.VERBATIM, Verdict.DAMAGED))

ACCENTS = {
    "é": "e",
    "è": "e",
    "ã": "a",
    "á": "a",
    "ä": "a",
    "ö": "o",
    "ü": "u",
    "ø": "o",
    "ß": "ss",
    "ç": "c",
    "ñ": "n",
}
_TRIES = 2_000  # sentences that are tried until one can be changed so

Change = Callable[[str, random.Random, Sequence[str]], str]


@dataclass(frozen=True, slots=True)
class Case:
    """A quotation as it arrives, what was done to it, and whether that was damage."""

    quotation: str
    done: str
    damage: bool


@dataclass(frozen=True, slots=True)
class Swap:
    """A sentence, and with another name of the articles in the place of one of its own."""

    printed: str
    quoted: str


def _replaced(pattern: str, by: str) -> Change:
    return _misread({pattern: by}, most=1)


def _misread(confused: Mapping[str, str], most: int = 3) -> Change:
    """Replace up to so many places that match one of these patterns, each by what it is taken for."""

    def change(text: str, chance: random.Random, others: Sequence[str]) -> str:
        for _ in range(chance.randint(1, most)):
            places = [(place, by) for pattern, by in confused.items() for place in re.finditer(pattern, text)]
            if places:
                place, by = chance.choice(places)
                text = text[: place.start()] + by + text[place.end() :]
        return text

    return change


def _ligature(text: str, chance: random.Random, others: Sequence[str]) -> str:
    return text.replace("fi", "\ufb01", 1)


def _without_accents(text: str, chance: random.Random, others: Sequence[str]) -> str:
    return "".join(one for one in normalize("NFD", text) if not combining(one))


def _at_line_end(text: str, chance: random.Random, others: Sequence[str]) -> str:
    return _within_word(text, chance, "-\n")


def _space_put_in(text: str, chance: random.Random, others: Sequence[str]) -> str:
    return _within_word(text, chance, " ")


def _within_word(text: str, chance: random.Random, put: str) -> str:
    word = chance.choice(list(re.finditer(r"\b[a-z]{6,}\b", text)) or [None])
    if word is None:
        return text
    at = chance.randrange(word.start() + 2, word.end() - 2)
    return text[:at] + put + text[at:]


def _exchanged(text: str, chance: random.Random, others: Sequence[str]) -> str:
    word = chance.choice(list(re.finditer(r"\b[a-z]{4,}\b", text)) or [None])
    if word is None:
        return text
    other = chance.choice([one for one in others if one != word[0]])
    return text[: word.start()] + other + text[word.end() :]


def _dropped(text: str, chance: random.Random, others: Sequence[str]) -> str:
    words = text.split()
    del words[chance.randrange(1, len(words) - 1)]
    return " ".join(words)


def _put_in(text: str, chance: random.Random, others: Sequence[str]) -> str:
    words = text.split()
    words.insert(chance.randrange(1, len(words) - 1), chance.choice(others))
    return " ".join(words)


def _another_number(text: str, chance: random.Random, others: Sequence[str]) -> str:
    digit = chance.choice(list(re.finditer(r"\d", text)) or [None])
    if digit is None:
        return text
    return text[: digit.start()] + str((int(digit[0]) + chance.randrange(1, 10)) % 10) + text[digit.end() :]


DAMAGES: dict[str, Change] = {
    "m and rn": _misread({"m": "rn", "rn": "m"}),
    "l, i, I and 1": _misread({"l": "1", "i": "l", "I": "l", "(?<=[a-z])l": "I", r"\b1": "l"}),
    "o, O and 0": _misread({"(?<=[a-z])o": "0", "O": "0", "(?<=[0-9])0": "O"}),
    "w and vv": _misread({"w": "vv"}),
    "e and c": _misread({"e": "c", "c": "e"}),
    "n and u": _misread({"n": "u", "u": "n"}),
    "h and b": _misread({"h": "b", "b": "h"}),
    "d and cl": _misread({"d": "cl", "cl": "d"}),
    "a ligature": _ligature,
    "a line's end": _at_line_end,
    "a space put in": _space_put_in,
    "a space lost": _replaced("(?<=[a-z]) (?=[a-z])", ""),
    "accents lost": _without_accents,
    "an accent lost": _misread(ACCENTS, most=1),
    "umlauts spelled out": lambda text, chance, others: spelled_out(text),
    "the other marks": _replaced("[“”]", '"'),
}
ALTERATIONS: dict[str, Change] = {
    "a word exchanged": _exchanged,
    "a word dropped": _dropped,
    "a word put in": _put_in,
    "another number": _another_number,
    "not put in": _replaced(r"(?<=\b(?:is|as|ad) )", "not "),
    "not left out": _replaced(r"\bnot ", ""),
    "can and could": _misread(
        {r"\bcan\b": "could", r"\bcould\b": "can", r"\bwill\b": "would", r"\bwould\b": "will"}, 1
    ),
}


def cases(articles: Sequence[Article], count: int, seed: int) -> Iterator[Case]:
    """Make so many cases, the two halves in turn, each kind as often as any other where sentences allow it."""
    chance = random.Random(seed)  # noqa: S311
    sentences = [span.of(article.text) for article in articles for span in sentence_spans(article.text)]
    sentences = [one for one in sentences if _LEAST <= len(one.split()) <= _MOST]
    words = sorted({word for one in sentences for word in re.findall(r"\b[a-z]{4,}\b", one)})
    made = 0
    while made < count:
        kinds = (DAMAGES, ALTERATIONS)[made % 2]
        done = chance.choice(list(kinds))
        for sentence in chance.choices(sentences, k=_TRIES):
            changed = kinds[done](sentence, chance, words)
            if changed != sentence:
                yield Case(changed, done, kinds is DAMAGES)
                made += 1
                break


def swaps(articles: Sequence[Article]) -> Iterator[Swap]:
    """Put names of the articles in each other's place where scans confuse the letters by which they differ."""
    where: dict[str, list[str]] = defaultdict(list)
    for article in articles:
        for span in sentence_spans(article.text):
            for name in dict.fromkeys(_NAME.findall(span.of(article.text))):
                where[name].append(f"{article.id} {span.of(article.text)}")
    known = {name: found for name, found in where.items() if len({one.partition(" ")[0] for one in found}) >= _OFTEN}
    alike: dict[str, list[str]] = defaultdict(list)
    for name in known:
        alike[as_scanned(name)].append(name)
    for names in alike.values():
        for name in names:
            printed = known[name][0].partition(" ")[2]
            for other in names:
                if fold(other) != fold(name) and not plainly_alike(name, other):
                    yield Swap(printed, re.sub(rf"\b{name}\b", other, printed))


def render(
    told: Sequence[tuple[Case, Verdict]], swapped: Sequence[tuple[Swap, Verdict]], articles: int, seed: int
) -> str:
    """Lay out the page."""
    passed = sum(verdict in _UNHARMED for _, verdict in swapped)
    lines = [
        f"# Damage told from alteration, {datetime.now(UTC).date()}",
        "",
        f"{machine()}; commit {commit()}; {articles} articles, {len(told)} cases, seed {seed}.",
        "",
        "| | cases | wrong | verdicts |",
        "|---|---|---|---|",
    ]
    for damage, name in ((True, "**damaged**: false alarms"), (False, "**altered**: missed")):
        half = [one for one in told if one[0].damage is damage]
        lines.append(_row(name, half))
        lines += [
            _row(kind, [one for one in half if one[0].done == kind]) for kind in (DAMAGES if damage else ALTERATIONS)
        ]
    lines += [
        "",
        f"Names that scans confuse, in each other's place and unknown to the texts: {len(swapped)}; taken for damage: "
        f"{passed}.",
    ]
    return "\n".join([*lines, ""])


def _row(name: str, told: Sequence[tuple[Case, Verdict]]) -> str:
    wrong = sum((verdict in _UNHARMED) is not case.damage for case, verdict in told)
    verdicts = ", ".join(f"{verdict} {count}" for verdict, count in Counter(one.value for _, one in told).most_common())
    share = f"{wrong} of {len(told)}, {100 * wrong / len(told):.1f} %" if told else ""
    return f"| {name} | {len(told)} | {share} | {verdicts} |"


def main(arguments: Sequence[str] | None = None) -> None:
    """Make the cases, check them and print the page, or write it with ``--output``."""
    parser = argparse.ArgumentParser(prog="python -m qa.evaluation.damaged", description=main.__doc__)
    parser.add_argument("sources", nargs="+", help="articles, in any form that is ingested")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--cases", type=int, default=300)
    parser.add_argument("--wrong", action="store_true", help="list what was told wrongly")
    parser.add_argument("--output", type=Path, help="write the page here instead of printing it")
    options = parser.parse_args(arguments)
    sources = [one for one in expand(options.sources) if isinstance(one, str)]
    read = [one for source in sources for one in read_articles(source, Limits(), now=datetime.now(UTC))]
    articles = [one for one in read if isinstance(one, Article)]
    texts = Texts([article.text for article in articles])
    told = [(case, texts.verify(case.quotation).verdict) for case in cases(articles, options.cases, options.seed)]
    for case, verdict in told:
        if options.wrong and (verdict in _UNHARMED) is not case.damage:
            sys.stdout.write(f"{case.done}: {verdict.value}: {case.quotation!r}\n")
    swapped = [(one, Texts([one.printed]).verify(one.quoted).verdict) for one in swaps(articles)]
    for swap, verdict in swapped:
        if options.wrong and verdict in _UNHARMED:
            sys.stdout.write(f"a name: {verdict.value}: {swap.printed!r}: {swap.quoted!r}\n")
    page = render(told, swapped, len(articles), options.seed)
    deliver(page, options.output)


if __name__ == "__main__":
    main()
