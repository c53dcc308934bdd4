"""A name as asked for -> the places where articles say beside it what its bearer is, and "who is X" answered by them.

Promises: whoever the name means among the archive's speakers is meant, however it was typed; somebody who says nothing
is found by the name itself. Only so many articles are read, the newest first. The word to look for: role, who is.

What it does not know: who somebody is that is never introduced; such a question is read as one for a span.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from qa.answering import answer_from_roles
from qa.assistant.clock import Clock
from qa.assistant.speaking import Speaking
from qa.attribution import introductions
from qa.catalog import Catalog
from qa.settings import AnsweringSettings
from qa.text import word_spans
from qa.types import EVERYTHING, Introduction, NoAnswer, NoAnswerReason, Outcome, Question, Scope

__all__ = ["Introducing"]

_READ = 60  # newest passages of each spelling whose articles are read
_REMEMBERED = 64


class Introducing:
    """How the articles of one archive introduce people.

    Args:
        catalog: where the articles are.
        settings: how many roles are shown.
        speaking: what knows whom a name means.
    """

    def __init__(self, catalog: Catalog, settings: AnsweringSettings, speaking: Speaking) -> None:
        self._catalog = catalog
        self._settings = settings
        self._speaking = speaking
        self._remembered = lru_cache(maxsize=_REMEMBERED)(self._read)

    def introduces(self, name: str) -> bool:
        """Whether any article says beside the name what its bearer is."""
        return bool(self._found(name, EVERYTHING))

    def answer(self, question: Question, clock: Clock) -> Outcome:
        """Say who somebody is by the roles that articles state."""
        with clock.measuring("retrieve"):
            found = self._found(question.speaker or "", question.scope)
            articles = self._catalog.articles(list({one.article_id for one in found}))
        with clock.measuring("answer"):
            sound = [one for one in found if one.article_id in articles]
            given = answer_from_roles(question, sound, articles, max_citations=self._settings.max_citations)
        return given or NoAnswer(question, NoAnswerReason.NOTHING_FOUND)

    def _found(self, name: str, scope: Scope) -> Sequence[Introduction]:
        return self._remembered(name, scope, self._catalog.changes())

    def _read(self, name: str, scope: Scope, changes: int) -> Sequence[Introduction]:
        """``changes`` is the state of the catalog that this holds for."""
        names = self._speaking.spellings_of(name) or [name]
        found: dict[str, None] = {}
        for each in names:
            words = [span.of(each) for span in word_spans(each)]
            found.update((id_.split(":")[0], None) for id_ in self._catalog.newest_with(words, _READ, scope))
        articles = self._catalog.articles(list(found))
        return [one for article in articles.values() for one in introductions(article.text, names, article.id)]
