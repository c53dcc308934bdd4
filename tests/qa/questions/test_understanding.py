"""What a person types becomes readings."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest

from qa.errors import QuestionError
from qa.questions import core_of, plain, pronoun_left, understand
from qa.questions.understanding import WORDINGS
from qa.questions.wordings import Wording
from qa.types import EVERYTHING, CountedFrom, Question, QuestionKind, Scope


def best(
    typed: str,
    scope: Scope = EVERYTHING,
    newest: date | None = None,
    is_speaker: Callable[[str], bool] = lambda name: False,
) -> Question:
    return understand(typed, scope, newest=newest, is_speaker=is_speaker)[0]


EXAMPLES = [(wording, example) for wording in WORDINGS for example in wording.examples]


@pytest.mark.parametrize(("wording", "example"), EXAMPLES, ids=[example for _, example in EXAMPLES])
def test_every_example_of_a_wording_is_read_as_it_says(wording: Wording, example: str) -> None:
    parts = dict(re.findall(r"{(\w+):(.*?)}", example))
    typed = re.sub(r"{\w+:(.*?)}", r"\1", example)

    def named(name: str) -> bool:
        return name in parts.values()

    def introduced(asked: str) -> bool:
        return named(asked) or (asked == core_of(typed) and "speaker" not in parts)

    readings = understand(typed, is_speaker=named, is_introduced=introduced)
    asked = readings[0]
    assert asked.kind is wording.kind
    found = {name: getattr(asked, name) for name in ("speaker", "other", "topic", "quoted", "cue")}
    assert {name: words for name, words in found.items() if words} == parts
    assert readings[1:] == (() if wording.certain else (plain(typed),))


def test_every_wording_has_an_example() -> None:
    assert all(wording.examples for wording in WORDINGS)


def test_who_somebody_is_is_asked_for_only_where_articles_introduce_them() -> None:
    readings = understand("Who is Ilse Varn?", is_introduced=lambda name: name == "Ilse Varn")
    assert [one.kind for one in readings] == [QuestionKind.PERSON, QuestionKind.SPAN]
    assert best("Who is Ilse Varn?").kind is QuestionKind.SPAN
    assert understand("Who is the mayor?", is_introduced=lambda name: name == "the mayor")[0].kind is QuestionKind.SPAN


def test_an_office_is_asked_for_only_where_articles_say_who_has_it() -> None:
    told = understand("Who is the mayor of Harrow?", is_introduced=lambda asked: asked == "Who is the mayor of Harrow")
    assert [(one.kind, one.speaker) for one in told] == [(QuestionKind.PERSON, None), (QuestionKind.SPAN, None)]
    assert best("Who is the mayor of Harrow?").kind is QuestionKind.SPAN


def test_who_does_something_is_asked_for_only_where_articles_say_it_beside_a_name() -> None:
    chairs = "who chairs the finance committee"
    readings = understand("So, who chairs the finance committee?", is_introduced=lambda asked: asked == chairs)
    assert [(one.kind, one.speaker) for one in readings] == [(QuestionKind.PERSON, None), (QuestionKind.SPAN, None)]
    assert best("Who chairs the finance committee?").kind is QuestionKind.SPAN


def test_a_topic_that_two_known_speakers_precede_is_compared_and_else_a_question_for_a_span() -> None:
    assert best("Fire and flood on the pier").kind is QuestionKind.SPAN
    assert best("Merz and Nobody on the pier", is_speaker=lambda name: name == "Merz").kind is QuestionKind.SPAN


@pytest.mark.parametrize("typed", ["What did Beamish refuse to say?", "what did the mayor decline to comment on"])
def test_what_somebody_does_not_say_is_no_statement_of_theirs(typed: str) -> None:
    assert best(typed).kind is QuestionKind.SPAN


def test_a_time_bounds_a_course_and_a_comparison() -> None:
    for typed in (
        "What did Merz say about NATO over time since Monday?",
        "compare Merz and Trump on NATO since Monday",
    ):
        asked = best(typed, newest=date(2025, 12, 17))
        assert (asked.topic, asked.scope) == ("NATO", Scope(date(2025, 12, 15)))


@pytest.mark.parametrize(
    ("typed", "speaker", "topic"),
    [
        ("what did Merz say", "Merz", None),
        ("What did Merz say?", "Merz", None),
        ("WHAT DID MERZ SAY", "MERZ", None),
        ("what did merz say about putins attack", "merz", "putins attack"),
        ("What has Trump said about surrendering territory?", "Trump", "surrendering territory"),
        ("What else did Chancellor Merz say on security guarantees?", "Chancellor Merz", "security guarantees"),
        ("What did Lorcan Beamish allege?", "Lorcan Beamish", None),
        ("what did the school say about the fire", "the school", "the fire"),
        ("What did Zelensky tell reporters about territory?", "Zelensky", "territory"),
        ("What does Merz think of the talks?", "Merz", "the talks"),
        ("How did Merz describe the talks?", "Merz", "the talks"),
        ("How did the U.S. officials call the deal?", "the U.S. officials", "the deal"),
        ("how has moscow reacted to the proposals?", "moscow", "the proposals"),
        ("Did Macron comment on the talks?", "Macron", "the talks"),
        ("Has Macron said anything?", "Macron", None),
        ("Did Trump say that Ukraine must surrender territory?", "Trump", "Ukraine must surrender territory"),
        ("What is Merz's view on Ukraine?", "Merz", "Ukraine"),
        ("Where does Merz stand on NATO?", "Merz", "NATO"),
        ("What has been Merz’s reaction to the vote?", "Merz", "the vote"),
        ("What has Merz been saying about the vote?", "Merz", "the vote"),
        ("What was said by Merz about the attack?", "Merz", "the attack"),
        ("tell me what merz said", "merz", None),
        ("Can you tell me what did Merz say?", "Merz", None),
        ("And what did Merz say?", "Merz", None),
        ("All statements by Merz", "Merz", None),
        ("quotes from Merz on Ukraine", "Merz", "Ukraine"),
        ("What has Merz said so far?", "Merz", None),
        ("What has Merz said so far about Ukraine?", "Merz", "Ukraine"),
        ("What did Merz say about Ukraine lately?", "Merz", "Ukraine"),
        ("Was hat Merz gesagt?", "Merz", None),
        ("Was hat Friedrich Merz zu Putins Angriff gesagt?", "Friedrich Merz", "Putins Angriff"),
        ("was sagte merz über den angriff", "merz", "den angriff"),
    ],
)
def test_a_question_about_statements_names_the_speaker_and_the_topic(
    typed: str, speaker: str, topic: str | None
) -> None:
    question = best(typed)
    assert question.kind is QuestionKind.STATEMENTS
    assert (question.speaker, question.topic) == (speaker, topic)


@pytest.mark.parametrize(
    "typed",
    [
        "Who is the Kremlin spokesman?",
        "Which NATO article would the guarantees mirror?",
        "What did Merz say the talks had opened?",
        "What did Merz do in Berlin?",
        "What did Germany win?",
        "What did the mayor of Harrowmere deny?",
        "What is being discussed?",
        "What do you think about the talks?",
        "Merz on Ukraine",
        "Berlin",
        "What was the reason for the closure?",
    ],
)
def test_any_other_question_asks_for_a_span(typed: str) -> None:
    question = best(typed)
    assert question.kind is QuestionKind.SPAN
    assert question.speaker is None
    assert question.topic is None


@pytest.mark.parametrize(
    ("typed", "topic"),
    [
        ("who talked about territory", "territory"),
        ("Who has spoken about the talks?", "the talks"),
        ("who commented on NATO", "NATO"),
        ("What did everybody say about NATO?", "NATO"),
        ("Who said anything about the ferry?", "the ferry"),
        ("who mentioned the quay last week", "the quay"),
        ("Wer sprach über die Gespräche?", "die Gespräche"),
    ],
)
def test_a_question_for_whoever_spoke_of_a_topic_names_no_speaker(typed: str, topic: str) -> None:
    question = best(typed)
    assert question.kind is QuestionKind.STATEMENTS
    assert (question.speaker, question.topic) == (None, topic)


@pytest.mark.parametrize(
    ("typed", "speaker", "topic"),
    [
        ("merz on ukraine", "merz", "ukraine"),
        ("Merz about the talks", "Merz", "the talks"),
        ("the german chancellor on NATO in December", "the german chancellor", "NATO"),
        ("Merz’s comments on the attack", "Merz", "the attack"),
        ("Merz zu Putins Angriff", "Merz", "Putins Angriff"),
    ],
)
def test_a_name_and_a_topic_are_a_question_where_the_archive_has_the_speaker(
    typed: str, speaker: str, topic: str
) -> None:
    question = best(typed, is_speaker=lambda name: "merz" in name.lower() or name == "the german chancellor")
    assert (question.kind, question.speaker, question.topic) == (QuestionKind.STATEMENTS, speaker, topic)
    assert best("Fire on the pier", is_speaker=lambda name: name == "merz").kind is QuestionKind.SPAN


def test_a_time_bounds_the_days_and_is_shown_with_its_words() -> None:
    question = best("What did Merz say about NATO last week?", newest=date(2025, 12, 17))
    assert question.scope == Scope(date(2025, 12, 8), date(2025, 12, 14))
    assert (question.dates_said, question.topic) == ("last week", "NATO")


def test_what_a_time_was_counted_from_is_told_where_it_matters() -> None:
    newest, today = date(2025, 12, 17), date(2025, 12, 22)
    [live] = understand("What did Merz say last week?", newest=newest, today=today)
    assert (live.scope, live.counted_from) == (Scope(date(2025, 12, 15), date(2025, 12, 21)), CountedFrom.TODAY)
    [old] = understand("What did Merz say last week?", newest=newest, today=date(2026, 12, 22))
    assert (old.scope, old.counted_from) == (Scope(date(2025, 12, 8), date(2025, 12, 14)), CountedFrom.NEWEST_ARTICLE)
    [absolute] = understand("What did Merz say in December 2025?", newest=newest, today=today)
    assert absolute.counted_from is None


def test_bounds_that_were_chosen_win_over_the_words() -> None:
    chosen = date(2025, 11, 1)
    question = best("What did Merz say last week?", Scope(chosen), newest=date(2025, 12, 17))
    assert (question.scope, question.dates_said) == (Scope(chosen), None)
    assert question.topic is None


def test_a_time_in_a_question_for_a_span_is_left_to_the_reader() -> None:
    question = best("Who won the cup in 1966?", newest=date(2025, 12, 17))
    assert (question.scope, question.dates_said) == (EVERYTHING, None)


@pytest.mark.parametrize(
    ("typed", "topic"),
    [
        ("What did Trump say on Monday?", None),
        ("What did Trump say last week?", None),
        ("What did Trump say in December 2025?", None),
        ("What did Trump say about territory on Monday morning?", "territory"),
        ("What did Trump say about Monday Night Football?", "Monday Night Football"),
    ],
)
def test_a_time_is_not_a_topic(typed: str, topic: str | None) -> None:
    question = best(typed)
    assert question.speaker == "Trump"
    assert question.topic == topic


def test_the_text_is_normalised_to_one_line() -> None:
    assert best("  Who\u00a0is\r\nthe  Kremlin\u200b spokesman? ").text == "Who is the Kremlin spokesman?"


def test_letter_case_changes_nothing_but_the_case() -> None:
    typed = "What did Keir Starmer say about the ferry?"
    upper, lower = best(typed.upper()), best(typed.lower())
    assert upper.kind is lower.kind is QuestionKind.STATEMENTS
    assert upper.speaker is not None
    assert upper.speaker.lower() == lower.speaker == "keir starmer"


@pytest.mark.parametrize("typed", ["", "   ", "?", "\u200b\n", "…!"])
def test_an_empty_question_is_refused_with_a_remedy(typed: str) -> None:
    with pytest.raises(QuestionError, match="empty") as refusal:
        best(typed)
    assert refusal.value.remedy


def test_the_scope_is_kept() -> None:
    scope = Scope(date(2025, 1, 1), date(2025, 1, 1), ("A", "B"))
    assert best("Who?", scope).scope == scope


def test_dates_that_exclude_everything_are_refused() -> None:
    with pytest.raises(QuestionError, match="exclude everything"):
        Scope(date(2025, 1, 2), date(2025, 1, 1))


def test_a_long_question_is_understood_at_once() -> None:
    assert best("what did " + "a " * 20_000 + "say about " + "b " * 20_000).kind is QuestionKind.SPAN


@pytest.mark.parametrize("typed", ["tariffs canada", "ferry closed harbour", "Brücke gesperrt Fähre"])
def test_what_is_no_question_is_read_as_one_and_then_looked_for(typed: str) -> None:
    assert [one.kind for one in understand(typed)] == [QuestionKind.SPAN, QuestionKind.SEARCH]


@pytest.mark.parametrize(
    "typed", ["ferry closed?", "the ferry closed when", "is the ferry closed", "wer ist Bürgermeister", "was kostet es"]
)
def test_a_question_is_not_looked_for(typed: str) -> None:
    assert QuestionKind.SEARCH not in [one.kind for one in understand(typed)]


def test_a_headline_is_looked_for_first_and_a_name_alone_asks_for_statements() -> None:
    headline = understand("Ferry closed for good", is_headline=lambda words: words == "Ferry closed for good")
    assert [one.kind for one in headline] == [QuestionKind.SEARCH, QuestionKind.SPAN]
    named = understand("tomas reck", is_person=lambda name: name == "tomas reck")
    assert [(one.kind, one.speaker) for one in named] == [
        (QuestionKind.STATEMENTS, "tomas reck"),
        (QuestionKind.SEARCH, None),
    ]


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("Was the vote close?", QuestionKind.EXPLANATION),
        ("has Brightwater Homes applied for permission", QuestionKind.EXPLANATION),
        ("Isn't the ferry still running?", QuestionKind.EXPLANATION),
        ("was Varnholt at the dinner", QuestionKind.EXPLANATION),
        ("Ist die Fähre noch in Betrieb?", QuestionKind.EXPLANATION),
        ("Hat Merz das Gesetz unterschrieben?", QuestionKind.EXPLANATION),
        ("Might the ferry close?", QuestionKind.EXPLANATION),
        ("Was kostet die Fähre?", QuestionKind.SPAN),
        ("Was fordert Merz?", QuestionKind.SPAN),
        ("Was wurde beschlossen?", QuestionKind.SPAN),
        ("Do we know how many people died?", QuestionKind.SPAN),
        ("Can you name the mayor?", QuestionKind.SPAN),
        ("What was said on Tuesday?", QuestionKind.SPAN),
        ("war crimes", QuestionKind.SPAN),
        ("hat trick", QuestionKind.SPAN),
        ("Who was at the dinner?", QuestionKind.SPAN),
        ("Has Merz's stance on NATO shifted?", QuestionKind.COURSE),
    ],
)
def test_yes_or_no_is_asked_for_whole_sentences(typed: str, kind: QuestionKind) -> None:
    assert understand(typed)[0].kind is kind


def test_what_people_say_of_something_is_anybodys_and_without_it_nobody_is_named() -> None:
    assert best("What did they say about the ferry?").speakers == ()
    assert pronoun_left(best("What did they say?")) == "they"
    assert pronoun_left(best("Was sagte er?")) == "er"
    assert pronoun_left(best("Who was she?")) == "she"
    assert pronoun_left(best("What else did Merz say?")) is None


def outlets(name: str) -> tuple[str, ...]:
    return ("The Harrowmere Courier",) if name.endswith("Courier") else ()


def test_what_an_outlet_reports_is_asked_of_its_articles() -> None:
    typed = "What did the Courier report about the ferry?"
    told, said = understand(typed, outlets_called=outlets)
    assert (told.kind, told.scope.outlets, told.topic) == (QuestionKind.EVENT, outlets("Courier"), "the ferry")
    assert (said.kind, said.speaker) == (QuestionKind.STATEMENTS, "the Courier")
    known = understand(typed, outlets_called=outlets, is_speaker=lambda name: True)
    assert [one.kind for one in known] == [QuestionKind.STATEMENTS, QuestionKind.EVENT]
    chosen = understand(typed, Scope(outlets=("Ostrel Valley Gazette",)), outlets_called=outlets)
    assert [one.kind for one in chosen] == [QuestionKind.STATEMENTS]
