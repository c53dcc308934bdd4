"""The whole pipeline over the sample archive: exact citations, or an honest refusal."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from qa.answering import why
from qa.assistant import Assistant
from qa.assistant.asking import Asking
from qa.errors import ArchiveEmpty, IndexStale, QuestionError
from qa.settings import Settings
from qa.types import (
    Answer,
    AnswerKind,
    Contrary,
    NoAnswer,
    NoAnswerReason,
    Outcome,
    Pair,
    Part,
    Question,
    QuestionKind,
    Scope,
    Standing,
)

EVALUATION = Path(__file__).resolve().parents[3] / "qa" / "evaluation"


def _answer(sample: Assistant, question: str) -> Answer:
    outcome = sample.ask(question)
    assert isinstance(outcome, Answer), outcome.reason
    for citation in outcome.citations:
        assert citation.article.text[citation.span.start : citation.span.end] == citation.exact
        assert citation.sentence.contains(citation.span)
    assert [citation.number for citation in outcome.citations] == list(range(1, len(outcome.citations) + 1))
    return outcome


@pytest.mark.parametrize(
    "question", ["What did Merz say?", "what did merz say", "WHAT DID MERZ SAY", "Was hat Merz gesagt?"]
)
def test_what_somebody_said_is_a_list_of_their_statements_alone(sample: Assistant, question: str) -> None:
    answer = _answer(sample, question)
    assert answer.kind is AnswerKind.STATEMENTS
    speakers = {
        citation.statement.speaker.name
        for citation in answer.citations
        if citation.statement and citation.statement.speaker
    }
    assert speakers == {"Friedrich Merz"}
    words = " ".join(citation.exact for citation in answer.citations)
    for said in ("chance for a real peace process", "a very important step forward", "Putin’s criminal attack"):
        assert said in words


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Who is the Kremlin spokesman?", "Peskov"),
        ("Which NATO article would the guarantees mirror?", "Article Five"),
    ],
)
def test_a_question_for_a_fact_cites_the_sentence_that_has_it(sample: Assistant, question: str, words: str) -> None:
    answer = _answer(sample, question)
    first = answer.citations[0]
    assert words in first.sentence.of(first.article.text)
    assert 0 < answer.confidence <= 1
    assert answer.timings_ms["total"] > 0


@pytest.mark.parametrize(
    ("question", "name", "told"),
    [
        ("who chairs the finance committee", "Tomas Reck", "Tomas Reck, who chairs the finance committee"),
        ("Who runs the museum?", "Bertrand Ilves", "The museum’s director, Bertrand Ilves"),
        ("who is the nato chief", "Mark Rutte", "NATO Secretary-General Mark Rutte"),
        ("who's the hospital director", "Ingrid Pell-Amara", "the hospital’s director, Dr. Ingrid Pell-Amara"),
        ("Who is the director of the Fennick hospital?", "Ingrid Pell-Amara", "the hospital’s director"),
        ("Who is the president of the European Commission?", "Ursula von der Leyen", "European Commission President"),
        ("who is the president of ukraine", "Volodymyr Zelensky", "Ukrainian President Volodymyr Zelensky"),
    ],
)
def test_who_holds_an_office_is_told_by_the_name_beside_which_it_stands(
    sample: Assistant, question: str, name: str, told: str
) -> None:
    answer = _answer(sample, question)
    assert {one.exact for one in answer.citations} == {name}
    assert told in answer.citations[0].sentence.of(answer.citations[0].article.text)


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("Wer ist der Bürgermeister von Lower Ostrel?", "Sylvester Crane"),
        ("Wer leitet das Museum?", "Bertrand Ilves"),
        ("Who is the managing director of Ostrel Lines?", "Ephraim Tolle"),
    ],
)
def test_an_office_is_asked_for_in_german_and_found_by_its(sample: Assistant, question: str, name: str) -> None:
    assert _answer(sample, question).text == name


@pytest.mark.parametrize(
    ("speaker", "name"),
    [
        ("the head of the water office", "Judith Kestrel-Boone"),
        ("the hospital's director", "Ingrid Pell-Amara"),
        ("the leader of the opposition", "Rufus Adeyemi-Holt"),
        ("the chairwoman of the staff council", "Beatrix Nunnelly"),
    ],
)
def test_who_speaks_may_be_named_by_an_office_that_stands_beside_the_name_anywhere(
    sample: Assistant, speaker: str, name: str
) -> None:
    answer = _answer(sample, f"What did {speaker} say?")
    assert {one.statement.speaker.name for one in answer.citations if one.statement and one.statement.speaker} == {name}
    assert sample.understood("what else did they say?", earlier=[f"What did {speaker} say?"]).speaker == name


def test_a_form_of_address_alone_is_nobody(sample: Assistant) -> None:
    outcome = sample.ask("What did Dr. say?")
    assert isinstance(outcome, NoAnswer)
    assert (outcome.reason, outcome.missing.words) == (NoAnswerReason.SPEAKER_UNKNOWN, "Dr.")
    assert why(outcome) == "“Dr.” alone names nobody: add the name."


@pytest.mark.parametrize("question", ["What did he say?", "who is she?", "What did they say?", "Was hat er gesagt?"])
def test_whoever_is_not_named_is_asked_for(sample: Assistant, question: str) -> None:
    outcome = sample.ask(question)
    assert isinstance(outcome, NoAnswer)
    assert (outcome.reason, outcome.standing) == (NoAnswerReason.SPEAKER_UNCLEAR, Standing.NOT_SURE)
    assert why(outcome).startswith(f"Nothing says whom “{outcome.missing.words}” means: name the person.")
    assert outcome.nearest == ()


def test_what_an_outlet_reports_is_told_by_its_own_articles(sample: Assistant) -> None:
    answer = _answer(sample, "What did the Courier report about the ferry?")
    assert answer.kind is AnswerKind.EXPLANATION
    assert {one.article.outlet for one in answer.citations} == {"The Harrowmere Courier"}


@pytest.mark.parametrize(
    "question",
    [
        "Do the outlets agree on how many people Tamble Crossings employs?",
        "Is there agreement on how many people work at Tamble Crossings?",
        "Do the papers differ on how many employees the ferry company has?",
        "Do the papers report different numbers of employees of Tamble Crossings?",
    ],
)
def test_whether_outlets_agree_on_a_number_is_told_by_the_figures_that_cannot_both_hold(
    sample: Assistant, question: str
) -> None:
    answer = _answer(sample, question)
    assert answer.kind is AnswerKind.CONTRARY
    assert answer.pairs == (Pair(1, 2, Contrary.FIGURE),)
    assert [one.exact for one in answer.citations] == ["84", "48"]


def test_where_outlets_agree_on_a_number_there_is_no_pair(sample: Assistant) -> None:
    outcome = sample.ask("Do the outlets agree on how many passengers the ferry carried?")
    assert isinstance(outcome, NoAnswer)
    assert outcome.reason is NoAnswerReason.UNDISPUTED


@pytest.mark.parametrize("question", ["who is the deputy mayor of harrowmere", "Who is the Polish president?"])
def test_nobody_is_given_for_an_office_that_is_not_theirs(sample: Assistant, question: str) -> None:
    assert isinstance(sample.ask(question), NoAnswer)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Who is Friedrich Merz?", "German Chancellor Friedrich Merz"),
        ("Who is Tomas Reck?", "Tomas Reck, who chairs the finance committee"),
        ("who's peskov", "Kremlin spokesman Dmitry Peskov"),
        ("Wer ist Petra Reck?", "Harbour master Petra Reck"),
        ("Who is Jared Kushner?", "Jared Kushner, the president’s son-in-law"),
    ],
)
def test_who_somebody_is_is_told_by_the_words_with_which_an_article_introduces_them(
    sample: Assistant, question: str, words: str
) -> None:
    answer = _answer(sample, question)
    assert answer.question.kind is QuestionKind.PERSON
    assert answer.text == words


def test_whoever_no_article_introduces_is_asked_for_as_a_fact(sample: Assistant) -> None:
    assert sample.ask("Who is responsible for the ferry?").question.kind is QuestionKind.SPAN


def test_a_person_who_is_named_and_says_nothing_gets_a_refusal(sample: Assistant) -> None:
    outcome = sample.ask("What did Macron say?")
    assert isinstance(outcome, NoAnswer)
    assert outcome.reason is NoAnswerReason.SPEAKER_SILENT
    assert outcome.nearest


def test_a_person_who_is_not_named_gets_another_refusal(sample: Assistant) -> None:
    outcome = sample.ask("What did Olaf Scholz say?")
    assert isinstance(outcome, NoAnswer)
    assert outcome.reason is NoAnswerReason.SPEAKER_UNKNOWN


@pytest.mark.parametrize(
    "question", ["Who won the 1966 World Cup?", "What is the boiling point of mercury?", "xqzzt flrrp"]
)
def test_what_the_archive_does_not_say_is_refused(sample: Assistant, question: str) -> None:
    outcome = sample.ask(question)
    assert isinstance(outcome, NoAnswer), [citation.exact for citation in getattr(outcome, "citations", ())]


def test_dates_and_outlets_filter_before_ranking(sample: Assistant) -> None:
    everything = _answer(sample, "Who is the Kremlin spokesman?")
    outlet = everything.citations[0].article.outlet
    assert outlet is not None
    assert isinstance(sample.ask("Who is the Kremlin spokesman?", Scope(outlets=(outlet,))), Answer)
    shouted = Scope(outlets=(outlet.upper(), "No such paper"))
    assert isinstance(sample.ask("What did Merz say?", shouted), Answer), "case makes no difference"
    early = sample.ask("Who is the Kremlin spokesman?", Scope(published_before=date(1999, 1, 1)))
    assert isinstance(early, NoAnswer)
    assert early.reason is NoAnswerReason.OUTSIDE_DATES


@pytest.mark.parametrize("question", ["Who is the Kremlin spokesman?", "What did Merz say?", "statements"])
def test_an_outlet_that_the_archive_does_not_have_is_told_with_those_that_it_has(
    sample: Assistant, question: str
) -> None:
    nowhere = Scope(outlets=("No such paper",))
    outcome = sample.statements(scope=nowhere) if question == "statements" else sample.ask(question, nowhere)
    assert isinstance(outcome, NoAnswer)
    assert outcome.reason is NoAnswerReason.OUTLET_UNKNOWN
    assert outcome.missing.words == "No such paper"
    assert set(outcome.missing.instead) == {name for name, _ in sample.outlets()}


def kind_of(outcome: Outcome) -> QuestionKind:
    return outcome.question.kind


def test_the_first_reading_that_has_an_answer_is_answered(sample: Assistant) -> None:
    assert kind_of(_answer(sample, "Who called the talks a breakthrough?")) is QuestionKind.QUOTATION
    assert kind_of(_answer(sample, "Merz on security guarantees")) is QuestionKind.STATEMENTS
    assert kind_of(sample.ask("Why are there more herons on the Ostrel?")) is QuestionKind.EXPLANATION


def test_where_no_reading_has_an_answer_the_first_refusal_stands_and_shows_what_is_near(sample: Assistant) -> None:
    outcome = sample.ask("Who said 'the ferry is made of cheese'?")
    assert isinstance(outcome, NoAnswer)
    assert kind_of(outcome) is QuestionKind.QUOTATION
    assert outcome.missing.words == "the ferry is made of cheese"
    assert outcome.nearest


@pytest.mark.parametrize(
    "asked", ["asdf", "what is the weather in Oslo", "price of bitcoin", "Who said 'moons are cheese'?"]
)
def test_what_has_nothing_to_do_with_a_question_is_not_shown_as_near(sample: Assistant, asked: str) -> None:
    outcome = sample.ask(asked)
    assert isinstance(outcome, NoAnswer)
    assert outcome.standing is Standing.NOT_IN_ARCHIVE
    assert outcome.nearest == ()


@pytest.mark.parametrize(
    ("asked", "standing"),
    [
        ("How did the fire at the school start?", Standing.NOT_SURE),
        ("How did the thieves get into the museum?", Standing.NOT_SURE),
        ("Why was the museum sold?", Standing.NOT_IN_ARCHIVE),
        ("How did the ferry sink?", Standing.NOT_IN_ARCHIVE),
    ],
)
def test_what_happened_is_there_to_read_where_most_words_of_why_and_how_are(
    sample: Assistant, asked: str, standing: Standing
) -> None:
    outcome = sample.ask(asked)
    assert isinstance(outcome, NoAnswer)
    assert outcome.standing is standing
    assert outcome.nearest


def test_two_people_who_are_compared_keep_their_own_statements_by_date(sample: Assistant) -> None:
    answer = _answer(sample, "Compare Merz and Zelensky on the guarantees")
    assert (answer.kind, kind_of(answer)) == (AnswerKind.COMPARISON, QuestionKind.COMPARISON)
    assert [side.names for side in answer.sides] == [("Friedrich Merz",), ("Volodymyr Zelensky",)]
    for side in answer.sides:
        said = {one.statement.speaker.name for one in side.citations if one.statement and one.statement.speaker}
        days = [one.article.published for one in side.citations if one.article.published]
        assert said == set(side.names)
        assert days == sorted(days, reverse=True)
    asked = sample.compare("friedrich-merz", "Zelensky", about="the guarantees")
    assert isinstance(asked, Answer)
    assert [one.exact for one in asked.citations] == [one.exact for one in answer.citations]


def test_half_a_comparison_is_a_refusal_that_says_who_is_missing(sample: Assistant) -> None:
    unknown = sample.compare("Merz", "Olaf Scholz", about="the guarantees")
    assert isinstance(unknown, NoAnswer)
    assert (unknown.reason, unknown.missing.by) == (NoAnswerReason.SPEAKER_UNKNOWN, ("Olaf Scholz",))
    assert unknown.nearest, "what the other one says"
    silent = sample.compare("Petra Reck", "Merz", about="the accounts")
    assert isinstance(silent, NoAnswer)
    assert (silent.reason, silent.missing.by) == (NoAnswerReason.SILENT_ON_TOPIC, ("Merz",))


def test_what_somebody_says_over_time_is_in_the_order_of_the_days_of_the_words(sample: Assistant) -> None:
    answer = _answer(sample, "What did Merz say about the talks over time?")
    assert (answer.kind, answer.question.kind) == (AnswerKind.COURSE, QuestionKind.COURSE)
    assert [one.number for one in answer.steps] == [one.number for one in answer.citations]
    days = [one.first for one in answer.steps if one.first]
    assert days == sorted(days)
    asked = sample.course("friedrich-merz", about="the talks")
    assert isinstance(asked, Answer)
    assert [one.exact for one in asked.citations] == [one.exact for one in answer.citations]
    assert isinstance(sample.course("Olaf Scholz"), NoAnswer)


def test_two_names_of_one_person_are_not_compared(sample: Assistant) -> None:
    with pytest.raises(QuestionError, match="mean the same here: Friedrich Merz"):
        sample.compare("Merz", "Friedrich Merz")


def test_a_course_begins_with_the_oldest(sample: Assistant) -> None:
    answer = _answer(sample, "What did Zelensky say about the talks over time?")
    days = [one.article.published for one in answer.citations if one.article.published]
    assert kind_of(answer) is QuestionKind.COURSE
    assert days == sorted(days)


def test_a_refusal_leaves_the_question_as_it_was_asked(sample: Assistant) -> None:
    outcome = sample.ask("How old is Quentin Marlborough?")
    assert isinstance(outcome, NoAnswer)
    assert (outcome.reason, outcome.missing.words) == (NoAnswerReason.SPEAKER_UNKNOWN, "Quentin Marlborough")
    assert outcome.question.speaker is None


def test_an_empty_question_is_an_error(sample: Assistant) -> None:
    with pytest.raises(QuestionError):
        sample.ask("  ?! ")


def test_an_empty_archive_says_how_to_fill_it(settings: Settings) -> None:
    with Assistant.open(settings, write=True) as assistant:
        with pytest.raises(ArchiveEmpty, match="qa ingest"):
            assistant.ask("Who?")
        assert not assistant.status().ready


def test_another_encoder_makes_the_index_stale(corpus_settings: Settings) -> None:
    shorter = corpus_settings.embedding.model_copy(update={"max_tokens": 64})
    with (
        Assistant.open(corpus_settings.model_copy(update={"embedding": shorter})) as assistant,
        pytest.raises(IndexStale, match="qa rebuild"),
    ):
        assistant.ask("When does the ferry stop running?")


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("What happened at the school?", "A fire destroyed part of the roof of Sandle Point primary school"),
        ("What happened at the museum?", "Thieves have taken a silver compass"),
    ],
)
def test_what_happened_is_told_by_whole_sentences_of_the_event(sample: Assistant, question: str, words: str) -> None:
    answer = _answer(sample, question)
    assert answer.kind is AnswerKind.EXPLANATION
    assert all(citation.span == citation.sentence for citation in answer.citations)
    assert answer.citations[0].exact.startswith(words)


def test_the_latest_on_a_topic_is_by_date_with_the_newest_first(sample: Assistant) -> None:
    answer = _answer(sample, "What is the latest on the ferry?")
    days = [citation.article.published or date.min for citation in answer.citations]
    assert days == [date(2026, 1, 13), date(2026, 1, 12)]  # and not the correction of the 14th


@pytest.mark.parametrize("typed", ["harbour budget", "kremlin", "ferry employees"])
def test_keywords_lead_to_the_articles_that_have_all_of_them(sample: Assistant, typed: str) -> None:
    answer = _answer(sample, typed)
    assert (answer.kind, answer.question.kind) == (AnswerKind.PASSAGES, QuestionKind.SEARCH)
    listed, total = sample.articles(text=typed)
    assert {one.article.id for one in answer.citations} <= {one.id for one in listed}
    assert total > 0
    assert all(one.span == one.sentence for one in answer.citations)


@pytest.mark.parametrize(
    "typed", ["Mayor rejects claim of secret marina meeting", "bus drivers ostrel valley strike two days"]
)
def test_a_headline_leads_to_its_article_first(sample: Assistant, typed: str) -> None:
    answer = _answer(sample, typed)
    assert answer.kind is AnswerKind.PASSAGES
    assert set(typed.lower().split()) - {"two"} <= set(answer.citations[0].article.title.lower().split())


def test_a_name_alone_leads_to_what_its_bearer_says(sample: Assistant) -> None:
    answer = _answer(sample, "tomas reck")
    assert answer.kind is AnswerKind.STATEMENTS
    assert {one.statement.speaker.name for one in answer.citations if one.statement and one.statement.speaker} == {
        "Tomas Reck"
    }


@pytest.mark.parametrize("typed", ["zeppelin harbour", "zeppelin"])
def test_words_that_no_article_has_together_are_refused(sample: Assistant, typed: str) -> None:
    assert isinstance(sample.ask(typed), NoAnswer)


def test_passages_are_slices_the_nearest_first_whether_or_not_they_answer(sample: Assistant) -> None:
    found = sample.passages("the ferry to the island", limit=4)
    assert [one.number for one in found] == [1, 2, 3, 4]
    assert all(one.article.text[one.span.start : one.span.end] == one.exact for one in found)
    assert "ferry" in found[0].exact.lower()
    assert sample.passages("the ferry", Scope(outlets=("No Such Outlet",))) == ()
    with pytest.raises(QuestionError):
        sample.passages(" … ")


def test_how_old_somebody_is_is_told_by_the_age_beside_the_name(settings: Settings, tmp_path: Path) -> None:
    story = tmp_path / "quay.txt"
    story.write_text("Quay closed\n\nPetra Reck, 44, of Tamble closed the quay. Her dog Nemo, 13, was there.\n")
    with Assistant.open(settings, write=True) as assistant:
        assistant.ingest([str(story)])
        answer = _answer(assistant, "how old is petra reck")
        assert (answer.text, answer.question.kind) == ("44", QuestionKind.PERSON)
        assert _answer(assistant, "Wie alt ist Petra Reck?").text == "44"
        assert assistant.ask("How old is the quay?").question.kind is QuestionKind.SPAN


def test_a_number_of_something_else_is_no_answer(sample: Assistant) -> None:
    assert _answer(sample, "How many people does the ferry employ?").text == "48"
    assert isinstance(sample.ask("How many people does the mill employ?"), NoAnswer)


def test_words_with_a_slip_are_read_as_those_that_were_meant(sample: Assistant) -> None:
    mended = sample.ask("How many passangers did the ferry carry in 2016?")
    plain = sample.ask("How many passengers did the ferry carry in 2016?")
    assert isinstance(mended, Answer)
    assert isinstance(plain, Answer)
    assert mended.question.respelt == ("passengers",)
    assert mended.question.words == "How many passangers did the ferry carry in 2016?"
    assert (mended.text, mended.confidence) == (plain.text, plain.confidence)


@pytest.mark.parametrize("name", ["sample_questions", "followups"])
def test_a_question_that_stands_as_it_is_is_read_as_it_stands(sample: Assistant, name: str) -> None:
    lines = (EVALUATION / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    asked = [row["question"] for row in map(json.loads, lines)]
    assert len(asked) >= 80
    assert not [one for one in asked if sample.understood(one).respelt]


def test_no_name_and_no_known_word_that_an_archive_lacks_becomes_another(sample: Assistant) -> None:
    for asked in ("Who is Zelda?", "When did Merkel resign?", "What does Berk say?", "Where is the feral cat?"):
        assert not sample.understood(asked).respelt


@pytest.mark.parametrize(
    ("question", "office", "first"),
    [
        (
            "What did the mayor of Harrowmere deny?",
            "the mayor of Harrowmere",
            "that she had met the developer of the planned marina in private before the vote on the ferry",
        ),
        (
            "What did the headteacher of Sandle Point primary school say?",
            "the headteacher of Sandle Point primary school",
            "that lessons would be held in the parish hall until Easter",
        ),
        ("Was bestritt die Bürgermeisterin von Harrowmere?", "die Bürgermeisterin von Harrowmere", "that she had met"),
    ],
)
def test_whoever_has_an_office_by_the_archives_answer_is_asked_about(
    sample: Assistant, question: str, office: str, first: str
) -> None:
    answer = _answer(sample, question)
    assert answer.text.startswith(first)
    [carried] = answer.question.carried
    assert (carried.part, carried.words) == (Part.SPEAKER, office)
    assert answer.question.words == question
    assert answer.question.text == question.replace(office, carried.value)
    assert answer.citations[0].statement
    assert answer.citations[0].statement.speaker
    assert answer.citations[0].statement.speaker.name == carried.value


def test_who_has_an_office_that_the_archive_does_not_know_is_nobody(sample: Assistant) -> None:
    outcome = sample.ask("What did the mayor of Port Ellery say?")
    assert isinstance(outcome, NoAnswer)
    assert (outcome.reason, outcome.missing.words) == (NoAnswerReason.SPEAKER_UNKNOWN, "the mayor of Port Ellery")
    assert not outcome.question.carried


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("What did Stanes call the hospital's staff?", "them “the only part of this project"),
        ("What did Crane rule out?", "closing the bridge"),
        ("Has Crane ruled out closing the bridge?", "closing the bridge"),
        ("What did Varnholt urge both sides to do?", "both sides to return to the table"),
        ("What did Small Voices criticize?", "that parents must pay"),
    ],
)
def test_what_is_reported_with_a_verb_is_found_with_it(sample: Assistant, question: str, text: str) -> None:
    answer = _answer(sample, question)
    assert answer.text.startswith(text)
    assert len(answer.citations) == 1


def test_a_verb_that_reports_nothing_on_a_topic_is_told_as_such(sample: Assistant) -> None:
    outcome = sample.ask("What did Varnholt call the herons?")
    assert isinstance(outcome, NoAnswer)
    assert outcome.reason is NoAnswerReason.SILENT_ON_TOPIC


@pytest.mark.parametrize("outlet", ["the Financial Times", "the Harrowmere Courrier"])
def test_an_outlet_that_is_not_there_is_no_unknown_person(sample: Assistant, outlet: str) -> None:
    outcome = sample.ask(f"What did {outlet} report about the ferry?")
    assert isinstance(outcome, NoAnswer)
    assert outcome.reason is NoAnswerReason.OUTLET_UNKNOWN
    assert why(outcome).startswith(
        f"The archive has no articles from {outlet}. It has articles from The Harrowmere Courier"
    )


def test_what_is_asked_of_an_answer_answers_it_once(sample: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    answer = Asking._first_answer

    def counted(self: Asking, readings: Sequence[Question], *more: Any) -> Outcome:
        asked.append(readings[0].text)
        return answer(self, readings, *more)

    monkeypatch.setattr(Asking, "_first_answer", counted)
    earlier = ["How many beds had the old ward of the hospital?", "What did Nurse Lindqvist say?"]
    sample.ask("when was that?", earlier=earlier)
    sample.ask("says who?", earlier=earlier)
    assert asked.count(earlier[-1]) == 1
