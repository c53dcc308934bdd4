"""What a person typed becomes a :class:`Question`: its kind, and for a question about statements whose and on what.

Promises: letter case, question marks and polite openings make no difference; a question that fits no pattern of a
statement question is one for a span, never an error. The speaker and the topic are slices of the normalised question.
A time in a question about statements bounds the days of publication, unless the caller has set bounds.

What it does not know: which speakers the archive has (the caller can tell), whether "Merz" and "the chancellor" are one
person, who "he" is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from qa import deadline
from qa.answering.dates import When, find_time
from qa.errors import QuestionError
from qa.text import normalise
from qa.types import Question, QuestionKind

__all__ = ["names_in", "understand"]

# Parts of the patterns. A speaker is short, so that a long clause is not taken for one, and somebody in particular.
_SPEAKER = (
    r"(?!(?:has|have|had|did|does|do|is|was|were|been|being)\s|(?:been|any(?:one|body)|some(?:one|body)|it|this|that"
    r"|there|you|i|we|he|she|they)\s(?:\S+\s)?(?:sa(?:y|id)|th(?:ink|ought)))(?P<speaker>\S+(?:\s\S+){0,7}?)"
)
_TOPIC = r"(?P<topic>\S.*)"
_NOW_AND_THEN = r"(?:\s(?:also|actually|ever|really|then|just|publicly|recently|already|exactly|been))?"
_DO = r"(?:did|does|do|has|have|had)"
# Verbs that ask for whatever was said; "deny", "promise" or "announce" ask for one thing, which is a span.
_SAY = (
    r"(?:say|said|saying|think|thought|reply|replied|write|written|(?:have\s|had\s)to\ssay"
    r"|(?:stat|declar|argu|believ|alleg)(?:e|ed)"
    r"|(?:comment|remark|claim|respond|explain|insist|add|report|assert)(?:ed)?)"
)
_ABOUT = (
    r"(?:about|on|upon|over|regarding|concerning|of|to|towards?|with\s+regard\s+to|with\s+respect\s+to|in\s+response\s+to"
    r"|abt|re)"
)
# After "say", these open an adverbial; anything else opens a clause ("what did he say the talks had opened?"), which
# asks for a span.
_REST = rf"(?:\s(?:anything|something)(?:\selse)?)?(?:\s(?:{_ABOUT}\s{_TOPIC}|(?P<adverbial>(?:{{adverbials}})\b.*)))?"
_REST = _REST.format(
    adverbials="in|at|during|after|before|when|while|as|from|since|following|earlier|today|yesterday|last|this|next|there"
)
_VIEW = (
    r"(?:views?|opinions?|positions?|stance|reactions?|responses?|comments?|statements?|remarks?|take|verdict|assessment"
    r"|quotes?|quotations?|words)"
)

_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # what did Merz say (about Y); what has Merz said; what does Merz think of Y
        rf"what(?:\selse|\sexactly|\sall)?\s{_DO}\s{_SPEAKER}{_NOW_AND_THEN}\s{_SAY}{_REST}",
        # (tell me) what Merz said (about Y)
        rf"what\s{_SPEAKER}\s(?:says?|said|thinks?|thought|(?:has|had)\s(?:said|to\ssay)){_REST}",
        # what did Merz tell reporters (about Y)
        rf"what(?:\selse)?\s{_DO}\s{_SPEAKER}{_NOW_AND_THEN}\s(?:tell|told)\s\S+(?:\s\S+){{0,3}}?{_REST}",
        # what is Merz saying (about Y); what was Merz quoted as saying
        rf"what\s(?:is|was|are|were)\s{_SPEAKER}\s(?:quoted\sas\s)?saying{_REST}",
        # what was said by Merz (about Y)
        rf"what\s(?:was|is|has\sbeen)\ssaid\sby\s{_SPEAKER}{_REST}",
        # did Merz comment on Y; has Merz said anything (about Y); did Merz say that Y
        rf"{_DO}\s{_SPEAKER}{_NOW_AND_THEN}\s(?:say|said|comment|commented|speak|spoken|talk|talked|remark|remarked)"
        rf"(?:\s(?:anything|something))?(?:\s(?:{_ABOUT}|that)\s{_TOPIC})?",
        # how did Merz describe Y; how has Merz reacted to Y
        rf"how\s{_DO}\s{_SPEAKER}{_NOW_AND_THEN}\s(?:describe|call|characteri[sz]e|view|see|judge|assess|portray|label)d?"
        rf"\s{_TOPIC}",
        rf"how\s{_DO}\s{_SPEAKER}{_NOW_AND_THEN}\s(?:respond|react|comment|feel|felt|think)(?:ed)?\s{_ABOUT}\s{_TOPIC}",
        # where does Merz stand on Y
        rf"where\s{_DO}\s{_SPEAKER}\sstand\s{_ABOUT}\s{_TOPIC}",
        # what is Merz's view on Y; what was the reaction of Merz to Y
        rf"what\s(?:is|was|are|were|(?:has|have)\sbeen)\s{_SPEAKER}(?:['’]s|(?<=s)['’])\s(?:\S+\s)?{_VIEW}\s{_ABOUT}\s{_TOPIC}",
        rf"what\s(?:is|was|are|were)\sthe\s{_VIEW}\s(?:of|by|from)\s{_SPEAKER}\s{_ABOUT}\s{_TOPIC}",
        # statements by Merz (on Y); quotes from Merz
        rf"(?:list\s)?(?:all\s|any\s)?(?:the\s)?(?:statements?|quotes?|quotations?|comments?|remarks?)\s"
        rf"(?:made\s)?(?:by|from|of)\s{_SPEAKER}{_REST}",
        # was hat Merz (zu Y) gesagt; was sagte Merz (zu Y); wie äußerte sich Merz zu Y
        rf"was\s(?:hat|haben)\s{_SPEAKER}(?:\s(?:zu|zum|zur|über)\s{_TOPIC})?\s(?:gesagt|erklärt|geäußert|gemeint)",
        rf"was\s(?:sagte|sagt|sagten|sagen|erklärte|meinte|meint)\s{_SPEAKER}(?:\s(?:zu|zum|zur|über)\s{_TOPIC})?",
        rf"wie\s(?:äußerte|äußert)\ssich\s{_SPEAKER}\s(?:zu|zum|zur|über)\s{_TOPIC}",
    )
)
# Who talked about Y; who has commented on Y. What stands in quotation marks is asked for by its words.
_TALKED = r"(?:talk(?:ed|s|ing)?|sp(?:oke|oken|eaks?|eaking)|comment(?:ed|s|ing)?|remark(?:ed|s)?)"
_ANYBODY = tuple(
    re.compile(rf"{pattern}\s(?P<topic>[^\W_].*)", re.IGNORECASE)
    for pattern in (
        rf"who(?:\selse|\sall)?(?:\s(?:has|have|had|is|was|were))?(?:\salso)?\s{_TALKED}\s(?:about|on|upon|of|regarding)",
        r"who(?:\selse|\sall)?(?:\s(?:has|have|had))?(?:\salso)?\s(?:mention(?:ed|s)|discuss(?:ed|es))",
        r"who(?:\selse)?(?:\s(?:has|have|had))?\ssa(?:id|ys?)\s(?:anything|something|what)\s(?:about|on|of|regarding)",
        r"wer\s(?:sprach|spricht|redete|redet)\s(?:über|von)",
        r"wer\s(?:äußerte|äußert)\ssich\s(?:zu|zum|zur|über)",
    )
)
# Read so only where the archive knows the speaker: "Merz on Ukraine" is a question, "Fire on the pier" is not.
_NAME_FIRST = re.compile(
    r"(?P<speaker>\S(?:.{0,60}?\S)??)(?:['’]s?)?\s(?:(?:quotes?|statements?|comments?|remarks?)\s)?"
    r"(?:on|about|regarding|über|zu|zum|zur)\s(?P<topic>\S.*)",
    re.IGNORECASE,
)

_OPENING = re.compile(
    r"(?:(?:and|so|ok|okay|well|but|hi|hello|please|now)[,\s]+"
    r"|(?:can|could|would)\syou\s(?:please\s)?(?:tell|show)\sme\s|(?:please\s)?(?:tell|show)\sme\s"
    r"|(?:do\s)?you\sknow\s|i(?:['’]d|\swould)\slike\sto\sknow\s|i\swant\sto\sknow\s)+",
    re.IGNORECASE,
)
_NAME = re.compile(
    r"(?!(?:Who|What|When|Where|Which|Why|How|Did|Does|Is|Was|Are|Were|Has|Have|Can|The|In|On)\b)"
    r"[^\W\d_a-z]\w*(?:[ -][^\W\d_a-z]\w*)+"
)
# Times that no days can be read from; they are left out of the topic.
_WHEN = re.compile(
    r"(?:(?:^|\s)(?:(?:last|this|next)\s(?:night|spring|summer|autumn|fall|winter)|earlier|recently|lately|now))+$",
    re.IGNORECASE,
)
_EVERYBODY = frozenset(("everyone", "everybody", "people", "all", "alle"))
_NO_DAY = date(2000, 1, 1)  # for finding times where there is no newest day; what they mean is then not used


def understand(
    text: str,
    *,
    published_after: date | None = None,
    published_before: date | None = None,
    outlets: Sequence[str] = (),
    newest: date | None = None,
    is_speaker: Callable[[str], bool] = lambda name: False,
) -> Question:
    """Make a question of what a person typed.

    Args:
        text: the question as typed, in any letter case.
        published_after: first day, inclusive, of the articles that may answer; with either bound, no time is read from
            the question.
        published_before: last day, inclusive.
        outlets: the outlets that may answer; empty means all.
        newest: the day of the archive's newest article, from which "last week" is counted; None reads no times.
        is_speaker: whether the archive has somebody of this name or role: "X on Y" then asks for their statements.

    Raises:
        QuestionError: nothing but white space or punctuation was typed, or the dates contradict each other.
    """
    asked = " ".join(normalise(text).split())
    if not any(character.isalnum() for character in asked):
        raise QuestionError("The question is empty.", remedy="Type a question, such as: What did the mayor say?")
    if published_after and published_before and published_after > published_before:
        raise QuestionError(
            f"The dates exclude every article: after {published_after}, before {published_before}.",
            remedy="Exchange the two dates.",
        )
    question = Question(
        asked, published_after=published_after, published_before=published_before, outlets=tuple(outlets)
    )
    found = _statement(asked, newest or _NO_DAY, is_speaker)
    if found is None:
        return question
    speaker, topic, when = found
    question = replace(question, kind=QuestionKind.STATEMENTS, speaker=speaker, topic=topic)
    if when is None or newest is None or published_after or published_before:
        return question
    return replace(question, published_after=when.first, published_before=when.last, dates_said=when.words)


def names_in(asked: str) -> list[str]:
    """People and bodies that a question names by two capitalised words or more; none where it is typed without."""
    return [name for name in _NAME.findall(asked) if not asked.istitle() and not asked.isupper()]


def _statement(
    asked: str, newest: date, is_speaker: Callable[[str], bool]
) -> tuple[str | None, str | None, When | None] | None:
    """Whose statements are asked for, on what, from when; None where no statements are."""
    bare = asked.rstrip("?!. ")
    opening = _OPENING.match(bare)
    core = bare[opening.end() :] if opening else bare
    timed = find_time(core, newest)
    for left, when in ((timed,) if timed else ()) + ((core, None),):
        if match := _match(left, is_speaker):
            found = match.groupdict()
            speaker = found.get("speaker")
            whose = None if speaker and speaker.lower() in _EVERYBODY else speaker
            return whose, _topic(found.get("topic") or found.get("adverbial")), when
    return None


def _match(core: str, is_speaker: Callable[[str], bool]) -> re.Match[str] | None:
    for pattern in (*_PATTERNS, *_ANYBODY):
        deadline.check()
        if match := pattern.fullmatch(core):
            return match
    match = _NAME_FIRST.fullmatch(core)
    return match if match and is_speaker(match["speaker"]) else None


def _topic(asked: str | None) -> str | None:
    """``asked`` without times that mean no days; None when nothing is left."""
    if asked is None:
        return None
    left = _WHEN.sub("", asked).strip(" ,")
    return left or None
