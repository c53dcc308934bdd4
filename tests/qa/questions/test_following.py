"""A question that leans on earlier ones is put into full words; one that stands alone is left as it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.questions import Known, Turn, asks_for_the_present, brought_up, follow, plain, pronoun_left, understand, without
from qa.types import Carried, Part, Point, Question, QuestionKind

NEWEST = date(2026, 1, 14)
SPEAKERS = {"tomas reck", "reck", "reiss", "alma reiss", "petra varnholt", "varnholt", "the union", "merz", "selenskyj"}
WOMEN = {"Alma Reiss", "Petra Varnholt"}
HAUSHALT = "Was sagte Merz zum Haushalt?"
BUDGET = "What did Tomas Reck say about the budget?"


def fits(pronoun: str, name: str) -> bool:
    return pronoun in {"they", "their", "them"} or (name in WOMEN) == (pronoun in {"she", "her"})


KNOWN = Known(
    newest=NEWEST,
    is_speaker=lambda name: name.lower() in SPEAKERS,
    is_person=lambda name: name.lower() in SPEAKERS - {"the union"},
    fits=fits,
    namesakes=lambda name: {"Pell": ["Marian Pell", "Edwin Pell"]}.get(name, []),
)


def read(*typed: str, people: Sequence[str] = ()) -> Question:
    """The last question of a conversation; ``people`` are whom a question for a span brought up."""
    turns: list[Turn] = []
    for text in typed[:-1]:
        asked = follow(text, turns, known=KNOWN)[0]
        named = [asked.speaker] if asked.speaker else list(people)
        turns.append(Turn(asked, lambda named=named: named))  # type: ignore[misc]
    return follow(typed[-1], turns, known=KNOWN)[0]


@pytest.mark.parametrize(
    ("conversation", "whole"),
    [
        # a pronoun
        ((BUDGET, "what did he say about accounts?"), "what did Tomas Reck say about accounts?"),
        ((BUDGET, "who is he?"), "who is Tomas Reck?"),
        ((BUDGET, "what else did he say?"), "what else did Tomas Reck say?"),
        ((BUDGET, "how many times did he say that?"), "how many times did Tomas Reck say that?"),
        (
            (BUDGET, "who else talked about it?", "what did others say about it?"),
            "what did others say about the budget?",
        ),
        (
            ("What did Alma Reiss say?", BUDGET, "and Reck?", "compare them"),
            "Compare Alma Reiss and Reck on the budget",
        ),
        (("What was the budget of the port?", "tell me more"), "What happened with the budget of the port?"),
        ((BUDGET, "where did he say it?"), "Where did Tomas Reck say that about the budget?"),
        ((BUDGET, "and before that?"), "What did Tomas Reck say about the budget over time?"),
        (("Who talked about the budget?", "why?"), "Why was that said about the budget?"),
        (("What did the union say about the budget?", "who is its director?"), "who is the union’s director?"),
        (("What did Tomas Reck say about the museum?", "who is its director?"), "who is the museum’s director?"),
        ((BUDGET, "what is his role?"), "what is Tomas Reck’s role?"),
        ((BUDGET, "did he comment on the ferry"), "did Tomas Reck comment on the ferry?"),
        (("What did Alma Reiss say?", BUDGET, "what did she say?"), "what did Alma Reiss say?"),
        (("Was sagte Merz?", "was sagte er zu Europa?"), "was sagte Merz zu Europa?"),
        ((BUDGET, "what did Varnholt say about it?"), "what did Varnholt say about the budget?"),
        (("Where is the library?", "when does it open?"), "when does the library open?"),
        (
            ("Why was the Tamble ferry closed?", "who ran it?", "what was its budget?"),
            "what was the Tamble ferry’s budget?",
        ),
        # what is left out
        (("Who voted to close the ferry?", "why?"), "Why voted to close the ferry?"),
        ((BUDGET, "and Alma Reiss?"), "What did Alma Reiss say about the budget?"),
        ((BUDGET, "what about Alma Reiss"), "What did Alma Reiss say about the budget?"),
        ((BUDGET, "and Alma Reiss?", "what did she say about accounts?"), "what did Alma Reiss say about accounts?"),
        ((BUDGET, "and the union?"), "What did the union say about the budget?"),
        ((BUDGET, "and about the ferry?"), "What did Tomas Reck say about the ferry?"),
        ((BUDGET, "and the accounts?"), "What did Tomas Reck say about the accounts?"),
        (("What did Tomas Reck say?", "about the ferry?"), "What did Tomas Reck say about the ferry?"),
        ((BUDGET, "and in March?"), "What did Tomas Reck say about the budget in March?"),
        ((BUDGET, "and in March?", "and in April?"), "What did Tomas Reck say about the budget in April?"),
        ((BUDGET, "between March 3 and April 4, 2025"), f"{BUDGET[:-1]} between March 3 and April 4, 2025?"),
        ((BUDGET, "no, I meant Varnholt"), "What did Varnholt say about the budget?"),
        (("What did Marian Pell say?", "I meant the other Pell"), "What did Edwin Pell say?"),
        ((BUDGET, "what else?"), "What did Tomas Reck say?"),
        ((BUDGET, "is that still so?"), BUDGET),
        ((BUDGET, "when was that?"), "When did Tomas Reck say that about the budget?"),
        ((BUDGET, "when was that?", "why?"), "Why did Tomas Reck say that about the budget?"),
        ((BUDGET, "why?", "and Alma Reiss?"), "What did Alma Reiss say about the budget?"),
        ((BUDGET, "how much?"), "How much, in what Tomas Reck said about the budget?"),
        (("What did Tomas Reck say about the boats?", "how many?"), "How many boats did Tomas Reck speak of?"),
        (("What did Tomas Reck say in March?", "is that still so?"), "What did Tomas Reck say?"),
        (("Did Tomas Reck deny the meeting?", "why?"), "Why did Tomas Reck deny the meeting?"),
        ((HAUSHALT, "und über den Streik?"), "Was sagte Merz über den Streik?"),
        ((HAUSHALT, "und zum Streik?"), "Was sagte Merz zum Streik?"),
        ((HAUSHALT, "was sonst noch?"), "Was sagte Merz?"),
        (("Was sagte Merz?", "und zum Streik?"), "Was sagte Merz zum Streik?"),
        (("Was sagte Petra Varnholt?", "Und was bestritt sie?"), "was bestritt Petra Varnholt?"),
        (("Was sagte Petra Varnholt?", "was versprach sie?"), "was versprach Petra Varnholt?"),
        ((BUDGET, "since when?"), "Since when did Tomas Reck say that about the budget?"),
        (("How many herons are there on the Ostrel?", "and since when?"), "Since when are there herons on the Ostrel?"),
        ((HAUSHALT, "seit wann?"), "Seit wann hat Merz das zu Haushalt gesagt?"),
        ((HAUSHALT, "wann war das?"), "Wann hat Merz das zu Haushalt gesagt?"),
        (("How much money does the ferry lose?", "why?"), "Why does the ferry lose money?"),
        (("How many herons are there on the Ostrel?", "why?"), "Why are there herons on the Ostrel?"),
        (("Who is the mayor of Ostrel?", "and the harbour master?"), "Who is the harbour master?"),
        (("Who talked about the ferry?", "and Varnholt?"), "What did Varnholt say about the ferry?"),
        ((BUDGET, "who else?"), "Who talked about the budget?"),
        ((BUDGET, "more"), "What did Tomas Reck say?"),
        ((BUDGET, "says who?"), BUDGET),
        ((BUDGET, "does that still hold?"), BUDGET),
        ((BUDGET, "has that changed?"), "What did Tomas Reck say about the budget over time?"),
        ((BUDGET, "what happened?"), "What happened with the budget?"),
        (("Where is the library?", "what happened there?"), "What happened with the library?"),
        ((BUDGET, "who replaced him?"), "who replaced Tomas Reck?"),
        ((BUDGET, "what did Varnholt say about him?"), "what did Varnholt say about Tomas Reck?"),
        ((BUDGET, "what did the union say about him?"), "what did the union say about Tomas Reck?"),
        ((BUDGET, "same for Varnholt"), "What did Varnholt say about the budget?"),
        ((BUDGET, "and what about Varnholt?"), "What did Varnholt say about the budget?"),
        # of another
        (("Who is the mayor of Brackwater?", "and of Lindenhoe?"), "Who is the mayor of Lindenhoe?"),
        (("who's the mayor of brackwater", "what about lindenhoe?"), "who's the mayor of lindenhoe"),
        (("Who is the mayor of Brackwater?", "and in Lindenhoe?"), "Who is the mayor in Lindenhoe?"),
        (("Who is the mayor of Brackwater?", "and the one of Lindenhoe?"), "Who is the mayor of Lindenhoe?"),
        (("Who is the mayor of Brackwater?", "and Lindenhoe’s?"), "Who is the mayor of Lindenhoe?"),
        (("Who is the museum’s director?", "and of the zoo?"), "Who is the zoo’s director?"),
        (
            ("Wer ist der Bürgermeister von Brackwater?", "und von Lindenhoe?"),
            "Wer ist der Bürgermeister von Lindenhoe?",
        ),
        (
            ("What did the mayor of Brackwater say about the closing of the pier?", "and of Lindenhoe?"),
            "What did the mayor of Lindenhoe say about the closing of the pier?",
        ),
        (("What did the museum director say?", "and the zoo's?"), "What did the zoo’s director say?"),
        (("How many people live in Brackwater?", "and in Lindenhoe?"), "How many people live in Lindenhoe?"),
        (("How many people live in Brackwater?", "and Lindenhoe?"), "How many people live in Lindenhoe?"),
        (("How many people voted?", "and in the old harbour?"), "How many people voted in the old harbour?"),
        (("Who won the cup?", "and the regatta?"), "Who won the regatta?"),
        (("Where was Tomas Reck born?", "and Alma Reiss?"), "Where was Alma Reiss born?"),
        (("What did the ferry company say?", "and the union?"), "What did the union say?"),
        (("What did the ferry company say?", "and Merz?"), "What did Merz say?"),
        # beside an office
        (("Who is the mayor of Brackwater?", "and her deputy?"), "Who is the deputy mayor of Brackwater?"),
        (("Who is the museum’s director?", "and his predecessor?"), "Who is the museum’s former director?"),
        (("Who is the director of the museum?", "and its chairman?"), "Who is the museum’s chairman?"),
        # two people
        ((BUDGET, "and Varnholt?", "compare them"), "Compare Tomas Reck and Varnholt on the budget"),
        ((BUDGET, "and Varnholt?", "how do they differ?"), "Compare Tomas Reck and Varnholt on the budget"),
        # one number
        (
            ("How many people work at the mill?", "do the papers agree on that?"),
            "Do the outlets agree on how many people work at the mill?",
        ),
        (
            ("How many people work at the mill?", "does anyone disagree?"),
            "Do the outlets agree on how many people work at the mill?",
        ),
        (
            ("How many people work at the mill?", "do all the papers give the same number?"),
            "Do the outlets agree on how many people work at the mill?",
        ),
        # German
        ((HAUSHALT, "was sagte Selenskyj dazu?"), "was sagte Selenskyj zu Haushalt?"),
        ((HAUSHALT, "und Selenskyj?"), "Was sagte Selenskyj zum Haushalt?"),
        (
            ("Wer ist der Bürgermeister von Brackwater?", "und ihr Stellvertreter?"),
            "Wer ist der stellvertretende Bürgermeister von Brackwater?",
        ),
        (("Wer ist der Bürgermeister von Brackwater?", "und der Hafenmeister?"), "Wer ist der Hafenmeister?"),
        (("Who is the mayor of Brackwater?", "und der Hafenmeister?"), "Wer ist der Hafenmeister?"),
        (("Wer ist die Präsidentin der Ukraine?", "und der Schweiz?"), "Wer ist die Präsidentin der Schweiz?"),
        ((HAUSHALT, "Was sagen sie dazu?"), "Was sagen sie zu Haushalt?"),
        ((HAUSHALT, "was hat er sonst noch gesagt?"), "was hat Merz sonst noch gesagt?"),
        ((HAUSHALT, "wer widerspricht ihm?"), "wer widerspricht Merz?"),
        ((HAUSHALT, "was sonst?"), "Was sagte Merz?"),
        (("Was sagte Marian Pell?", "nein, ich meinte den anderen Pell"), "Was sagte Edwin Pell?"),
        (("What did the union say about the budget?", "was sagten sie zur Fähre?"), "was sagten the union zur Fähre?"),
        ((BUDGET, "do the outlets agree?"), "Who says otherwise than Tomas Reck about the budget?"),
    ],
)
def test_a_follow_up_is_put_into_full_words(conversation: tuple[str, ...], whole: str) -> None:
    asked = read(*conversation)
    assert asked.text == whole
    assert asked.words == conversation[-1]
    assert asked.completed


@pytest.mark.parametrize(
    "typed",
    [
        "What did Varnholt say about her plans?",
        "What did Tomas Reck say about him?",
        "Did Merz say that he would go?",
        "did merz say he would go",
        "Who is the mayor?",
        "What did the union say?",
        "How many people work at the port?",
        "Why was the ferry closed?",
        "Who said “it is not easy”?",
        "What happened in March?",
        "Alma Reiss",
    ],
)
def test_a_question_that_stands_alone_is_read_as_if_nothing_had_come_before(typed: str) -> None:
    assert (
        read(BUDGET, typed)
        == understand(typed, newest=NEWEST, is_speaker=KNOWN.is_speaker, is_person=KNOWN.is_person)[0]
    )


@pytest.mark.parametrize("typed", ["what did he say?", "and in March?", "why?", "what else did he say?"])
def test_nothing_is_carried_from_nowhere(typed: str) -> None:
    assert follow(typed, (), known=KNOWN) == understand(typed, newest=NEWEST, is_speaker=KNOWN.is_speaker)


@given(st.text(max_size=60).filter(lambda text: any(map(str.isalnum, text))))
def test_whatever_is_typed_after_a_question_gives_readings(typed: str) -> None:
    readings = follow(typed, [Turn(follow(BUDGET, ())[0], lambda: ["Tomas Reck"])], known=KNOWN)
    assert readings
    assert all(one.typed == readings[0].typed for one in readings)


def test_what_was_carried_is_told_with_the_words_that_it_stands_for() -> None:
    assert read(BUDGET, "what did he say about it?").carried == (
        Carried(Part.SPEAKER, "Tomas Reck", "he"),
        Carried(Part.TOPIC, "the budget", "it"),
    )
    assert read(BUDGET, "and in March?").carried == (
        Carried(Part.SPEAKER, "Tomas Reck", ""),
        Carried(Part.TOPIC, "the budget", ""),
    )


def test_only_what_names_a_part_is_told_as_carried() -> None:
    assert read("How many people work at the port?", "says who?").carried == (Carried(Part.TOPIC, "the port", ""),)
    asked = read("How many people emigrated?", "says who?")
    assert (asked.carried, asked.completed) == ((), True)
    assert read("Who is the mayor of Ostrel?", "and the harbour master?").carried == ()


def test_several_of_whom_german_speaks_are_nobody_in_particular() -> None:
    asked = read(HAUSHALT, "Was sagen sie dazu?")
    assert (asked.speaker, asked.topic) == (None, "Haushalt")
    assert asked.carried == (Carried(Part.TOPIC, "Haushalt", "dazu"),)


def test_german_tells_by_the_verb_whether_a_woman_is_meant() -> None:
    assert pronoun_left(read(HAUSHALT, "was hat sie gesagt?")) == "sie"
    assert read(HAUSHALT, "Was sagte Petra Varnholt?", "was hat sie noch gesagt?").speaker == "Petra Varnholt"
    assert read("Was sagte the union?", "was hat sie noch gesagt?").speaker == "the union"


def test_a_pronoun_that_fits_nobody_is_left_as_it_is() -> None:
    asked = read(BUDGET, "what else did she say?")
    assert (asked.carried, asked.speaker, pronoun_left(asked)) == ((), "she", "she")
    assert read(BUDGET, "what else did she say?", "I meant Varnholt").text == "what else did Varnholt say?"


def test_a_month_after_who_somebody_is_asks_what_they_said_in_it() -> None:
    known = replace(KNOWN, is_introduced=lambda name: name == "Tomas Reck")
    turn = Turn(follow("Who is Tomas Reck?", (), known=known)[0], lambda: ["Tomas Reck"])
    assert follow("and in March?", [turn], known=known)[0].text == "What did Tomas Reck say in March?"


def test_whom_an_answer_brought_up_is_whom_a_pronoun_means() -> None:
    asked = read("Who is the Kremlin spokesman?", "what did he say?", people=["Dmitry Peskov"])
    assert (asked.kind, asked.speaker) == (QuestionKind.STATEMENTS, "Dmitry Peskov")


@pytest.mark.parametrize("typed", ["and houses?", "and houses destroyed?"])
def test_what_is_no_name_is_not_put_in_the_place_of_one(typed: str) -> None:
    assert "in houses" not in read("How many people died in the fire?", typed).text


def test_what_goes_on_of_somebody_is_theirs_whom_the_talk_is_about() -> None:
    asked = read("Who is the mayor of Brackwater?", "and her husband?", people=["Alma Reiss"])
    assert asked.text == "Who is Alma Reiss’s husband?"
    assert Carried(Part.SPEAKER, "Alma Reiss", "her") in asked.carried


def test_whether_something_is_still_so_asks_for_the_newest_word() -> None:
    first = "How many people work at the mill?"
    assert asks_for_the_present(read(first, "is that still so?"))
    assert not asks_for_the_present(read(first, "says who?"))


@pytest.mark.parametrize(
    ("typed", "kind", "point"),
    [
        ("why?", QuestionKind.EXPLANATION, Point.REASON),
        ("warum?", QuestionKind.EXPLANATION, Point.REASON),
        ("when was that?", QuestionKind.SPAN, Point.DAY),
        ("where?", QuestionKind.SPAN, Point.PLACE),
        ("how many?", QuestionKind.SPAN, Point.NUMBER),
        ("who said that?", QuestionKind.STATEMENTS, Point.SOURCE),
        ("is that still so?", QuestionKind.STATEMENTS, Point.STILL),
        ("and Alma Reiss?", QuestionKind.STATEMENTS, None),
        ("Why was the ferry closed?", QuestionKind.EXPLANATION, None),
    ],
)
def test_what_is_asked_of_an_answer_is_no_question_for_the_archive(
    typed: str, kind: QuestionKind, point: Point | None
) -> None:
    asked = read(BUDGET, typed)
    assert (asked.kind, asked.point) == (kind, point)
    if point:
        assert (asked.speaker, asked.topic) == ("Tomas Reck", "the budget")


def test_when_something_was_is_asked_of_all_articles() -> None:
    assert read("Who won the cup?", "when was that?").point is None
    assert read("Who won the cup?", "why?").point is Point.REASON


def test_a_part_that_was_carried_can_be_left_out() -> None:
    asked = read(BUDGET, "and in March?")
    assert without(asked, Part.TOPIC) == "What did Tomas Reck say in March?"
    assert without(asked, Part.DATES) == BUDGET
    assert without(asked, Part.SPEAKER) == "Who talked about the budget in March?"
    assert without(read("Why was the ferry closed?", "when?"), Part.TOPIC) is None


@pytest.mark.parametrize(
    ("asked", "answering", "people"),
    [
        ("Where was Alma Reiss born?", ["Tomas Reck"], ("Alma Reiss", "Tomas Reck")),
        ("Where was Reiss born?", ["Tomas Reck"], ("Reiss", "Tomas Reck")),
        ("Who taught Alma Reiss?", ["Tomas Reck"], ("Tomas Reck", "Alma Reiss")),
        ("Who taught Alma Reiss?", [], ()),
        ("Where is Quill Bay?", ["Tomas Reck"], ("Tomas Reck",)),
    ],
)
def test_talk_goes_on_about_whom_a_question_names_before_whom_its_answer_names(
    asked: str, answering: list[str], people: tuple[str, ...]
) -> None:
    assert brought_up(plain(asked), answering, KNOWN.is_speaker) == people


def test_talk_goes_on_about_whom_a_pronoun_meant() -> None:
    carried = Question("where was Alma Reiss born?", carried=(Carried(Part.SPEAKER, "Alma Reiss", "she"),))
    assert brought_up(carried, ["Petra Varnholt"]) == ("Alma Reiss", "Petra Varnholt")


@pytest.mark.parametrize(
    ("typed", "pronoun"),
    [
        ("How old was he?", "he"),
        ("When did she leave the party?", "she"),
        ("Why did they close the ferry?", None),
        ("Where was He Jiankui born?", None),
        ("Did Merz say he would go?", None),
        ("Why did the minister say she would go?", None),
        ("What is it called when a team is down a player?", None),
    ],
)
def test_a_pronoun_that_is_asked_about_is_left_where_nothing_says_whom_it_means(
    typed: str, pronoun: str | None
) -> None:
    assert pronoun_left(understand(typed)[0]) == pronoun


def test_it_is_no_office_and_nobody_and_may_be_a_name() -> None:
    asked = ("What did Tomas Reck say about Lindenhoe?", "who is the mayor now?", "when was it flooded?")
    assert read(*asked).text == "when was Lindenhoe flooded?"
    assert read("What did Tomas Reck say about Merz?", "who wrote it?").carried == ()


def test_whoever_was_talked_of_long_ago_is_not_meant() -> None:
    between = ["How many people work at the port?"] * 6
    assert read(BUDGET, *between[:5], "how old is he?").text == "how old is Tomas Reck?"
    assert pronoun_left(read(BUDGET, *between, "how old is he?")) == "he"
