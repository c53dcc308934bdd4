"""A role or a question -> an office and what it is of: "Who is the NATO chief?", "NATO Secretary-General".

Promises: an office is the same in other words ("the Polish president" is the president of Poland, a CFO the chief
financial officer, "who chairs the board" its chair, "der Bürgermeister von Harrow" its mayor), and its bearer has it
whole: not its deputy, not who had it once, not whoever does something else for the same body or a part of it, not its
bearer elsewhere ("the mayor of East Harrow" for Harrow). "Head", "chief", "boss" and "leader" are whoever leads.
What this module does not know: names, and an office whose body stands elsewhere in the article ("Mayor Varnholt").
The word to look for: office, job title, demonym.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain, pairwise

from qa.attribution.duties import Duty, duty_in, duty_of_question, worded
from qa.attribution.lexicon import GOVERNING, NEVER_A_NAME, ROLES
from qa.attribution.phrases import head_noun
from qa.attribution.places import BELONGING, facts_of, spellings_of
from qa.lazily import pattern
from qa.text import fold, word_spans

__all__ = ["Office", "called", "duty_asked", "how_held", "office_asked", "office_named", "offices_of"]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# One office a line: its name here, then what else it is called.
_CALLED = """
ceo, chief executive officer, chief executive, geschaftsfuhrer, geschaftsfuhrerin, vorstandschef, vorstandschefin
cfo, chief financial officer
coo, chief operating officer
cto, chief technology officer
premier, prime minister, pm, ministerprasident, ministerprasidentin, premierminister, premierministerin
vice-president, vice president, veep
vice-chair, vice chair, vice chairman, vice chairwoman
secretary-general, secretary general, generalsekretar, generalsekretarin
general-secretary, general secretary
director-general, director general
attorney-general, attorney general
surgeon-general, surgeon general
inspector-general, inspector general
governor-general, governor general
editor-in-chief, editor in chief, chief editor, chefredakteur, chefredakteurin
spokesman, spokeswoman, spokesperson, press secretary, sprecher, sprecherin
chair, chairman, chairwoman, chairperson, vorsitzender, vorsitzende
congressman, congresswoman
councilman, councilwoman, councillor, councilor
headteacher, head teacher, headmaster, headmistress
president, pres, prasident, prasidentin
governor, gov, gouverneur, gouverneurin
co-founder, cofounder
adviser, advisor, berater, beraterin
mayor, burgermeister, burgermeisterin, oberburgermeister, oberburgermeisterin
chancellor, kanzler, kanzlerin, bundeskanzler, bundeskanzlerin
director, direktor, direktorin, intendant, intendantin
head, leiter, leiterin
chief, chef, chefin
founder, grunder, grunderin
owner, eigentumer, eigentumerin, besitzer, besitzerin
coach, trainer, trainerin
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
_FOR_EVER = frozenset(("founder", "co-founder"))  # offices that nobody ceases to have
# An office that is another with whatever it is of: the secretary of state, the minister for trade.
_OF_A_KIND = frozenset(("secretary", "minister", "undersecretary"))
# Offices that somebody has with whomever they are sent to.
_SENT = frozenset(("ambassador", "envoy", "consul", "emissary"))
_ONCE = _words("former ex late then ousted deposed outgoing fired sacked retired onetime one-time")
_NOT_FULLY = _words(
    """
    deputy vice acting interim caretaker assistant associate incoming elect candidate designate nominee junior shadow
    emeritus emerita co
    """
)
# What may stand beside an office without making it another.
_SAYS_NOTHING = _words(
    """
    the a an its his her their current new longtime executive head chief managing senior named appointed top in at with
    to on der die das dem den des
    """
)
_ASKED = pattern(
    r"(?:who(?:[’']?s|\s(?:is|are|(?P<was>was|were)))|wer\s(?:ist|(?P<war>war)))"
    r"\s(?:(?:currently|now|exactly|derzeit|aktuell|jetzt)\s)?(?P<office>[^,;:“”]{3,90})"
)
# Parts of a body, whose head is not the body's.
_PARTS = _words("branch arm unit division subsidiary chapter foundation subcommittee wing campaign")
# What countries call themselves besides.
_STATES = _words("republic kingdom federal federation state people city town")
_SINCE = pattern(r"\s(?:since|from|when|while|as|and\swho|who|whose|that|which)\b.*")
_UNTIL = pattern(
    r"\s(?:(?:from\s.*\s)?(?:until|till|before|between|during|at\sthe\stime)|from\s.*\sto|in\s(?:the\s)?\d{4}s?)\b.*"
)
_AT_A_TIME = pattern(
    r"\s(?:until|till|before|after|between|during|when|while|at\sthe\stime|from\s.*\sto|in\s(?:the\s)?\d{4}s?|bis|wahrend|als)\b"
)
# "when he was the mayor of Harrow", "has been Harrow’s mayor": told of nobody who is it now.
_HAD = pattern(
    r"\b(?:(?:when|while|als)\s(?:[\w’'-]+\s){1,3}(?:was|were|war)|(?:has|had)\sbeen(?![^.;]*\b(?:since|for)\b))\b[^,.;]*"
)
_CLAUSE = pattern(
    r"who\s(?:is|has\sbeen|serves\sas|(?P<became>became)|(?P<was>was|had\sbeen|served\sas))\s(?:also\s|now\s)?"
)
_OF = pattern(r"\s(?:of|at|for|in|with|to|von|vom|des|der|im|beim?|fur)\s")
_OWNER = pattern(r"(?P<owner>.+)[’']s?\s(?P<rest>.+)")
_OF_WHICH = pattern(r"(?!(?:the|its|his|her|their|an?)\s)(?P<kind>.+?)\s(?:at|for|in)\s")
_OF_A_KIND_ALONE = pattern(r"\s(?:of|for)\s(?P<kind>[a-z]+(?:\sand\s[a-z]+)?)\Z")
_TO = pattern(r"\s(?:to|in)\s(?P<whom>.+)")
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
    what way it is held ("deputy"), ``to`` whom its bearer is sent, ``once`` whether it was; ``ever``: it may have been.
    """

    noun: str
    facts: frozenset[str]
    beside: frozenset[str]
    standing: frozenset[str]
    to: frozenset[str] = frozenset()
    once: bool = False
    ever: bool = False

    @property
    def is_of_now(self) -> bool:
        """Whether it is asked who has it, not who had it."""
        return not self.once and not self.ever

    @property
    def sought(self) -> tuple[tuple[str, ...], ...]:
        """What a passage that tells of this office has: one of each group."""
        facts = (_spelt(fact) for fact in sorted(self.facts))
        return *facts, (*self._names(), *chain.from_iterable(map(worded, self._nouns())))

    def is_told_by(self, role: str, text: str = "") -> bool:
        """Whether whoever has the ``role`` has this office; ``text`` may name in full what the role is of."""
        kind = _OF_A_KIND_ALONE.search(role)  # "Velmar head of communications"
        if kind and not _singular(facts_of(_AND.sub(" ", kind["kind"]))) <= self.facts:
            return False
        plain = frozenset(_bare(word) for word in (span.of(role) for span in word_spans(role)) if word.islower())
        return any(
            self._is(own) and not self._is_elsewhere(own, plain) and self._is_of(own, plain, text)
            for own in offices_of(role)
        )

    def _is_elsewhere(self, own: Office, plain: frozenset[str]) -> bool:
        """Whether what is asked is of a place or a land, and the other of what only has its name in its own.

        "East Harrow" is not Harrow, nor the Polish Football Association Poland. ``plain`` are words in small letters.
        """
        more = own.facts - self.facts - BELONGING - _STATES
        if own.to and not own.to.isdisjoint(self.facts - self.to):
            return True
        return bool(more) if self.facts <= BELONGING else self.noun == "mayor" and not more <= plain

    def _is_of(self, own: Office, plain: frozenset[str], text: str) -> bool:
        """Whether it is of all that is asked: "the hospital’s director" where the text has "the Fennick hospital".

        Only what has no name of its own, and is ``plain``, is named in full elsewhere.
        """
        shared = own.facts & self.facts
        lacking = self.facts - shared
        shared &= plain
        if not lacking or not shared:
            return not lacking
        beside = {pair for clause in _BETWEEN.split(text) for pair in _pairs(clause)}
        return all(
            any({(one, other), (other, one)} & beside for one in _spelt(fact) for other in shared) for fact in lacking
        )

    def is_named_in(self, text: str) -> bool:
        """Whether a text has the words for this office, of whatever it is; for one of now not as one that was had."""
        plain = _HAD.sub(" ", fold(text)) if self.is_of_now else fold(text)
        words = " ".join(["", *(span.of(plain).removesuffix("'s") for span in word_spans(plain)), ""]).replace("-", " ")
        needed = [*((one,) for one in self.standing | self.beside), *([_ONCE] if self.once else ()), self._names()]
        return all(any(_stands(name.replace("-", " "), words) for name in group) for group in needed)

    def is_anothers(self, role: str) -> bool:
        """Whether a ``role`` is this office of something else alone, or one beside it: its bearer does not have it."""
        alike = [own for own in offices_of(role) if self._is_alike(own)]
        return bool(alike) and all(
            not self._is(own) or (own.facts and own.facts.isdisjoint(self.facts)) for own in alike
        )

    def _names(self) -> tuple[str, ...]:
        return tuple(chain.from_iterable(map(_names, self._nouns())))

    def _nouns(self) -> list[str]:
        """The offices that are this one: its own name, or those of whoever leads."""
        return sorted(_LEADERS if self.noun in _LEADING else (self.noun, *_ALSO.get(self.noun, ())))

    def _is_alike(self, own: Office) -> bool:
        """Whether it is the same office, of whatever it is."""
        return (
            own.noun == self.noun
            or own.noun in _ALSO.get(self.noun, ())
            or (self.noun in _LEADING and own.noun in _LEADERS)
        )

    def _is(self, own: Office) -> bool:
        held = own.standing == self.standing and (self.ever or own.once == self.once)
        return self._is_alike(own) and own.beside <= self.facts and held


def called(noun: str) -> str | None:
    """The one name of an office that is called so, folded; None for a word that no office is known by."""
    return _CANONICAL.get(noun)


def office_asked(question: str) -> Office | None:
    """What "who is the mayor of Harrowmere" asks the bearer of; None for no office of anything, or one at a time."""
    found = _ASKED.fullmatch(fold(question).rstrip("?!. "))
    if found is None or _AT_A_TIME.search(found["office"]):
        return None
    own = office_named(found["office"])
    return replace(own, ever=own.ever or bool(found["was"] or found["war"])) if own else None


def office_named(role: str) -> Office | None:
    """The office that a role names, if it is of anything: "the hospital’s director", but not "the director"."""
    own = next(offices_of(role), None)
    return own if own and own.facts else None


def duty_asked(question: str) -> Office | None:
    """What "who chairs the finance committee" asks the bearer of: the office of whoever does so."""
    duty = duty_of_question(question.rstrip("?!. "))
    own = _office_of_duty(duty) if duty else None
    return replace(own, once=False, ever=own.ever or own.once) if own and own.facts else None


def offices_of(role: str) -> Iterator[Office]:
    """The offices that a role names: "founder and CEO of Ostrel Lines" names two."""
    if duty := duty_in(role):
        yield _office_of_duty(duty)
        return
    plain = fold(role)
    clause = _CLAUSE.match(plain)
    plain = plain[clause.end() :] if clause else plain
    once = bool(clause and clause["was"]) or (bool(_UNTIL.search(plain)) and not (clause and clause["became"]))
    plain = _SINCE.sub("", _UNTIL.sub("", plain))
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
            own = _office(noun, before, owner, of or object_, once=once)
            sent = _TO.search(each) if noun in _SENT else None
            yield replace(own, to=_facts(sent["whom"])) if sent else own


def how_held(word: str, role: str) -> bool:
    """Whether a word before a role belongs to the office: "assistant" to "director of X", "prime" to "minister"."""
    plain, first = fold(word), fold(role).partition(" ")[0]
    if plain in _ONCE | _NOT_FULLY or f"{plain} {first}" in _CANONICAL:
        return True
    return first in _OFFICES and word.islower() and plain not in NEVER_A_NAME | GOVERNING


def _named_together(phrase: str) -> list[str]:
    """The offices of a phrase, "founder and CEO of Ostrel Lines"; "minister for trade and industry" is one."""
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


def _office(noun: str, before: list[str], owner: str, of: str, *, once: bool) -> Office:
    standing = frozenset(before) & _NOT_FULLY
    own = [word for word in before if word not in _NOT_FULLY | _ONCE | _SAYS_NOTHING]
    kind = facts_of(" ".join(own))
    # Without an owner apart from it, "Englewood police chief", only the last word is surely of the kind.
    beside = kind if owner.strip() or of.strip() else kind & facts_of(own[-1] if own else "")
    facts = _facts(f"{' '.join(own)} {owner} {of}")
    beside = _singular(beside) | _facts(_narrowed(owner, of)) | (facts & _PARTS)
    if noun in _OF_A_KIND:
        beside = facts
    once = once or not _ONCE.isdisjoint(before)
    return Office(noun, facts, beside - BELONGING, standing, once=once, ever=noun in _FOR_EVER)


def _office_of_duty(duty: Duty) -> Office:
    """Whoever chairs the committee is its chair; the head of what it is of may not be missing elsewhere."""
    own = _office(duty.office, [], "", fold(duty.of), once=duty.once and duty.office not in _FOR_EVER)
    return replace(own, beside=own.beside | _singular(facts_of(head_noun(duty.of))) - BELONGING)


def _facts(phrase: str) -> frozenset[str]:
    return _singular(facts_of(_AND.sub(" ", phrase)) - _SAYS_NOTHING)


def _narrowed(owner: str, of: str) -> str:
    """What the object of an office narrows it to: "tourism" in "the town’s director of tourism"."""
    if owner:
        return of
    if owned := _OWNER.fullmatch(of):
        return owned["rest"]
    found = _OF_WHICH.match(of)
    return found["kind"] if found else ""


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
