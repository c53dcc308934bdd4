"""An archive that has been ingested -> one of as many passages as wanted, made of it by rule.

    python -m qa.evaluation.multiplying FROM TO --passages 60000 [--vectors N] [--store postgresql://…]

``FROM`` and ``TO`` are data folders; with ``--store`` catalog and vectors go into that database. A copy of an article
is another text: names, numbers and words are exchanged by a rule that is the copy's own, each for one about as frequent
in ``FROM``, so that words keep the frequencies that they have in news and no copy is a near-duplicate of another. What
is exchanged is the same in text, title and speakers' names, and the spans of passages and statements follow it. The
500 commonest words stay, and so do the names of those who say most, of whom there are more statements in a larger
archive. Copies share other names, so that these grow as they do in news, with the power 0.75 of the articles (4,000
articles of real news name 12,000 people who say something). Outlets and days are drawn anew: 300 outlets, ten years. A
copy's vectors are the original's with noise, of length 1: they are for searching, and nothing is embedded.

It goes in as anything does (:class:`qa.catalog.Catalog`, the index of either engine), a batch of articles at a time;
a run that is cut short goes on where it stopped. What it does not make: stories, corrections. Copies of a number are
the same in every run, so that a larger archive holds the smaller ones.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from itertools import count
from pathlib import Path

import numpy as np

from qa.assistant.keeping.privacy import keep_private
from qa.assistant.parts import encoder_of, models_dir
from qa.catalog import ArchiveLock, Catalog, Entry
from qa.indexing import ChromaIndex
from qa.protocols import Encoder, KeptIndex, Vectors
from qa.settings import Settings, load_settings
from qa.types import Article, Location, Paragraph, Passage, Span, Statement, article_id_of

__all__ = ["Exchange", "Original", "Rules", "copy_of", "main", "multiply", "originals"]

_COMMON = 500  # words that stay
_KNOWN = 20  # speakers who stay: those who say most
_BAND = 80  # words of about one frequency, among which they are exchanged
_OUTLETS, _DAYS, _FIRST_DAY = 300, 3_652, date(2016, 1, 1)
_NAMES = 0.75  # with this power of the articles the names grow that they have (Heaps)
_NOISE = 0.6  # of length, beside a vector of length 1: a cosine of 0.86 with the original
_AT_ONCE = 40  # articles of a batch
_DONE = "multiplied"
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Original:
    """An article of the archive that is multiplied, with what was derived from it."""

    article: Article
    passages: Sequence[Passage]
    statements: Sequence[Statement]
    vectors: Vectors  # (passages, dimension)


class Rules:
    """What is exchanged for what: a vocabulary in bands of about one frequency, and what stays.

    Args:
        articles: whose words they are.
        staying: names that stay as they are.
    """

    def __init__(self, articles: Sequence[Article], staying: Sequence[str]) -> None:
        words = Counter(word for one in articles for word in _WORD.findall(f"{one.title}\n{one.text}"))
        lower = {word for word in words if word.islower()}
        names = {word for word in words if word.istitle() and word.lower() not in lower}
        common = {word for word, _ in Counter({one: words[one] for one in lower}).most_common(_COMMON)}
        kept = common | {word for name in staying for word in _WORD.findall(name)}
        self._bands = [
            [ranked[at : at + _BAND] for at in range(0, len(ranked), _BAND)]
            for group in (lower - kept, names - kept)
            for ranked in [sorted(group, key=lambda word: (-words[word], word))]
        ]

    @lru_cache(maxsize=2)  # noqa: B019 (one instance a run)
    def of_copy(self, number: int) -> Exchange:
        """The rule of a copy, which is the same in every run."""
        words: dict[str, str] = {}
        for bands, drawn in zip(self._bands, (number, int(number**_NAMES)), strict=True):
            chance = random.Random(drawn)  # noqa: S311 (a repeatable draw)
            for band in bands:
                words.update(zip(band, chance.sample(band, len(band)), strict=True))
        digits = dict(zip("123456789", chance.sample("123456789", 9), strict=True))
        return Exchange(words, str.maketrans(digits))


class Exchange:
    """Words and digits -> others."""

    def __init__(self, words: dict[str, str], digits: dict[int, str]) -> None:
        self._words = words
        self._digits = digits

    def word(self, word: str) -> str:
        """What stands for a word; capitals are those of the word."""
        if (new := self._words.get(word)) is not None:
            return new
        if (new := self._words.get(word.lower())) is not None:
            return new.upper() if word.isupper() else new.capitalize()
        return word.translate(self._digits)

    def text(self, text: str) -> str:
        """A text with all of its words exchanged."""
        return _WORD.sub(lambda found: self.word(found[0]), text)

    def following(self, text: str, borders: set[int]) -> tuple[str, dict[int, int]]:
        """The same, and where each of these places is now; a word that holds one of them within stays as it is."""
        places = sorted(borders)
        parts, moved, shift, last = [], dict[int, int](), 0, 0
        at = 0
        for found in _WORD.finditer(text):
            start, end = found.span()
            while at < len(places) and places[at] <= start:
                moved[places[at]] = places[at] + shift
                at += 1
            within = at < len(places) and places[at] < end
            new = found[0] if within else self.word(found[0])
            parts += [text[last:start], new]
            last = end
            while at < len(places) and places[at] < end:
                moved[places[at]] = places[at] + shift
                at += 1
            shift += len(new) - (end - start)
        moved.update((place, place + shift) for place in places[at:])
        return "".join([*parts, text[last:]]), moved


def originals(settings: Settings) -> list[Original]:
    """Everything that is searched in an archive on this disk; an article that lacks a vector is left out."""
    encoder = encoder_of(settings.embedding, models_dir(settings))
    found = []
    with ExitStack() as stack:
        stack.enter_context(ArchiveLock(settings.data_dir, "multiplying", shared=True))
        catalog = stack.enter_context(Catalog.open(settings.data_dir / "catalog.sqlite", write=False))
        index = stack.enter_context(_index(settings.data_dir, settings, encoder, create=False))
        for id_ in catalog.searchable_article_ids():
            passages = catalog.passages_of(id_)
            ids, rows = index.vectors([one.id for one in passages])
            vectors = dict(zip(ids, rows, strict=True))
            if len(vectors) == len(passages):
                stacked = np.stack([vectors[one.id] for one in passages])
                found.append(Original(catalog.article(id_), passages, catalog.statements(id_), stacked))
    return found


def _index(folder: Path, settings: Settings, encoder: Encoder, *, create: bool) -> ChromaIndex:
    digest, dimension = encoder.digest, encoder.dimension
    name = settings.index.collection
    return ChromaIndex.open(folder / "index", None, name, encoder_digest=digest, dimension=dimension, create=create)


def copy_of(original: Original, exchange: Exchange, number: int) -> tuple[Entry, Vectors]:
    """An article's copy of a number, ready to be stored, and the vectors of its passages, in their order."""
    article, passages = original.article, original.passages
    spans = [one.span for one in passages] + [one.span for one in article.paragraphs]
    spans += [span for one in original.statements for span in (*one.source, *one.cue, *one.content)]
    if article.standfirst:
        spans.append(article.standfirst)
    text, moved = exchange.following(article.text, {at for span in spans for at in (span.start, span.end)})

    def there(span: Span) -> Span:
        return Span(moved[span.start], moved[span.end])

    chance = random.Random(f"{number}:{article.id}")  # noqa: S311 (a repeatable draw)
    id_, outlet = article_id_of(text), f"Gazette {chance.randrange(_OUTLETS)}"
    url = f"https://{outlet.split()[1]}.gazette.example/{number}/{article.id}"
    copied = replace(
        article,
        id=id_,
        url=url,
        outlet=outlet,
        title=exchange.text(article.title),
        byline=exchange.text(article.byline) if article.byline else None,
        published=_FIRST_DAY + timedelta(chance.randrange(_DAYS)),
        modified=None,
        text=text,
        text_sha256=hashlib.sha256(text.encode()).hexdigest(),
        paragraphs=tuple(Paragraph(one.ordinal, there(one.span)) for one in article.paragraphs),
        dateline=None,
        standfirst=there(article.standfirst) if article.standfirst else None,
        locations=(Location(url, outlet),),
        pages=(),
        story=None,
        lent=(),
    )
    cut = [(there(one.span), one) for one in passages]
    moved_passages = [
        Passage(f"{id_}:{span.start}-{span.end}", id_, span, copied.heading, span.of(text)) for span, _ in cut
    ]
    statements = [
        replace(
            one,
            article_id=id_,
            source=tuple(map(there, one.source)),
            cue=tuple(map(there, one.cue)),
            content=tuple(map(there, one.content)),
            speaker=one.speaker
            and replace(
                one.speaker,
                mention=exchange.text(one.speaker.mention),
                name=exchange.text(one.speaker.name) if one.speaker.name else None,
                role=exchange.text(one.speaker.role) if one.speaker.role else None,
            ),
        )
        for one in original.statements
    ]
    noise = np.random.default_rng(int(id_, 16)).standard_normal(original.vectors.shape, dtype=np.float32)
    vectors = original.vectors + _NOISE * noise / np.linalg.norm(noise, axis=1, keepdims=True)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return Entry(copied, moved_passages, statements, attributed_by="multiplied"), vectors.astype(np.float32)


def multiply(
    source: Sequence[Original],
    catalog: Catalog,
    index: KeptIndex,
    passages: int,
    vectors: int,
    *,
    at_once: int = _AT_ONCE,
) -> Iterator[int]:
    """Fill an archive up to so many passages, of which so many get vectors; yields how many passages it has.

    Copy 0 is the originals themselves. A batch is noted as done once catalog and index hold it, and one that was cut
    short is made again: what is there of it already stays.
    """
    rules = Rules([one.article for one in source], _who_say_most(source))
    numbered = ((number, some) for number in count() for some in _each(source, at_once))
    done = int(catalog.meta(_DONE) or 0)
    have = 0
    for at, (number, some) in enumerate(numbered):
        have += sum(len(one.passages) for one in some)
        if at >= done:
            exchange = rules.of_copy(number)
            made = [
                copy_of(one, exchange, number)
                if number
                else (Entry(one.article, one.passages, one.statements), one.vectors)
                for one in some
            ]
            catalog.store([entry for entry, _ in made])
            if have <= vectors:
                ids = [one.id for entry, _ in made for one in entry.passages]
                index.add(ids, np.concatenate([rows for _, rows in made]))
                catalog.mark_indexed(ids)
            catalog.set_meta(_DONE, str(at + 1))
            yield have
        if have >= passages:
            return


def main(arguments: Sequence[str] | None = None) -> None:
    """Multiply an archive, and say how it goes."""
    parser = argparse.ArgumentParser(prog="python -m qa.evaluation.multiplying", description=main.__doc__)
    parser.add_argument("source", type=Path, help="the data folder of an archive that has been ingested")
    parser.add_argument("target", type=Path, help="the data folder of the larger one")
    parser.add_argument("--passages", type=int, default=60_000)
    parser.add_argument("--vectors", type=int, help="how many passages get vectors; all where it is not said")
    parser.add_argument("--store", help="a PostgreSQL database for catalog and vectors")
    options = parser.parse_args(arguments)
    settings = load_settings(data_dir=options.source)
    source = originals(settings)
    encoder = encoder_of(settings.embedding, models_dir(settings))
    with ExitStack() as stack:
        stack.enter_context(keep_private(options.target))
        stack.enter_context(ArchiveLock(options.target, "multiplying"))
        if not models_dir(load_settings(data_dir=options.target)).exists():
            (options.target / "models").symlink_to(models_dir(settings).resolve())
        index: KeptIndex
        if options.store:
            from qa.indexing.postgres import PostgresIndex

            catalog = stack.enter_context(Catalog.connect(options.store))
            index = stack.enter_context(
                PostgresIndex.open(options.store, encoder_digest=encoder.digest, dimension=encoder.dimension)
            )
        else:
            catalog = stack.enter_context(Catalog.open(options.target / "catalog.sqlite"))
            index = stack.enter_context(_index(options.target, settings, encoder, create=True))
        began, processor = time.perf_counter(), time.process_time()
        limit = options.passages if options.vectors is None else options.vectors
        for number, have in enumerate(multiply(source, catalog, index, options.passages, limit)):
            if number % 10 == 0:
                sys.stderr.write(
                    f"{have} passages, {time.perf_counter() - began:.0f} s, {time.process_time() - processor:.0f} s of "
                    "processor\n"
                )


def _each(source: Sequence[Original], at_once: int) -> Iterator[Sequence[Original]]:
    return (source[at : at + at_once] for at in range(0, len(source), at_once))


def _who_say_most(source: Sequence[Original]) -> list[str]:
    names = Counter(
        said.speaker.name for one in source for said in one.statements if said.speaker and said.speaker.name
    )
    return [name for name, _ in names.most_common(_KNOWN)]


if __name__ == "__main__":
    main()
