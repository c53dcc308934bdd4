"""A text whose quotations are masked -> its sentences, and what part in its sentence a name or a pronoun has.

Promise: a part is told by what stands before and after a phrase in its own sentence, and by nothing else. What this
module does not know: grammar, and who anybody is.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from enum import StrEnum, auto

from qa.attribution.lexicon import CLAUSE_VERBS

__all__ = ["Case", "Part", "Parts", "is_owned"]

_SENTENCE_END = re.compile(r"[.!?][”’)]*\s+(?=[“(]?[A-Z0-9])|\n+")
_NO_END = re.compile(r"\b(?:[A-Z]|Mr|Mrs|Ms|Dr|Sens?|Reps?|Gov|Gen|Lt|Col|Sgt|St|Rev|Jr|Sr|vs|No|U\.S|[a-z])\.\Z")
_SUBORDINATE = re.compile(
    r"[“(]?(?:(?:Even|Just|But|And) (?=[a-z]))?"
    r"(?i:when|while|as|after|before|although|though|if|since|because|asked|despite|unlike|like)\b"
)
_LINKED = re.compile(
    r"\b(?:when|while|as|after|before|because|though|although|which|what|whom|where|that|if|since|until|but|and|even)"
    r"(?: \w+ly| also| then| later)? \Z"
)
# A phrase that opens a sentence and whose pronoun may mean the subject behind its comma: "In his report, Reck".
_ADVERBIAL = re.compile(
    r"[“(]?(?:(?:But|And|Then|Early|Late|Later|Soon|Shortly|Just|Even|Only) )?"
    r"(?i:during|after|before|in|at|on|with|without|through|throughout|following|despite|since|upon|for|under|while|by|from|as|because|although|though|when|if|once|until|"
    r"among|besides|beyond|alongside|unlike|like|given|to|toward|towards|within|of|about|over|due|according)\b[^,.;:“”]*\Z"
)
_TO_COMMA = re.compile(r"[^.;:“”\n]*?, ")
_BORDERS = re.compile(
    r"\b(?:that|who|which|whom|whose|when|while|as|after|before|because|though|although|what|where|how|why|if|since|until|"
    r"but|and|or|than|so|to|[a-z]+ing)\b|[,;:—–“”]"
)
_NO_NOUN = re.compile(
    r"[^\w ]|\Z| (?:and|or|but|as|in|on|at|to|of|with|for|from|by|who|that|than|if|when|while|after|before|about|"
    r"into|over|because|until|since|during|through|again|away|back|up|down|out|off|not|so|too|is|was|had|has|would|could|will|the|"
    r"a|an|his|her|it|what|how|why|where|whether|[a-z]+ing|[a-z]+ly)\b| [“(]"
)
_DEPENDS = re.compile(r"\b(?:when|while|as|after|before|because|though|although|if|since|until) \Z")
_OWNED = re.compile(r"[’']s?(?:\s|\Z)")
_MODIFIES = re.compile(
    r" (?!(?:and|or|as|in|on|at|to|of|with|for|from|by|who|that|than|but|if|when|while|after|the|his|her|its|"
    r"their|this)\b)[a-z]{3,}"
)
# What stands before a subject: the sentence's start or an adverbial's comma; a conjunction is weaker.
_OPENS = re.compile(r"(?:\A|[:;”—–]|, |\A(?:But|And|So|Yet|Then|Still|Meanwhile|Later) )(?:[\w’'.-]+ ){0,6}\Z")
_JOINS = re.compile(
    r"\b(?:that|when|while|as|after|before|because|if|but|and|where|which|whom|than|how|why|whether|since|although|"
    r"though|until|what|so)(?: (?:former|then|[A-Z][\w.]*))* \Z"
)
_REPORTED = re.compile(
    rf"\b(?:said|told|says|wrote|(?:{'|'.join(sorted(CLAUSE_VERBS))})(?:e?d|e?s)?)(?: (?!and|but)\w+){{0,3}}(?: that)? "
    r"(?:[A-Z][\w.]* |[a-z-]+ )*\Z"
)
_GOVERNED = re.compile(
    r"\b(?:with|of|to|by|for|from|about|in|at|on|against|including|like|over|under|between|toward|towards|than|behind|"
    r"into|around|despite|during|without)(?: [\w’'.-]+){0,4} ?\Z"
)
_OPENS_WITH = re.compile(r"\A(?:For|To|With|By|From|Against|Unlike|Like) (?:the )?\Z")
_AS_FOR = re.compile(r"\AAs for (?:[\w.]+ ){0,3}\Z")
_AUXILIARY = "has|had|have|is|was|will|would|could|can|did|does|do|may|might|should|must"
_IRREGULAR = (
    "ate|became|began|bought|broke|brought|built|came|caught|chose|cut|dealt|did|drank|drew|drove|fed|fell|felt|flew|forgave|"
    "forgot|fought|found|froze|gave|got|grew|heard|held|hid|hit|hung|hurt|kept|knew|laid|lay|led|left|lent|let|lit|lost|"
    "made|meant|met|paid|put|quit|ran|rang|read|rode|rose|said|sang|sank|sat|saw|sent|set|shook|shot|showed|shut|slept|sold|"
    "spent|spoke|sprang|spread|stole|stood|struck|stuck|swam|swept|swore|swung|taught|thought|threw|told|took|tore|"
    "understood|upset|went|withdrew|woke|won|wore|wrote"
)
_VERB = re.compile(
    r"(?:,? \([^)]*\))?(?:,[^.;“”]{3,90},| ,|,)? "
    rf"(?:(?:also|then|later|now|still|once|never|often|already|repeatedly|\w+ly|{_AUXILIARY}) )*"
    rf"(?:[a-z]+(?:ed|s)|{_AUXILIARY}|{_IRREGULAR}|won’t)\b"
)
_WORD = re.compile(r"\w+")


class Part(StrEnum):
    """What somebody is in a sentence."""

    SUBJECT = auto()  # of the sentence
    CLAUSE = auto()  # subject of a clause
    REPORTED = auto()  # subject of what somebody reports
    OTHER = auto()
    OWNER = auto()  # "Crutcher's death", or what modifies a noun
    OWNING = auto()  # an owner at the head of the sentence


class Case(StrEnum):
    """What a pronoun is in its clause."""

    SUBJECT = auto()
    OBJECT = auto()
    OWNER = auto()


@dataclass(frozen=True, slots=True)
class Parts:
    """The sentences and paragraphs of a masked text, by where they begin."""

    masked: str
    sentences: tuple[int, ...] = field(init=False)
    paragraphs: tuple[int, ...] = field(init=False)

    def __post_init__(self) -> None:
        ends = (
            end.end()
            for end in _SENTENCE_END.finditer(self.masked)
            if "\n" in end[0] or not _NO_END.search(self.masked, max(0, end.start() - 6), end.start() + 1)
        )
        object.__setattr__(self, "sentences", (0, *ends))
        object.__setattr__(self, "paragraphs", tuple(one.end() for one in re.finditer(r"\n+", self.masked)))

    def begins(self, position: int) -> int:
        """Where the sentence of a position begins."""
        return self.sentences[bisect_right(self.sentences, position) - 1]

    def ends(self, position: int) -> int:
        """Where the sentence of a position ends."""
        number = bisect_right(self.sentences, position)
        return self.sentences[number] if number < len(self.sentences) else len(self.masked)

    def apart(self, one: int, other: int) -> tuple[int, int]:
        """How many borders of sentences, and of paragraphs, stand between two positions, the first of them before."""
        sentences = bisect_right(self.sentences, other) - bisect_right(self.sentences, one)
        return sentences, bisect_right(self.paragraphs, other) - bisect_right(self.paragraphs, one)

    def of(self, start: int, end: int) -> Part:
        """What stands there is in its sentence."""
        before = self.masked[self.begins(start) : start]
        governed = _GOVERNED.search(before)
        opens = not before or (_OPENS.search(before) and not governed)
        if is_owned(self.masked, end):
            return Part.OWNING if opens else Part.OWNER
        verb = self.acts(end)
        if not verb and _MODIFIES.match(self.masked, end):
            return Part.OWNER
        subordinate = _SUBORDINATE.match(before) and "," not in before and not _AS_FOR.match(before)
        if not before or _AS_FOR.match(before) or (verb and opens and not subordinate):
            return Part.SUBJECT
        if verb and _REPORTED.search(before):
            return Part.REPORTED
        return Part.CLAUSE if verb and (_JOINS.search(before) or not governed) else Part.OTHER

    def is_governed(self, start: int) -> bool:
        """Whether a preposition stands before a phrase."""
        before = self.masked[self.begins(start) : start]
        return bool(_GOVERNED.search(before) or _OPENS_WITH.search(before))

    def acts(self, end: int) -> bool:
        """Whether a finite verb follows."""
        return bool(_VERB.match(self.masked, end))

    def case(self, position: int) -> Case:
        """What a pronoun at a position is in its clause."""
        word = _WORD.match(self.masked, position)
        plain = word[0].lower() if word else ""
        if word and plain in ("him", "himself", "herself"):
            return Case.OBJECT
        if word and (plain in ("his", "hers") or (plain == "her" and not _NO_NOUN.match(self.masked, word.end()))):
            return Case.OWNER
        return Case.OBJECT if plain == "her" else Case.SUBJECT

    def is_linked(self, position: int) -> bool:
        """Whether a pronoun's clause hangs on what its sentence says before."""
        before = self.masked[self.begins(position) : position]
        return bool(_SUBORDINATE.match(before) or _LINKED.search(before))

    def depends(self, position: int) -> bool:
        """Whether a pronoun's clause hangs on another one of its sentence, wherever that stands."""
        before = self.masked[self.begins(position) : position]
        return bool(_SUBORDINATE.match(before) or _DEPENDS.search(before))

    def is_ahead(self, position: int, end: int, mention: int) -> bool:
        """Whether a pronoun that opens its sentence may mean a subject behind the comma: "In his report, Reck"."""
        comma = _TO_COMMA.match(self.masked, position)
        if comma is None or comma.end() != mention or is_owned(self.masked, end):
            return False
        return bool(_ADVERBIAL.match(self.masked[self.begins(position) : position]))

    def is_one_clause(self, end: int, position: int) -> bool:
        """Whether no border of a clause stands between the end of a phrase and a position behind it."""
        return not _BORDERS.search(self.masked, end, position)


def is_owned(masked: str, end: int) -> bool:
    """Whether a phrase that ends there owns what follows: "Crutcher's death"."""
    return bool(_OWNED.match(masked, end))
