"""Somebody's statements, and what else the archive has -> the noun phrases that mark them, as ways into a long list.

A topic is a noun or up to three words that end in one, in several of the statements and far more often there than
elsewhere (log-likelihood, Dunning 1993): "rate hikes" for a central banker, "country" for nobody. What is a noun is
told by :mod:`qa.people.nouns`.

Promise: a topic is printed as the articles print it, and asking for it finds statements.
What it does not know: meaning. Two words for one thing are two topics, and a figure of speech can seem to be one.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from math import log

from qa.people.nouns import LONGEST, Backdrop, Word, is_noun, is_vague, may_lead, phrase_at, words_of

__all__ = ["topics_of"]

_FEWEST = 2  # statements that a topic is in
_LEAST = 6.63  # log-likelihood that chance has once in a hundred words
_PART = 0.6  # of a word's statements that are a phrase's: then the phrase stands for it


def topics_of(
    statements: Iterable[str], left_out: Collection[str], elsewhere: Backdrop | None = None, most: int = 12
) -> list[tuple[str, int]]:
    """Return topics with the number of statements that have them, what marks the speaker most first.

    Args:
        statements: the words of each statement.
        left_out: names, such as the speaker's own, of which no word is a topic.
        elsewhere: what else the archive has; without it, topics are ranked by how many statements have them.
        most: how many topics.
    """
    names = {one.key for name in left_out for one in words_of(name)}
    said = [words_of(text) for text in statements]
    own = Backdrop()
    for words in said:
        own.add(words)
    known = elsewhere or Backdrop()
    counts: Counter[str] = Counter()
    printed: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for words in said:
        found = dict(_terms(words, names, own, known))
        counts.update(found.keys())
        for key, as_printed in found.items():
            printed[key][as_printed] += 1
    counts = Counter({key: count for key, count in counts.items() if count >= _FEWEST})
    _drop_parts(counts)
    marks = {key: _log_likelihood(count, own.words, known.often[key], known.words) for key, count in counts.items()}
    ranked = sorted((key for key in counts if marks[key] >= _LEAST), key=lambda key: (-marks[key], key))
    return [(printed[key].most_common(1)[0][0], counts[key]) for key in ranked[:most]]


def _terms(
    words: Sequence[Word], left_out: Collection[str], own: Backdrop, known: Backdrop
) -> Iterator[tuple[str, str]]:
    """Nouns worth asking for, and phrases that end in one: key and words as printed."""
    for at, last in enumerate(words):
        if last.key in left_out or not is_noun(last, own, known):
            continue
        if not is_vague(last):
            yield last.key, last.printed
        for size in range(2, LONGEST + 1):
            phrase = phrase_at(words, at - size + 1, size) if at >= size - 1 else ()
            if phrase and all(one.key not in left_out and may_lead(one, own, known) for one in phrase[:-1]):
                yield " ".join(one.key for one in phrase), " ".join(one.printed for one in phrase)


def _log_likelihood(count: int, size: int, elsewhere: int, rest: int) -> float:
    """How surely a word is more frequent here than elsewhere; with nothing to compare, how frequent it is."""
    if not rest:
        return _LEAST + count
    share = (count + elsewhere) / (size + rest)
    if count / size <= share:
        return 0.0
    found = 2 * count * log(count / (size * share))
    return found + (2 * elsewhere * log(elsewhere / (rest * share)) if elsewhere else 0.0)


def _drop_parts(counts: Counter[str]) -> None:
    """Let a phrase stand for its parts where they hardly occur without it."""
    for phrase in sorted((key for key in counts if " " in key), key=lambda key: (-key.count(" "), key)):
        if phrase not in counts:
            continue
        words = phrase.split()
        for size in range(1, len(words)):
            for at in range(len(words) - size + 1):
                part = " ".join(words[at : at + size])
                if part in counts and counts[phrase] >= _PART * counts[part]:
                    del counts[part]
