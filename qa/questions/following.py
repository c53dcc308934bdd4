"""A question that leans on earlier ones ("what did he say?", "and in March?") becomes one that stands alone.

What is missing is taken from the conversation and put into words, and the whole is read as any question is
(:func:`qa.questions.understanding.understand`): a pronoun becomes whom it means (coreference), and what is left out is
what the last question had in its place (ellipsis). Each part that was filled in is in ``Question.carried``.

Promises: a question that can stand alone is read as if nothing had come before it; what was carried is always told.
What it does not know: who "he" can be (the caller tells), and any turn but by its question and whom it brought up.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from qa.lazily import pattern
from qa.questions.content import STOP_WORDS
from qa.questions.names import names_in
from qa.questions.things import is_of_a_thing, thing_in
from qa.questions.times import days_meant
from qa.questions.understanding import core_of, plain, understand
from qa.text import fold
from qa.types import EVERYTHING, Carried, Part, Question, Scope

__all__ = ["Known", "Turn", "brought_up", "follow", "without"]

_FLAGS = re.IGNORECASE
_GOES_ON = pattern(r"(?:and|but|so|ok|okay|und|aber)[,\s]+|(?:what|how)\sabout\s|was\sist\smit\s", _FLAGS)
_CORRECTS = pattern(r"(?:(?:no|nein|sorry)[,\s]+)?(?:i\s(?:meant|mean)|ich\s(?:meinte|meine))\s(?P<new>.+)", _FLAGS)
_THE_OTHER = pattern(r"(?:the\sother|the\ssecond|der\sandere|die\sandere)\s(?P<name>.+)", _FLAGS)
_ON = pattern(r"(?:(?:anything|something|etwas)\s)?(?:about|on|regarding|zu|zum|zur|über)\s(?P<topic>.+)", _FLAGS)
_MORE = pattern(r"(?:what|anything|something|was)\s(?:else|noch|more)", _FLAGS)
_OTHERWISE = pattern(
    r"(?:who(?:\selse)?|(?:does|did|do|has)\sany(?:one|body)(?:\selse)?)\s(?:disagree[sd]?|disput(?:e|es|ed)\s(?:it|that|this)"
    r"|den(?:y|ies|ied)\s(?:it|that|this)|contradict(?:s|ed)?\s(?:it|that|this|him|her|them)"
    r"|sa(?:y|ys|id)\s(?:otherwise|the\sopposite|something\selse|differently))"
    r"|wer\s(?:widerspricht|widersprach|sagt\setwas\sanderes|sieht\sdas\sanders)",
    _FLAGS,
)
_STILL = pattern(r"(?:is|was)\s(?:that|it|this)\sstill\s(?:so|true|the\scase|right)|still|ist\sdas\snoch\sso", _FLAGS)
_ASKS = (
    r"how\s(?:many|much|far|long|often|old|big|large|high|soon)|when|where|why|how"
    r"|wann|wo|warum|wieso|weshalb|wie\sviele?"
)
_BARE = pattern(
    rf"(?P<word>{_ASKS})(?:\s(?:exactly|genau))?(?:\s(?:is|was|war)\s(?:that|it|this|das|es)"
    r"|\sdid\s(?:that|it|this|he|she|they)(?:\s(?:happen|say\s(?:that|so|it|this)))?)?",
    _FLAGS,
)
_WH_PHRASE = pattern(
    r"(?:what|who|whom|where|when|why|how|which|was|wer|wo|wann|warum|wie)\b.*?\s(?=(?:did|does|do|is|was|are|were|has"
    r"|have|had|can|could|will|would|should|hat|haben|sagte|sagt|ist|war|sind)\b)",
    _FLAGS,
)
_ASKS_FOR_SUBJECT = pattern(r"(?:who|what|which|wer|was)\s", _FLAGS)  # "Who voted to close it?"
_WHO_IS = pattern(r"(?P<asks>(?:who|what|where|wer|was|wo)(?:['’]s|\s(?:is|was|are|were|ist|war|sind)))\s.+", _FLAGS)
_PRONOUN = pattern(
    r"\b(?P<word>he|she|they|er|sie)(?=['’]|\b)|\b(?:about|to|with|über|von)\s(?P<object>him|her|them|ihn)$", _FLAGS
)
_WHOSE = pattern(
    r"(?:what|who|where|was|wer|wo)(?:['’]s|\s(?:is|was|are|were|ist|war|sind))\s(?P<whose>his|her|their)\b", _FLAGS
)
_ASKS_WHO = pattern(r"(?:who|whom|whose|wer|wen|wem)\b", _FLAGS)
_CAPITAL = pattern(r"(?<=\s)(?P<word>[^\W\d_a-z]\w+?)(?=['’]s?\b|\W|$)")
_THAT = frozenset(("it", "that", "this", "them", "these", "those", "dazu", "das"))
_CLAUSE = pattern(
    r"\b(?:who|whom|whose|what|when|where|why|how|which|did|does|do|is|was|are|were|has|have|had|say|said|wer|wann|warum"
    r"|hat|sagte|ist)\b",
    _FLAGS,
)
_RECENT = 2  # turns in which "it" was talked of
_LONGEST = 8  # words of somebody or something that stands by itself


@dataclass(frozen=True, slots=True)
class Turn:
    """An earlier question: its first reading, and whom it brought up, likeliest first, when that is asked."""

    question: Question
    people: Callable[[], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Known:
    """What an archive tells whoever reads a question.

    ``newest`` is the day of its newest article and ``today`` the day that it is; ``is_speaker`` says whether it has
    somebody of a name or role, ``is_person`` a person of a name and ``is_headline`` an article of a headline,
    ``is_introduced`` whether articles say what somebody of a name is, ``fits`` whether a pronoun can mean the bearer of
    a name, ``namesakes`` who has a name.
    """

    newest: date | None = None
    today: date | None = None
    is_speaker: Callable[[str], bool] = lambda name: False
    is_person: Callable[[str], bool] = lambda name: False
    is_headline: Callable[[str], bool] = lambda words: False
    is_introduced: Callable[[str], bool] = lambda name: False
    fits: Callable[[str, str], bool] = lambda pronoun, name: True
    namesakes: Callable[[str], Sequence[str]] = lambda name: ()


@dataclass(frozen=True, slots=True)
class _Typed:
    """What was typed, without its question mark; ``rest`` is what follows "and" or "what about", which ``goes_on``."""

    bare: str
    rest: str
    goes_on: bool


@dataclass(frozen=True, slots=True)
class _Filled:
    """A question in full words, and what of it was filled in; ``speaker`` and ``topic`` where the words do not tell."""

    text: str
    carried: tuple[Carried, ...]
    speaker: str | None = None
    topic: str | None = None
    instead: str | None = None  # the question to fall back to


def follow(
    text: str, earlier: Sequence[Turn], scope: Scope = EVERYTHING, known: Known | None = None
) -> tuple[Question, ...]:
    """Read what a person typed after ``earlier`` questions, oldest first; as :func:`understand` where it stands alone.

    Args:
        text: the question as typed.
        earlier: the conversation so far.
        scope: which articles may answer.
        known: what the archive tells.

    Raises:
        QuestionError: nothing but white space or punctuation was typed.
    """
    archive = known or Known()

    def read(words: str) -> tuple[Question, ...]:
        return understand(
            words,
            scope,
            newest=archive.newest,
            today=archive.today,
            is_speaker=archive.is_speaker,
            is_person=archive.is_person,
            is_headline=archive.is_headline,
            is_introduced=archive.is_introduced,
        )

    asked = plain(text, scope).text
    filled = _filled(asked, earlier, archive, read) if earlier else None
    if filled is None:
        return read(text)
    readings = [
        replace(one, speaker=one.speaker or filled.speaker, topic=one.topic or filled.topic)
        for one in read(filled.text)
    ]
    readings += read(filled.instead) if filled.instead else ()
    return tuple(replace(one, typed=asked, carried=filled.carried) for one in readings)


def _filled(
    asked: str, earlier: Sequence[Turn], archive: Known, read: Callable[[str], tuple[Question, ...]]
) -> _Filled | None:
    """The question in full words; None where it stands alone, or nothing that came before fits."""
    bare = asked.rstrip("?!. ")
    goes_on = _GOES_ON.match(bare)
    typed = _Typed(bare, bare[goes_on.end() :] if goes_on else bare, goes_on is not None)
    last = earlier[-1].question
    for rule in _ELLIPSES:
        if filled := rule(typed, last, archive):
            return filled
    core = core_of(asked)
    return _with_names(core, earlier, archive, lambda words: read(words)[0])


# --- ellipsis: what is left out is what the last question has in its place ---------------------------------------


def _corrected(typed: _Typed, last: Question, archive: Known) -> _Filled | None:
    """Read "No, I meant Varnholt"; "the other Pell" is the one of that name who was not asked about."""
    if (match := _CORRECTS.fullmatch(typed.bare)) is None:
        return None
    new = match["new"]
    if other := _THE_OTHER.fullmatch(new):
        others = [name for name in archive.namesakes(other["name"]) if name != last.speaker]
        new = others[0] if len(others) == 1 else other["name"]
    return _exchange(last, new, archive)


def _another_time(typed: _Typed, last: Question, archive: Known) -> _Filled | None:
    """Read "And in March?"."""
    if not archive.newest or days_meant(typed.rest, archive.newest) is None:
        return None
    text = last.text
    if last.dates_said:
        text = " ".join(_exchanged(text, last.dates_said, "", from_behind=True).replace(" ?", "?").split())
    return _Filled(f"{text.rstrip('?!. ')} {typed.rest}?", _kept(last, Part.DATES))


def _another_question(typed: _Typed, last: Question, archive: Known) -> _Filled | None:
    """Read "Why?", "how many?", "when was that?"; where no passage says it, the last question with its days."""
    if (match := _BARE.fullmatch(typed.rest)) is None:
        return None
    word, asks = match["word"], _WH_PHRASE.match(last.text)
    rest = last.text[asks.end() :] if asks else _ASKS_FOR_SUBJECT.sub("", last.text)
    text = f"{word[:1].upper()}{word[1:]} {rest}"
    return _Filled(text, _kept(last), last.speaker, last.topic, last.text if last.kind.of_statements else None)


def _once_more(typed: _Typed, last: Question, archive: Known) -> _Filled | None:
    """Read "Is that still so?": the newest word on it comes first."""
    return _Filled(last.text, _kept(last)) if _STILL.fullmatch(typed.rest) else None


def _more(typed: _Typed, last: Question, archive: Known) -> _Filled | None:
    """Read "What else?"."""
    if last.speaker is None or _MORE.fullmatch(typed.rest) is None:
        return None
    return _Filled(_statement(last.speaker, None, None), _kept(last, Part.TOPIC, Part.DATES))


def _otherwise(typed: _Typed, last: Question, archive: Known) -> _Filled | None:
    """Read "Who says otherwise?"."""
    if (last.speaker is None and last.topic is None) or _OTHERWISE.fullmatch(typed.rest) is None:
        return None
    than, about = (f" {word} {part}" if part else "" for word, part in (("than", last.speaker), ("about", last.topic)))
    return _Filled(f"Who says otherwise{than}{about}?", _kept(last, Part.DATES))


def _another_topic(typed: _Typed, last: Question, archive: Known) -> _Filled | None:
    """Read "And about the union?"."""
    match = _ON.fullmatch(typed.rest)
    return _about(last, match["topic"]) if match and not _CLAUSE.search(match["topic"]) else None


def _another_name(typed: _Typed, last: Question, archive: Known) -> _Filled | None:
    """Read "And the union?"."""
    if not typed.goes_on or len(typed.rest.split()) > _LONGEST or _CLAUSE.search(typed.rest):
        return None
    return _exchange(last, typed.rest, archive)


_Rule = Callable[[_Typed, Question, Known], _Filled | None]
_ELLIPSES: tuple[_Rule, ...] = (
    _corrected,
    _another_time,
    _another_question,
    _once_more,
    _more,
    _otherwise,
    _another_topic,
    _another_name,
)


def _kept(last: Question, *left_out: Part) -> tuple[Carried, ...]:
    """What a question takes over from the last one in silence: its parts, or all of one that has none."""
    parts = ((Part.SPEAKER, last.speaker), (Part.TOPIC, last.topic), (Part.DATES, last.dates_said))
    kept = tuple(Carried(part, value, "") for part, value in parts if value and part not in left_out)
    return kept or (Carried(Part.TOPIC, last.text.rstrip("?!. "), ""),)


def _exchange(last: Question, new: str, archive: Known) -> _Filled | None:
    """The last question about somebody, or something, else."""
    if last.kind.of_statements and archive.is_speaker(new):
        text = (
            _exchanged(last.text, last.speaker, new) if last.speaker else _statement(new, last.topic, last.dates_said)
        )
        return _Filled(text, _kept(last, Part.SPEAKER))
    if last.topic:
        return _about(last, new)
    if match := _WHO_IS.fullmatch(last.text.rstrip("?!. ")):
        return _Filled(f"{match['asks']} {new}?", (Carried(Part.TOPIC, match["asks"], ""),))
    return _Filled(_exchanged(last.text, last.speaker, new), _kept(last, Part.SPEAKER)) if last.speaker else None


def _about(last: Question, topic: str) -> _Filled | None:
    """The last question on another topic."""
    if topic.lower() in _THAT:
        return None
    if last.topic:
        return _Filled(_exchanged(last.text, last.topic, topic, from_behind=True), _kept(last, Part.TOPIC))
    return _Filled(_statement(last.speaker, topic, last.dates_said), _kept(last)) if last.speaker else None


def brought_up(
    question: Question, answering: Sequence[str], is_speaker: Callable[[str], bool] = lambda name: False
) -> tuple[str, ...]:
    """Whom a question leaves in the talk, likeliest first: those it is about, then those whom its answer names.

    A question that asks who somebody is leaves whoever that is, and nobody whom it names where it has no answer: "he"
    after "who is the governor of Quill Bay?" is no bay.

    Args:
        question: in full words.
        answering: those whom its answer names.
        is_speaker: whether the archive has somebody of a name.
    """
    carried = [one.value for one in question.carried if one.part is Part.SPEAKER]
    about = [*carried, *_named(question.text, is_speaker)]
    if _ASKS_WHO.match(core_of(question.text)):
        return tuple(dict.fromkeys([*answering, *about] if answering else carried))
    return tuple(dict.fromkeys([*about, *answering]))


def _named(text: str, is_speaker: Callable[[str], bool]) -> list[str]:
    """Those whom the archive knows among the names of a text, of one word or more, in their order."""
    names = names_in(text)
    words = [match["word"] for match in _CAPITAL.finditer(text)]
    alone = [word for word in words if not any(word in name for name in names)]
    return sorted(filter(is_speaker, dict.fromkeys([*names, *alone])), key=text.find)


def without(question: Question, part: Part) -> str | None:
    """The words of a question that was filled in, less one part; None where nothing would be left to ask."""
    speaker, topic, dates = question.speaker, question.topic, question.dates_said
    if part is Part.DATES and dates:
        return " ".join(_exchanged(question.text, dates, "", from_behind=True).replace(" ?", "?").split())
    if part is Part.TOPIC and topic and speaker:
        return _statement(speaker, None, dates)
    if part is Part.SPEAKER and topic and speaker and question.kind.of_statements:
        return f"Who talked about {topic}{f' {dates}' if dates else ''}?"
    return None


# --- coreference: a pronoun is whom it means ----------------------------------------


def _with_names(core: str, earlier: Sequence[Turn], archive: Known, read: Callable[[str], Question]) -> _Filled | None:
    """A whole question with its pronouns put into words; None where it has none, or they mean nobody."""
    carried: list[Carried] = []
    text, first = core, read(core)
    named = any(archive.is_speaker(name) for name in first.speakers)
    match = None if named else (_PRONOUN.search(core) or _WHOSE.match(core))
    if match and not _has_a_name(core[: match.start()], archive):
        group, word = next((name, found) for name, found in match.groupdict().items() if found)
        fitting = (name for turn in reversed(earlier) for name in turn.people() if archive.fits(word.lower(), name))
        if (who := next(fitting, None)) is None:
            return None
        text = f"{core[: match.start(group)]}{who}{'’s' if group == 'whose' else ''}{core[match.end(group) :]}"
        carried.append(Carried(Part.SPEAKER, who, word))
        first = read(text)
    last = next((turn.question.topic for turn in reversed(earlier) if turn.question.topic), None)
    if last and first.topic and first.topic.lower() in _THAT:
        text = _exchanged(text, first.topic, last, from_behind=True)
        carried.append(Carried(Part.TOPIC, last, first.topic))
    elif (it := is_of_a_thing(text)) and (thing := _thing(earlier)):
        its = "’s" if it["word"].lower() == "its" else ""
        text = f"{text[: it.start()]}{thing}{its}{text[it.end() :]}"
        carried.append(Carried(Part.TOPIC, thing, it["word"]))
    return _Filled(text + "?", tuple(carried)) if carried else None


def _thing(earlier: Sequence[Turn]) -> str | None:
    """The thing that was talked about last, a turn or two ago."""
    asked = (turn.question for turn in reversed(earlier[-_RECENT:]))
    return next((thing for one in asked if (thing := thing_in(one.topic or one.text))), None)


def _has_a_name(before: str, archive: Known) -> bool:
    """Whether somebody is named there, whom a pronoun behind it may mean, with a capital or as the archive has them.

    The first word has a capital by its place.
    """
    words = before.split()
    told = any(word[:1].isupper() and word != "I" for word in words[1:])
    return told or any(archive.is_speaker(word) for word in words if fold(word) not in STOP_WORDS)


def _exchanged(text: str, old: str, new: str, *, from_behind: bool = False) -> str:
    before, found, after = text.rpartition(old) if from_behind else text.partition(old)
    return f"{before}{new}{after}" if found else text


def _statement(speaker: str, topic: str | None, dates: str | None) -> str:
    return f"What did {speaker} say{f' about {topic}' if topic else ''}{f' {dates}' if dates else ''}?"
