"""A relative clause or a question -> the office of whoever does what it says: "who chairs the finance committee".

Whoever chairs a committee is its chair, whoever runs a museum its head, so that "Who runs the museum?", "who has run
the museum since 2019" and "the museum's director" are told of one office (:mod:`qa.attribution.offices`).
Promises: what somebody once did on one day ("who called the fire brigade") is none, and who did it once does not do it
now. What this module does not know: whose duty it is, and what an office is called beside a name.
The word to look for: relative clause, duty, who chairs, who leads.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from qa.attribution.lexicon import ROLES
from qa.attribution.phrases import head_noun
from qa.lazily import pattern

__all__ = ["Duty", "clause_behind", "duty_in", "duty_of_question", "without_times", "worded"]

# The office of whoever does what a verb says, and what its past is where that is not regular.
_OFFICES = {
    "chair": "chair",
    "lead": "head",
    "head": "head",
    "run": "head",
    "manage": "head",
    "direct": "head",
    "oversee": "head",
    "own": "owner",
    "edit": "editor",
    "coach": "coach",
    "captain": "captain",
    "command": "commander",
    "found": "founder",
    "co-found": "founder",
    "represent": "representative",
    "govern": "governor",
    "teach": "teacher",
    "advise": "adviser",
}
_PASTS = {"lead": "led", "run": "ran", "oversee": "oversaw", "teach": "taught"}
_GERMAN = {
    "leitet": "head",
    "führt": "head",
    "besitzt": "owner",
    "trainiert": "coach",
    "gründet": "founder",
    "vertritt": "representative",
    "regiert": "governor",
}
_GERMAN_PASTS = {
    "leitete": "head",
    "führte": "head",
    "besaß": "owner",
    "trainierte": "coach",
    "gründete": "founder",
    "vertrat": "representative",
    "regierte": "governor",
}


def _past(verb: str) -> str:
    return _PASTS.get(verb) or (verb + "d" if verb.endswith("e") else verb + "ed")


_NOW = {f"{verb}s" if not verb.endswith("ch") else f"{verb}es": verb for verb in _OFFICES}
_THEN = {_past(verb): verb for verb in _OFFICES}
_DONE = {**_THEN, "run": "run", "overseen": "oversee"}  # "has run", "has overseen"
_DOING = {f"{verb.removesuffix('e') if verb[-2:] != 'ee' else verb}ing": verb for verb in _OFFICES} | {"running": "run"}


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
_WER = pattern(
    rf"wer\s(?:(?P<now>{_any(_GERMAN)})|(?P<then>{_any(_GERMAN_PASTS)}))\s(?P<object>[^,.;:“”\n]{{2,90}})",
    re.IGNORECASE,
)
_IS = (
    r"who\s(?:is|was|has\sbeen|became|has\sserved\sas|serves\sas|served\sas|works\sas|was\selected)\s(?:also\s|now\s)?"
)
_CLAUSE = pattern(rf"(?:\s\([^)]{{1,24}}\))?,\s(?P<clause>(?:{_DOES.pattern}|{_IS}(?P<role>[^,.;:“”\n]{{3,80}})))")
_SINCE = pattern(r"\s(?:since|until|from|for\s(?:\S+\s){1,3}(?:years?|months?|decades?)|when|while|as|and|but)\b.*")


@dataclass(frozen=True, slots=True)
class Duty:
    """Whoever does something has an ``office``, of ``of``; ``once``: it is said as of a time that is over."""

    office: str
    of: str
    once: bool


def duty_of_question(question: str) -> Duty | None:
    """What "who chairs the finance committee" asks the bearer of."""
    if found := _DOES.fullmatch(question):
        return _duty(found)
    if (found := _WER.fullmatch(question)) is None:
        return None
    now, then = found["now"], found["then"]
    return Duty(_GERMAN[now.lower()] if now else _GERMAN_PASTS[then.lower()], found["object"], once=bool(then))


def duty_in(clause: str) -> Duty | None:
    """What a relative clause tells: "who chairs the finance committee"."""
    found = _DOES.match(clause)
    return _duty(found) if found else None


def worded(office: str) -> tuple[str, ...]:
    """Say in verbs that somebody has an office: "chair" -> "chairs", "chaired", "chairing"."""
    verbs = {verb for verb, name in _OFFICES.items() if name == office}
    return tuple(form for forms in (_NOW, _THEN, _DOING) for form, verb in forms.items() if verb in verbs)


def clause_behind(masked: str, end: int) -> tuple[int, int] | None:
    """Where behind a name a relative clause says what its bearer does or is: from "who" to the clause's end."""
    found = _CLAUSE.match(masked, end)
    if found is None or (found["role"] and head_noun(without_times(found["role"])) not in ROLES):
        return None
    return found.span("clause")


def without_times(phrase: str) -> str:
    """A phrase up to what is said of when, or of something else: "the museum since 2019" -> "the museum"."""
    return _SINCE.sub("", phrase).strip()


def _duty(found: re.Match[str]) -> Duty | None:
    said = {name: words.lower() for name, words in found.groupdict().items() if words}
    for name, verbs in (("now", _NOW), ("then", _THEN), ("has", _DONE), ("doing", _DOING), ("did", _DOING)):
        if verb := verbs.get(said.get(name, "")):
            return Duty(_OFFICES[verb], without_times(found["object"]), once=name in {"then", "did"})
    return None
