"""A cue -> what kind of statement it makes: words that were said or written, or what somebody believes, wants or plans.

Speech are the verbs that introduce what was said or written. Those that only tell that somebody spoke ("mocked",
"thanked") are not among them, nor is what somebody did not say, or would or will; "declined to comment" is an answer.

What this module does not know: grammar; it looks at the cue's own words.
"""

from __future__ import annotations

import re

from qa.types import StatementForm, StatementKind

__all__ = ["kind_of"]

_SPEECH = re.compile(
    r":|\b(?:sa(?:y|ys|id|ying)|t(?:ell|ells|old|elling)|wr(?:ite|ites|ote|itten|iting)|according to|"
    r"sp(?:eaks?|oke|eaking) of|puts? it|point(?:s|ed|ing)? out|"
    r"(?:accus|acknowledg|add|admit|admitt|alleg|announc|answer|argu|ask|assert|blast|boast|call|caution|"
    r"claim|comment|complain|conced|conclud|condemn|confirm|contend|counter|critici[sz]|declar|den|denounc|"
    r"describ|dismiss|emphasi[sz]|exclaim|explain|implor|insist|jok|lament|note?|object|observ|"
    r"pledg|prais|predict|proclaim|promis|quip|reaffirm|recall|reiterat|reject|remark|remind|repl|report|"
    r"respond|restat|retort|slam|stat|stress|suggest|testif|tweet|urg|vow|warn)(?:e|es|ed|d|ies|ied|y|s|ing)?)\b",
    re.IGNORECASE,
)
_NOT_SAID = re.compile(r"\b(?:not|never|wo|would|could|should|might|may|will|can|must)\b|n['’]t\b", re.IGNORECASE)


def kind_of(cue: str, form: StatementForm) -> StatementKind:
    """Say whether a cue reports speech; whatever stands in quotation marks throughout was said."""
    if form is StatementForm.DIRECT:
        return StatementKind.SPEECH
    said = _SPEECH.search(cue) and not _NOT_SAID.search(cue)
    return StatementKind.SPEECH if said else StatementKind.OTHER
