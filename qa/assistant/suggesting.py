"""An archive -> a few questions for whoever opens it: about those whom most of its articles quote.

Promises: each suggestion has been asked, and was answered with high confidence about one person, from articles that all
are still searched. They are looked for beside whatever else is asked, with as much rest as work, so that nobody waits
for them longer than a moment; anew where the archive has changed since or they were not looked for to the end, but not
all the time. Those that were found last are kept in the data folder: whoever opens the archive next has them at once
where it is as it was, and once they have been asked again where it is not. What it does not know: what a visitor wants.
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
from qa.assistant.keeping.suggested import Kept, Suggested, Suggestion
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
_MANY = 100  # articles from which on they are found at the end of an ingestion, since it takes more than a moment
_GROWN = 1.1  # times as many articles as there were, from which on that is done again


class _Found(NamedTuple):
    """What was found after some changes, kept until a moment of ``time.monotonic``; None: not looked for to the end."""

    changes: int | None
    suggestions: tuple[Suggestion, ...]
    until: float = 0.0


class Suggesting:
    """The suggestions of one archive.

    Args:
        catalog: whose changes make them outdated.
        speaking: who says what.
        ask: answers a question.
        file: where they are kept.
        may_keep: whether this process may write there, which only the folder's owner may.
    """

    def __init__(
        self,
        catalog: Catalog,
        speaking: Speaking,
        ask: Callable[[str], Outcome],
        file: Suggested,
        may_keep: Callable[[], bool],
    ) -> None:
        self._catalog = catalog
        self._speaking = speaking
        self._ask = ask
        self._file = file
        self._may_keep = may_keep
        self._kept: Kept | None = None  # as it was found in the folder
        self._looking = Lock()
        self._thread: Thread | None = None
        self._closed = Event()
        self._found: _Found | None = None

    def suggestions(self) -> list[str]:
        """Return up to four questions: those that were found last, none where finding the first takes over a moment."""
        known = self._found or self._remembered()
        if known is None:
            if thread := self._look_beside():
                thread.join(_PATIENCE_S)
        elif known.changes != self._catalog.changes() and time.monotonic() > known.until:
            self._look_beside()
        return self._standing()

    def keep(self, rest: Callable[[float], None]) -> None:
        """Find and keep some now, where the archive has become much larger since some were kept.

        Args:
            rest: is told after each piece of work how long it took; what it raises ends the search.
        """
        articles, kept = self._catalog.count_articles(), self._file.read()
        if articles >= max(_MANY, _GROWN * kept.articles if kept else 0):
            self._look(rest)

    def _remembered(self) -> _Found | None:
        """Those that are kept, where the archive is as it was; else they are asked again first of all."""
        with self._looking:
            if self._found is None and self._kept is None and (kept := self._file.read()):
                self._kept = kept
                if kept.same_archive(Kept.now(self._catalog)):
                    self._found = _Found(None, kept.suggestions)
            return self._found

    def _standing(self) -> list[str]:
        """Those of what was found whose articles are all still searched."""
        found = self._found.suggestions if self._found else ()
        searched = self._catalog.searched_ids(list({id_ for one in found for id_ in one.articles}))
        return [one.question for one in found if searched.issuperset(one.articles)]

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

    def _look(self, rest: Callable[[float], None] | None = None) -> None:
        changes, begun, found = None, time.monotonic(), list[Suggestion]()
        try:
            # What is wrong with an archive is told whoever asks it.
            with suppress(QaError), deadline.within(_AT_MOST_S):
                before = self._catalog.changes()
                search = _Search(self._speaking, self._ask, rest or self._rest, begun + _PEOPLE * _AT_MOST_S)
                self._ask_again(search)
                for one in search.suggestions():
                    found.append(one)
                changes = before
                self._keep(Kept.now(self._catalog, found), before)
        finally:
            ended = time.monotonic()
            if changes is None and not found and self._found:
                found = list(self._found.suggestions)
            self._found = _Found(changes, tuple(found), ended + _KEPT * (ended - begun))

    def _ask_again(self, search: _Search) -> None:
        """Show of those that were found before what still is sure."""
        before = self._found or (_Found(None, self._kept.suggestions) if self._kept else None)
        if before:
            again = (search.sure(one.question) for one in before.suggestions)
            self._found = before._replace(suggestions=tuple(filter(None, again)))

    def _keep(self, kept: Kept, changes: int) -> None:
        """Keep what was found, unless something was changed meanwhile: what was erased is not written again."""
        if self._may_keep() and self._catalog.changes() == changes:
            self._file.keep(kept)
            if self._catalog.changes() != changes:
                self._file.forget()

    def _rest(self, seconds: float) -> None:
        if self._closed.wait(seconds):
            raise WorkStopped


class _Quoted(NamedTuple):
    """Somebody, how many articles their newest statements are from, and what asks for these, if it is sure enough."""

    profile: Profile
    articles: int
    said: Suggestion | None


@dataclass(frozen=True, slots=True)
class _Search:
    """Looks at one speaker, and asks one question, after the other; rests after each as long as that took."""

    speaking: Speaking
    ask: Callable[[str], Outcome]
    rest: Callable[[float], None]
    until: float  # a moment of ``time.monotonic``: nobody is looked at later

    def suggestions(self) -> Iterator[Suggestion]:
        """Ask until enough is sure, about those first whom most articles quote."""
        widest = sorted(self._people(), key=lambda one: one.articles, reverse=True)
        said = (self._said_by(one) for one in widest)
        who = (f"Who is the {one.profile.role}?" for one in widest if _is_office(one.profile.role))
        offices = list(islice(filter(None, map(self.sure, dict.fromkeys(who))), _OFFICES))
        yield from islice(filter(None, said), _MOST - len(offices))
        yield from offices

    def _people(self) -> Iterator[_Quoted]:
        people = (one for one in self.speaking.profiles_awaited() if " " in one.name and not one.organisation)
        for profile in takewhile(lambda _: time.monotonic() < self.until, islice(people, _SPEAKERS)):
            question = f"What did {profile.name} say?"
            outcome = self._work(self.ask, question)
            if isinstance(outcome, Answer):
                yield _Quoted(profile, len(_cited(outcome)), _suggestion(question, outcome))

    def _said_by(self, one: _Quoted) -> Suggestion | None:
        """What asks for all that somebody says, or, where that is not all sure, for what they say on a topic."""
        if one.said:
            return one.said
        record = self._work(self.speaking.record, one.profile.slug)
        topics = record.topics[:_TOPICS] if record else ()
        about = (f"What did {one.profile.name} say about {topic}?" for topic, _ in topics)
        return next(filter(None, (self.sure(question, _LEAST) for question in about)), None)

    def sure(self, question: str, least: int = 1) -> Suggestion | None:
        """The question, where it is answered with high confidence, from so many passages, about one person alone."""
        return _suggestion(question, self._work(self.ask, question), least)

    def _work(self, work: Callable[[str], Done], on: str) -> Done | None:
        """Do it and rest; None where a name makes no question, or whose it was is gone meanwhile."""
        begun, done = time.monotonic(), None
        with suppress(QuestionError, SpeakerNotFound):
            done = work(on)
        self.rest(time.monotonic() - begun)
        return done


def _suggestion(question: str, outcome: Outcome | None, least: int = 1) -> Suggestion | None:
    if not isinstance(outcome, Answer) or outcome.ambiguous:
        return None
    sure = outcome.confidence >= HIGH and len(outcome.citations) >= least
    return Suggestion(question, _cited(outcome)) if sure else None


def _cited(answer: Answer) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.article.id for one in answer.citations))


def _is_office(role: str | None) -> bool:
    """Whether "Who is the …?" asks for an office with it ("Kremlin spokesman"), not for whom an article describes."""
    words = (role or "").split()
    plain = role is not None and not role.endswith(".") and not {"'", "’"} & set(role)
    return plain and 2 <= len(words) <= 5 and words[0][0].isupper()
