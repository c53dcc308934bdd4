"""Statements of one or several articles -> pairs of them that cannot both hold, or that one person says of another's.

A *denial* answers a claim beside it, in its paragraph or the next one: its cue denies ("denied"), or its
words call the claim false ("an invention"), and claim and denial name each other, share their words, or the denial says
whose claim it is of ("Leach's assertions", "that figure"). A *negation* is
what two people say within a week in the same words, but for a "not". Promises: the two are different people's, both are
exact slices, and what is only another opinion, or a figure of something else, is no pair: rather none than a wrong one.
Measured in docs/results/contrary-later-2026-11-28.md.

What it does not know: who is right, and contradictions in other words (textual entailment).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from itertools import groupby, takewhile

from qa import deadline
from qa.answering.denying import CLAIMS, denies, folded_cue, negated
from qa.citing import Find, cite
from qa.lazily import pattern
from qa.questions import STOP_WORDS, stem
from qa.text import fold
from qa.tokens import is_number, tokens_of
from qa.types import Answer, AnswerKind, Contrary, Pair, Question, Span, StatementKind

__all__ = ["HOW_OPPOSED", "Opposed", "answer_from_opposed", "opposed"]

# How it is told of what says otherwise.
HOW_OPPOSED = {
    Contrary.DENIAL: "It is denied",
    Contrary.NEGATION: "Somebody says otherwise",
    Contrary.FIGURE: "Another number is given",
}
_CLAIM = pattern(rf"\b(?:{CLAIMS})\b")
_FALSE = pattern(
    r"\b(?:false(?:ly|hoods?)?|lies?|lying|liars?|untrue|baseless|unfounded|groundless|invention|invented|fabricat\w+"
    r"|nonsense|hoax|ridiculous|absurd|preposterous|not true|meritless|without merit|bogus|fictitious"
    r"|falsch|luge\w*|erfunden|unwahr|haltlos|unsinn)\b"
)
_CALLS = pattern(r"\b(?:call|describ|dismiss|label|brand|slam|blast|denounc|decr|reject|nannt|nenn|bezeichn)\w*")
_JUDGED = pattern(r"\b(?:wrong|false|incorrect|fals)\w*")  # the writer's own word on what is said
_GENERIC = pattern(
    rf"\W*(?:(?:the|these|those|all|any|his|her|their|its|such|of|that|this|both|each|every|die|diese|alle|den)\s)*"
    rf"(?:\w+\s)?(?:(?:{CLAIMS}|wrongdoing|liability|fault|involvement|misconduct|impropriety|guilt)\b|(?:it|them|that|this|das)\W*\Z)"
)
_ASSERTS = pattern(
    r"\b(?:accus\w+|alleg\w+|claim\w*|charg(?:ed|es|ing)|assert\w*|contend\w*|blam\w+|sa(?:id|ys?|ying)|told|testif\w+"
    r"|wrote|argu\w+|suggest\w*|insist\w*|add(?:s|ed|ing)|according to|describ\w+|stat(?:es|ed)|report(?:s|ed)|tweet\w*"
    r"|explain(?:s|ed)|recall\w*|sagte?|behauptet\w*|beschuldigt\w*|warf|wirft)\b"
)
_ACCUSES = pattern(r"\b(?:accus\w+|alleg(?:e|es|ed|ing)|claim(?:s|ed|ing)?|beschuldigt\w*|warf|wirft)\b")
_NEGATES = pattern(r"\b(?:not|never|no|none|nobody|nothing|cannot|nicht|nie|kein\w*)\b|n[’']t\b")
_NO_LONGER = pattern(r"\bno longer\b|\bnicht mehr\b|\bnot only\b")
# What takes up the claim beside it in the same sentence: "…, which she denied", "…, a charge that he denies".
_TAKES_UP = pattern(
    rf"\W*(?:(?:which|something|was)\b|(?:an?|eine?)\s(?:story|(?:{CLAIMS})))(?:\W+(?:that|which))?\W*\Z"
)
_TELLS_OF_CLAIM = pattern(r"\b(?:accus|alleg|claim)\w*")  # a content that tells of somebody else's claim
_OF_DOING = pattern(r"\sof\s(?:\w+ly\s)?\w+ing\b")  # "accused the mayor of hiding it": who is accused stands before it
_COURT = pattern(r"\b(?:judges?|courts?|justices?|magistrates?|tribunals?|panel|gericht\w*|richter\w*)\b")
_SPEAKS = r"(?:lawyers?|attorneys?|spokes\w+|representatives?|publicists?|counsel|anwalt\w*|sprecher\w*)"
_SPEAKS_FOR = pattern(
    rf"(?P<owner>[^,]+?)(?:['’]s|(?<=s)['’])\s(?:\w+\s){{0,2}}{_SPEAKS}\b|\b{_SPEAKS}\s(?:for|of|von)\s(?P<principal>[^,]+)"
)
# What a denial is of, by whose it is, "Leach's assertions", by what told it, "the report", or by what stands before it.
_ACCOUNTS = (
    rf"(?:{CLAIMS}|accounts?|versions?|characteri[sz]ations?|descriptions?|depictions?|portrayals?|stor(?:y|ies)|stud(?:y|ies)|findings?|conclusions?"
    r"|(?P<count>figures?|numbers?|estimates?|totals?|counts?))"
)
_OF_WHOM = pattern(rf"\W*(?:(?:the|this|that|a)\s)?(?:\w+\s){{0,2}}?(?P<owner>\w+)['’]s?\s(?:\w+\s)?{_ACCOUNTS}\b")
_OF_WHAT = pattern(r"\W*the\s(?P<source>\w+)\W*\Z")
_OF_THAT = pattern(rf"\W*(?:that|this|those|these)\s(?:\w+\s)?{_ACCOUNTS}\W*\Z")
_THE_CLAIMS = pattern(rf"\W*(?:all\s)?(?:the|these|those)\s(?:{CLAIMS})\W*\Z")
# What somebody denies to have done: "exposing himself", "that he had met her".
_DOING = pattern(
    r"\W*(?:ever\s)?(?!(?:any|every|no|some)thing\b|during\b)\w{2,}ing\b|\W*(?:that\s)?(?:he|she|they|it)\s(?:ever|had|has|have|was|were|did)\b"
)
_REPORTS = pattern(r"\breport(?:s|ed)\b")
_CAPITAL = pattern(r"\b[A-Z]")
_PROPER = pattern(r"[A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+)?\Z")
_SUBJECT = 3  # words that open a claim, among which is whoever it is about
_NEAR = 1  # paragraphs between a claim and its denial
_DEFINITE = pattern(r"\W*(?:the|both|he|she|they|it|his|her|their|its|this|that|der|die|das|er|sie)\b")
_FIRST = 70  # code points of a claim in which whoever it is about is named
_OPENS = 5  # words of a statement that tell what it is about
_BRIEF = 3  # words of content of a denial that does not say what it denies: "the allegations of fraud"
_SHARED = 3  # words of content that tell that two statements are about one thing
_ALIKE, _LEFT = 0.75, 2  # share of common words (Dice), and words that are not common, of what differs by a "not"
_SOON = timedelta(7)


@dataclass(frozen=True, slots=True)
class Opposed:
    """Two statements that cannot both hold: the ``claim``, what says ``otherwise``, and by what that is told."""

    claim: Find
    otherwise: Find
    how: Contrary


@dataclass(frozen=True, slots=True)
class _Said:
    """A statement: whose it is, its words and its cue folded, the stems of its content, and the paragraph.

    ``names`` are the surnames of whoever says it, and of whomever they speak for ("Balwani’s attorneys").
    ``definite`` says that its source is called by a word for somebody who is known: "he", "the coach".
    ``speech`` says that it is reported as said: a claim is, and what is only disputed need not be.
    """

    find: Find
    voice: str
    names: frozenset[str]
    definite: bool
    content: str
    cue: str
    sentence: str
    stems: frozenset[str]
    paragraph: int
    speech: bool

    @property
    def denies(self) -> bool:
        """Whether it is worded as a denial: by its cue, or by what it calls the claim. A court denies requests."""
        if negated(self.cue) or _COURT.search(fold(self.mention)):
            return False
        return denies(self.cue, self.content) or (self.speech and self.calls_false)

    @property
    def mention(self) -> str:
        """Its source as printed."""
        speaker = self.find.statement.speaker if self.find.statement else None
        return speaker.mention if speaker else ""

    @property
    def calls_false(self) -> bool:
        """Whether it says of a claim that it is false: "called the allegation an invention", "the claims are false"."""
        if not _FALSE.search(self.content) or _JUDGED.search(self.cue):
            return False
        opens = _CLAIM.search(" ".join(self.content.split()[:_OPENS]))
        return bool(opens or (_CALLS.search(self.cue) and _CLAIM.search(self.sentence)))

    @property
    def generic(self) -> bool:
        """Whether it is a denial that does not say what it denies: "the allegations", "any wrongdoing"."""
        return self.calls_false or (_GENERIC.match(self.content) is not None and len(self.stems) <= _BRIEF)


def answer_from_opposed(question: Question, found: Sequence[Opposed], most: int) -> Answer | None:
    """Cite each claim, those of the newest articles first, and after it what says otherwise; None without any.

    Args:
        question: what was asked; its dates and outlets have been applied. Where it names a topic and nobody, each word
            of the topic has to stand in one of the two sentences or their headlines.
        found: pairs in any order.
        most: pairs that are cited.
    """
    finds: list[Find] = []
    pairs: list[Pair] = []
    wanted = frozenset() if question.speakers else _stems(question.topic or "")
    newest = sorted((one for one in found if wanted <= _told_by(one)), key=_newest_first)[:most]
    for claim, several in groupby(newest, lambda one: one.claim):
        at = len(finds) + 1
        finds.append(claim)
        for one in several:
            finds.append(one.otherwise)
            pairs.append(Pair(at, len(finds), one.how))
    citations = tuple(cite(number, find) for number, find in enumerate(finds, start=1))
    sure = [one.statement.confidence for one in citations if one.statement]
    return Answer(question, AnswerKind.CONTRARY, citations, min(sure), pairs=tuple(pairs)) if pairs else None


def opposed(finds: Sequence[Find], voices: Mapping[str, str]) -> list[Opposed]:
    """The pairs among these statements, each denial with the nearest claim that it answers.

    Args:
        finds: statements of any articles; of those that are not of speech only denials count.
        voices: spelling of a name -> whose it is.
    """
    every = [one for find in sorted(finds, key=_place) if (one := _said(find, voices))]
    return [*_denials(every), *_negations(every)]


def _said(find: Find, voices: Mapping[str, str]) -> _Said | None:
    """A statement ready to be compared; None where nobody, or nothing, is named as its source."""
    statement, text = find.statement, find.article.text
    if statement is None or statement.speaker is None:
        return None
    printed = statement.speaker.mention
    mention, definite = fold(printed), _DEFINITE.match(fold(printed)) is not None
    spoken_for = _SPEAKS_FOR.search(mention)
    whose = (spoken_for["owner"] or spoken_for["principal"]).split()[-1:] if spoken_for else []
    name = statement.speaker.name or (printed if whose else "")
    proper = "" if name or definite or not _PROPER.match(printed) else mention
    content = " … ".join(span.of(text) for span in statement.content)
    return _Said(
        find=find,
        voice=voices.get(name, name),
        names=frozenset([*(fold(statement.speaker.name or proper).split()[-1:]), *whose]),
        definite=definite,
        content=fold(content),
        cue=folded_cue(statement, text),
        sentence=fold(find.sentence.of(text)),
        stems=_stems(content),
        paragraph=text.count("\n\n", 0, find.span.start),
        speech=statement.kind is StatementKind.SPEECH,
    )


def _stems(text: str) -> frozenset[str]:
    return frozenset(stem(token.key) for token in tokens_of(text) if token.key not in STOP_WORDS)


def _told_by(one: Opposed) -> frozenset[str]:
    """The stems of both sentences and headlines."""
    finds = (one.claim, one.otherwise)
    return _stems(" ".join(f"{find.article.title} {find.sentence.of(find.article.text)}" for find in finds))


def _denials(every: Sequence[_Said]) -> Iterator[Opposed]:
    """Each denial with the claim that it answers; who denies a claim once denies it in other words beside it too."""
    denied: list[tuple[_Said, _Said]] = []
    left: list[tuple[_Said, list[_Said]]] = []
    for at, one in enumerate(every):
        if not (one.denies and (one.voice or one.definite or one.names)):
            continue
        deadline.check()
        beside = partial(_near, one)
        above, below = list(takewhile(beside, reversed(every[:at]))), list(takewhile(beside, every[at + 1 :]))
        taken_up = above[:1] if _TAKES_UP.match(one.content) else above  # "which" is what stands right before it
        answered = next((claim for claim in taken_up if _answers(one, claim)), None)
        answered = answered or next(
            (claim for claim in below if one.voice and (_accuses(claim, one) or _is_same(one, claim))), None
        )
        if answered:
            denied.append((answered, one))
        else:
            left.append((one, [*above, *below]))
    for one, near in left:
        again = next((claim for claim, by in denied if one.voice and by.voice == one.voice and claim in near), None)
        if again:
            denied.append((again, one))
    for claim, one in sorted(denied, key=lambda pair: _place(pair[1].find)):
        yield Opposed(claim.find, one.find, Contrary.DENIAL)


def _near(one: _Said, other: _Said) -> bool:
    return one.find.article.id == other.find.article.id and abs(one.paragraph - other.paragraph) <= _NEAR


def _answers(denial: _Said, claim: _Said) -> bool:
    """Whether a denial is of this claim: they name each other, or say the same words."""
    if _is_claim(claim) and claim.voice != denial.voice and _says_of_what(claim, denial):
        return True  # whoever it is: nobody disputes "the man's account" of themselves
    if not _is_claim_of_another(claim, denial):
        return False
    if _TAKES_UP.match(denial.content):
        return claim.find.sentence == denial.find.sentence and not _TELLS_OF_CLAIM.search(claim.content)
    if not denial.names:
        return denial.generic and _just_before(claim, denial)
    if denial.generic:
        return (
            _names(_accused(claim), denial.names)
            or _accuses(claim, denial)
            or _just_before(claim, denial)
            or _alone_accuses(claim, denial)
        )
    return _is_same(denial, claim) or _denies_doing(denial, claim)


def _is_claim_of_another(claim: _Said, denial: _Said) -> bool:
    """Whether somebody else asserts it."""
    return _is_claim(claim) and _of_another(claim, denial)


def _is_claim(one: _Said) -> bool:
    return one.speech and not one.denies and _ASSERTS.search(one.cue) is not None


def _says_of_what(claim: _Said, denial: _Said) -> bool:
    """Whether a denial says that this is what it is of: "Leach's assertions", "the report", "that figure"."""
    sources = claim.names | (frozenset(fold(claim.mention).split()) - STOP_WORDS)
    if of := _OF_WHOM.match(denial.content):
        return of["owner"] in sources
    if of := _OF_WHAT.match(denial.content):
        return of["source"] in sources or (of["source"] == "report" and _REPORTS.search(claim.cue) is not None)
    that = _OF_THAT.match(denial.content)
    if that is None or claim.find.span.start > denial.find.span.start:
        return False
    if that["count"]:
        return any(is_number(token.key) for token in tokens_of(claim.content))
    return _follows(claim, denial)


def _denies_doing(denial: _Said, claim: _Said) -> bool:
    """Whether somebody denies to have done something right behind what another says that they did."""
    opens = " ".join(claim.content.removeprefix("that ").split()[:_SUBJECT])
    return _DOING.match(denial.content) is not None and _names(opens, denial.names) and _follows(claim, denial)


def _alone_accuses(claim: _Said, denial: _Said) -> bool:
    """Whether "the allegations" are what somebody claims before them in the paragraph, of nobody who is named."""
    before = claim.paragraph == denial.paragraph and claim.find.span.start < denial.find.span.start
    if not before or not _ACCUSES.search(claim.cue) or not _THE_CLAIMS.match(denial.content):
        return False
    told = " ".join(span.of(claim.find.article.text) for span in _content(claim))
    return _CAPITAL.search(told[:_FIRST]) is None


def _content(one: _Said) -> Sequence[Span]:
    return one.find.statement.content if one.find.statement else ()


def _follows(claim: _Said, denial: _Said) -> bool:
    """Whether nothing stands between the sentences of a claim and of its denial."""
    between = claim.find.article.text[claim.find.sentence.end : denial.find.sentence.start]
    return claim.find.sentence.end <= denial.find.sentence.start and not between.strip()


def _is_same(denial: _Said, claim: _Said) -> bool:
    """Whether what is denied is what another asserts: they share words, or some and the name of who says it.

    Who denies that something is not so agrees with whoever says that it is.
    """
    if denial.generic or not _is_claim_of_another(claim, denial):
        return False
    if (_NEGATES.search(claim.content) is None) != (_NEGATES.search(denial.content) is None):
        return False
    shared = len(claim.stems & denial.stems)
    return shared >= _SHARED or (shared >= _SHARED - 1 and _names(denial.content, claim.names))


def _just_before(claim: _Said, denial: _Said) -> bool:
    """Whether an accusation is the sentence before a denial that does not say what it denies."""
    if not _ACCUSES.search(claim.cue) or _names(claim.content, denial.names):  # named, but not as the accused
        return False
    return _follows(claim, denial)


def _accused(claim: _Said) -> str:
    """The beginning of a claim, where whoever it is about is named; no victim of what they are accused of doing."""
    opens = claim.content[:_FIRST]
    doing = _OF_DOING.search(claim.content) if _ACCUSES.search(claim.cue) else None
    return opens[: doing.start()] if doing else opens


def _accuses(claim: _Said, denial: _Said) -> bool:
    """Whether a claim is one about whoever denies it beside it, before or after: a lead often has the denial first."""
    if (
        not (denial.generic or claim.stems & denial.stems)
        or not _ACCUSES.search(claim.cue)
        or not _is_claim_of_another(claim, denial)
    ):
        return False
    if _names(_accused(claim), denial.names):
        return True
    done_to = _OF_DOING.search(claim.content)
    elsewhere = claim.sentence.replace(claim.content[done_to.start() :], "") if done_to else claim.sentence
    return claim.paragraph == denial.paragraph and _names(elsewhere, denial.names)


def _of_another(claim: _Said, denial: _Said) -> bool:
    """Whether two statements are surely not one person's: "the former coach" may be anybody who is named beside it."""
    if claim.voice:
        return claim.voice != denial.voice and not claim.names & denial.names
    return not claim.definite


def _names(text: str, names: frozenset[str]) -> bool:
    """Whether a text names somebody by a surname, or an organisation by its last word."""
    return any(re.search(rf"\b{re.escape(name)}\b", text) for name in names)


def _negations(every: Sequence[_Said]) -> Iterator[Opposed]:
    """Pairs that differ by a "not": found by words that they share, not by comparing all with all."""
    having: dict[str, list[int]] = {}
    for at, one in enumerate(every):
        if not one.voice or not one.speech or len(one.stems) < _SHARED:
            continue
        deadline.check()
        common = Counter(other for word in one.stems for other in having.get(word, ()))
        for word in one.stems:
            having.setdefault(word, []).append(at)
        for other in (every[number] for number, shared in common.items() if shared >= _SHARED):
            if _differ_by_not(one, other):
                claim, negation = (other, one) if _NEGATES.search(one.content) else (one, other)
                yield Opposed(claim.find, negation.find, Contrary.NEGATION)


def _differ_by_not(one: _Said, other: _Said) -> bool:
    if one.voice == other.voice or one.names & other.names or one.denies or other.denies:
        return False
    shared, left = one.stems & other.stems, one.stems ^ other.stems
    if len(shared) < _SHARED or len(left) > _LEFT or 2 * len(shared) < _ALIKE * (len(one.stems) + len(other.stems)):
        return False
    if _NO_LONGER.search(one.content) or _NO_LONGER.search(other.content):
        return False
    if (_NEGATES.search(one.content) is None) == (_NEGATES.search(other.content) is None):
        return False
    days = one.find.article.published, other.find.article.published
    return days[0] == days[1] or (days[0] is not None and days[1] is not None and abs(days[0] - days[1]) <= _SOON)


def _place(find: Find) -> tuple[str, int]:
    return find.article.id, find.span.start


def _newest_first(one: Opposed) -> tuple[int, str, int, int]:
    published = one.claim.article.published
    return (
        -published.toordinal() if published else 0,
        one.claim.article.id,
        one.claim.span.start,
        one.otherwise.span.start,
    )
