"""A statement's cue and content -> whether the article has the speaker deny what its content says.

"Varnholt denied that she had met him" has a content that its speaker does not say: shown alone it would be a claim of
theirs. So wherever content stands without its cue, it is told as denied. Promise: a cue that is itself negated ("did
not deny") denies nothing. What this does not know: who made the claim that is denied, and what a speaker calls false in
words of their own, which is said and not denied.
"""

from __future__ import annotations

import re

from qa.lazily import pattern
from qa.text import fold
from qa.types import Article, Statement, StatementForm

__all__ = ["CLAIMS", "denied", "denies", "folded_cue", "negated"]

CLAIMS = (
    "claims?|allegations?|accusations?|assertions?|suggestions?|reports?|notions?|charges?|insinuations?|rumou?rs?"
    "|contentions?|vorw[uü]rfe?|behauptung(?:en)?|anschuldigung(?:en)?|darstellung|bericht"
)
_CLAIM = pattern(rf"\b(?:{CLAIMS})\b")
_DENIES = pattern(
    r"\b(?:den(?:y|ies|ied|ying)|disput(?:e|es|ed|ing)|refut(?:e|es|ed|ing)|rebut(?:s|ted|ting)?"
    r"|contradict(?:s|ed|ing)?|dementiert(?:e|en)?|bestreitet|bestritt(?:en)?|widerspr(?:icht|ach|ochen))\b"
)
_REJECTS = pattern(
    r"\b(?:reject(?:s|ed|ing)?|dismiss(?:es|ed|ing)?|brush(?:es|ed|ing)?|weist|wies|zuruckgewiesen|zuruck)\b"
)
_NOT = pattern(r"\b(?:not(?! only)|never|declin\w+|refus\w+|neither|nor|nicht|nie)\b|n[’']t\b")
_SAID = re.compile(r"(?::|,|\bas)\s*\Z")  # behind these stand the speaker's own words, and no object of "denied"
_OPENING = '"“„‘«'
_OPENS = 3  # words of a content that say what is rejected: "the baseless claims that …"
_BEFORE = 24  # code points before a cue in which a word may turn it round


def denied(statement: Statement, article: Article) -> bool:
    """Whether the content of a statement of ``article`` is what its speaker denies.

    What is only rejected has to be called a claim at once: "a plan that charges drivers" is none. Words in quotation
    marks are said, whatever the verb ("he denied: “I was never there”"), but where they are what is denied ("denied
    “any wrongdoing”").
    """
    text = article.text
    if statement.form is not StatementForm.INDIRECT and _quoted_as_said(statement, text):
        return False
    opens = " ".join(" ".join(span.of(text) for span in statement.content).split()[:_OPENS])
    return denies(folded_cue(statement, text), fold(opens))


def denies(cue: str, content: str) -> bool:
    """Whether a cue denies a content, or rejects it as a claim.

    Args:
        cue: as :func:`folded_cue` has it.
        content: folded.
    """
    verb = _DENIES.search(cue) or (_CLAIM.search(f"{content} {cue}") and _REJECTS.search(cue)) or None
    return verb is not None and not negated(cue)


def negated(cue: str) -> bool:
    """Whether a folded cue says that something is not done: "did not deny", "declined to reject", "bestritt nicht"."""
    return _NOT.search(cue) is not None


def folded_cue(statement: Statement, text: str) -> str:
    """A statement's cue, folded, with the word that turns it round where one stands right beside it.

    That is one of the two words before ("did not" before "deny"), or a German "nicht" behind.
    """
    cue = " … ".join(span.of(text) for span in statement.cue)
    start = min((span.start for span in statement.cue or statement.content), default=0)
    end = max((span.end for span in statement.cue), default=start)
    before = fold(" ".join(re.split(r"[.,;:!?”\n]", text[max(0, start - _BEFORE) : start])[-1].split()[-2:]))
    behind = fold(text[end : end + _BEFORE]).split()[:1]
    turned = [match[0] for match in _NOT.finditer(before)] + [word for word in behind if word.strip(",") == "nicht"]
    return " ".join([*turned, fold(cue)])


def _quoted_as_said(statement: Statement, text: str) -> bool:
    """Whether words in quotation marks are the speaker's own: before the cue, or behind a colon, a comma or "as"."""
    if not statement.content:
        return False
    first = statement.content[0]
    if statement.cue and first.start < statement.cue[0].start:
        return True
    opens = next((at for at in range(first.start, statement.content[-1].end) if text[at] in _OPENING), first.start)
    return _SAID.search(text, max(0, opens - _BEFORE), opens) is not None
