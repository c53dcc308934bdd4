"""The words that report speech: a sentence -> the cues in it.

Promise: only words of speaking and writing. Beliefs, wishes and plans ("thinks", "hopes to") make no statement here.
Passives ("was reported"), infinitives ("declined to say") and negations ("did not say") are no cues: they tell that
the subject did *not* say something.

What this module does not know: who speaks, and what is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from qa.attribution.lexicon import CLAUSE_VERBS, INVERTING, OBJECT_VERBS

__all__ = ["ADVERB", "Cue", "Use", "find_cues"]

# Speech only where the object holds a quotation: "called the claim “an invention”", but not "called the police".
_QUOTING = {
    False: "called|calls|call|dubbed|branded|termed|spoke of|speaks of|referred to|refers to",
    True: "calling|dubbing|branding|terming|speaking of|referring to",
}
_DEMAND = {
    False: "(?:called|calls|call) (?:for|on)|expressed|expresses|express",
    True: "calling (?:for|on)|expressing",
}
_IRREGULAR = {"say": "said", "tell": "told", "write": "wrote"}
_DOUBLED = frozenset({"admit", "slam", "quip"})

ADVERB = r"(?:also|later|then|once|now|again|already|often|never|even|still|just|first|further|[a-z]{2,}ly)"
_AUXILIARY = rf"(?:(?:has|have|had)\s+)?(?:{ADVERB}\s+)*"
_NOT_SPEAKING = re.compile(
    r"(?:\b(?:is|are|was|were|be|been|being|to|not|would|could|should|might|may|can|will|must|did|does|do|the|a|an|"
    rf"its|his|her|their|no|of)|n['’]t)\s+(?:{ADVERB}\s+)*\Z",
    re.IGNORECASE,
)
# These are nouns as well: a verb only after a name or a pronoun ("Merz claims", "they report").
_NOUN_TOO = re.compile(
    r"(?:report|claim|note|state|reply|answer|promise|pledge|vow|estimate|signal|demand|remark|joke|counter|caution|"
    r"praise|welcome|blame|blast|call|tweet|dispute|brand)s?"
)
_NAME_OR_PRONOUN = re.compile(
    rf"(?:\b[A-Z][\w.-]*(?:[’'][A-Z]\w*)?|\b(?:he|she|they|it|we|who|which|that))\s+(?:{ADVERB}\s+)*\Z"
)
# "condemning what he called “…”" is one cue, and so is "which they described as".
_WHAT_HE_CALLED = re.compile(r"\b[a-z]+(?:ing|ed)\s+what\s+(?:he|she|they|it)\s+(?:called|described\s+as|termed)\b")
_ACCORDING = re.compile(r"\b[Aa]ccording\s+to\b")


class Use(Enum):
    """What a cue takes: a clause (or quotation), an object that it judges, or ("according to") its source."""

    CLAUSE = auto()
    OBJECT = auto()
    ACCORDING = auto()


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue in a sentence: where it is, what it takes, and its verb in lower case.

    ``participle`` has its subject elsewhere ("…, saying"); ``quoting`` is a cue only with a quotation in its object.
    """

    start: int
    end: int
    use: Use
    verb: str
    participle: bool = False
    quoting: bool = False

    @property
    def inverts(self) -> bool:
        """Whether the subject may follow ("said Oduya")."""
        return self.verb in INVERTING


def find_cues(sentence: str) -> list[Cue]:
    """Find the cues of a sentence whose quotations are masked, in order and disjoint."""
    disjoint: list[Cue] = []
    for cue in sorted(_all_cues(sentence), key=lambda cue: (cue.start, -cue.end)):
        if not disjoint or disjoint[-1].end <= cue.start:
            disjoint.append(cue)
    return disjoint


def _all_cues(sentence: str) -> Iterator[Cue]:
    for match in _ACCORDING.finditer(sentence):
        yield Cue(*match.span(), Use.ACCORDING, "according to")
    for match in _WHAT_HE_CALLED.finditer(sentence):
        yield Cue(*match.span(), Use.OBJECT, "called", participle=True)
    for participle, pattern in _VERBS.items():
        for match in pattern.finditer(sentence):
            if _speaks(match):
                use = Use.CLAUSE if match["clause"] else Use.OBJECT
                verb = match["verb"].lower()
                yield Cue(*match.span(), use, verb, participle=participle, quoting=match["quoting"] is not None)


def _speaks(match: re.Match[str]) -> bool:
    """Say whether the match is a verb, and one that its subject does."""
    before = match.string[max(0, match.start() - 60) : match.start()]
    if _NOT_SPEAKING.search(before):
        return False
    return not _NOUN_TOO.fullmatch(match["verb"]) or bool(_NAME_OR_PRONOUN.search(before))


def _forms(lemma: str, *, participle: bool) -> str:
    """A verb's participle, or its finite forms, as an alternation."""
    bare = lemma.removesuffix("e") + (lemma[-1] if lemma in _DOUBLED else "")
    if participle:
        return f"{bare}ing"
    if re.search("[^aeo]y$", lemma):
        return f"{lemma[:-1]}ied|{lemma[:-1]}ies|{lemma}"
    return f"{_IRREGULAR.get(lemma, bare + 'ed')}|{lemma}{'es' if lemma.endswith('s') else 's'}|{lemma}"


def _verbs(*, participle: bool) -> re.Pattern[str]:
    clause = "|".join(_forms(lemma, participle=participle) for lemma in sorted(CLAUSE_VERBS))
    judging = "|".join(_forms(lemma, participle=participle) for lemma in sorted(OBJECT_VERBS))
    before = rf"(?:{ADVERB}\s+)*" if participle else _AUXILIARY
    demanding, quoting = _DEMAND[participle], _QUOTING[participle]
    verb = rf"(?P<verb>(?:{demanding})|(?P<clause>{clause})|(?P<object>{judging})|(?P<quoting>{quoting}))"
    return re.compile(rf"\b{before}{verb}\b(?!['’-])")


_VERBS = {participle: _verbs(participle=participle) for participle in (False, True)}
