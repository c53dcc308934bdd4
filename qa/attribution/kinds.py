"""A cue -> what kind of statement it makes: words that were said or written, or what somebody believes, wants or plans.

What this module does not know: grammar; it looks at the cue's own words.
"""

from __future__ import annotations

import re

from qa.types import StatementForm, StatementKind

__all__ = ["kind_of"]

_SPEECH = re.compile(
    r":|\b(?:sa(?:y|ys|id|ying)|t(?:ell|ells|old|elling)|wr(?:ite|ites|ote|itten|iting)|(?:sp(?:eak|eaks|oke|oken|"
    r"eaking)|talk(?:s|ed|ing)?) (?:of|about)|according to|(?:in the )?words? of|puts? it|thank(?:s|ed|ing)?|"
    r"(?:acknowledg|add|accus|admit|admitt|advis|alleg|announc|answer|argu|ask|assert|assur|blam|blast|boast|brand|"
    r"call|caution|challeng|charg|claim|comment|complain|conced|conclud|condemn|confess|confirm|continu|contend|"
    r"counter|critici[sz]|declar|decr|defend|demand|den|denounc|describ|disclos|dismiss|disput|dub|emphasi[sz]|"
    r"explain|implor|inform|insist|jok|lament|mention|mock|not|object|observ|outlin|pledg|prais|predict|proclaim|"
    r"promis|propos|quip|recall|recount|refer|reiterat|reject|remark|remind|repeat|repl|report|respond|reveal|ridicul|"
    r"slam|stat|stress|suggest|tell|term|testif|tout|tweet|urg|vow|warn)(?:e|es|ed|ies|ied|y|s|ing)?)\b",
    re.IGNORECASE,
)
_NOT_SAID = re.compile(
    r"\b(?:not|never|n['’]t|declin\w+|refus\w+|wo|would|could|should|might|may|will|can|must)\b|n['’]t\b",
    re.IGNORECASE,
)


def kind_of(cue: str, form: StatementForm) -> StatementKind:
    """Say whether a cue reports speech; whatever stands in quotation marks throughout was said."""
    if form is StatementForm.DIRECT:
        return StatementKind.SPEECH
    said = _SPEECH.search(cue) and not _NOT_SAID.search(cue)
    return StatementKind.SPEECH if said else StatementKind.OTHER
