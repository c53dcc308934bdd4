"""A name, an office or a duty as asked -> where articles say beside a name what its bearer is, and the answer of it.

"Who is X" and "how old is X" are answered by what stands beside the name, "who chairs X" and "who is the mayor of X"
by those beside whose names it stands.

Promises: whoever the name means among the archive's speakers is meant, however it was typed; somebody who says nothing
is found by the name itself. Only so many articles are read, the newest first. The word to look for: role, who is.

What it does not know: who somebody is that is never introduced; such a question is read as one for a span.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache, lru_cache

from qa.answering import answer_from_ages, answer_from_roles
from qa.assistant.clock import Clock
from qa.assistant.holding import Holding, articles_of
from qa.assistant.speaking import Speaking
from qa.attribution import Office, age_asked, ages_told, duty_asked, introductions, office_asked, role_in_full
from qa.catalog import Catalog
from qa.lazily import pattern
from qa.questions import core_of
from qa.settings import AnsweringSettings
from qa.text import word_spans
from qa.types import (
    EVERYTHING,
    Candidate,
    Introduction,
    NoAnswer,
    NoAnswerReason,
    Outcome,
    Passage,
    Question,
    Scope,
)

__all__ = ["Introducing"]

_READ = 60  # newest passages of each spelling whose articles are read
_REMEMBERED = 64
_OF_SOMEBODY = pattern(r"\W*(?:He|She|Er|Sie)\b")


class Introducing:
    """How the articles of one archive introduce people.

    Args:
        catalog: where the articles are.
        settings: how many roles are shown.
        speaking: what knows whom a name means.
        holding: what knows who has an office.
    """

    def __init__(self, catalog: Catalog, settings: AnsweringSettings, speaking: Speaking, holding: Holding) -> None:
        self._catalog = catalog
        self._settings = settings
        self._speaking = speaking
        self._holding = holding
        self._remembered = lru_cache(maxsize=_REMEMBERED)(self._read)

    def introduces(self, asked: str) -> bool:
        """Whether any article says beside a name what is asked: what its bearer is, how old, or that they chair X."""
        return bool(self._found(asked, EVERYTHING))

    def answer(self, question: Question, clock: Clock) -> Outcome:
        """Say who somebody is, or who does what, by the roles that articles state."""
        with clock.measuring("retrieve"):
            found = self._found(question.speaker or core_of(question.text), question.scope)
            articles = self._catalog.articles(list({one.article_id for one in found}))
        with clock.measuring("answer"):
            core = core_of(question.text)
            office = duty_asked(core) or office_asked(core)
            lately = office is not None and office.is_of_now
            sound = [one for one in found if one.article_id in articles]
            most = self._settings.max_citations
            given = (
                answer_from_ages(question, sound, articles, max_citations=most)
                if age_asked(core)
                else answer_from_roles(question, sound, articles, max_citations=most, lately=lately)
            )
        everywhere = question.scope.unbounded
        return given or NoAnswer(question, NoAnswerReason.NOTHING_FOUND if everywhere else NoAnswerReason.OUTSIDE_DATES)

    def fits(self, question: Question) -> Callable[[Candidate], bool]:
        """What may answer a question for an office, or for the age of somebody who is known, as a span.

        Only where the office is named, and not as one that somebody had, can its bearer be, and whom the passage itself
        introduces as the head of something else is not. An age stands beside the name, or in a sentence that begins
        with "he" or "she".
        """
        core = core_of(question.text)
        if office := office_asked(core):
            return self._in_office(office)
        names = self._speaking.spellings_of(age_asked(core) or "")
        return (lambda candidate: _is_age_of(names, candidate)) if names else lambda candidate: True

    def _in_office(self, office: Office) -> Callable[[Candidate], bool]:
        @cache
        def told(passage: Passage) -> Sequence[Introduction] | None:
            return introductions(passage.text, None) if office.is_named_in(passage.text) else None

        def may(candidate: Candidate) -> bool:
            passage = candidate.hit.passage
            at = candidate.span.shifted(-passage.span.start)
            if (introduced := told(passage)) is None:
                return False
            roles = [role_in_full(passage.text, one.role) for one in introduced if one.mention.overlaps(at)]
            return not roles or not all(map(office.is_anothers, roles))

        return may

    def _found(self, asked: str, scope: Scope) -> Sequence[Introduction]:
        return self._remembered(asked, scope, self._catalog.changes())

    def _read(self, asked: str, scope: Scope, changes: int) -> Sequence[Introduction]:
        """``changes`` is the state of the catalog that this holds for."""
        if wanted := duty_asked(asked) or office_asked(asked):
            return self._holding.told(wanted, scope)
        aged = age_asked(asked)
        names = self._speaking.spellings_of(aged or asked) or [aged or asked]
        articles = articles_of(self._catalog, (id_ for each in names for id_ in self._with_name(each, scope)))
        told = ages_told if aged else introductions
        return [one for article in articles for one in told(article.text, names, article.id)]

    def _with_name(self, name: str, scope: Scope) -> list[str]:
        return self._catalog.newest_with([span.of(name) for span in word_spans(name)], _READ, scope)


def _is_age_of(names: Sequence[str], candidate: Candidate) -> bool:
    passage = candidate.hit.passage
    at, sentence = (span.shifted(-passage.span.start) for span in (candidate.span, candidate.sentence))
    beside = any(one.role.overlaps(at) for one in ages_told(passage.text, names))
    return beside or bool(_OF_SOMEBODY.match(passage.text, max(0, sentence.start)))
