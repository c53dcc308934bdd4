"""An archive -> a few questions for whoever opens it: about those whom most of its articles quote.

Promises: each suggestion has been asked, and was answered with high confidence about one person. They are looked for
beside whatever else is asked, with as much rest as work, so that nobody waits for them longer than a moment; anew
where the archive has changed since or they were not looked for to the end, but not all the time. What it does not know:
what a visitor wants.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice, takewhile
from threading import Event, Lock, Thread
from typing import NamedTuple, TypeVar

from qa import deadline
from qa.answering.calibration import HIGH
from qa.assistant.speaking import Speaking
from qa.catalog import Catalog
from qa.errors import QaError, QuestionError, SpeakerNotFound, WorkStopped
from qa.people import Profile
from qa.types import Answer, Outcome

__all__ = ["Suggesting"]

Done = TypeVar("Done")

_MOST = 4  # questions
_OFFICES = 2  # of them at most, that ask who has an office
_SPEAKERS = 16  # of those who say most, so many are looked at
_TOPICS = 3  # of a speaker, the most frequent ones
_LEAST = 3  # statements on a topic that are worth a question
_PATIENCE_S = 1.0  # how long whoever asks waits for the first ones
_AT_MOST_S = 90.0  # how long they are looked for, rests and all; then those that are found have to do
_PEOPLE = 0.5  # of this time that is spent on who is quoted most widely
_KEPT = 10  # times as long as it took to find them, they are kept whatever changes


class _Found(NamedTuple):
    """What was found after some changes, kept until a moment of ``time.monotonic``; None: not looked for to the end."""

    changes: int | None
    questions: list[str]
    until: float


class Suggesting:
    """The suggestions of one archive.

    Args:
        catalog: whose changes make them outdated.
        speaking: who says what.
        ask: answers a question.
    """

    def __init__(self, catalog: Catalog, speaking: Speaking, ask: Callable[[str], Outcome]) -> None:
        self._catalog = catalog
        self._speaking = speaking
        self._ask = ask
        self._looking = Lock()
        self._thread: Thread | None = None
        self._closed = Event()
        self._found: _Found | None = None

    def suggestions(self) -> list[str]:
        """Return up to four questions: those that were found last, none where finding the first takes over a moment."""
        known = self._found
        if known is None:
            if thread := self._look_beside():
                thread.join(_PATIENCE_S)
        elif known.changes != self._catalog.changes() and time.monotonic() > known.until:
            self._look_beside()
        return self._found.questions if self._found else []

    def close(self) -> None:
        """Look no more, and wait for what is being looked at."""
        self._closed.set()
        with self._looking:
            if self._thread is not None:
                self._thread.join()

    def _look_beside(self) -> Thread | None:
        with self._looking:
            if not (self._closed.is_set() or (self._thread is not None and self._thread.is_alive())):
                self._thread = Thread(target=self._look, name="suggestions", daemon=True)
                self._thread.start()
            return self._thread

    def _look(self) -> None:
        changes, begun, found = None, time.monotonic(), list[str]()
        try:
            # What is wrong with an archive is told whoever asks it.
            with suppress(QaError), deadline.within(_AT_MOST_S):
                before = self._catalog.changes()
                search = _Search(self._speaking, self._ask, self._rest, begun + _PEOPLE * _AT_MOST_S)
                for question in search.questions():
                    found.append(question)
                changes = before
        finally:
            ended = time.monotonic()
            if changes is None and not found and self._found:
                found = self._found.questions
            self._found = _Found(changes, found, ended + _KEPT * (ended - begun))

    def _rest(self, seconds: float) -> None:
        if self._closed.wait(seconds):
            raise WorkStopped


class _Quoted(NamedTuple):
    """Somebody, how many articles their newest statements are from, and whether a list of these is sure enough."""

    profile: Profile
    articles: int
    sure: bool


@dataclass(frozen=True, slots=True)
class _Search:
    """Looks at one speaker, and asks one question, after the other; rests after each as long as that took."""

    speaking: Speaking
    ask: Callable[[str], Outcome]
    rest: Callable[[float], None]
    until: float  # a moment of ``time.monotonic``: nobody is looked at later

    def questions(self) -> Iterator[str]:
        """Ask until enough is sure, about those first whom most articles quote."""
        widest = sorted(self._people(), key=lambda one: one.articles, reverse=True)
        said = (self._said_by(one) for one in widest)
        who = (f"Who is the {one.profile.role}?" for one in widest if _is_office(one.profile.role))
        offices = list(islice(filter(self._is_sure, dict.fromkeys(who)), _OFFICES))
        yield from islice(filter(None, said), _MOST - len(offices))
        yield from offices

    def _people(self) -> Iterator[_Quoted]:
        people = (one for one in self.speaking.profiles_awaited() if " " in one.name and not one.organisation)
        for profile in takewhile(lambda _: time.monotonic() < self.until, islice(people, _SPEAKERS)):
            outcome = self._work(self.ask, f"What did {profile.name} say?")
            if isinstance(outcome, Answer):
                articles = len({one.article.id for one in outcome.citations})
                yield _Quoted(profile, articles, _sure(outcome))

    def _said_by(self, one: _Quoted) -> str | None:
        """What asks for all that somebody says, or, where that is not all sure, for what they say on a topic."""
        name = one.profile.name
        if one.sure:
            return f"What did {name} say?"
        record = self._work(self.speaking.record, one.profile.slug)
        topics = record.topics[:_TOPICS] if record else ()
        about = (f"What did {name} say about {topic}?" for topic, _ in topics)
        return next((question for question in about if self._is_sure(question, _LEAST)), None)

    def _is_sure(self, question: str, least: int = 1) -> bool:
        return _sure(self._work(self.ask, question), least)

    def _work(self, work: Callable[[str], Done], on: str) -> Done | None:
        """Do it and rest; None where a name makes no question, or whose it was is gone meanwhile."""
        begun, done = time.monotonic(), None
        with suppress(QuestionError, SpeakerNotFound):
            done = work(on)
        self.rest(time.monotonic() - begun)
        return done


def _sure(outcome: Outcome | None, least: int = 1) -> bool:
    """Whether it is an answer of high confidence, of so many passages, about one person alone."""
    if not isinstance(outcome, Answer) or outcome.ambiguous:
        return False
    return outcome.confidence >= HIGH and len(outcome.citations) >= least


def _is_office(role: str | None) -> bool:
    """Whether "Who is the …?" asks for an office with it ("Kremlin spokesman"), not for whom an article describes."""
    words = (role or "").split()
    plain = role is not None and not role.endswith(".") and not {"'", "’"} & set(role)
    return plain and 2 <= len(words) <= 5 and words[0][0].isupper()
