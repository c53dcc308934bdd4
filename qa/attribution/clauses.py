"""Drafts -> the same, each verb of speech with the subject of its own clause and with words for its object.

Three readings of a network that knows no grammar are put right: a participle belongs to whoever speaks right before it
("“…,” said the Courier, suggesting …"), a noun of speech to whoever owns it ("despite calls for help" are nobody's of
the sentence), and whoever is an object was talked to or about and is nothing that was said ("he was called by the
Courier"). Promise: no speaker is made up; what is taken from one is left open. The word to look for: subject of a cue.
"""

from __future__ import annotations

import re
from dataclasses import replace

from qa.attribution.capitals import CAPITALS, split_name
from qa.attribution.drafts import Draft, Page
from qa.attribution.kinds import kind_of
from qa.attribution.lexicon import NEVER_A_NAME, ROLES
from qa.attribution.names import GIVEN_NAMES
from qa.attribution.phrases import head_noun, is_capitalised
from qa.text import fold
from qa.types import Span, StatementForm, StatementKind

__all__ = ["of_own_clause"]

_PARTICIPLE = re.compile(r"(?:[a-z]+ly )?[a-z]+ing\b")
_RIGHT_BEHIND = re.compile(r",?\s+(?:and\s+|also\s+|while\s+)?\Z")
_NOUN = re.compile(
    r"(?:claims?|calls?|pledges?|promises?|comments?|remarks?|reports?|demands?|warnings?|statements?|requests?|notes?|"
    r"complaints?|accusations?|allegations?|vows?)(?: (?:for|of|on|about|that|to))?"
)
_GOVERNED = re.compile(
    r"(?:[–—]\s|\b(?:despite|of|for|with|amid|after|about|to|the|these|those|such|some|more|against|by|from|in|on|over|"
    r"an?|any|no|other|many)\s)(?:(?:his|her|their|its)\s)?(?:[a-z]+(?:ed|ing|al|ent|ew|er|ar)\s)?\Z"
)
_NAME = rf"(?P<name>(?:The )?[{CAPITALS}][\w’'&.-]*(?: (?:of |the |and )?[{CAPITALS}][\w’'&.-]*){{0,4}})"
_SPEAKS = re.compile(r"(?:has |had )?(?:reports|reported|said|says|told|added|adds|noted|notes|wrote|writes)")
_NAME_BEFORE = re.compile(rf"(?:[.!?”,]|\A|\n)\s?{_NAME} \Z")
_NAME_BEHIND = re.compile(rf" {_NAME}(?=[.,]?(?:\s“|\n|\Z))")
_REACH = 90
_LONGEST = 5  # words of a title and a name
_SOMEBODY = frozenset("he she him her them they".split())  # noqa: SIM905


def of_own_clause(page: Page, drafts: list[Draft]) -> list[Draft]:
    """Give each cue the subject of its clause, and leave out what has only a person for its words."""
    return [_with_subject(page, one, drafts) for one in drafts if not _is_object(page, one)]


def _with_subject(page: Page, draft: Draft, drafts: list[Draft]) -> Draft:
    if draft.source is None and draft.cue and _SPEAKS.fullmatch(draft.cue.of(page.text)):
        return replace(draft, source=_beside(page, draft.cue))
    if draft.cue is None or draft.source is None or draft.source.end > draft.cue.start:
        return draft
    cue = draft.cue.of(page.text)
    if _PARTICIPLE.match(cue):
        nearer = [
            one
            for one in drafts
            if one.source
            and one.cue
            and draft.source.end < one.cue.start < one.source.start < draft.cue.start
            and _RIGHT_BEHIND.fullmatch(page.masked, one.source.end, draft.cue.start)
        ]
        return replace(draft, source=nearer[0].source) if nearer else draft
    owned = page.masked[draft.source.end : draft.cue.start].strip(" ’'s") == ""
    governed = _NOUN.fullmatch(cue) and _GOVERNED.search(page.masked, draft.source.end, draft.cue.start)
    return replace(draft, source=None) if governed and not owned else draft


def _beside(page: Page, cue: Span) -> Span | None:
    """The name that stands right before a verb of speech, or right behind it: "WUSA-TV | reports"."""
    before = _NAME_BEFORE.search(page.masked, max(0, cue.start - _REACH), cue.start)
    told = cue.of(page.text).endswith("told")  # whoever stands behind it was told
    behind = None if before or told else _NAME_BEHIND.match(page.masked, cue.end)
    found = before or behind
    if found and fold(found["name"].split()[0]) in NEVER_A_NAME - {"the"}:
        return None
    return Span(found.start("name"), found.start("name") + len(found["name"].rstrip("."))) if found else None


def _is_object(page: Page, draft: Draft) -> bool:
    """Whether all that a draft has for words is a person: "he" of "he was called by the Courier"."""
    if draft.cue is None or kind_of(draft.cue.of(page.text), StatementForm.INDIRECT) is not StatementKind.SPEECH:
        return False
    return all(not page.quoted(part) and _is_person(part.of(page.text)) for part in draft.content)


def _is_person(words: str) -> bool:
    bare = words.strip(" ,.").removesuffix("’s").removesuffix("'s")
    if bare.lower() in _SOMEBODY:
        return True
    parts = bare.split()
    title, name = split_name(bare)
    if not name or not all(map(is_capitalised, parts)) or len(parts) > _LONGEST:
        return False
    return head_noun(title) in ROLES or (len(name) > 1 and fold(name[0]) in GIVEN_NAMES)
