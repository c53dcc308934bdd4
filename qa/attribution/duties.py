"""A role, a relative clause or a question -> what somebody does for what: "chairs the finance committee".

A duty has the verb of an office or a work and its object. "Who runs the museum?", "who has run the museum since 2019"
and "the museum's director" are the same duty. Promises: what somebody once did on one day ("who called the fire
brigade") is none; a deputy does not do what is said of a director, and who did it once does not do it now. What this
module does not know: whose duty it is, and which words mean one object ("the museum", "the gallery").
The word to look for: relative clause, office, who chairs, who leads.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from qa.attribution.lexicon import ROLES
from qa.attribution.phrases import head_noun
from qa.lazily import pattern
from qa.text import fold, word_spans

__all__ = ["Duty", "clause_behind", "duty_asked", "duty_of_clause", "duty_of_role"]

_LEAD = "lead"
# The duty of each verb, and what its past is where that is not regular; "run" and "manage" are to lead.
_VERBS = {
    "chair": "chair",
    "lead": _LEAD,
    "head": _LEAD,
    "run": _LEAD,
    "manage": _LEAD,
    "direct": _LEAD,
    "oversee": _LEAD,
    "own": "own",
    "edit": "edit",
    "coach": "coach",
    "captain": "captain",
    "command": "command",
    "found": "found",
    "co-found": "found",
    "represent": "represent",
    "govern": "govern",
    "teach": "teach",
    "advise": "advise",
}
_PASTS = {"lead": "led", "run": "ran", "oversee": "oversaw", "teach": "taught"}
_NOUNS = {
    "chairman": "chair",
    "chairwoman": "chair",
    "chairperson": "chair",
    "chair": "chair",
    "leader": _LEAD,
    "head": _LEAD,
    "chief": _LEAD,
    "director": _LEAD,
    "manager": _LEAD,
    "boss": _LEAD,
    "ceo": _LEAD,
    "owner": "own",
    "editor": "edit",
    "coach": "coach",
    "captain": "captain",
    "commander": "command",
    "founder": "found",
    "co-founder": "found",
}
_NOT_FULLY = pattern(
    r"\b(?:former|ex|late|deputy|vice|acting|assistant|associate|outgoing|then|candidate|ousted)\b|[-\s](?:elect)\b"
)


def _past(verb: str) -> str:
    return _PASTS.get(verb) or (verb + "d" if verb.endswith("e") else verb + "ed")


_NOW = {f"{verb}s" if not verb.endswith("ch") else f"{verb}es": verb for verb in _VERBS}
_THEN = {_past(verb): verb for verb in _VERBS}
_DONE = {**_THEN, "run": "run", "overseen": "oversee"}  # "has run", "has overseen"
_DOING = {f"{verb.removesuffix('e') if verb[-2:] != 'ee' else verb}ing": verb for verb in _VERBS} | {"running": "run"}


def _any(words: dict[str, str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


_ADVERB = r"(?:(?:also|now|still|currently|long|jointly|since|already)\s)?"
_AWAY = (
    r"(?!(?:to|into|out|away|back|home|up|down|over|off|from|for|against|on|by|through|toward|towards|in|at|him|her|them)"
    r"\b)"
)
_DOES = pattern(
    rf"who(?:\s{_ADVERB}(?:(?P<now>{_any(_NOW)})|(?P<then>{_any(_THEN)}))"
    rf"|\s(?:has|have)\s{_ADVERB}(?P<has>{_any(_DONE)})"
    rf"|\s(?:is|has\sbeen)\s{_ADVERB}(?P<doing>{_any(_DOING)})"
    rf"|\s(?P<was>was|had\sbeen)\s{_ADVERB}(?P<did>{_any(_DOING)}))\s{_AWAY}(?P<object>[^,.;:“”\n]{{2,90}})",
    re.IGNORECASE,
)
_IS = (
    r"who\s(?:is|was|has\sbeen|became|has\sserved\sas|serves\sas|served\sas|works\sas|was\selected)\s(?:also\s|now\s)?"
)
_BESIDE = pattern(_IS)
_WAS = pattern(r"who\s(?:was\s(?!elected)|served)")
_CLAUSE = pattern(rf"(?:\s\([^)]{{1,24}}\))?,\s(?P<clause>(?:{_DOES.pattern}|{_IS}(?P<role>[^,.;:“”\n]{{3,80}})))")
_SINCE = pattern(r"\s(?:since|until|from|for\s(?:\S+\s){1,3}(?:years?|months?|decades?)|when|while|as|and|but)\b.*")
_OWNER = pattern(r"(?P<object>.+?)[’']s?\s(?P<noun>[\w\s-]+)")
_OF = pattern(r"(?P<noun>.+?)\s(?:of|at|for)\s(?P<object>.+)")
_ONE_OF_MANY = pattern(r"an?\s|one\sof\s", re.IGNORECASE)  # "a manager at the bakery"
# What may stand before an office without making it another: a research director does not run the institute.
_WHOLE = frozenset(("the", "current", "executive", "general", "head", "chief", "managing", "longtime", "new", "its"))
_LITTLE = frozenset(("the", "a", "an", "of", "its", "his", "her", "their", "in", "at", "for", "on", "this", "that"))


@dataclass(frozen=True, slots=True)
class Duty:
    """What is done for what: ``what`` of a few duties, the ``head`` of its object and the other ``words`` of it.

    ``named`` are the words of the object that stand together, its head the last of them; ``past``: it is said as of a
    time that is over.
    """

    what: str
    head: str
    words: frozenset[str]
    named: tuple[str, ...]
    past: bool = False

    @property
    def sought(self) -> tuple[tuple[str, ...], ...]:
        """What a passage that tells of this duty has: one of each group."""
        return ((" ".join(self.named),),)

    def is_told_by(self, role: str, text: str = "") -> bool:
        """Whether whoever has the ``role`` has this duty, whatever the ``text`` around it says."""
        own = duty_of_clause(role) or duty_of_role(role)
        return own is not None and own.is_of(self)

    def is_of(self, other: Duty) -> bool:
        """Whether whoever has this duty has the ``other``, which may say less of its object."""
        same = self.what == other.what or (other.what, self.what) == (_LEAD, "chair")
        return same and self.head == other.head and other.words <= self.words and (other.past or not self.past)


def duty_asked(question: str) -> Duty | None:
    """What "who chairs the finance committee" asks the bearer of."""
    found = _DOES.fullmatch(question.rstrip("?!. "))
    return _duty(found) if found else None


def clause_behind(masked: str, end: int) -> tuple[int, int] | None:
    """Where behind a name a relative clause says what its bearer does or is: from "who" to the clause's end."""
    found = _CLAUSE.match(masked, end)
    if found is None or (found["role"] and not _is_role(found["role"])):
        return None
    return found.span("clause")


def duty_of_clause(clause: str) -> Duty | None:
    """The duty that a relative clause tells: "who chairs the finance committee"."""
    found = _DOES.match(clause)
    if found:
        return _duty(found)
    beside = _BESIDE.match(clause)
    return duty_of_role(clause[beside.end() :]) if beside and not _WAS.match(clause) else None


def duty_of_role(role: str) -> Duty | None:
    """The duty of an office: "the museum’s director", "head of the harbour office", "finance committee chairman"."""
    if _NOT_FULLY.search(fold(role)) or _ONE_OF_MANY.match(role) or " and " in role.partition(" of ")[0]:
        return None
    if found := _OWNER.fullmatch(role) or _OF.fullmatch(role):
        *before, noun = fold(found["noun"]).split()
        return (
            _about(_NOUNS[noun], found["object"], past=False) if noun in _NOUNS and _WHOLE.issuperset(before) else None
        )
    *before, noun = role.split()
    return _about(_NOUNS[fold(noun)], " ".join(before), past=False) if before and fold(noun) in _NOUNS else None


def _is_role(phrase: str) -> bool:
    return head_noun(_SINCE.sub("", phrase)) in ROLES


def _duty(found: re.Match[str]) -> Duty | None:
    said = {name: fold(words) for name, words in found.groupdict().items() if words}
    for name, verbs in (("now", _NOW), ("then", _THEN), ("has", _DONE), ("doing", _DOING), ("did", _DOING)):
        if verb := verbs.get(said.get(name, "")):
            once = name in {"then", "did"} and verb not in {"found", "co-found"}
            return _about(_VERBS[verb], found["object"], past=once)
    return None


def _about(what: str, phrase: str, *, past: bool) -> Duty | None:
    bare = _SINCE.sub("", phrase).strip()
    every = [fold(span.of(bare)).removesuffix("'s") for span in word_spans(bare)]
    words = [word for word in every if word not in _LITTLE]
    head = head_noun(bare).removesuffix("'s")
    if head not in words:
        return None
    return Duty(what, head, frozenset(words) - {head}, tuple(words[: words.index(head) + 1]), past)
