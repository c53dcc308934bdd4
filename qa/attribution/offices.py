"""A role or a question -> an office and what it is of: "Who is the NATO chief?", "NATO Secretary-General".

Promises: an office is the same in other words ("the Polish president" is the president of Poland, a CFO the chief
financial officer), and its bearer has it whole: not its deputy, not who had it once, not whoever does something else
for the same body, not its bearer elsewhere. "Head", "chief", "boss" and "leader" are whoever leads.
What this module does not know: names, and an office whose body stands elsewhere in the article ("Mayor Varnholt").
The word to look for: office, job title, demonym.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain, pairwise

from qa.attribution.lexicon import ROLES
from qa.attribution.places import BELONGING, facts_of, spellings_of
from qa.lazily import pattern
from qa.text import fold, word_spans

__all__ = ["Office", "office_asked", "offices_of"]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# One office a line: its name here, then what else it is called.
_CALLED = """
ceo, chief executive officer, chief executive
cfo, chief financial officer
coo, chief operating officer
cto, chief technology officer
premier, prime minister, pm
vice-president, vice president, veep
vice-chair, vice chair, vice chairman, vice chairwoman
secretary-general, secretary general
general-secretary, general secretary
director-general, director general
attorney-general, attorney general
surgeon-general, surgeon general
inspector-general, inspector general
governor-general, governor general
editor-in-chief, editor in chief, chief editor
spokesman, spokeswoman, spokesperson, press secretary
chair, chairman, chairwoman, chairperson
congressman, congresswoman
councilman, councilwoman, councillor, councilor
headteacher, head teacher, headmaster, headmistress
president, pres
governor, gov
co-founder, cofounder
"""
_CANONICAL = {other.strip(): line.split(",")[0] for line in _CALLED.strip().splitlines() for other in line.split(",")}
_SEVERAL = pattern(
    r"\b(?:" + "|".join(sorted((each for each in _CANONICAL if " " in each), key=len, reverse=True)) + r")\b"
)
_OFFICES = ROLES | frozenset(_CANONICAL.values())
# Whoever leads, in words that say no more, and the offices that do lead.
_LEADING = frozenset(("head", "chief", "boss", "leader"))
_LEADERS = _LEADING | _words(
    """
    ceo premier president chancellor secretary-general general-secretary director-general chair director commissioner
    superintendent principal governor commander captain manager
    """
)
# An office that whoever has the other has too.
_ALSO = {"editor": ("editor-in-chief",), "founder": ("co-founder",)}
# An office that is another with whatever it is of: the secretary of state, the minister for trade.
_OF_A_KIND = frozenset(("secretary", "minister", "undersecretary"))
_ONCE = _words("former ex late then ousted outgoing fired retired")
_NOT_FULLY = _words(
    """
    deputy vice acting interim assistant associate incoming elect candidate designate nominee junior shadow emeritus
    emerita co
    """
)
# What may stand beside an office without making it another.
_SAYS_NOTHING = _words(
    """
    the a an its his her their current new longtime executive head chief managing senior named appointed top in at with
    to on
    """
)
_ASKED = pattern(
    r"who(?:[’']?s|\s(?:is|are|(?P<was>was|were)))\s(?:(?:currently|now|exactly)\s)?(?P<office>[^,;:“”]{3,90})"
)
_SINCE = pattern(r"\s(?:since|until|from|when|while|as|and\swho|who|whose|that|which)\b.*")
_CLAUSE = pattern(r"who\s(?:is|has\sbeen|serves\sas|became|(?P<was>was|served\sas))\s(?:also\s|now\s)?")
_OF = pattern(r"\s(?:of|at|for|in|with|to)\s")
_OWNER = pattern(r"(?P<owner>.+)[’']s?\s(?P<rest>.+)")
_AND = pattern(r",?\sand\s")
_ONE_OF_MANY = pattern(r"an?\s|one\sof\s")
_MANY = frozenset(("spokesman", "co-founder", "founder", "director-general"))  # "a spokesman for the ministry"
_BEFORE = pattern(r"\b(then|ex)-")
_ASIDE = pattern(r"(?:with|by|after|as|when|from|and|but|in|on|at|according|including|like)\s")
_BETWEEN = pattern(r"[,;:!?()“”\n]|\.\s")
_ELECT = pattern(r"(?<=\w)-(elect|designate)\b")


@dataclass(frozen=True, slots=True)
class Office:
    """What somebody is: ``noun`` in its one name, ``facts`` that tell of what, in the spellings of ``facts_of``.

    ``beside`` are those of the facts that make the noun another office ("research director"), ``standing`` tells in
    what way it is held ("deputy"), ``once`` whether it was; ``ever``: it may have been.
    """

    noun: str
    facts: frozenset[str]
    beside: frozenset[str]
    standing: frozenset[str]
    once: bool = False
    ever: bool = False

    @property
    def sought(self) -> tuple[tuple[str, ...], ...]:
        """What a passage that tells of this office has: one of each group."""
        facts = (_spelt(fact) for fact in sorted(self.facts))
        return *facts, self._names()

    def is_told_by(self, role: str, text: str = "") -> bool:
        """Whether whoever has the ``role`` has this office; ``text`` may name in full what the role is of."""
        return any(self._is(own) and self._is_of(own, text) for own in offices_of(role))

    def _is_of(self, own: Office, text: str) -> bool:
        """Whether it is of all that is asked: "the hospital’s director" where the text has "the Fennick hospital"."""
        shared = own.facts & self.facts
        lacking = self.facts - shared
        if not lacking or not shared:
            return not lacking
        beside = {pair for clause in _BETWEEN.split(text) for pair in _pairs(clause)}
        return all(
            any({(one, other), (other, one)} & beside for one in _spelt(fact) for other in shared) for fact in lacking
        )

    def is_named_in(self, text: str) -> bool:
        """Whether a text has the words for this office at all, of whatever it is."""
        plain = fold(text)
        words = " ".join(["", *(span.of(plain).removesuffix("'s") for span in word_spans(plain)), ""]).replace("-", " ")
        needed = [*((one,) for one in self.standing | self.beside), *([_ONCE] if self.once else ()), self._names()]
        return all(any(_stands(name.replace("-", " "), words) for name in group) for group in needed)

    def _names(self) -> tuple[str, ...]:
        nouns = _LEADERS if self.noun in _LEADING else (self.noun, *_ALSO.get(self.noun, ()))
        return tuple(chain.from_iterable(_names(noun) for noun in sorted(nouns)))

    def _is(self, own: Office) -> bool:
        same = (
            own.noun == self.noun
            or own.noun in _ALSO.get(self.noun, ())
            or (self.noun in _LEADING and own.noun in _LEADERS)
        )
        return (
            same and own.beside <= self.facts and own.standing == self.standing and (self.ever or own.once == self.once)
        )


def office_asked(question: str) -> Office | None:
    """What "who is the mayor of Harrowmere" asks the bearer of; None where it asks for no office of anything."""
    found = _ASKED.fullmatch(fold(question).rstrip("?!. "))
    if found is None:
        return None
    own = next(offices_of(found["office"]), None)
    if own is None or not own.facts:
        return None
    return replace(own, ever=bool(found["was"]))


def offices_of(role: str) -> Iterator[Office]:
    """The offices that a role names: "founder and CEO of Binance" names two."""
    plain = fold(role)
    clause = _CLAUSE.match(plain)
    plain = _SINCE.sub("", plain[clause.end() :] if clause else plain)
    plain = _ELECT.sub(r" \1", _BEFORE.sub(r"\1 ", plain))
    plain = _SEVERAL.sub(lambda several: _CANONICAL[several[0]], plain)
    if _ASIDE.match(plain):
        return
    many = bool(_ONE_OF_MANY.match(plain))
    *others, last = _named_together(plain)
    *_, object_ = _split(last)
    owner = ""
    for each in (*others, last):
        head, of = _split(each)
        if owned := _OWNER.fullmatch(head):
            owner, head = owned["owner"], owned["rest"]
        *before, noun = _noun_last(head)
        if noun in _OFFICES and (not many or noun in _MANY):
            yield _office(noun, before, f"{owner} {of or object_}", once=bool(clause and clause["was"]))


def _named_together(phrase: str) -> list[str]:
    """The offices of a phrase, "founder and CEO of Binance"; "minister for trade and industry" is one."""
    parts = _AND.split(phrase)
    return parts if all(_noun_last(_split(each)[0])[-1] in _OFFICES for each in parts) else [phrase]


def _noun_last(head: str) -> list[str]:
    """The words of an office, its noun in its one name, behind what is said of how it is held ("director emeritus")."""
    words = head.split() or [""]
    if len(words) > 1 and words[-1] in _NOT_FULLY:
        words = [words[-1], *words[:-1]]
    noun = words[-1].strip(".,")
    noun = _CANONICAL.get(noun, noun)
    if noun not in _OFFICES and (joint := noun.removeprefix("co-")) in _OFFICES:
        words, noun = ["co", *words], joint
    return [*words[:-1], noun]


def _split(phrase: str) -> tuple[str, str]:
    """An office and what it is of."""
    found = _OF.search(phrase)
    return (phrase[: found.start()], phrase[found.end() :]) if found else (phrase, "")


def _office(noun: str, before: list[str], of: str, *, once: bool) -> Office:
    standing = frozenset(before) & _NOT_FULLY
    own = [word for word in before if word not in _NOT_FULLY | _ONCE | _SAYS_NOTHING]
    kind = facts_of(" ".join(own))
    # Without an owner apart from it, "Englewood police chief", only the last word is surely of the kind.
    beside = kind if of.strip() else kind & facts_of(own[-1] if own else "")
    facts = _singular(facts_of(f"{' '.join(own)} {_AND.sub(' ', of)}") - _SAYS_NOTHING)
    if noun in _OF_A_KIND:
        beside = facts
    return Office(noun, facts, _singular(beside - BELONGING), standing, once or not _ONCE.isdisjoint(before))


def _stands(name: str, words: str) -> bool:
    return f" {name} " in words or f" {name}s " in words


def _singular(facts: frozenset[str]) -> frozenset[str]:
    return frozenset(fact if fact in BELONGING else _without_s(fact) for fact in facts)


def _without_s(word: str) -> str:
    return word if word.endswith("ss") else word.removesuffix("s")


def _pairs(clause: str) -> Iterator[tuple[str, str]]:
    """Words that stand beside each other, or with one between."""
    words = [_bare(span.of(clause)) for span in word_spans(clause)]
    yield from pairwise(words)
    yield from zip(words, words[2:], strict=False)


def _bare(word: str) -> str:
    return _without_s(fold(word).removesuffix("'s"))


def _spelt(fact: str) -> tuple[str, ...]:
    return spellings_of(fact) if fact in BELONGING else (fact,)


def _names(noun: str) -> tuple[str, ...]:
    return tuple(other for other, name in _CANONICAL.items() if name == noun) or (noun,)
