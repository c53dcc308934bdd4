"""A text -> its words with what stands beside them, by which nouns are told from verbs and adjectives.

"the storm," has a noun, "to storm the" a verb: whoever has seen a word often knows which it mostly is, without a list
of nouns. Promise: the same text gives the same counts; a phrase never crosses a break or a word of grammar.

What it does not know: words that it has not seen, and what a word means. English only.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from qa.text import fold, word_spans
from qa.text.vocabulary import MONTHS, WEEKDAYS

__all__ = ["LONGEST", "Backdrop", "Word", "is_noun", "is_vague", "may_lead", "phrase_at", "words_of"]

LONGEST = 3  # words of a phrase
_SHORTEST = 3  # letters of a noun that is no acronym
_DESCRIBING = ("ed", "ive", "ous", "ful", "able", "ible", "ical", "less", "ing", "ly")  # ends of what is seldom a noun
_SELDOM, _SURELY = 3, 2  # such a word is one where it is that many times as often a noun as not, and some times more


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_DETERMINERS = _words("""
the a an this that these those my your his her its our their no any some every each another all both
""")
_PREPOSITIONS = _words("""
of in on at by for with from about against between into through during without under over after before across toward
towards regarding around among
""")
_BEFORE_VERBS = _words("""
to what which i we you they he she it who will would can could should shall must may might not never also don't
doesn't didn't won't wouldn't can't cannot couldn't shouldn't i'll we'll they'll he'll she'll you'll i'd we'd let's
i've we've they've has have had be been being was were is are am isn't aren't wasn't weren't he's she's it's we're
they're you're i'm gets got get
""")
_AFTER_NOUNS = _words("""
of in on at by for with from about against between into through during without under over after before across to
toward towards that which who whose where when while because if is are was were will would can could should has have
had may might must
""")
_AFTER_VERBS = _words("""
the a an this these those my your his her our their him them it us me up out
""")
_ADVERBS = _words("""
more most very so too as just even how really quite rather less least ever still always already
""")
_CALENDAR = frozenset((*WEEKDAYS, *MONTHS)) | _words("""
jan feb mar apr jun jul aug sept sep oct nov dec spring summer autumn fall winter
""")
_GRAMMAR = _words("""
down off away again ago today tomorrow yesterday tonight and or but nor as than so based what how why there here then
now too more most very just only even ever still else already almost always maybe instead indeed though although
however whether unless until since once per via like yes no mr mrs ms dr do does did done doing go going gone went
come came make made making take took taken taking give gave given giving keep kept keeping let put say said says
saying see saw seen seeing know knew known knowing think believe try trying tried find found tell told ask asked
become became seem look looking feel felt need want wants wanted needs
""")
_GRAMMAR |= _DETERMINERS | _PREPOSITIONS | _BEFORE_VERBS | _AFTER_NOUNS | _AFTER_VERBS
# Nouns and adjectives that say nothing of what is spoken about.
_VAGUE = _words("""
able abroad accord act action actual actually additional affair afternoon again ago ahead amount answer anybody anyone
anything approach area aspect attempt available back bad basis beginning best better big bit black both boy bring call
case cause certain challenge chance change circumstance class clear close coming common community company concern
condition contact content copy country couple course current data date day deal decade decision degree different
difference difficult dozen early earlier effort end entire event everybody everyone everything evidence example extent
extra extremely eye face fact fair family far feeling few fight final first five following former forward four free
friend full fun further future general generation get girl global goal good great group guy half hand happen happy
hard head help here high him himself history home hope hour huge human hundred idea impact important incident
individual information instance interest involved issue item job joint journey just key kind kid large last late later
latest lead leader leading least left less letter level life line list little local long look loss lot love low main
major man many matter mean means measure meeting member message mid middle million billion trillion minute moment
money month more morning most move much name national nature near necessary need new news next night nobody nothing
number numerous odds offering official often old older one only open opening opportunity option order other others
outcome own pace part particular party past people percent perhaps period person personal personally piece place plan
play please plenty point position possible potential practice present pressure previous private problem process
program progress project proud public purpose quarter question quick quite range rather reaction ready real reality
really reason recent record regular relation remark report reporter response rest result right risk role room rule
same say second section see seem sense series serious service set several share short show side sign significant
similar simple single situation six size small social some somebody someone something sometimes soon sort source space
special stage standard start state statement step still story strong stuff style subject such support sure system talk
team ten term thank thanks thing third thought thousand threat three time today together tomorrow tonight top total
touch tough town true trust truth turn two type understanding update use usual value various version very view wait
want way week weekend well whole wide woman women word work world worse worst wrong year years yesterday yes yet young
""")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: the key that its forms share, as printed, and what stands right beside it ("" for a break)."""

    key: str
    word: str
    printed: str
    before: str
    after: str

    @property
    def proper(self) -> bool:
        """Whether it has a capital where no sentence begins."""
        return bool(self.before) and self.printed[:1].isupper()


@dataclass(slots=True)
class Backdrop:
    """How often words and phrases occur in texts, and how often as nouns and as verbs."""

    words: int = 0
    often: Counter[str] = field(default_factory=Counter)
    nouns: Counter[str] = field(default_factory=Counter)
    others: Counter[str] = field(default_factory=Counter)

    @classmethod
    def of(cls, texts: Iterable[str]) -> Backdrop:
        """Count texts, such as a sample of an archive's passages."""
        backdrop = cls()
        for text in texts:
            backdrop.add(words_of(text))
        return backdrop

    def add(self, words: Sequence[Word]) -> None:
        """Count one more text."""
        self.words += len(words)
        for at, one in enumerate(words):
            self.often[one.key] += 1
            for size in range(2, LONGEST + 1):
                if phrase := phrase_at(words, at, size):
                    self.often[" ".join(each.key for each in phrase)] += 1
            self.nouns[one.key] += _as_noun(one)
            self.others[one.key] += _as_other(one)


def words_of(text: str) -> list[Word]:
    """Each word without its possessive, with the words right beside it."""
    spans = list(word_spans(text))
    forms = [_plain(span.of(text)) for span in spans]
    joined = [text[one.end : other.start] == " " for one, other in pairwise(spans)]
    owns = [form != span.of(text) for form, span in zip(forms, spans, strict=True)]
    folded = [fold(form).replace("’", "'") for form in forms]
    words = []
    for at, form in enumerate(forms):
        before = folded[at - 1] if at and joined[at - 1] else ""
        after = folded[at + 1] if at < len(joined) and joined[at] and not owns[at] else ""
        words.append(Word(_stem(folded[at]), folded[at], form, before, after))
    return words


def phrase_at(words: Sequence[Word], at: int, size: int) -> Sequence[Word]:
    """So many words in a row, none of them one of grammar, with nothing but spaces between; else none."""
    phrase = words[at : at + size]
    if len(phrase) < size or any(one.word in _GRAMMAR for one in phrase):
        return ()
    return phrase if all(one.after for one in phrase[:-1]) else ()


def is_noun(one: Word, *seen: Backdrop) -> bool:
    """Whether a word mostly is a noun, where it has been seen."""
    if one.word in _GRAMMAR or one.word in _CALENDAR or not one.word.replace("-", "").isalpha():
        return False
    if len(one.word) < (_SHORTEST if not one.printed.isupper() else 2):
        return False
    nouns = sum(each.nouns[one.key] for each in seen)
    others = sum(each.others[one.key] for each in seen)
    return nouns > (_SELDOM * others + _SURELY if one.word.endswith(_DESCRIBING) else others)


def is_vague(one: Word) -> bool:
    """Whether a noun says nothing of what is spoken about; "three-quarters" is as vague as "three"."""
    return not _VAGUE.isdisjoint((one.key, one.word, *one.word.split("-")))


def may_lead(one: Word, *seen: Backdrop) -> bool:
    """Whether a word may stand before the noun of a phrase: a noun, a name or an adjective, and no verb."""
    if one.word in _CALENDAR or one.word.endswith("ly") or len(one.word) < 2:
        return False
    if not one.word.replace("-", "").replace(".", "").isalpha():
        return False
    if one.proper:
        return True
    others = sum(each.others[one.key] for each in seen)
    return one.word not in _VAGUE and _SELDOM * others <= sum(each.often[one.key] for each in seen)


def _as_noun(one: Word) -> bool:
    """Whether this is a noun for its neighbours: it ends a phrase, and no word that wants a verb stands before it."""
    if one.word.endswith("ed") and one.before not in _DETERMINERS | _PREPOSITIONS:
        return False  # "police arrived at"
    return (not one.after or one.after in _AFTER_NOUNS) and not _as_other(one)


def _as_other(one: Word) -> bool:
    """Whether this is a verb, or describes what stands after it."""
    if one.before in _BEFORE_VERBS or one.before in _ADVERBS or one.before.endswith("ly"):
        return True
    return one.after in _AFTER_VERBS and one.before not in _DETERMINERS


def _plain(word: str) -> str:
    return word.removesuffix("'s").removesuffix("’s")


def _stem(word: str) -> str:
    """What the singular and the plural of a noun share."""
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("sses", "shes", "ches", "xes")):
        return word[:-2]
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")) else word
