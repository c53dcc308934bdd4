"""Somebody's statements -> the phrases, names and words that most of them have, as ways into a long list.

Promise: a topic is printed as the articles print it, and asking for it finds at least the statements that were counted.
What it does not know: meaning. Two words for one thing are two topics, and a common word can seem to be one.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable

from qa.text import fold, word_spans

__all__ = ["topics_of"]

_FEWEST = 2  # statements that a topic is in
_SHORTEST = 4  # letters of a word
_WORDS_OF_ANY_TOPIC = """
able about above abroad according across actually adding after again against agree agreed ahead allow almost alone
along already also although always american americans among announce announced another anybody anyone anything area
areas aren't around asked asking away back based basic became because become been before began begin behind being
believe believes below best better between both bring brought called came cannot case cases certain certainly
challenge challenges chance change class clear clearly close come comes coming common completely consider continue
continued could couldn't countries country course current currently days deal dear decision described despite didn't
different difficult does doesn't doing don't done down during each earlier early either else end enough even ever
every everybody everyone everything exactly expect expected fact failed feel felt find first five following forward
found four from full further future gave general gets getting give given gives giving goal goals goes going gone good
great group half hand happen happened hard have having hear heard held help here herself high himself hold hope hours
however hundred idea important included including indeed instead into involved issue itself just keep kept kind knew
know known large last late later least leave left less like likely little long longer look looking lost lots made main
major make makes making many matter maybe mean means meant might million moment month months more morning most move
moved much must myself nearly need needed needs never news next night nobody nothing number obviously often once only
open opening openings order other others ought over pace part parts past people percent perhaps period person place
plan play point position possible probably problem process provide public question questions quite rather ready real
really reason reasons regarding remain reported reporters result right rule rules said same saying says second seem
seems seen sent seven several shall should show showed shown side simply since situation small social some somebody
someone something soon sort started state statement still stop strong such sure system take taken takes taking
talk talked talking tell than thank that their them themselves then there these they thing things think third this
those though thought thousand three through thus time times today together told tomorrow took toward towards tried
true truly trying turn under understand unless until upon used using usual very view wait want wanted wants ways week
weeks well went were weren't what whatever when where whether which while whole whom whose will with within without
won't word words work worked working world would wrong year years yesterday your yourself
"""
_COMMON = frozenset(_WORDS_OF_ANY_TOPIC.split())


def topics_of(statements: Iterable[str], left_out: Collection[str], most: int = 12) -> list[tuple[str, int]]:
    """Return topics with the number of statements that have them, most frequent first.

    Args:
        statements: the words of each statement.
        left_out: names, such as the speaker's own, of which no word is a topic.
        most: how many topics.
    """
    names = {word for name in left_out for word, _, _ in _words(name)}
    counts: Counter[str] = Counter()
    printed: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for text in statements:
        found = dict(_terms(text, names))
        counts.update(found.keys())
        for key, words in found.items():
            printed[key][words] += 1
    _drop_parts(counts)
    ranked = sorted((-count, key) for key, count in counts.items() if count >= _FEWEST)
    return [(printed[key].most_common(1)[0][0], -count) for count, key in ranked[:most]]


def _terms(text: str, left_out: Collection[str]) -> Iterable[tuple[str, str]]:
    """Words worth asking for, and phrases of two in a row: key and words as printed."""
    words = _words(text)
    worth = [len(key) >= _SHORTEST and key not in _COMMON and key not in left_out for key, _, _ in words]
    for at, (key, word, goes_on) in enumerate(words):
        if worth[at] and key.isalpha():
            yield _singular(key), word
            if at and goes_on and worth[at - 1]:
                yield f"{words[at - 1][0]} {_singular(key)}", f"{words[at - 1][1]} {word}"


def _words(text: str) -> list[tuple[str, str, bool]]:
    """Each word, folded and as printed, without its possessive; whether only a space is between it and the last."""
    words = []
    end = -1
    for span in word_spans(text):
        whole = span.of(text)
        word = whole.removesuffix("'s").removesuffix("’s")
        words.append((fold(word).replace("’", "'"), word, span.start == end + 1 and text[end] == " "))
        end = span.start + len(word)
    return words


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


def _drop_parts(counts: Counter[str]) -> None:
    """Let a phrase stand for its words where they hardly occur without it."""
    for phrase in [key for key in counts if " " in key and counts[key] >= _FEWEST]:
        for word in map(_singular, phrase.split()):
            if counts[word] <= counts[phrase] * 1.5:
                del counts[word]
