"""A text and the names of somebody -> where it says beside the name how old they are: "Petra Reck, 44, of Tamble".

Promises: an age is a slice of the text in digits, and nothing of it is quoted speech; it stands beside the whole name
and nobody else's name stands between. What this module does not know: how old somebody is by now. To look for: age.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from qa.attribution.capitals import Named
from qa.attribution.introducing import beside_names
from qa.attribution.lexicon import ROLES
from qa.lazily import pattern
from qa.text import fold
from qa.types import Introduction, Span

__all__ = ["age_asked", "ages_told"]

_AGE = r"([1-9]\d?|1[01]\d)"
_OLD = r"[- ]years?[- ]old"
# "Petra Reck, 44, of Tamble", "Petra Reck (44)", "Petra Reck, aged 44", "Petra Reck is 44 years old", "turned 44".
_BEHIND = pattern(
    rf"\s\({_AGE}\)"
    rf"|,\s{_AGE}(?=,\s|[.;]?(?:\s*\Z|\n)|[.;]\s|\s(?:and|who|from|was|is|has|had)\b)(?!,\s\d)"
    rf"|,?\s(?:now\s)?(?:aged|age)\s{_AGE}\b"
    rf"|,?\s(?:is\s|was\s|who\s(?:is|was)\s)?(?:an?\s|now\s)?{_AGE}{_OLD}\b"
    rf"|,?\s(?:who\s)?(?:turn(?:s|ed)|will\sturn|ist)\s{_AGE}\b(?!\s?(?:%|per|million|billion|points?|yards?|of\b))"
)
# "the 44-year-old nurse Petra Reck", "die 44-jährige Petra Reck"
_BEFORE = pattern(rf"\b{_AGE}(?:{_OLD}|-jährigen?[rsmn]?)((?:\s[^\W\d_][\w’'-]*){{0,4}})\s\Z")
_ASKED = pattern(r"(?:how old (?:is|was)|wie alt ist|wie alt war) (\S.*)", re.IGNORECASE)
# What stands in brackets or behind a rank in a list is no age: "Goals: Reck (12), Venn (44)", "1. Petra Reck, 52".
_IN_BRACKETS = pattern(r"\(\d+\)")
_RANKED = pattern(r"\s*\d+[.)]\s")
_REACH = 60  # code points before a name


def age_asked(question: str) -> str | None:
    """Whose age "how old is Petra Reck" asks for; None where it asks for something else."""
    asked = _ASKED.fullmatch(question.rstrip("?!. "))
    return asked[1] if asked else None


def ages_told(text: str, names: Collection[str], article_id: str = "") -> list[Introduction]:
    """Find where ``text`` states the age of whoever has one of ``names``, in reading order; the age is the ``role``."""
    found = beside_names(text, names, article_id, _ages)
    # "The 53-year-old Reck" may be another Reck than the one whose whole name stands elsewhere.
    return [one for one in found if " " in one.mention.of(text) or " " not in one.name]


def _ages(masked: str, one: Named) -> Iterator[Span]:
    line = masked[masked.rfind("\n", 0, one.start) + 1 :].partition("\n")[0]
    behind = _BEHIND.match(masked, one.end)
    listed = _RANKED.match(line) or len(_IN_BRACKETS.findall(line)) > 1
    if behind and not listed:
        yield Span(*behind.span(behind.lastindex or 0))
    start = one.start - (len(one.title) + 1 if one.title else 0)
    before = _BEFORE.search(masked, max(0, start - _REACH), start)
    if before and (not before[2] or fold(before[2].split()[-1]) in ROLES):  # "the 17-year-old shot Ada Venn"
        yield Span(*before.span(1))
