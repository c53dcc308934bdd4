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
from dataclasses import replace

from qa.lazily import pattern
from qa.questions.content import STOP_WORDS
from qa.questions.ellipses import ASKS_WHO, ASKS_WHO_IS, THAT, leans_on, owns
from qa.questions.names import names_in
from qa.questions.spelling import respelt
from qa.questions.talk import Filled, Known, Turn, exchanged, statement
from qa.questions.things import is_of_a_thing, thing_in
from qa.questions.understanding import core_of, plain, understand
from qa.text import fold
from qa.types import EVERYTHING, Carried, Part, Question, QuestionKind, Scope

__all__ = ["brought_up", "follow", "pronoun_left", "without"]

_FLAGS = re.IGNORECASE
_PRONOUN = pattern(
    r"\b(?P<word>he|she|they|er|sie)(?=['’]|\b)|(?<=\w\s)(?P<object>him|her|ihn|ihm|ihr)$|\b(?:about|to|with|über|von)\s(?P<several>them)$",
    _FLAGS,
)
_ABOUT_WHOM = pattern(r"\b(?:about|to|of|with|against|über|von)\s(?P<object>him|her|them|ihn|sie)$", _FLAGS)
_WHOSE = pattern(
    r"(?:what|who|where|was|wer|wo)(?:['’]s|\s(?:is|was|are|were|ist|war|sind))\s(?P<whose>his|her|their)\b", _FLAGS
)
# German "sie" is told by its verb: several ("sagen sie"), or a woman or a body ("sagte sie").
_SEVERAL = pattern(r"\b(?:\w+en|sind)\ssie\b", _FLAGS)
_ONE = pattern(
    r"\b(?:\w+te?|\w*(?:sprach|schrieb|warf|gab|rief|nahm|sah|schlug|ging|kam|fand|hielt|ließ|wies)|bat|lud|war|wird|kann|will"
    r"|soll|muss|darf)\ssie\b",
    _FLAGS,
)
_CAPITAL = pattern(r"(?<=\s)(?P<word>[^\W\d_a-zß-öø-ÿ]\w+?)(?=['’]s?\b|\W|$)")
_DOES = pattern(r"\b(?:did|does|do|has|have|had|hat|haben)\b", _FLAGS)
_IS_NAME = pattern(r"[A-Z]\w*(?:\s[A-Z]\w*){0,3}")
_RECENT = 2  # turns about things in which "it" was talked of
_REMEMBERED = 6  # turns in which "he" was
_BEFORE_THAT = {"dazu": "zu", "darüber": "über", "davon": "von"}  # German: the preposition is part of the word
_PRONOUNS = frozenset(("he", "she", "they", "er", "sie"))
# A pronoun that is the subject of what is asked, right behind the verb: nothing before it in the question can be meant.
_ASKS_OF = pattern(
    r"(?:(?:what|who|whom|where|when|why|how|which|was|wer|wen|wo|wann|warum|wie)\b(?:\s\w+){0,3}?\s)?"
    r"(?:did|does|do|is|was|are|were|has|have|had|can|could|will|would|should|hat|haben|ist|war|wird)\s"
    r"(?P<word>(?-i:he|she|er))\b",
    _FLAGS,
)


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
            outlets_called=archive.outlets_called,
        )

    typed = plain(text, scope).text
    asked, slips = respelt(typed, archive.lexicon)
    filled = _filled(asked, earlier, archive, read) if earlier else None
    if filled is None:
        return (
            tuple(replace(one, typed=typed, carried=(*slips, *one.carried)) for one in read(asked))
            if slips
            else read(text)
        )
    readings = [
        replace(one, speaker=one.speaker or filled.speaker, topic=one.topic or filled.topic, point=filled.point)
        for one in read(filled.text)
    ]
    readings += read(filled.instead) if filled.instead else ()
    return tuple(replace(one, typed=typed, carried=(*slips, *filled.carried, *one.carried)) for one in readings)


def _filled(
    asked: str, earlier: Sequence[Turn], archive: Known, read: Callable[[str], tuple[Question, ...]]
) -> Filled | None:
    """The question in full words; None where it stands alone, or nothing that came before fits."""
    filled = leans_on(asked, earlier, archive)
    if filled and not owns(asked):
        return filled
    named = _with_names(core_of(filled.text if filled else asked), earlier, archive, lambda words: read(words)[0])
    return replace(named, carried=(*filled.carried, *named.carried)) if filled and named else filled or named


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
    if ASKS_WHO.match(core_of(question.text)):
        return tuple(dict.fromkeys([*answering, *about] if answering else carried))
    return tuple(dict.fromkeys([*about, *answering]))


def pronoun_left(question: Question) -> str | None:
    """The pronoun that is asked about and that nothing before gives a name to; None where there is no such pronoun."""
    if spoken := next((word for word in question.speakers if word.lower() in _PRONOUNS), None):
        return spoken
    core = core_of(question.text)
    match = None if question.speaker or question.topic else _ASKS_OF.match(core)
    return None if match is None or names_in(core[: match.start("word")]) else match["word"]


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
        return " ".join(exchanged(question.text, dates, "", from_behind=True).replace(" ?", "?").split())
    if part is Part.TOPIC and topic and speaker:
        return statement(speaker, None, dates, like=question.text)
    if part is Part.SPEAKER and topic and speaker and question.kind.of_statements:
        return f"Who talked about {topic}{f' {dates}' if dates else ''}?"
    return None


def _with_names(core: str, earlier: Sequence[Turn], archive: Known, read: Callable[[str], Question]) -> Filled | None:
    """A whole question with its pronouns put into words; None where it has none, or they mean nobody."""
    carried: list[Carried] = []
    text, first = core, read(core)
    named = any(archive.is_speaker(name) for name in first.speakers)
    match = _ABOUT_WHOM.search(core) if named else (_PRONOUN.search(core) or _WHOSE.match(core))
    if match and (named or not _has_a_name(core[: match.start()], archive)):
        group, word = next((name, found) for name, found in match.groupdict().items() if found)
        talk = (name for turn in reversed(earlier[-_REMEMBERED:]) for name in turn.people())
        others = (name for name in talk if not _is_one_of(first.speakers, name))
        who = next((name for name in others if _may_mean(core, word, name, archive)), None)
        if who is None and not (_SEVERAL.search(core) and first.topic):
            return None
        if who:
            text = f"{core[: match.start(group)]}{who}{'’s' if group == 'whose' else ''}{core[match.end(group) :]}"
            carried.append(Carried(Part.SPEAKER, who, word))
            first = read(text)
    last = next((one.topic for turn in reversed(earlier) if (one := turn.question).topic and not _asks_who(one)), None)
    if last and first.topic and first.topic.lower() in THAT:
        before = _BEFORE_THAT.get(first.topic.lower())
        text = exchanged(text, first.topic, f"{before} {last}" if before else last, from_behind=True)
        carried.append(Carried(Part.TOPIC, last, first.topic))
    elif (it := is_of_a_thing(text)) and (thing := _owner(it, text, earlier, archive) or _thing(earlier, archive)):
        its = "’s" if it["word"].lower() == "its" else ""
        text = f"{text[: it.start()]}{thing}{its}{text[it.end() :]}"
        carried.append(Carried(Part.TOPIC, thing, it["word"]))
    return Filled(text + "?", tuple(carried)) if carried else None


def _may_mean(core: str, pronoun: str, name: str, archive: Known) -> bool:
    """Whether a pronoun of a question can mean whoever has this name."""
    if pronoun.lower() != "sie" or not (_SEVERAL.search(core) or _ONE.search(core)):
        return archive.fits(pronoun.lower(), name)
    return not archive.is_person(name) or (_ONE.search(core) is not None and archive.fits("she", name))


def _is_one_of(asked: Sequence[str], name: str) -> bool:
    """Whether somebody is asked for by this name or its surname: "him" is nobody who speaks of him."""
    return any(fold(one).split()[-1:] == fold(name).split()[-1:] for one in asked)


def _owner(it: re.Match[str], text: str, earlier: Sequence[Turn], archive: Known) -> str | None:
    """The body that was asked about last, where somebody of its is asked for: "who is its director?"."""
    body = earlier[-1].question.speaker
    asks = it["word"].lower() == "its" and ASKS_WHO_IS.match(text)
    return body if body and asks and archive.is_speaker(body) and not archive.is_person(body) else None


def _thing(earlier: Sequence[Turn], archive: Known) -> str | None:
    """The thing that was talked about last, a turn or two ago: what stands behind "the", or a topic that is a name."""
    asked = [turn.question for turn in earlier if not _asks_who(turn.question)]
    for one in reversed(asked[-_RECENT:]):
        if thing := thing_in(one.topic or one.text):
            return thing
        if one.topic and _IS_NAME.fullmatch(one.topic) and not archive.is_person(one.topic):
            return one.topic
    return None


def _asks_who(question: Question) -> bool:
    """Whether it asks for somebody, who is no "it", or for whoever has an office, which is none either."""
    return question.kind is QuestionKind.PERSON or ASKS_WHO_IS.match(core_of(question.text)) is not None


def _has_a_name(before: str, archive: Known) -> bool:
    """Whether somebody is named there, whom a pronoun behind it may mean, with a capital or as the archive has them.

    The first word has a capital by its place. What stands before the verb is what is asked for, be it part of a body's
    name: "how many times did he say that?".
    """
    words = before.split()
    told = any(word[:1].isupper() and word != "I" for word in words[1:])
    asked = _DOES.search(before)
    named = words if asked is None else before[asked.end() :].split()
    return told or any(archive.is_speaker(word) for word in named if fold(word) not in STOP_WORDS)
