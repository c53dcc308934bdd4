"""A conversation with the sample archive: what a question leaves out comes from those before it."""

from __future__ import annotations

import pytest

from qa.answering import why
from qa.assistant import Assistant
from qa.questions import is_german
from qa.types import Answer, Carried, NoAnswer, NoAnswerReason, Outcome, Part, Standing

BUDGET = "What did Tomas Reck say about the budget?"


def speakers_of(outcome: Outcome) -> set[str | None]:
    assert isinstance(outcome, Answer)
    return {one.statement.speaker.name for one in outcome.citations if one.statement and one.statement.speaker}


def test_he_is_whose_statements_were_asked_for(sample: Assistant) -> None:
    outcome = sample.ask("what did he say about accounts?", earlier=[BUDGET])
    assert outcome.question.carried == (Carried(Part.SPEAKER, "Tomas Reck", "he"),)
    assert speakers_of(outcome) == {"Tomas Reck"}
    assert isinstance(outcome, Answer)
    assert any("accounts" in one.exact for one in outcome.citations)


def test_he_is_whom_an_answer_names(sample: Assistant) -> None:
    outcome = sample.ask("what else did he say?", earlier=["Who is the Kremlin spokesman?"])
    assert speakers_of(outcome) == {"Dmitry Peskov"}


def test_without_a_conversation_he_is_nobody(sample: Assistant) -> None:
    outcome = sample.ask("what else did he say?")
    assert isinstance(outcome, NoAnswer)
    assert outcome.question.carried == ()


def test_another_name_is_asked_about_the_same(sample: Assistant) -> None:
    outcome = sample.ask("and Zelensky?", earlier=["What did Merz say about the guarantees?"])
    assert outcome.question.text == "What did Zelensky say about the guarantees?"
    assert outcome.question.topic == "the guarantees"


@pytest.mark.parametrize("question", ["Who is the Kremlin spokesman?", "What did Merz say?"])
def test_a_question_that_stands_alone_is_answered_as_ever(sample: Assistant, question: str) -> None:
    alone, after = sample.ask(question), sample.ask(question, earlier=[BUDGET, "who is he?"])
    assert isinstance(alone, Answer)
    assert isinstance(after, Answer)
    assert (after.question, after.citations) == (alone.question, alone.citations)


FERRY = "What did Ilse Varnholt say about the ferry?"


def exact(outcome: Outcome) -> list[str]:
    assert isinstance(outcome, Answer)
    return [one.exact for one in outcome.citations]


@pytest.mark.parametrize("typed", ["why?", "how many?", "when was that?", "where?", "is that still so?", "how?"])
@pytest.mark.parametrize("asked", [BUDGET, "What did Petra Reck say?", "Who talked about the ferry?"])
def test_a_bare_follow_up_never_gets_what_was_shown_again(sample: Assistant, asked: str, typed: str) -> None:
    shown, outcome = sample.ask(asked), sample.ask(typed, earlier=[asked])
    if isinstance(outcome, Answer):
        assert set(exact(outcome)).isdisjoint(exact(shown))
    else:
        assert outcome.reason in (
            NoAnswerReason.UNTOLD,
            NoAnswerReason.NOTHING_NEWER,
            NoAnswerReason.THING_UNCLEAR,
        )
    assert outcome.question.carried


def test_when_something_was_said_is_cited_as_the_article_tells_it(sample: Assistant) -> None:
    outcome = sample.ask("when was that?", earlier=[FERRY])
    assert exact(outcome) == ["on Tuesday"]
    assert isinstance(outcome, Answer)
    told = outcome.citations[0].told
    assert told is not None
    assert told.first == outcome.citations[0].article.published


def test_a_day_that_no_article_tells_is_refused_with_the_articles_day(sample: Assistant) -> None:
    outcome = sample.ask("when was that?", earlier=[BUDGET])
    assert isinstance(outcome, NoAnswer)
    assert why(outcome) == "What was shown does not say when; its article is of 3 February 2026."


def test_who_said_it_is_whom_the_article_names(sample: Assistant) -> None:
    assert exact(sample.ask("says who?", earlier=[FERRY])) == ["Mayor Ilse Varnholt"]


def test_how_much_is_read_in_the_articles_that_were_shown(sample: Assistant) -> None:
    assert exact(sample.ask("how much?", earlier=[FERRY])) == ["€2.4 million"]


def test_how_many_of_nothing_that_can_be_counted_asks_back(sample: Assistant) -> None:
    outcome = sample.ask("how many?", earlier=[BUDGET])
    assert isinstance(outcome, NoAnswer)
    assert (outcome.reason, outcome.standing) == (NoAnswerReason.THING_UNCLEAR, Standing.NOT_SURE)
    assert why(outcome) == "Nothing says of what “how many” asks: name it."


def test_whether_it_is_still_so_is_told_by_what_is_newer_or_that_nothing_is(sample: Assistant) -> None:
    then = "What did Ilse Varnholt say about the ferry between 10 January 2026 and 20 January 2026?"
    newer = sample.ask("is that still so?", earlier=[then])
    assert exact(newer) == [
        "that she had met the developer of the planned marina in private before the vote on the ferry"
    ]
    outcome = sample.ask("is that still so?", earlier=[FERRY])
    assert isinstance(outcome, NoAnswer)
    assert why(outcome) == "The archive has nothing newer on this than what was shown, of 27 January 2026."


def test_a_figure_that_was_put_right_is_not_still_so(sample: Assistant) -> None:
    outcome = sample.ask("is that still so?", earlier=["Who talked about the ferry?"])
    assert exact(outcome) == ["48"]
    assert isinstance(outcome, Answer)
    assert "Correction" in outcome.citations[0].article.title


def test_what_was_refused_is_not_asked_further(sample: Assistant) -> None:
    outcome = sample.ask("when was that?", earlier=["What did Zorbo Quill say?"])
    assert isinstance(outcome, NoAnswer)
    assert outcome.reason is NoAnswerReason.SPEAKER_UNKNOWN


def test_a_reason_for_a_figure_does_not_repeat_the_figure(sample: Assistant) -> None:
    asked = "How many people does the Tamble ferry company employ?"
    assert isinstance(sample.ask("why?", earlier=[asked]), NoAnswer)


MAYOR = "Wer ist der Bürgermeister von Harrowmere?"


def test_an_office_is_asked_for_in_german(sample: Assistant) -> None:
    outcome = sample.ask(MAYOR)
    assert exact(outcome)[0] == "Ilse Varnholt"
    assert (outcome.question.text, outcome.question.words) == ("Who is the mayor of Harrowmere?", MAYOR)
    assert speakers_of(sample.ask("was sagte sie?", earlier=[MAYOR])) == {"Ilse Varnholt"}
    deputy = sample.ask("und ihr Stellvertreter?", earlier=[MAYOR])
    assert isinstance(deputy, NoAnswer)
    assert (deputy.question.text, deputy.missing.language) == ("Who is the deputy mayor of Harrowmere?", None)
    assert speakers_of(sample.ask("Was sagte die Bürgermeisterin?")) >= {"Ilse Varnholt"}


def test_another_name_in_another_transliteration_is_asked_for(sample: Assistant) -> None:
    outcome = sample.ask("und Selenskyj?", earlier=["Was sagte Merz?"])
    assert speakers_of(outcome) == {"Volodymyr Zelensky"}


@pytest.mark.parametrize(
    ("earlier", "typed"),
    [
        ([], "Was sagte Merz zu den Garantien?"),
        ([], "Wie viele Menschen arbeiten bei der Fähre?"),
    ],
)
def test_a_refusal_says_that_the_question_is_in_another_language(
    sample: Assistant, earlier: list[str], typed: str
) -> None:
    outcome = sample.ask(typed, earlier=earlier)
    assert isinstance(outcome, NoAnswer)
    assert outcome.missing.language == "German"
    assert why(outcome).endswith("of such a question only names and offices are understood. Ask in English.")


def test_a_refusal_in_the_articles_language_says_nothing_of_it(sample: Assistant) -> None:
    outcome = sample.ask("What did Merz say about the herons?")
    assert isinstance(outcome, NoAnswer)
    assert outcome.missing.language is None


@pytest.mark.parametrize(
    "asked", ["What did the mayor say?", "Who said “der Kaiser”?", "Was Merz ill?", "die hard", "war"]
)
def test_english_is_not_taken_for_german(asked: str) -> None:
    assert not is_german(asked)
