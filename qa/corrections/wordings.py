"""How newspapers word a correction, in English and German: the patterns, each a table of words.

Promise: every gap in a pattern is bounded, so that a text costs what it is long. What it does not know: other
languages.
"""

from __future__ import annotations

import re

from qa.lazily import pattern

__all__ = [
    "ANOTHER_ARTICLE",
    "CLARIFIES",
    "EARLIER",
    "ERRS",
    "LABEL",
    "PUT_RIGHT",
    "PUT_RIGHT_ON",
    "RAN_BEFORE",
    "THIS_ARTICLE",
    "THIS_ERRED",
    "TRIGGER",
    "WEAK_LABEL",
]

_KINDS = (
    "story|article|report|piece|column|post|item|file|page|essay|interview|list|graphic|chart|version|headline|caption"
    "|transcript|obituary|analysis|feature|review|editorial|brief|blog"
)
_ARTIKEL = "artikels?|textes|text|berichts?|beitrags?|beitrag|meldung|überschrift|interviews?|kommentars?"

TRIGGER = pattern(
    r"correct|clarif|version|erratum|amend|misstat|korr|bericht|richtigst|klarstell|fassung", re.IGNORECASE
)
"""Without any of this a text has no notice: most are told so at once."""

_LABELS = r"corrections?|clarifications?|erratum|korrektur(?:hinweis)?|berichtigung|richtigstellung|klarstellung"
LABEL = pattern(
    rf"\W{{0,5}}(?P<label>(?:{_LABELS})(?:\s{{0,2}}(?:&|and|/|\+|und)\s{{0,2}}(?:{_LABELS}))?)"
    r"(?:\s\([^()\n]{1,40}\))?\s?(?:[:—–]|-\s|\Z)",
    re.IGNORECASE,
)
"""What opens a notice, or is the title of an article that is one; it is enough."""

WEAK_LABEL = pattern(
    r"\W{0,5}(?:editor[’']?s?[’']? note|note|update|updated|anmerkung(?: der redaktion)?|hinweis(?: der redaktion)?"
    r"|anm\. ?d\. ?red\.)\s?[:—–-]",
    re.IGNORECASE,
)
"""What opens notes of every sort; something else has to say that it is a correction."""

ERRS = pattern(
    r"\b(?:mis(?:stated|identified|spelled|spelt|attributed|named|calculated|quoted|characteri[sz]ed|represented"
    r"|reported|label+ed|dated|interpreted|described|printed|translated|takenly)|incorrect(?:ly)?|inaccura(?:te|tely|cy|cies)"
    r"|wrong(?:ly)?|erroneous(?:ly)?|mistaken(?:ly)?|in error|errors?|should have|left out|omitted|transposed|typo"
    r"|misleading(?:ly)?|falsch(?:e[nmrs]?)?|fälschlich(?:erweise)?|irrtümlich(?:erweise)?|versehentlich|fehlerhaft"
    r"|fehler)\b",
    re.IGNORECASE,
)
"""Words for being wrong."""

_TOLD = (
    "said|stated|quoted|reported|referred|described|listed|identified|gave|contained|included|suggested|attributed"
    "|implied|used|did not|failed|claimed|named|characteri[sz]ed|was unclear|put|called|had"
)
THIS_ERRED = pattern(
    rf"\b(?:an?|the|this) (?:earlier|previous|prior|original|initial|former) (?:[\w-]+ ){{0,2}}?(?:version|edition)"
    rf"(?: of (?:this|the|our|that) (?:[\w-]+ ){{0,2}}?(?:{_KINDS}))?\b[^.\n]{{0,160}}?\b(?:{_TOLD})\b"
    rf"|\bthis (?:[\w-]+ )?(?:{_KINDS}) (?:originally|initially|previously) (?:\w+ )?(?:{_TOLD})\b"
    r"|\bin einer (?:früheren|ersten|vorherigen|ursprünglichen) (?:version|fassung)"
    rf"(?: (?:dieses|des|unseres|dieser|der) (?:{_ARTIKEL}))?\b",
    re.IGNORECASE,
)
"""An earlier version of this very article was wrong; :data:`ERRS` may stand in the place of the verb."""

EARLIER = pattern(
    r"\b(?:an?|the|this) (?:earlier|previous|prior|original|initial|former) (?:[\w-]+ ){0,2}?(?:version|edition)\b"
    r"|\bthis (?:[\w-]+ )?(?:story|article|report|piece) (?:originally|initially|previously)\b",
    re.IGNORECASE,
)
"""An earlier version of this article, whatever is said of it."""

RAN_BEFORE = pattern(
    r"\bversion of (?:this|the) [^.\n]{0,60}?"
    r"\b(?:ran|appeared|(?:was |were )?(?:first |originally )?published|aired)\b",
    re.IGNORECASE,
)
"""An earlier version that was only printed elsewhere, or before."""

_THIS = (
    rf"(?:(?:this|the) (?:[\w-]+ )?(?:{_KINDS})|it|(?:dieser|der) (?:artikel|text|beitrag|bericht)|diese (?:meldung))"
)
PUT_RIGHT = pattern(
    rf"\b{_THIS} (?:has|have|was|is|had) (?:been )?(?:since )?(?:(?:been )?corrected|amended)\b"
    rf"|\b{_THIS} (?:has|have|was) (?:since )?(?:been )?(?:updated|revised|changed|edited|modified)\b[^.\n]{{0,60}}?"
    r"\bto (?:correct(?:ly)?|clarify|fix|(?:more )?accurately)\b"
    rf"|\b(?:this|the) (?:[\w-]+ )?(?:{_KINDS}) (?:corrects|clarifies)\b"
    rf"|\b{_THIS} (?:wurde|ist) [^.\n]{{0,60}}?\b(?:korrigiert|berichtigt|richtiggestellt)\b"
    r"|(?:\A\W{0,3}|[(:—–]\s?)corrects (?:to|the|that|spelling|name|figure|number|date|title|from)\b",
    re.IGNORECASE,
)
"""This article, or an agency's version of it, has been put right. The last alternative is an agency's short hand."""

PUT_RIGHT_ON = pattern(
    r"\b(?:amended|corrected|updated|revised|appended|added|korrigiert|berichtigt|geändert)\b[^.\n]{0,12}\Z|\bam\s\Z",
    re.IGNORECASE,
)
"""What stands before the day on which an article was put right."""

THIS_ARTICLE = pattern(rf"\bthis (?:[\w-]+ )?(?:{_KINDS})\b|\bdiese[rsmn]? (?:{_ARTIKEL})\b", re.IGNORECASE)
"""The article that the notice stands in."""

ANOTHER_ARTICLE = pattern(
    rf"\b(?:an?|our|one|in einem|in unserem|in the) (?:[\w’'&-]+ ){{0,4}}?(?:{_KINDS}|{_ARTIKEL})"
    rf"\b(?! (?:has|was|have) )(?=[^.\n]{{0,40}}?(?:\b(?:of|on|in|published|printed|about|from|vom|am|über)\b))",
    re.IGNORECASE,
)
"""An article that is not this one."""

CLARIFIES = pattern(r"\bto clarify\b|\bclarif(?:y|ies|ication)|\bwas unclear\b|klarstell", re.IGNORECASE)
"""Words for having been unclear."""
