"""Statements become a list of citations or a refusal."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from qa.answering import answer_from_statements, topic_relevance, weekdays_told, why
from qa.questions import understand
from qa.types import (
    EVERYTHING,
    Answer,
    AnswerKind,
    Article,
    NoAnswer,
    NoAnswerReason,
    Question,
    Scope,
    Speaker,
    Statement,
    StatementForm,
    StatementKind,
)
from tests.newsprint import HARBOUR, WordEncoder, article, span_of

MERZ = Speaker("Merz", "Friedrich Merz", "German Chancellor")


def only(asked: str, scope: Scope = EVERYTHING, newest: date | None = None) -> Question:
    """The question as it is read; there is no second reading."""
    [question] = understand(asked, scope, newest=newest)
    return question


def statement(of: Article, *content: str, cue: str | None = None) -> Statement:
    return Statement(
        of.id,
        MERZ,
        (),
        (span_of(cue, of),) if cue else (),
        tuple(span_of(words, of) for words in content),
        StatementForm.MIXED,
    )


def test_statements_are_cited_newest_first_and_in_reading_order() -> None:
    old = article("Merz said winter was near. Merz said wood was dear.", published=date(2025, 1, 1))
    new = article("Merz said spring was late. Merz said rain was rare.", published=date(2025, 5, 1))
    undated = article("Merz said time was short.", published=None)
    statements = [
        statement(undated, "time was short"),
        statement(old, "wood was dear"),
        statement(old, "winter was near"),
        statement(new, "rain was rare"),
        statement(new, "spring was late"),
    ]
    articles = {one.id: one for one in (old, new, undated)}
    outcome = answer_from_statements(only("what did merz say"), statements, articles, speaker_known=True)
    assert isinstance(outcome, Answer)
    assert outcome.kind is AnswerKind.STATEMENTS
    assert [citation.exact for citation in outcome.citations] == [
        "spring was late",
        "rain was rare",
        "winter was near",
        "wood was dear",
        "time was short",
    ]
    assert [citation.number for citation in outcome.citations] == [1, 2, 3, 4, 5]
    assert all(citation.statement for citation in outcome.citations)


def test_an_interrupted_statement_is_one_slice_from_its_first_to_its_last_fragment() -> None:
    source = article("“We still,” Merz said after the talks, “have hope.” Nobody answered.")
    outcome = answer_from_statements(
        only("what did merz say"),
        [statement(source, "“We still,”", "“have hope.”", cue="said")],
        {source.id: source},
        speaker_known=True,
    )
    assert isinstance(outcome, Answer)
    citation = outcome.citations[0]
    assert citation.exact == "“We still,” Merz said after the talks, “have hope.”"
    assert citation.sentence.of(source.text) == citation.exact
    assert citation.statement is not None
    assert [span.of(source.text) for span in citation.statement.content] == ["“We still,”", "“have hope.”"]


def test_two_statements_of_one_sentence_are_two_citations() -> None:
    source = article(HARBOUR)
    statements = [
        statement(source, "“Lund’s needless delay,”"),
        statement(source, "peace on the quay would only be possible with “a deep, safe and open channel.”"),
    ]
    outcome = answer_from_statements(only("what did merz say"), statements, {source.id: source}, speaker_known=True)
    assert isinstance(outcome, Answer)
    assert len(outcome.citations) == 2


def test_a_statement_in_two_outlets_is_one_citation_with_also_in() -> None:
    one = article("Merz called it “a very large step.”", outlet="Gazette")
    two = article("The chancellor called the move “a very large step.”", outlet="Courier")
    statements = [statement(source, "“a very large step.”") for source in (one, two)]
    outcome = answer_from_statements(
        only("what did merz say"), statements, {one.id: one, two.id: two}, speaker_known=True
    )
    assert isinstance(outcome, Answer)
    assert len(outcome.citations) == 1
    assert len(outcome.citations[0].also_in) == 1


def test_what_is_about_the_topic_comes_first_and_what_is_not_stays_out() -> None:
    source = article(
        "Merz said football was his first love. Merz said guarantees had been given. "
        "Merz said the security guarantees were substantial."
    )
    statements = [
        statement(source, "football was his first love"),
        statement(source, "guarantees had been given"),
        statement(source, "the security guarantees were substantial"),
    ]

    def relevance(topic: str, finds: object) -> list[float]:
        assert topic == "security guarantees"
        return [0.1, 0.5, 0.9]

    outcome = answer_from_statements(
        only("What did Merz say about security guarantees?"),
        statements,
        {source.id: source},
        speaker_known=True,
        relevance=relevance,
    )
    assert isinstance(outcome, Answer)
    assert [citation.exact for citation in outcome.citations] == [
        "the security guarantees were substantial",
        "guarantees had been given",
    ]


def test_a_speaker_who_is_silent_on_the_topic_is_a_refusal_with_what_was_said() -> None:
    source = article(HARBOUR)
    outcome = answer_from_statements(
        only("What did Merz say about football?"),
        [statement(source, "“Lund’s needless delay,”")],
        {source.id: source},
        speaker_known=True,
        relevance=topic_relevance(WordEncoder()),
    )
    assert isinstance(outcome, NoAnswer)
    assert outcome.reason is NoAnswerReason.SILENT_ON_TOPIC
    assert [citation.exact for citation in outcome.nearest] == ["“Lund’s needless delay,”"]


def test_what_is_asked_for_with_a_verb_is_what_is_reported_with_it() -> None:
    source = article("Merz said the talks were hard. Merz has denied that they failed. Merz denies it still.")
    said = [
        statement(source, "the talks were hard", cue="said"),
        statement(source, "that they failed", cue="has denied"),
        statement(source, "it still", cue="denies"),
    ]

    def ask(question: str) -> Answer | NoAnswer:
        asked = understand(question, is_speaker=lambda name: name == "Merz")[0]
        return answer_from_statements(asked, said, {source.id: source}, speaker_known=True)

    denied, promised = ask("What did Merz deny?"), ask("What has Merz promised?")
    assert isinstance(denied, Answer)
    assert [one.exact for one in denied.citations] == ["that they failed", "it still"]
    assert isinstance(promised, NoAnswer)
    assert why(promised) == "The archive has statements by Merz, but none with the verb “promised”."
    dinner = ask("What did Merz deny about the dinner?")
    assert isinstance(dinner, NoAnswer)
    assert why(dinner) == "The archive has statements by Merz, but none about the dinner with the verb “deny”."
    assert [one.exact for one in promised.nearest] == ["the talks were hard", "that they failed", "it still"]


def test_a_speaker_without_a_statement_is_silent_when_known_and_else_unknown() -> None:
    question = only("What did Macron say?")
    for known, reason in ((True, NoAnswerReason.SPEAKER_SILENT), (False, NoAnswerReason.SPEAKER_UNKNOWN)):
        outcome = answer_from_statements(question, [], {}, speaker_known=known)
        assert isinstance(outcome, NoAnswer)
        assert outcome.reason is reason


def test_statements_outside_the_dates_or_outlets_asked_for_are_not_cited() -> None:
    source = article("Merz said winter was near.", published=date(2025, 1, 1), outlet="Gazette")
    statements = [statement(source, "winter was near")]
    asked = {
        "in": only("what did merz say", Scope(None, date(2025, 1, 1), ("Gazette",))),
        "later": only("what did merz say", Scope(date(2025, 1, 2))),
        "elsewhere": only("what did merz say", Scope(outlets=("Courier",))),
    }
    outcomes = {
        name: answer_from_statements(question, statements, {source.id: source}, speaker_known=True)
        for name, question in asked.items()
    }
    assert isinstance(outcomes["in"], Answer)
    reasons = [outcome.reason for outcome in outcomes.values() if isinstance(outcome, NoAnswer)]
    assert reasons == [NoAnswerReason.OUTSIDE_DATES] * 2


def test_an_undated_article_does_not_answer_for_dates() -> None:
    source = article("Merz said winter was near.", published=None)
    question = only("what did merz say", Scope(date(2025, 1, 1)))
    outcome = answer_from_statements(
        question, [statement(source, "winter was near")], {source.id: source}, speaker_known=True
    )
    assert isinstance(outcome, NoAnswer)
    assert outcome.reason is NoAnswerReason.OUTSIDE_DATES


def test_statements_outside_the_dates_are_shown_nearest_day_first() -> None:
    days = (date(2025, 1, 1), date(2025, 3, 1), date(2025, 6, 1))
    sources = [article(f"Merz said the month was {day:%B}.", published=day) for day in days]
    outcome = answer_from_statements(
        only("what did merz say", Scope(date(2025, 3, 5), date(2025, 4, 1))),
        [statement(one, one.text[10:-1]) for one in sources],
        {one.id: one for one in sources},
        speaker_known=True,
        nearest=2,
    )
    assert isinstance(outcome, NoAnswer)
    assert [citation.article.published for citation in outcome.nearest] == [days[1], days[2]]


def test_what_was_said_on_the_day_asked_for_counts_though_it_was_printed_later() -> None:
    later = article("Merz said on Monday that winter was near. Merz said wood was dear.", published=date(2025, 12, 16))
    outcome = answer_from_statements(
        only("what did Merz say on Monday", newest=date(2025, 12, 17)),
        [statement(later, "winter was near", cue="said on"), statement(later, "wood was dear")],
        {later.id: later},
        speaker_known=True,
    )
    assert isinstance(outcome, Answer)
    assert [citation.exact for citation in outcome.citations] == ["winter was near"]


def test_a_day_in_the_statement_itself_is_not_when_it_was_made() -> None:
    later = article("Merz said they would meet on Monday.", published=date(2025, 12, 16))
    outcome = answer_from_statements(
        only("what did Merz say on Monday", newest=date(2025, 12, 17)),
        [statement(later, "they would meet on Monday", cue="said")],
        {later.id: later},
        speaker_known=True,
    )
    assert isinstance(outcome, NoAnswer)


def test_beliefs_are_not_listed_as_statements() -> None:
    source = article("Merz hopes for rain. Merz said wood was dear.")
    hoped = replace(statement(source, "rain"), kind=StatementKind.OTHER)
    articles = {source.id: source}
    outcome = answer_from_statements(
        only("what did merz say"), [hoped, statement(source, "wood was dear")], articles, speaker_known=True
    )
    assert isinstance(outcome, Answer)
    assert [citation.exact for citation in outcome.citations] == ["wood was dear"]
    alone = answer_from_statements(only("what did merz say"), [hoped], articles, speaker_known=True)
    assert isinstance(alone, NoAnswer)
    assert alone.reason is NoAnswerReason.SPEAKER_SILENT


def test_a_list_is_as_sure_as_its_attributions_are_on_average() -> None:
    source = article("Merz said winter was near. Merz said wood was dear.")
    statements = [
        replace(statement(source, "winter was near"), confidence=0.9),
        replace(statement(source, "wood was dear"), confidence=0.5),
    ]
    outcome = answer_from_statements(only("what did merz say"), statements, {source.id: source}, speaker_known=True)
    assert isinstance(outcome, Answer)
    assert outcome.confidence == pytest.approx(0.7)


def test_what_names_the_topic_itself_comes_before_what_stands_beside_it() -> None:
    source = article(
        "Merz, asked about the quay, said patience was a virtue. Merz said the quay was old. "
        "“The quay is ours,” Merz told reporters."
    )
    statements = [
        statement(source, "patience was a virtue"),
        statement(source, "the quay was old"),
        replace(statement(source, "“The quay is ours,”"), form=StatementForm.DIRECT),
    ]
    outcome = answer_from_statements(
        only("What did Merz say about the quay?"), statements, {source.id: source}, speaker_known=True
    )
    assert isinstance(outcome, Answer)
    assert [citation.exact for citation in outcome.citations] == [
        "“The quay is ours,”",
        "the quay was old",
        "patience was a virtue",
    ]


def test_a_topic_that_nobody_speaks_of_is_a_refusal_of_its_own() -> None:
    outcome = answer_from_statements(only("who talked about football"), [], {}, speaker_known=True)
    assert isinstance(outcome, NoAnswer)
    assert outcome.reason is NoAnswerReason.SILENT_ON_TOPIC


def test_the_same_words_of_two_people_are_two_statements() -> None:
    one = article("Tomas Reck said the bridge would stay open.", outlet="Gazette")
    two = article("Thea Reck said the bridge would stay open.", outlet="Courier")
    three = article("Mr Reck said the bridge would stay open.", outlet="Herald")
    names = {one.id: "Tomas Reck", two.id: "Thea Reck", three.id: "T. Reck"}
    statements = [
        replace(statement(source, "the bridge would stay open"), speaker=Speaker("Reck", names[source.id]))
        for source in (one, two, three)
    ]
    outcome = answer_from_statements(
        only("what did Reck say"),
        statements,
        {source.id: source for source in (one, two, three)},
        speaker_known=True,
        voices={"T. Reck": "tomas-reck", "Tomas Reck": "tomas-reck"},
    )
    assert isinstance(outcome, Answer)
    assert sorted(len(citation.also_in) for citation in outcome.citations) == [0, 1]


def test_a_single_word_of_two_days_is_two_statements() -> None:
    one = article("Merz called the harvest “dreadful” after a summer of rain.", published=date(2025, 9, 1))
    two = article("Merz called the goal “dreadful” and left the stand early.", published=date(2025, 5, 1))
    outcome = answer_from_statements(
        only("what did Merz say"),
        [statement(source, "“dreadful”") for source in (one, two)],
        {one.id: one, two.id: two},
        speaker_known=True,
    )
    assert isinstance(outcome, Answer)
    assert len(outcome.citations) == 2


@pytest.mark.parametrize(
    ("text", "cue", "content", "words"),
    [
        ("Merz said on Jan. 9 that wood was dear.", "said", "wood was dear", "on Jan. 9"),
        ("In August Merz told reporters that wood was dear.", "told", "wood was dear", "In August"),
        ("In an interview with the Gazette on Sunday, Merz said wood was dear.", "said", "wood was dear", "on Sunday"),
        ("Merz on Friday said wood was dear.", "said", "wood was dear", "on Friday"),
        ("“Wood is dear,” Merz wrote in a 2019 letter.", "wrote", "“Wood is dear,”", "2019"),
    ],
)
def test_a_time_beside_the_cue_is_when_the_words_were_said(text: str, cue: str, content: str, words: str) -> None:
    source = article(text, published=date(2025, 12, 16))
    outcome = answer_from_statements(
        only("what did Merz say"), [statement(source, content, cue=cue)], {source.id: source}, speaker_known=True
    )
    assert isinstance(outcome, Answer)
    assert (told := outcome.citations[0].told)
    assert told.words.of(text) == words


@pytest.mark.parametrize(
    ("text", "cue", "content"),
    [
        ("Merz, who was elected in May, said wood was dear.", "said", "wood was dear"),
        ("Merz said they would meet in August.", "said", "they would meet in August"),
        ("Merz said of the strike, which began on Monday: “Wood is dear.”", "said", "“Wood is dear.”"),
        ("Oct. 27: Merz says wood is dear.", "says", "wood is dear"),
    ],
)
def test_a_time_of_something_else_is_not_when_the_words_were_said(text: str, cue: str, content: str) -> None:
    source = article(text, published=date(2025, 12, 16))
    outcome = answer_from_statements(
        only("what did Merz say"), [statement(source, content, cue=cue)], {source.id: source}, speaker_known=True
    )
    assert isinstance(outcome, Answer)
    assert outcome.citations[0].told is None


def test_days_that_a_question_names_are_those_of_the_words_and_days_that_were_chosen_are_the_articles() -> None:
    source = article("Merz said in 2019 that wood was dear. Merz said rain was rare.", published=date(2025, 12, 16))
    statements = [statement(source, "wood was dear", cue="said"), statement(source, "rain was rare")]

    def said(question: Question) -> list[str]:
        outcome = answer_from_statements(question, statements, {source.id: source}, speaker_known=True)
        return [one.exact for one in outcome.citations] if isinstance(outcome, Answer) else []

    newest = date(2025, 12, 17)
    assert said(only("what did Merz say in 2019", newest=newest)) == ["wood was dear"]
    assert said(only("what did Merz say in 2025", newest=newest)) == ["rain was rare"]
    assert said(only("what did Merz say", Scope(date(2019, 1, 1), date(2019, 12, 31)))) == []


def test_a_weekday_may_be_that_of_an_earlier_week_where_an_article_calls_it_so() -> None:
    source = article("Merz said on Monday that wood was dear.", published=date(2025, 12, 2))
    statements = [statement(source, "wood was dear", cue="said")]
    for asked, days in (("on Monday", [date(2025, 12, 1)]), ("last Monday", []), ("on Friday", [])):
        question = only(f"what did Merz say {asked}", newest=date(2025, 12, 17))
        assert weekdays_told(question, statements, {source.id: source}) == days
