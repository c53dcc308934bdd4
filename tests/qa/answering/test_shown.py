"""What is asked of an answer that was shown is told by other words than were shown, or not at all."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from qa.answering import (
    able_to_answer,
    answer_from_statements,
    answer_since,
    answer_with_days,
    answer_with_sources,
    is_of_a_thing,
    newest_day,
    nothing_newer,
    untold,
    why,
)
from qa.citing import Find, cite
from qa.questions import understand
from qa.types import (
    Answer,
    AnswerKind,
    Article,
    Candidate,
    FoundBy,
    Hit,
    NoAnswer,
    Passage,
    Point,
    Question,
    Span,
    Speaker,
    Statement,
    StatementForm,
)
from tests.newsprint import article, span_of

OLD = article(
    "Mayor Ada Voss said at the old mill that the quay was shut. The quay was shut because it had sunk, she told the"
    " council in Ostrel on Monday.",
    published=date(2026, 1, 6),
)
NEW = article("Ada Voss said the quay would open. It was not said where.", published=date(2026, 2, 3))
SHUT = Statement(
    OLD.id,
    Speaker("Mayor Ada Voss", "Ada Voss"),
    (span_of("Mayor Ada Voss", OLD),),
    (span_of("said", OLD),),
    (span_of("that the quay was shut", OLD),),
    StatementForm.INDIRECT,
)
SUNK = replace(
    SHUT,
    source=(span_of("she", OLD),),
    cue=(span_of("told", OLD),),
    content=(span_of("The quay was shut because it had sunk", OLD),),
)
OPEN = replace(
    SHUT,
    article_id=NEW.id,
    source=(span_of("Ada Voss", NEW),),
    cue=(span_of("said", NEW),),
    content=(span_of("the quay would open", NEW),),
)


def shown(*statements: Statement) -> Answer:
    asked = understand("What did Ada Voss say about the quay?")[0]
    answer = answer_from_statements(asked, statements, {OLD.id: OLD, NEW.id: NEW}, speaker_known=True)
    assert isinstance(answer, Answer)
    return answer


def asked(point: Point, text: str = "When did Ada Voss say that about the quay?") -> Question:
    return Question(text, topic="the quay", point=point)


def candidate(words: str, sentence: str, of: Article) -> Candidate:
    passage = Passage(f"{of.id}:0-{len(of.text)}", of.id, Span(0, len(of.text)), of.title, of.text)
    return Candidate(Hit(passage, 1, 1.0, FoundBy.FUSION), span_of(words, of), span_of(sentence, of), 1.0, 0.0)


def test_when_it_was_said_is_cited_with_the_day_that_it_means() -> None:
    outcome = answer_with_days(asked(Point.DAY), shown(SUNK), 5)
    assert isinstance(outcome, Answer)
    assert [one.exact for one in outcome.citations] == ["on Monday"]
    assert outcome.citations[0].told is not None
    assert outcome.citations[0].told.first == date(2026, 1, 5)


def test_the_day_of_another_statement_than_the_first_is_not_the_one_asked_for() -> None:
    outcome = answer_with_days(asked(Point.DAY), shown(SUNK, OPEN), 5)
    assert isinstance(outcome, NoAnswer)
    assert why(outcome) == "What was shown does not say when; its article is of 3 February 2026."


def test_who_says_it_is_cited_once_as_the_article_names_them() -> None:
    outcome = answer_with_sources(asked(Point.SOURCE), shown(SHUT, SUNK), {}, 5)
    assert isinstance(outcome, Answer)
    assert [one.exact for one in outcome.citations] == ["Mayor Ada Voss"]


def test_who_says_a_fact_is_whoever_says_the_words_around_it() -> None:
    at = span_of("it had sunk", OLD)
    fact = Answer(Question("Why?"), AnswerKind.SPAN, (cite(1, Find(OLD, at, at, at)),), 0.9)
    outcome = answer_with_sources(asked(Point.SOURCE), fact, {OLD.id: [SHUT, SUNK]}, 5)
    assert isinstance(outcome, Answer)
    assert [one.exact for one in outcome.citations] == ["she"]
    own = answer_with_sources(asked(Point.SOURCE), fact, {OLD.id: [SHUT]}, 5)
    assert isinstance(own, NoAnswer)
    assert why(own) == "No article names anybody who says it: the words are the article’s own, of 6 January 2026."


def test_that_nothing_is_newer_shows_the_newest_words() -> None:
    answer = shown(SHUT, OPEN)
    assert newest_day(answer) == date(2026, 2, 3)
    outcome = nothing_newer(asked(Point.STILL), answer, 3)
    assert [one.exact for one in outcome.nearest] == ["the quay would open"]
    assert why(outcome) == "The archive has nothing newer on this than what was shown, of 3 February 2026."


@pytest.mark.parametrize(
    ("text", "topic", "of_a_thing"),
    [
        ("How many boats did Ada Voss speak of?", "the boats", True),
        ("How many, in what Ada Voss said about the budget?", "the budget", False),
        ("How many, in what Ada Voss said about Alex Jones?", "Alex Jones", False),
        ("How many, in what Ada Voss said?", None, False),
        ("How much, in what Ada Voss said about the budget?", "the budget", True),
    ],
)
def test_how_many_is_asked_of_what_can_be_counted(text: str, topic: str | None, of_a_thing: bool) -> None:
    assert is_of_a_thing(Question(text, topic=topic, point=Point.NUMBER)) is of_a_thing


SAID = "Mayor Ada Voss said at the old mill that the quay was shut."
BECAUSE = "The quay was shut because it had sunk, she told the council in Ostrel on Monday."


@pytest.mark.parametrize(
    ("point", "words", "sentence", "of", "able"),
    [
        (Point.PLACE, "old mill", SAID, OLD, True),
        (Point.PLACE, "quay", SAID, OLD, False),  # in the words that are said
        (Point.PLACE, "Ostrel", BECAUSE, OLD, False),  # of another sentence than was shown
        (Point.REASON, "because it had sunk", BECAUSE, OLD, True),
        (Point.REASON, "at the old mill", SAID, OLD, False),  # it was shown
        (Point.REASON, "would open", "Ada Voss said the quay would open.", NEW, False),  # it tells no reason
        (Point.NUMBER, "Ostrel", BECAUSE, OLD, False),
    ],
)
def test_what_stands_near_answers_only_where_it_is_of_the_kind(
    point: Point, words: str, sentence: str, of: Article, able: bool
) -> None:
    assert able_to_answer(asked(point), shown(SHUT))(candidate(words, sentence, of)) is able


def test_a_reader_that_is_not_sure_leaves_what_it_found_to_read() -> None:
    answer = shown(SHUT)
    found = NoAnswer(
        asked(Point.REASON), untold(asked(Point.REASON), ()).reason, nearest=answer.citations, to_read=True
    )
    outcome = untold(asked(Point.REASON, "Why did Ada Voss say that?"), answer.citations, found)
    assert (outcome.missing.words, outcome.to_read, outcome.nearest) == ("why", True, answer.citations)
    assert why(outcome) == "The articles that were shown do not plainly say why."


LASTING = article(
    "Ada Voss, who has led the count for twelve years, said the quay had been shut since October. It is dry.",
    published=date(2026, 1, 6),
)


def _lasting(content: str) -> Answer:
    said = Statement(
        LASTING.id, Speaker("Ada Voss", "Ada Voss"), (), (span_of("said", LASTING),), (), StatementForm.INDIRECT
    )
    said = replace(said, content=(span_of(content, LASTING),))
    shown = answer_from_statements(
        understand("What did Voss say?")[0], [said], {LASTING.id: LASTING}, speaker_known=True
    )
    assert isinstance(shown, Answer)
    return shown


def test_since_when_is_told_by_the_words_that_were_said() -> None:
    asked = Question("Since when did Voss say that?", point=Point.SINCE)
    answer = answer_since(asked, _lasting("the quay had been shut since October"), 5)
    assert answer
    assert answer.text == "since October"
    assert answer_since(asked, _lasting("the quay had been shut"), 5) is None  # "twelve years" are not said


def test_since_when_is_told_by_the_sentence_of_what_was_read() -> None:
    first = LASTING.text.index(" It is dry")
    find = Find(LASTING, span_of("Ada Voss", LASTING), Span(0, first), Span(0, first))
    shown = Answer(Question("Who leads the count?"), AnswerKind.SPAN, (cite(1, find),), 0.9)
    answer = answer_since(Question("Since when?", point=Point.SINCE), shown, 5)
    assert answer
    assert answer.text == "for twelve years"
