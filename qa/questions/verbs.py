"""Verbs of speech that a question may ask with ("What did she deny?") -> one word for all their forms (lemmatisation).

Verbs that ask for whatever was said ("say", "state", "explain") are none of these; one with a particle is another one
("rule out"). What it does not know: which other word means the same ("deny", "reject").
"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

from qa.text import fold, words_in

__all__ = ["VERBS", "VERBS_GERMAN", "verbs_in"]

# Base forms; one letter in brackets is doubled before an ending, and a dash stands before a particle.
_BASES = """
accuse acknowledge admi(t) advise advocate allege announce apologise apologize applaud assure blame blast boast call
caution complain concede condemn confess confirm congratulate contend criticise criticize cite dedicate defend demand
denounce deny deplore deride describe disclose dismiss dispute emphasise emphasize endorse estimate forecast foresee
guarantee highlight hail hint joke lament lambast maintain mention note offer oppose pledge post praise predict proclaim
promise propose protest question quip reaffirm recall recommend rebu(t) regre(t) reiterate reject request reveal
ridicule sla(m) stress suggest support swear thank threaten tout tweet underline urge vow warn welcome
rule-out point-out spell-out brush-off brush-aside play-down
"""
# German forms of some of them, those of a verb that is taken apart without what stands behind ("kündigte … an").
_GERMAN = {
    "accuse": "warf wirft vorgeworfen vorwarf beschuldigte beschuldigt",
    "admit": "räumte räumt eingeräumt einräumte zugegeben",
    "allege": "behauptete behauptet behaupten",
    "announce": "kündigte kündigt kündigten angekündigt ankündigte",
    "assure": "versicherte versichert",
    "call": "nannte nannten nennt nennen genannt bezeichnete bezeichneten bezeichnet",
    "confirm": "bestätigte bestätigten bestätigt",
    "criticise": "kritisierte kritisierten kritisiert kritisieren",
    "demand": "forderte forderten fordert fordern gefordert verlangte verlangten verlangt verlangen",
    "deny": "bestritt bestritten bestreitet bestreiten dementierte dementiert leugnete leugnet geleugnet",
    "praise": "lobte lobten lobt gelobt",
    "promise": "versprach versprachen verspricht versprechen versprochen",
    "propose": "vorgeschlagen vorschlug schlug schlägt",
    "regret": "bedauerte bedauert",
    "reject": "lehnte lehnten lehnt abgelehnt ablehnte wies weist zurückgewiesen zurückwies",
    "stress": "betonte betont",
    "thank": "dankte dankt gedankt",
    "threaten": "drohte drohten droht gedroht",
    "warn": "warnte warnten warnt warnen gewarnt",
    "welcome": "begrüßte begrüßt",
}
_IRREGULAR = {"swear": "swore sworn", "foresee": "foresaw foreseen", "forecast": "forecast"}


def _forms(base: str) -> list[str]:
    """The forms of a verb, its base first."""
    base, _, particle = base.partition("-")
    plain = base.replace("(", "").replace(")", "")
    stem = plain + plain[-1] if base.endswith(")") else plain
    if plain.endswith("y") and plain[-2] not in "aeiou":
        present, past = f"{plain[:-1]}ies", f"{plain[:-1]}ied"
    else:
        present = plain + ("es" if plain.endswith(("sh", "ch", "ss")) else "s")
        past = stem + ("d" if plain.endswith("e") else "ed")
    going = (plain[:-1] if plain.endswith("e") and not plain.endswith("ee") else stem) + "ing"
    return [f"{form} {particle}".strip() for form in (plain, present, going, *_IRREGULAR.get(plain, past).split())]


_BASE = {form: re.sub("ize$", "ise", forms[0]) for forms in map(_forms, _BASES.split()) for form in forms} | {
    fold(form): base for base, forms in _GERMAN.items() for form in forms.split()
}
# The forms that stand behind "did" and "has", for a pattern.
VERBS = "|".join(
    form
    for form in sorted((form for base in _BASES.split() for form in _forms(base)), key=len, reverse=True)
    if not form.split()[0].endswith("ing")
)
VERBS_GERMAN = "|".join(sorted((form for forms in _GERMAN.values() for form in forms.split()), key=len, reverse=True))


@cache
def verbs_in(words: str) -> frozenset[str]:
    """The base forms of the verbs of speech among some words: {"deny"} in "has repeatedly denied"."""
    single = words_in(fold(words))
    return frozenset(_BASE[word] for word in (*single, *map(" ".join, pairwise(single))) if word in _BASE)
