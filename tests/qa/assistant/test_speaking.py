"""Who said what, over the sample archive: lists, topics, times, profiles and what a user decides about spellings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import pytest

from qa.answering import why
from qa.assistant import Assistant, attribute, speaking
from qa.catalog import Catalog
from qa.errors import SourceError, SpeakerNotFound
from qa.people import Profile, profiles_of
from qa.settings import Settings
from qa.types import Answer, AnswerKind, Naming, NoAnswer, NoAnswerReason, Outcome, QuestionKind, Scope

SPELLINGS = """\
Port envoy Ilse Varnskyy said the quay was closed. Ilse Varnskyy said little else.

“We wait,” Varnskiy told reporters.
"""


def speakers_of(outcome: Outcome) -> set[str | None]:
    assert isinstance(outcome, Answer), outcome.reason
    assert outcome.kind is AnswerKind.STATEMENTS
    for citation in outcome.citations:
        assert citation.article.text[citation.span.start : citation.span.end] == citation.exact
    return {one.statement.speaker.name for one in outcome.citations if one.statement and one.statement.speaker}


def test_a_surname_of_two_people_is_answered_for_both_and_asks_back(sample: Assistant) -> None:
    outcome = sample.ask("What did Reck say about the harbour?")
    assert speakers_of(outcome) == {"Tomas Reck", "Petra Reck"}
    (one,) = outcome.ambiguous
    assert one.asked == "Reck"
    assert [(each.name, each.statements > 0) for each in one.people] == [("Tomas Reck", True), ("Petra Reck", True)]
    alone = sample.ask(one.people[1].question)
    assert one.people[1].question == "What did Petra Reck say about the harbour?"
    assert speakers_of(alone) == {"Petra Reck"}
    assert alone.ambiguous == ()


def test_a_role_is_looked_for_among_speakers_after_names(sample: Assistant) -> None:
    found, total = sample.speakers("harbour mas")
    assert ([one.name for one in found], total) == (["Petra Reck"], 1)
    assert sample.speakers("no such office") == ([], 0)


def test_a_search_for_a_role_finds_its_holders(sample: Assistant) -> None:
    assert [one.name for one in sample.speakers("mayor")[0]] == ["Ilse Varnholt", "Sylvester Crane"]
    assert [one.name for one in sample.speakers("the German chancellor")[0]] == ["Friedrich Merz"]


def test_whoever_has_an_office_and_says_nothing_is_named(sample: Assistant) -> None:
    outcome = sample.ask("what did the nato chief say?")
    assert isinstance(outcome, NoAnswer)
    assert why(outcome) == "The archive names the nato chief (Mark Rutte), but reports no statement by them."


def test_a_bare_office_asks_for_what_its_bearer_says_else_for_who_that_is(sample: Assistant) -> None:
    said = sample.ask("the kremlin spokesman")
    assert isinstance(said, Answer)
    assert said.question.kind is QuestionKind.STATEMENTS
    silent = sample.ask("the nato chief")
    assert isinstance(silent, Answer)
    assert (silent.text, silent.question.text) == ("Mark Rutte", "Who is the nato chief?")


def test_a_refusal_asks_back_too(sample: Assistant) -> None:
    outcome = sample.ask("What did Reck say about penguins?")
    assert isinstance(outcome, NoAnswer)
    assert [each.name for one in outcome.ambiguous for each in one.people] == ["Tomas Reck", "Petra Reck"]


@pytest.fixture
def varn(settings: Settings, tmp_path: Path) -> Settings:
    """An archive in which one envoy has two spellings."""
    (tmp_path / "quay.txt").write_text(f"The quay\n\n{SPELLINGS}", encoding="utf-8")
    with Assistant.open(settings, write=True) as assistant:
        assistant.ingest([str(tmp_path / "quay.txt")])
    return settings


@pytest.mark.parametrize(
    "asked",
    [
        "what did petra reck say",
        "What did the harbour master say?",
        "Petra Reck on the accounts",
        "what did petra rek say about the accounts",
        "how did Petra Reck describe the accounts?",
        "Did Petra Reck comment on the accounts?",
        "Was hat Petra Reck gesagt?",
    ],
)
def test_a_speaker_is_understood_however_asked_for(sample: Assistant, asked: str) -> None:
    assert speakers_of(sample.ask(asked)) == {"Petra Reck"}


def test_a_name_before_a_topic_is_read_like_any_question_where_the_speaker_is_silent_on_it(sample: Assistant) -> None:
    outcome = sample.ask("Petra Reck on the harbour of Port Ellery")
    assert outcome.question.kind is QuestionKind.STATEMENTS
    silent = sample.ask("Petra Reck on quantum chromodynamics")
    assert isinstance(silent, NoAnswer)
    assert silent.reason is NoAnswerReason.SILENT_ON_TOPIC


def test_two_people_of_one_surname_are_both_listed_each_with_their_name(sample: Assistant) -> None:
    assert speakers_of(sample.ask("what did Reck say")) == {"Petra Reck", "Tomas Reck"}


def test_two_speakers_can_be_asked_for_at_once(sample: Assistant) -> None:
    assert speakers_of(sample.ask("What did Petra Reck and Friedrich Merz say?")) == {"Petra Reck", "Friedrich Merz"}
    unknown = sample.ask("What did Petra Reck and Olaf Scholz say?")
    assert isinstance(unknown, NoAnswer), "half an answer would look like a whole one"


def test_a_time_in_the_question_bounds_the_answer_and_is_in_it(sample: Assistant) -> None:
    outcome = sample.ask("What did Petra Reck say in February?")
    assert speakers_of(outcome) == {"Petra Reck"}
    asked = outcome.question
    assert asked.scope == Scope(date(2026, 2, 1), date(2026, 2, 28))
    assert asked.dates_said == "in February"
    outside = sample.ask("What did Petra Reck say in December 2025?")
    assert isinstance(outside, NoAnswer)
    assert outside.reason is NoAnswerReason.OUTSIDE_DATES
    assert outside.nearest


def test_who_talked_about_a_topic_lists_everybody_on_it(sample: Assistant) -> None:
    outcome = sample.ask("Who talked about the ferry?")
    assert len(speakers_of(outcome)) > 1
    assert (outcome.question.kind, outcome.question.speaker) == (QuestionKind.STATEMENTS, None)
    silent = sample.ask("Who talked about cricket?")
    assert isinstance(silent, NoAnswer)


def test_a_speaker_who_says_nothing_on_a_topic_gets_a_refusal_of_its_own(sample: Assistant) -> None:
    outcome = sample.ask("What did Petra Reck say about immigration?")
    assert isinstance(outcome, NoAnswer)
    assert outcome.reason is NoAnswerReason.SILENT_ON_TOPIC
    assert {one.statement.speaker.name for one in outcome.nearest if one.statement and one.statement.speaker} == {
        "Petra Reck"
    }


def test_statements_are_listed_by_speaker_topic_and_time(sample: Assistant) -> None:
    assert speakers_of(sample.statements(speaker="petra-reck")) == {"Petra Reck"}
    assert speakers_of(sample.statements(speaker="Reck", about="accounts")) >= {"Petra Reck"}
    everybody = sample.statements(scope=Scope(date(2026, 3, 1)), limit=3)
    assert isinstance(everybody, Answer)
    assert len(everybody.citations) == 3
    assert all(one.article.published and one.article.published >= date(2026, 3, 1) for one in everybody.citations)
    days = [one.article.published for one in everybody.citations if one.article.published]
    assert days == sorted(days, reverse=True)


def test_speakers_are_found_by_the_beginning_of_a_name(sample: Assistant) -> None:
    everyone, total = sample.speakers()
    assert total > 10
    assert [one.statements for one in everyone] == sorted((one.statements for one in everyone), reverse=True)
    recks, found = sample.speakers("rec")
    assert found == 2
    assert {one.name for one in recks} == {"Petra Reck", "Tomas Reck"}
    assert sample.speakers(limit=2, offset=1)[0] == everyone[1:3]


def test_a_speakers_record_has_roles_with_dates_and_every_statement(sample: Assistant) -> None:
    record = sample.speaker("petra-reck")
    assert record.profile.roles[0].title.lower() == "harbour master"
    assert record.profile.roles[0].first == date(2026, 2, 3)
    assert len(record.citations) == record.profile.statements
    with pytest.raises(SpeakerNotFound, match="qa speakers"):
        sample.speaker("olaf-scholz")


def test_every_statement_can_be_exported_with_its_speaker(sample: Assistant) -> None:
    rows = list(sample.statement_rows(speaker="Petra Reck"))
    assert {row.profile.slug for row in rows if row.profile} == {"petra-reck"}
    assert len(rows) == sample.speaker("petra-reck").profile.statements
    assert len(list(sample.statement_rows())) > len(rows)
    assert list(sample.statement_rows(speaker="Petra Reck", scope=Scope(published_before=date(2025, 1, 1)))) == []
    with pytest.raises(SpeakerNotFound):
        list(sample.statement_rows(speaker="Olaf Scholz"))


def test_spellings_of_one_name_are_one_speaker(varn: Settings) -> None:
    with Assistant.open(varn) as assistant:
        record = assistant.speaker("ilse-varnskyy")
        assert set(record.profile.spellings) == {"Ilse Varnskyy", "Varnskiy"}
        assert len(record.citations) == 3
        assert isinstance(assistant.ask("what did varnski say"), Answer)


def test_what_a_user_decides_holds_after_statements_are_found_anew(varn: Settings) -> None:
    with Assistant.open(varn, write=True) as assistant:
        assert assistant.split_speaker("Varnskiy").spellings == ("Varnskiy",)
        assistant.rebuild_statements()
        assert set(assistant.speaker("ilse-varnskyy").profile.spellings) == {"Ilse Varnskyy"}
        assert assistant.merge_speakers("ilse-varnskyy", "varnskiy").statements == 3
    with Assistant.open(varn) as assistant:
        assert assistant.speaker("varnskiy").profile.name == "Ilse Varnskyy"
    with Assistant.open(varn, write=True) as assistant, pytest.raises(SpeakerNotFound):
        assistant.merge_speakers("ilse-varnskyy", "nobody")


def test_statements_are_found_anew_where_another_attributor_has_found_them(varn: Settings, tmp_path: Path) -> None:
    (tmp_path / "wall.txt").write_text("The wall\n\nTomas Reck said the wall was old.\n", encoding="utf-8")
    with Assistant.open(varn, write=True) as assistant:
        assistant.ingest([str(tmp_path / "wall.txt")])
    with Catalog.open(varn.data_dir / "catalog.sqlite") as catalog:
        [wall] = [one.id for one in catalog.list_articles(text="wall")]
        catalog.replace_statements(wall, [], "an older attributor")
    with Assistant.open(varn, write=True) as assistant:
        doubts = [finding for finding in assistant.doctor() if finding.subject == "statements"]
        assert "one article " in doubts[0].message
        done: list[tuple[int, int]] = []
        assert assistant.rebuild_statements(on_progress=lambda *progress: done.append(progress)) == 1
        assert done == [(1, 1)], "the other article is up to date"
        assert [finding.sound for finding in assistant.doctor() if finding.subject == "statements"] == [True]
        assert assistant.rebuild_statements() == 4, "nothing is out of date: all is done again"


def test_a_file_that_is_in_no_archive_has_statements(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "quay.txt").write_text(f"The quay\n\n{SPELLINGS}", encoding="utf-8")
    [found] = attribute(str(tmp_path / "quay.txt"), settings)
    assert not isinstance(found, SourceError)
    article, statements = found
    assert [one.speaker.mention for one in statements if one.speaker][-1] == "Varnskiy"
    assert all(span.of(article.text) for one in statements for span in one.content)
    assert not (settings.data_dir / "catalog.sqlite").exists()


def test_an_articles_statements_can_be_read(sample: Assistant) -> None:
    page, _ = sample.articles(text="Reck against Reck")
    statements = sample.statements_of(page[0].id)
    assert {one.speaker.name for one in statements if one.speaker} >= {"Petra Reck", "Tomas Reck"}


@pytest.mark.parametrize(
    ("question", "earlier"),
    [
        ("Who says otherwise than Lorcan Beamish?", ()),
        ("Who disagrees with the mayor?", ()),
        ("Who says otherwise?", ("What did Lorcan Beamish allege?",)),
    ],
)
def test_who_says_otherwise_is_told_by_a_claim_and_its_denials(
    sample: Assistant, question: str, earlier: tuple[str, ...]
) -> None:
    answer = sample.ask(question, earlier=earlier)
    assert isinstance(answer, Answer)
    assert (answer.kind, answer.question.kind) == (AnswerKind.CONTRARY, QuestionKind.CONTRARY)
    claim, *denials = answer.citations
    said = [one.statement.speaker.name for one in answer.citations if one.statement and one.statement.speaker]
    assert said == ["Lorcan Beamish", "Ilse Varnholt", "Ilse Varnholt"]
    assert "had dined with the head of Brightwater Homes" in claim.exact
    assert [(one.claim, one.otherwise) for one in answer.pairs] == [(1, 2), (1, 3)]
    assert "invention" in denials[1].exact


def test_an_article_that_has_the_topic_elsewhere_does_not_draw_in_all_that_is_said_in_it(sample: Assistant) -> None:
    answer = sample.ask("what did merz say about the security guarantees")
    assert isinstance(answer, Answer)
    assert [one.exact.endswith(("security guarantees", "to Ukraine")) for one in answer.citations] == [True, True]


def test_a_topic_alone_has_to_stand_in_what_is_denied(sample: Assistant) -> None:
    answer = sample.ask("Who denies the meeting with the developer?")
    assert isinstance(answer, Answer)
    assert [one.exact[:40] for one in answer.citations] == [
        "that Varnholt had dined with the head of",
        "that she had met the developer of the pl",
    ]


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("Who disagrees with Merz about the guarantees?", NoAnswerReason.UNDISPUTED),
        ("Does anyone dispute the ferry closure?", NoAnswerReason.UNDISPUTED),
        ("Who disagrees with Macron?", NoAnswerReason.SPEAKER_SILENT),
        ("Who disagrees with Nobody Atall?", NoAnswerReason.SPEAKER_UNKNOWN),
    ],
)
def test_where_nobody_says_otherwise_that_is_said(sample: Assistant, question: str, reason: NoAnswerReason) -> None:
    outcome = sample.ask(question)
    assert isinstance(outcome, NoAnswer)
    assert outcome.reason is reason


def test_what_articles_on_a_topic_call_the_company_is_meant_by_the_company(sample: Assistant) -> None:
    outcome = sample.ask("What did the company say about the strike?")
    assert isinstance(outcome, Answer)
    assert "School buses will run as usual" in [one.exact for one in outcome.citations]


def test_a_refusal_does_not_deny_a_name_that_stands_in_an_article(sample: Assistant) -> None:
    outcome = sample.ask("What does the fishermen's cooperative say?")
    assert isinstance(outcome, NoAnswer)
    assert outcome.reason is NoAnswerReason.SPEAKER_SILENT


def test_somebody_else_can_be_asked_about_by_a_surname_with_a_hyphen(sample: Assistant) -> None:
    outcome = sample.ask("and Adeyemi-Holt?", earlier=["What did Varnholt say about the ferry?"])
    assert isinstance(outcome, Answer)
    assert {one.statement.speaker.name for one in outcome.citations if one.statement and one.statement.speaker} == {
        "Rufus Adeyemi-Holt"
    }


def test_quotations_on_a_topic_are_everybodys(sample: Assistant) -> None:
    outcome = sample.ask("quotes about herons")
    assert isinstance(outcome, Answer)
    speakers = {one.statement.speaker.name for one in outcome.citations if one.statement and one.statement.speaker}
    assert {"Solveig Amadi", "Gideon Pask"} <= speakers


def test_quotations_on_a_topic_by_somebody_are_theirs(sample: Assistant) -> None:
    outcome = sample.ask("quotes about the marina by the mayor")
    assert isinstance(outcome, Answer)
    assert {one.statement.speaker.name for one in outcome.citations if one.statement and one.statement.speaker} == {
        "Ilse Varnholt"
    }


RECK = "The lock\n\nHarbour master Petra Reck said the lock would open. Petra Reck said no more."
AMADI = "The heron\n\nSolveig Amadi said the heron was back. Solveig Amadi said no more."


@pytest.fixture
def never_done(monkeypatch: pytest.MonkeyPatch) -> None:
    """Speakers are gathered beside, as in an archive of many articles, which takes long."""
    monkeypatch.setattr(speaking, "_SOON_S", -1.0)
    monkeypatch.setattr(speaking.Speaking, "_gather_beside", lambda *_: None)


@pytest.mark.usefixtures("never_done")
def test_whoever_only_the_newest_article_names_is_found_while_speakers_are_gathered_beside(
    varn: Settings, tmp_path: Path
) -> None:
    (tmp_path / "lock.txt").write_text(RECK, encoding="utf-8")
    with Assistant.open(varn, write=True) as assistant:
        assert [one.name for one in assistant.speakers()[0]] == ["Ilse Varnskyy"]
        assistant.ingest([str(tmp_path / "lock.txt")])
        assert speakers_of(assistant.ask("What did Reck say?")) == {"Petra Reck"}
        assert assistant.speaker("petra-reck").profile.spellings == ("Petra Reck",)
        assert [one.name for one in assistant.speakers()[0]] == ["Ilse Varnskyy", "Petra Reck"]


@pytest.mark.usefixtures("never_done")
def test_whoever_is_named_by_an_article_with_the_key_of_an_erased_one_is_found_at_once(
    varn: Settings, tmp_path: Path
) -> None:
    for name, text in (("lock", RECK), ("heron", AMADI)):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    with Assistant.open(varn, write=True) as assistant:
        assistant.ingest([str(tmp_path / "lock.txt")])
        outcome = assistant.ask("What did Petra Reck say?")
        assert isinstance(outcome, Answer)
        assistant.remove([outcome.citations[0].article.id], purge=True)
        assistant.ingest([str(tmp_path / "heron.txt")])
        assert speakers_of(assistant.ask("What did Solveig Amadi say?")) == {"Solveig Amadi"}


@pytest.mark.usefixtures("never_done")
def test_whoever_is_named_by_an_article_that_is_shown_again_is_found_at_once(varn: Settings, tmp_path: Path) -> None:
    for name, text in (("lock", RECK), ("heron", AMADI)):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    with Assistant.open(varn, write=True) as assistant:
        for name in ("lock", "heron"):
            assistant.ingest([str(tmp_path / f"{name}.txt")])
        outcome = assistant.ask("What did Petra Reck say?")
        assert isinstance(outcome, Answer)
        assistant.remove([outcome.citations[0].article.id])
        assert len(assistant._speaking.profiles(now=True)) == 2
        assistant.ingest([str(tmp_path / "lock.txt")], restore=True)
        assert speakers_of(assistant.ask("What did Petra Reck say?")) == {"Petra Reck"}


@pytest.mark.usefixtures("never_done")
def test_what_another_process_has_decided_about_spellings_holds_at_once(varn: Settings) -> None:
    with Assistant.open(varn, write=True) as writing, Assistant.open(varn) as assistant:
        assert [one.name for one in assistant.speakers()[0]] == ["Ilse Varnskyy"]
        writing.split_speaker("Varnskiy")
        assert [one.name for one in assistant.speakers()[0]] == ["Ilse Varnskyy", "Varnskiy"]


def test_what_is_gathered_beside_replaces_nothing_that_was_gathered_meanwhile(
    varn: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(speaking, "_SOON_S", -1.0)
    with Assistant.open(varn, write=True) as assistant:
        known = assistant._speaking
        known.profiles()
        before = known._gathered
        assert before is not None
        known.split("Varnskiy")
        assert len(known.profiles()) == 2
        known._gather = lambda *_: before  # type: ignore[method-assign]  # what had begun before
        known._gather_beside(before)
        assert len(known.profiles()) == 2


def test_nobody_who_asks_gathers_speakers_anew_for_what_is_noted_of_articles(
    varn: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An ingestion commits eight times for each batch, and what speakers are made of changes with one of them."""
    gathered: list[int] = []

    def gather(namings: Sequence[Naming], pins: Mapping[str, str]) -> list[Profile]:
        if namings:
            gathered.append(len(namings))
        return profiles_of(namings, pins)

    monkeypatch.setattr(speaking, "profiles_of", gather)
    with Assistant.open(varn, write=True) as assistant:
        known = assistant._speaking
        before = known.profiles()
        assert known._gathered is not None
        for seconds in (0.0, 0.4):  # a small archive's, and one of some hundred articles on a machine with time
            known._gathered = known._gathered._replace(seconds=seconds)
            for number in range(8):
                changes = assistant._catalog.changes()
                assistant.add_feeds({f"https://gazette.example/{seconds}/{number}": None})
                assert assistant._catalog.changes() != changes
                assert "Ilse Varnskyy" in speakers_of(assistant.ask("What did Varnskyy say?"))
                known.close()
                assert known.profiles() is before
    assert len(gathered) == 1


def test_speakers_follow_an_article_that_changes_what_is_known_of_them(varn: Settings, tmp_path: Path) -> None:
    with Assistant.open(varn, write=True) as assistant:
        before = assistant.speaker("ilse-varnskyy").profile.statements
        known = assistant._speaking
        for seconds, text in ((0.0, "dyke"), (0.4, "quay")):
            assert known._gathered is not None
            known._gathered = known._gathered._replace(seconds=seconds)
            (tmp_path / f"{text}-2.txt").write_text(
                f"The {text} again\n\nIlse Varnskyy said that the {text} was sound.", encoding="utf-8"
            )
            assistant.ingest([str(tmp_path / f"{text}-2.txt")])
            assistant.speakers()  # begins what is done beside
            known.close()
            after = assistant.speaker("ilse-varnskyy").profile.statements
            assert after == before + 1
            before = after
