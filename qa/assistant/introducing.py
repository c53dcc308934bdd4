"""A name or a duty as asked for -> where articles say beside a name what its bearer is, and the answer made of that.

"Who is X" is answered by what stands beside the name, "who chairs X" by those beside whose names it stands.

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
from qa.attribution import duty_asked, holders, introductions
from qa.catalog import Catalog
from qa.questions import core_of
from qa.settings import AnsweringSettings
from qa.text import word_spans
from qa.types import EVERYTHING, Article, Introduction, NoAnswer, NoAnswerReason, Outcome, Question, Scope

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

    def introduces(self, asked: str) -> bool:
        """Whether any article says beside a name what its bearer is, or beside whose name "who chairs X" is said."""
        return bool(self._found(asked, EVERYTHING))

    def answer(self, question: Question, clock: Clock) -> Outcome:
        """Say who somebody is, or who does what, by the roles that articles state."""
        with clock.measuring("retrieve"):
            found = self._found(question.speaker or core_of(question.text), question.scope)
            articles = self._catalog.articles(list({one.article_id for one in found}))
        with clock.measuring("answer"):
            sound = [one for one in found if one.article_id in articles]
            given = answer_from_roles(question, sound, articles, max_citations=self._settings.max_citations)
        return given or NoAnswer(question, NoAnswerReason.NOTHING_FOUND)

    def _found(self, asked: str, scope: Scope) -> Sequence[Introduction]:
        return self._remembered(asked, scope, self._catalog.changes())

    def _read(self, asked: str, scope: Scope, changes: int) -> Sequence[Introduction]:
        """``changes`` is the state of the catalog that this holds for."""
        if duty := duty_asked(asked):
            articles = self._articles_with([" ".join(duty.named)], scope)
            return [one for article in articles for one in holders(article.text, duty, article.id)]
        names = self._speaking.spellings_of(asked) or [asked]
        articles = self._articles_with(names, scope)
        return [one for article in articles for one in introductions(article.text, names, article.id)]

    def _articles_with(self, phrases: Sequence[str], scope: Scope) -> Sequence[Article]:
        """The articles of the newest passages that have one of the phrases."""
        found: dict[str, None] = {}
        for each in phrases:
            words = [span.of(each) for span in word_spans(each)]
            found.update((id_.split(":")[0], None) for id_ in self._catalog.newest_with(words, _READ, scope))
        return list(self._catalog.articles(list(found)).values())
