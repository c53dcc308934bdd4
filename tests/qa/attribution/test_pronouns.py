"""A pronoun takes up whoever stands out in its text and can be meant."""

from __future__ import annotations

import re

import pytest

from qa.attribution.people import find_people
from qa.attribution.pronouns import FITTED, GENDERS, Salience


def taken(text: str) -> list[str | None]:
    """Whom each pronoun of a text takes up."""
    salience = Salience(text, find_people(text))
    people = [
        salience.takes_up(one.start(), GENDERS[one[0].lower()])
        for one in re.finditer(r"\b(?:she|he|her|him|his)\b", text, re.IGNORECASE)
    ]
    return [person.name if person else None for person in people]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Odwar joined the yard in May. In 2004 she built a boat.", "Odwar"),
        ("The boat sank. Jessica slept. She was tired.", "Jessica"),
        ("The boat sank. Hamlin slept. The Hamlin was tired. He left.", None),
        ("The boat sank. Hamlin slept. Hamlin, a city of 200,000, was tired. He left.", None),
        ("The boat sank. Hamlin slept. The Hamlin-themed feast had a Hamlin turkey. He left.", None),
        ("In Ostrel it rained. I’ve seen it. He left.", None),
        ("Amos Holt slept. Attracting businesses is late, he said.", "Amos Holt"),
    ],
)
def test_a_single_name_can_be_taken_up_where_it_acts_as_a_person_does(text: str, name: str | None) -> None:
    assert taken(text)[-1] == name


@pytest.mark.parametrize(
    "text",
    [
        "Tomas Reck met Amos Holt. In his report to the board, Holt praised the yard.",
        "Tomas Reck met Amos Holt. During his years at the yard, Holt slept.",
    ],
)
def test_a_pronoun_in_an_opening_adverbial_is_the_subject_behind_it(text: str) -> None:
    assert taken(text) == ["Amos Holt"]


def test_an_object_is_not_the_subject_of_its_own_clause() -> None:
    assert taken("Amos Holt slept. When it rained, Tomas Reck saw him.") == ["Amos Holt"]
    assert taken("Amos Holt slept. When it rained, Tomas Reck saw his boat.") == ["Tomas Reck"]


def test_whose_words_hold_a_name_before_an_inserted_he_said_is_somebody_else() -> None:
    assert taken("Amos Holt raised a son. Little Stephen, he said, looks like his father.")[0] == "Amos Holt"


def test_a_name_in_s_is_taken_up_where_it_is_one_of_one() -> None:
    assert taken("The boat sank. In May Jarvis was elected. She left.") == ["Jarvis"]
    assert taken("The boat sank. In May Ostrelians voted. She left.") == [None]


def test_a_word_that_may_be_nobodys_name_gets_no_words_beside_somebody() -> None:
    text = "Tomas Reck has seen how Marlism can persuade. After the talks on Marlism, he left."
    salience = Salience(text, find_people(text))
    person = salience.takes_up(text.index("he left"), "m", speaks=True)
    assert person is not None
    assert person.name == "Tomas Reck"


def test_the_heading_speaks_for_whom_it_names() -> None:
    text = "Tomas Reck met Amos Holt. The boat of Tomas Reck and the boat of Amos Holt sank on his birthday."
    people = find_people(text)
    chosen = [
        Salience(text, people, heading=heading).takes_up(text.index("his"), "m")
        for heading in ("Holt remembers", "Reck remembers")
    ]
    assert [person and person.name for person in chosen] == ["Amos Holt", "Tomas Reck"]


def test_what_stands_for_a_quotation_is_no_name() -> None:
    assert taken("Tomas Reck slept. “Xxxxxxxx,” he said. “Xxxx” moved. He left.")[-1] == "Tomas Reck"


def test_a_bare_name_is_nobody_whom_a_name_is_looked_up_under() -> None:
    people = find_people("Odwar joined the yard.")
    assert [(person.name, person.bare) for person in people] == [("Odwar", True)]
    assert people.near(["Odwar"]) == []


def test_what_pronouns_meant_does_not_change_the_people() -> None:
    text = "Tomas Reck left. He slept. He woke."
    people = find_people(text)
    salience = Salience(text, people)
    assert salience.takes_up(text.rindex("He"), "m") == people.people[0]
    assert people.positions == [[0]]
    assert salience.positions == [[0, text.index("He")]]


def test_signs_are_told_for_everybody_who_can_be_meant_and_for_nobody() -> None:
    text = "Tomas Reck left. Ilse Varn stayed. He slept."
    choices = Salience(text, find_people(text)).signs(text.index("He"), "m")
    assert [person and person.name for person, _ in choices] == ["Tomas Reck", None, None]
    (signs,) = choices[0][1]
    assert (signs["subject"], signs["sentences"]) == (1.0, 2.0)
    assert set(FITTED) > {"subject", "sentences", "nothing"}
