"""A cue -> what kind of statement it makes: words that were said or written, or what somebody believes, wants or plans.

What this module does not know: grammar; it looks at the cue's own words.
"""

from __future__ import annotations

import re

from qa.types import StatementForm, StatementKind

__all__ = ["kind_of"]

_SPEECH = re.compile(
    r":|\b(?:sa(?:y|ys|id|ying)|t(?:ell|ells|old|elling)|wr(?:ite|ites|ote|itten|iting)|(?:sp(?:eak|eaks|oke|oken|"
    r"eaking)|talk(?:s|ed|ing)?) (?:of|about)|according to|words? of|puts? it|point(?:s|ed|ing)? out|hit back|"
    r"(?:accus|acknowledg|add|admit|admitt|advis|alleg|announc|answer|apologi[sz]|appeal|applaud|argu|ask|"
    r"assert|assur|bemoan|blam|blast|boast|brand|call|caution|challeng|chant|charg|claim|clarif|comment|"
    r"complain|conced|conclud|condemn|confess|confirm|congratulat|contend|continu|counter|critici[sz]|"
    r"declar|decr|defend|demand|den|denounc|deplor|describ|disclos|dismiss|disput|dub|elaborat|"
    r"emphasi[sz]|enumerat|exclaim|explain|express|hail|hint|implor|inform|insist|jok|lament|"
    r"mention|mock|mus|not|object|observ|outlin|pledg|prais|predict|proclaim|promis|propos|quip|quot|"
    r"reaffirm|rebuk|recall|recommend|recount|refer|reiterat|reject|remark|remind|repeat|repl|report|"
    r"respond|restat|retort|reveal|ridicul|shout|signal|signall|slam|specif|stat|stipulat|stress|suggest|"
    r"swear|tell|term|testif|thank|tout|tweet|urg|vent|voic|vow|warn|welcom|yell)(?:e|es|ed|ies|ied|y|s|ing)?)\b",
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
