"""Whose statements are asked for, on what, from when -> an outcome; and everything else that is known of speakers.

Promises: speakers are gathered over all articles, whatever the spelling, and what a user has decided about spellings
holds; everything is read from the catalog as it is now, and gathered anew only when it has changed. Where gathering
takes long, as in an archive of many articles, it is done beside, and until then what was gathered before holds; a name
that only newer articles have, or some that are shown again, is taken in at once, by itself, and what a user decides
about spellings is waited for. Of somebody with very many statements the newest are looked through, and those that are
found on the topic.

What it does not know: how a question is worded, how statements are found in an article.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from threading import Lock, Thread
from typing import NamedTuple

from qa.answering import (
    answer_from_opposed,
    answer_from_quotation,
    answer_from_sides,
    answer_from_statements,
    find_of,
    opposed,
    topic_relevance,
    weekdays_told,
)
from qa.assistant.clock import Clock
from qa.assistant.holding import Holding
from qa.assistant.parts import Parts
from qa.attribution import gender_of_name, office_in_english
from qa.catalog import Catalog
from qa.citing import Find
from qa.errors import QaError, QuestionError, SpeakerNotFound
from qa.people import (
    Backdrop,
    Profile,
    Proposal,
    Roll,
    bare_name,
    find_speakers,
    folded_name,
    is_speaker,
    merged,
    profiles_of,
    proposals,
    separated,
    slug_of,
    topics_of,
)
from qa.questions import names_in
from qa.records import SpeakerRecord, StatementRow
from qa.settings import AnsweringSettings
from qa.text import fold, word_spans
from qa.types import (
    EVERYTHING,
    Ambiguous,
    Answer,
    Article,
    Citation,
    CountedFrom,
    Hit,
    Meant,
    Missing,
    Naming,
    NoAnswer,
    NoAnswerReason,
    Outcome,
    Question,
    QuestionKind,
    Scope,
    Statement,
)

__all__ = ["Speaking"]

_SOON_S = 0.1  # of a processor: what gathering speakers anew may cost whoever asks; on a busy machine that is a second
_LOOKED_THROUGH = 500  # of somebody's newest statements at least so many
_FOUND = 200  # passages in which older ones on a topic are looked for
_EVERYONE = 2_000  # newest statements that are looked at where no speaker and no topic narrow them down
_BACKDROP = 600  # passages that tell what is said in the archive anyway
_PASSAGES = 60  # passages in which statements on a topic are looked for
_AT_ONCE = 100  # articles that an export holds in memory
_FEW = 3  # people whom a question can mean without meaning nobody in particular
_WEEKS = 4  # days of one name on which statements are looked for
_LATER = timedelta(7)  # after a day, in which articles tell of what was said on it
_NAME = 5  # words that may be a name or a role, and no sentence
_PLURAL = frozenset(("they", "them", "their", "sie"))
_GENDER = {"he": "m", "him": "m", "his": "m", "er": "m", "ihn": "m", "ihm": "m", "she": "f", "her": "f", "ihr": "f"}


class _Gathered(NamedTuple):
    """Speakers as they were after some changes, of articles up to ``last``; ``seconds`` of processor time for it.

    ``last`` is key and id: once the last article is erased, its key is given to another one. ``unsearched`` are the
    keys below that no searched article had.
    ``of`` is a digest of what they were made of: most changes of an archive are none of theirs.
    """

    changes: int
    roll: Roll
    pins: Mapping[str, str]
    last: tuple[int, str] | None
    unsearched: frozenset[int]
    seconds: float
    of: int


class _Lately(NamedTuple):
    """Speakers as gathered, with those whom articles name that came since; holds for one state of the archive."""

    changes: int
    known: _Gathered
    newest: Sequence[Naming]
    roll: Roll


class Speaking:
    """The statements of one archive, by speaker.

    Args:
        catalog: where they are.
        settings: how many are shown.
        parts: what finds passages on a topic and compares statements with it.
        holding: what knows who has an office that no statement of theirs names.
    """

    def __init__(self, catalog: Catalog, settings: AnsweringSettings, parts: Parts, holding: Holding) -> None:
        self._catalog = catalog
        self._settings = settings
        self._parts = parts
        self._holding = holding
        self._gathering = Lock()
        self._gathered: _Gathered | None = None
        self._lately: _Lately | None = None
        self._beside: Thread | None = None
        self._backdrop: tuple[int, Backdrop] | None = None

    # Who speaks

    def profiles(self, *, now: bool = False) -> Roll:
        """Everybody with a name of whom the archive reports anything, who says most first.

        ``now``: as the archive is at this moment, however long gathering them takes.
        """
        with self._gathering:
            changes, known = self._catalog.changes(), self._gathered
            if known is not None and known.changes == changes:
                return known.roll
            soon = now or known is None or known.seconds < _SOON_S
            if known is None or soon or known.pins != self._catalog.pins():  # what a user decides holds at once
                self._gathered, self._lately = self._gather(known), None
                return self._gathered.roll
            if self._beside is None or not self._beside.is_alive():
                self._beside = Thread(target=self._gather_beside, args=(known,), name="speakers", daemon=True)
                self._beside.start()
            if self._lately is None or self._lately.changes != changes:
                self._lately = self._with_newest(changes, known)
            return self._lately.roll

    def profiles_awaited(self) -> Roll:
        """Everybody as :meth:`profiles` has them once what is gathered beside is done, for whoever has time."""
        self.profiles()
        self.close()
        return self.profiles()

    def _gather(self, known: _Gathered | None = None) -> _Gathered:
        begun, changes = time.thread_time(), self._catalog.changes()
        last = self._catalog.last_article()
        unsearched = self._catalog.unsearched_keys(last[0]) if last else frozenset[int]()
        namings, pins = self._catalog.namings(), self._catalog.pins()
        of = hash((tuple(namings), tuple(sorted(pins.items()))))
        if known is not None and known.of == of:
            return known._replace(changes=changes, last=last, unsearched=unsearched)
        roll = Roll(profiles_of(namings, pins))
        return _Gathered(changes, roll, pins, last, unsearched, time.thread_time() - begun, of)

    def _gather_beside(self, known: _Gathered) -> None:
        with suppress(QaError):  # whoever asks next is told of it
            gathered = self._gather(known)
            with self._gathering:
                if self._gathered is known:  # else somebody has gathered meanwhile, and later than this began
                    self._gathered, self._lately = gathered, None

    def _with_newest(self, changes: int, known: _Gathered) -> _Lately:
        """Speakers as gathered, and whoever is named in newer articles alone; who of both is one is told later."""
        newest, lately = self._namings_since(known), self._lately
        if lately is not None and lately.known is known and lately.newest == newest:
            return lately._replace(changes=changes)
        told = {folded_name(name) for name in known.roll.voices} if newest else set()
        others = profiles_of([one for one in newest if one.key not in told], self._catalog.pins())
        return _Lately(changes, known, newest, known.roll.and_also(others) if others else known.roll)

    def _namings_since(self, known: _Gathered) -> Sequence[Naming]:
        """What articles name that were stored, or are shown again, since then; others may be among them."""
        if known.last is None or self._catalog.last_article(known.last[0]) != known.last:
            return self._catalog.namings()  # any key may be another article's
        shown = self._catalog.first_searched(known.unsearched)
        return self._catalog.namings(known.last[0] if shown is None else shown - 1)

    def close(self) -> None:
        """Wait for what is gathered beside."""
        if self._beside is not None:
            self._beside.join()

    def knows(self, name: str) -> bool:
        """Whether ``name`` is surely a speaker's: a whole name, a surname or a role."""
        return is_speaker(name, self.profiles())

    def knows_person(self, name: str) -> bool:
        """Whether ``name`` is surely a person's, and no organisation's."""
        return is_speaker(name, [one for one in self.profiles().alike(name) if not one.organisation])

    def is_nobody(self, asked: str) -> bool:
        """Whether no speaker is meant by a name, nor anybody of whom articles say that they have the office."""
        return not self._meant(asked) and not self._holding.names(asked)

    def names_of(self, asked: str) -> list[str]:
        """The names of those whom a question means; what it calls them itself where the archive has nobody, or many."""
        found = self._meant(asked)
        return [one.name for one in found] if 0 < len(found) <= _FEW else [asked]

    def spellings_of(self, asked: str) -> list[str]:
        """How articles spell the people whom a name means; empty for a role and where there is nobody."""
        people = [one for one in _speakers(asked, self.profiles()) if not one.organisation]
        return list(dict.fromkeys(name for one in people for name in one.spellings))

    def ambiguous(self, question: Question) -> tuple[Ambiguous, ...]:
        """The names in a question that are several people's, each with a question for one of them alone."""
        several = []
        for asked in question.speakers:
            people = [one for one in find_speakers(asked, self.profiles()) if not one.organisation]
            full = [one for one in people if len(one.name.split()) > 1]  # a surname alone may be any one of theirs
            if len(full) > 1:
                meant = (Meant(one.name, one.statements, _instead(question.text, asked, one.name)) for one in full)
                several.append(Ambiguous(asked, tuple(meant)))
        return tuple(several)

    def people_in(self, citations: Sequence[Citation]) -> tuple[str, ...]:
        """Those whom answers name, else those who say them, in their order."""
        names: list[str] = []
        for one in citations:
            named = find_speakers(one.exact, self.profiles()) if len(word_spans(one.exact)) <= _NAME else []
            speaker = one.statement.speaker if one.statement else None
            names += [who.name for who in named] or names_in(one.exact)[:1] or ([speaker.name or ""] if speaker else [])
        return tuple(name for name in dict.fromkeys(names) if name)

    def fits(self, pronoun: str, name: str) -> bool:
        """Whether a pronoun can mean whoever has this name, by what the name tells of them."""
        roll = self.profiles()
        whose = roll.called(roll.voices.get(name, ""))
        organisation = whose is not None and whose.organisation
        if pronoun in _PLURAL:
            return True
        if organisation:
            return False
        gender = gender_of_name(name)
        return gender is None or pronoun not in _GENDER or gender == _GENDER[pronoun]

    def called(self, text: str) -> Sequence[Profile]:
        """Those who have a spelling of which a word begins with ``text``; all for an empty one."""
        if not text.strip():
            return self.profiles()
        words = slug_of(text).split("-")
        wanted = " " + " ".join(words)
        return [
            one
            for one in self.profiles().beginning(words if any(words) else ())
            if any(wanted in " " + slug_of(name).replace("-", " ") for name in one.spellings)
        ]

    def matching(self, text: str) -> Sequence[Profile]:
        """Those who are called so, then those with a role of which words begin with each word of ``text``.

        Where there is nobody, those whom any article gives the office, beside what they say or not.
        """
        named = self.called(text)
        wanted = slug_of(text).split("-")
        if not any(wanted):
            return named
        slugs = {one.slug for one in named}
        holders = [
            one
            for one in self.profiles().beginning(wanted)
            if one.slug not in slugs and any(_begins(slug_of(role.title), wanted) for role in one.roles)
        ]
        return [*named, *holders] or self._meant(text)

    def profile(self, slug: str) -> Profile:
        """The speaker with this slug, or with a spelling that makes it.

        Raises:
            SpeakerNotFound: there is none.
        """
        found = self.profiles().called(slug_of(slug))
        if found is None:
            raise SpeakerNotFound(slug)
        return found

    def record(self, slug: str, limit: int | None = None) -> SpeakerRecord:
        """Somebody's profile with their statements, newest first.

        Raises:
            SpeakerNotFound: there is nobody with this slug.
        """
        profile = self.profile(slug)
        question = Question(f"statements by {profile.name}", QuestionKind.STATEMENTS, profile.name)
        outcome = self._answer(question, self._said_by([profile], question, limit), True, limit)
        citations = outcome.citations if isinstance(outcome, Answer) else ()
        return SpeakerRecord(profile, citations, self._topics(profile, citations))

    def _topics(self, profile: Profile, citations: Sequence[Citation]) -> tuple[tuple[str, int], ...]:
        """What marks the statements of a speaker against the rest of the archive."""
        said = [
            " ".join(span.of(one.article.text) for span in one.statement.content) for one in citations if one.statement
        ]
        own = [*profile.spellings, *(role.title for role in profile.roles)]
        return tuple(topics_of(said, own, self._elsewhere()))

    def _elsewhere(self) -> Backdrop:
        with self._gathering:
            now = self._catalog.changes()
            if self._backdrop is None or self._backdrop[0] != now:
                self._backdrop = (now, Backdrop.of(self._catalog.some_texts(_BACKDROP)))
            return self._backdrop[1]

    def proposals(self) -> list[Proposal]:
        """What a user may want to merge and to split, what concerns most statements first."""
        return proposals(self.profiles(), self._catalog.namings(), self._catalog.pins())

    def merge(self, into: str, other: str) -> Profile:
        """Make two speakers one and return them; raises as :meth:`profile`."""
        first, second = self.profile(into), self.profile(other)
        self._catalog.pin(merged(self._catalog.pins(), first, second))
        self.profiles(now=True)
        return self.profile(first.slug)

    def split(self, spelling: str) -> Profile:
        """Make a spelling a speaker of its own and return it; raises as :meth:`profile`."""
        profile = self.profile(spelling)
        printed = next((one for one in profile.spellings if slug_of(one) == slug_of(spelling)), profile.name)
        self._catalog.pin(separated(self._catalog.pins(), profile, printed))
        self.profiles(now=True)
        return self.profile(printed)

    # What they say

    def answer(self, question: Question, clock: Clock, limit: int | None = None) -> Outcome:
        """List what a question asks for: statements of those whom it names, those about a topic, or both."""
        with clock.measuring("retrieve"):
            found = self._meant(question.speaker) if question.speaker else []
            known = bool(found) or question.speaker is None or self._names(question.speaker)
            statements = self._said_by(found, question, limit) if question.speaker else self._anybodys(question)
            statements += [one for one in self._called_so(question) if one not in statements]
        with clock.measuring("answer"):
            outcome = self._answer(question, statements, known, limit)
            if isinstance(outcome, NoAnswer) and outcome.reason is NoAnswerReason.SPEAKER_SILENT:
                return replace(outcome, missing=replace(outcome.missing, instead=self._holding_it(question.speaker)))
            others = self._told_otherwise(question, statements) if isinstance(outcome, NoAnswer) else ()
            outcomes = (self._answer(other, statements, known, limit) for other in others)
            return next((one for one in outcomes if isinstance(one, Answer)), outcome)

    def _called_so(self, question: Question) -> list[Statement]:
        """What is said by whom articles on the topic call as the question does: "the company", on a strike at it.

        Nothing where that is not one speaker: what several companies say is no answer about one.
        """
        asked = fold(question.speaker or "")
        if question.topic is None or not asked.startswith("the "):
            return []
        said = [(one, one.speaker) for one in self._anybodys(question) if one.speaker]
        called = [(one, speaker.name) for one, speaker in said if fold(speaker.mention) == asked]
        names = {name for _, name in called} - {None}
        if len(names) > 1 or (len(names) != 1 and len({one.article_id for one, _ in called}) > 1):
            return []
        return [one for one, speaker in said if fold(speaker.mention) == asked or speaker.name in names]

    def _told_otherwise(self, question: Question, statements: Sequence[Statement]) -> Iterator[Question]:
        """A question for "Thursday" as one for those that articles mean by it, where the latest has no answer."""
        articles = self._catalog.articles(list({statement.article_id for statement in statements}))
        sound = [one for one in statements if one.article_id in articles]
        for day in weekdays_told(question, sound, articles)[:_WEEKS]:
            yield replace(question, scope=Scope(day, day, question.scope.outlets), counted_from=CountedFrom.ARTICLES)

    def compare(self, question: Question, clock: Clock, limit: int | None = None) -> Outcome:
        """Set beside each other what two people say; ``limit`` is for each of them.

        Raises:
            QuestionError: both names mean the same person.
        """
        if len(question.speakers) < 2:
            return self.answer(question, clock, limit)
        sides = self._two_sides(question.speakers)
        outcomes = []
        for asked, meant in zip(question.speakers, sides, strict=True):
            with clock.measuring("retrieve"):
                known = bool(meant) or self._names(asked)
                statements = self._said_by(meant, replace(question, speaker=asked, other=None), limit)
            with clock.measuring("answer"):
                outcomes.append(self._answer(replace(question, speaker=asked, other=None), statements, known, limit))
        names = [[one.name for one in meant] for meant in sides]
        return answer_from_sides(question, outcomes, names, self._settings.nearest)

    def _two_sides(self, asked: Sequence[str]) -> list[list[Profile]]:
        """Whom each of two names means; where a name is that of several, it does not mean the other one again."""
        first, second = map(self._meant, asked)
        if first and {one.slug for one in first} == {one.slug for one in second}:
            raise QuestionError(
                f"{asked[0]} and {asked[1]} mean the same here: {' and '.join(one.name for one in first)}.",
                remedy="Name two people.",
            )
        return [
            [one for one in first if one not in second] or first,
            [one for one in second if one not in first] or second,
        ]

    def _said_by(self, speakers: Sequence[Profile], question: Question, limit: int | None) -> list[Statement]:
        """What somebody says: all of it, or of very much the newest, the newest in scope, and what is on the topic."""
        names = list(dict.fromkeys(name for one in speakers for name in one.spellings))
        most = max(_LOOKED_THROUGH, 2 * (limit or self._settings.max_statements))
        of_every_kind = question.cue is not None  # "rule out" is no verb of speech, and may be asked for
        said = self._catalog.statements_by(names, limit=most, of_every_kind=of_every_kind)
        if len(said) < most:
            return said
        if not question.scope.unbounded:
            within = _printed_within(question)
            said += self._catalog.statements_by(names, within, limit=most, of_every_kind=of_every_kind)
        if question.topic is not None:
            theirs = set(names)
            found = self._within(self._parts.hits(question, _FOUND))
            said += [one for one in found if one.speaker and one.speaker.name in theirs]
        return list(dict.fromkeys(said))

    def _meant(self, asked: str) -> list[Profile]:
        """Those whom a name means, else those who have the office that it names."""
        profiles = self.profiles()
        for words in filter(None, (asked, office_in_english(asked))):
            if found := _speakers(words, profiles):
                return found
            held_by = (one for name in self._holding.names(words) for one in find_speakers(name, profiles))
            if by_slug := {one.slug: one for one in held_by}:
                return list(by_slug.values())
        return []

    def _holding_it(self, asked: str | None) -> tuple[str, ...]:
        """Who has the office that is asked for."""
        return tuple(self._holding.names(asked)) if asked else ()

    def _names(self, asked: str) -> bool:
        """Whether any article has the name, or says who has the office."""
        name = bare_name(asked, self.profiles())
        return bool(name) and (self._catalog.mentions(name) > 0 or bool(self._holding.names(asked)))

    def otherwise(self, question: Question, clock: Clock) -> Outcome:
        """Say who says otherwise than those whom a question names, or on its topic, and in which words."""
        listed = self.answer(question, clock)
        if isinstance(listed, NoAnswer):
            return listed
        with clock.measuring("retrieve"):
            asked = {(one.article.id, one.statement) for one in listed.citations}
            others = self._anybodys(question) if question.topic else ()
            ids = dict.fromkeys([one.article.id for one in listed.citations] + [one.article_id for one in others])
            articles = self._catalog.articles(list(ids))
            finds = [
                find_of(article, one)
                for article in articles.values()
                for one in self._catalog.statements(article.id)
                if one.content
            ]
        with clock.measuring("answer"):
            found = [
                one
                for one in opposed(finds, self._voices())
                if {(each.article.id, each.statement) for each in (one.claim, one.otherwise)} & asked
            ]
            answer = answer_from_opposed(question, found, self._settings.max_citations)
            near = listed.citations[: self._settings.nearest]
            missing = Missing(question.topic, by=question.speakers)
            return answer or NoAnswer(question, NoAnswerReason.UNDISPUTED, missing, near)

    def _voices(self) -> Mapping[str, str]:
        """Whose each spelling of a name is."""
        return self.profiles().voices

    def who_said(self, question: Question, clock: Clock) -> Outcome:
        """Say who says the words that the question quotes, or that nobody is reported to."""
        quoted = question.quoted or ""
        words = [word.of(quoted) for word in word_spans(quoted)]
        with clock.measuring("retrieve"):
            articles = self._articles_with(words, question.scope)
        with clock.measuring("answer"):
            statements = [one for article_id in articles for one in self._catalog.statements(article_id)]
            return answer_from_quotation(question, statements, articles, max_citations=self._settings.max_citations)

    def _articles_with(self, words: Sequence[str], scope: Scope) -> dict[str, Article]:
        """Articles with the words as a phrase; else those with many of them, which a cue may stand between."""
        permitted = self._catalog.permitted(scope)
        found = [id_ for id_, _ in self._catalog.search_phrase(words, 50) if permitted is None or id_ in permitted]
        if not found:
            found = [id_ for id_, _ in self._catalog.search(words, 20, scope)]
        return self._catalog.articles(list(dict.fromkeys(id_.split(":")[0] for id_ in found)))

    def rows(
        self, speaker: str | None = None, scope: Scope = EVERYTHING, *, copies: bool = False
    ) -> Iterator[StatementRow]:
        """Every statement of a speaker (None: of anybody) in scope, as a table has it; ``copies``: of each copy.

        Raises:
            SpeakerNotFound: nobody is called ``speaker``.
        """
        profiles, names = self.profiles(), None
        if speaker is not None:
            found = self._meant(speaker)
            if not found:
                raise SpeakerNotFound(speaker)
            names = [name for one in found for name in one.spellings]
        whose = {spelling: one for one in profiles for spelling in one.spellings}
        statements = self._catalog.statements_by(names, scope, one_each=not copies)
        for at in range(0, len(statements), _AT_ONCE):
            some = statements[at : at + _AT_ONCE]
            articles = self._catalog.articles(list({one.article_id for one in some}))
            for one in (one for one in some if one.article_id in articles):  # damaged ones are left out
                profile = whose.get(one.speaker.name) if one.speaker and one.speaker.name else None
                yield StatementRow(one, articles[one.article_id], profile)

    def _anybodys(self, question: Question) -> list[Statement]:
        """Statements in passages on the topic; without a topic, the newest ones."""
        if question.topic is None:
            return self._catalog.statements_by(None, _printed_within(question), limit=_EVERYONE)
        about = replace(question, text=question.topic)
        hits = self._parts.hits(about, _PASSAGES)
        if question.dates_said:  # what was said then may have been printed at any time after
            hits = [*hits, *self._parts.hits(replace(about, scope=Scope(outlets=question.scope.outlets)), _PASSAGES)]
        return self._within(hits)

    def _within(self, hits: Sequence[Hit]) -> list[Statement]:
        """The statements that begin in passages."""
        ids = list(dict.fromkeys(hit.passage.article_id for hit in hits))
        spans = {(hit.passage.article_id, hit.passage.span) for hit in hits}
        return [
            one
            for article_id in ids
            for one in self._catalog.statements(article_id)
            if any(article == article_id and one.content[0].overlaps(span) for article, span in spans if one.content)
        ]

    def _answer(self, question: Question, statements: Sequence[Statement], known: bool, limit: int | None) -> Outcome:
        articles = self._catalog.articles(list({statement.article_id for statement in statements}))
        statements = [one for one in statements if one.article_id in articles]  # damaged ones are left out
        return answer_from_statements(
            question,
            statements,
            articles,
            speaker_known=known,
            voices=self._voices(),
            relevance=topic_relevance(self._parts.encoder, self._closeness) if question.topic and statements else None,
            max_citations=limit or self._settings.max_statements,
            nearest=self._settings.nearest,
        )

    def _closeness(self, topic: str, finds: Sequence[Find]) -> list[float]:
        ids = self._catalog.passages_at([(find.article.id, find.span.start) for find in finds])
        near = self._parts.nearest(topic, {id_ for id_ in ids if id_})
        return [near.get(id_ or "", 0.0) for id_ in ids]


def _begins(slug: str, wanted: Sequence[str]) -> bool:
    """Whether a word of a slug begins with each of the wanted ones."""
    words = slug.split("-")
    return all(any(word.startswith(each) for word in words) for each in wanted)


def _instead(text: str, asked: str, name: str) -> str:
    """A question with a name in the place of another."""
    before, found, after = text.partition(asked)
    return f"{before}{name}{after}" if found else f"What did {name} say?"


def _printed_within(question: Question) -> Scope:
    """The days on which what a question asks for is printed: a little longer than those that its words name."""
    scope = question.scope
    if question.dates_said is None or scope.published_before is None:
        return scope
    return replace(scope, published_before=min(scope.published_before, date.max - _LATER) + _LATER)


def _speakers(asked: str, profiles: Roll) -> list[Profile]:
    """Those whom a question means: one speaker, or several with "and" between them if each is known."""
    if found := find_speakers(asked, profiles):
        return found
    each = [find_speakers(part, profiles) for part in re.split(r",?\s(?:and|und|&)\s|,\s", asked)]
    return [one for several in each for one in several] if all(each) else []
