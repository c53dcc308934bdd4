from __future__ import annotations

import pytest

from qa.attribution.capitals import split_name
from qa.attribution.names import are_alike
from qa.attribution.people import find_people
from qa.attribution.person import Person


def people(text: str) -> dict[str, Person]:
    return {person.name: person for person in find_people(text)}


@pytest.mark.parametrize(
    ("run", "title", "name"),
    [
        ("German Chancellor Friedrich Merz", "German Chancellor", "Friedrich Merz"),
        ("Mr. King", "Mr.", "King"),
        ("Larry King", "", "Larry King"),
        ("Dean Baker", "", "Dean Baker"),
        ("C. Boyden Gray", "", "C. Boyden Gray"),
        ("Republican Donald Trump", "Republican", "Donald Trump"),
        ("When Ursula von der Leyen", "", "Ursula von der Leyen"),
        ("White House Press Secretary", "White House Press Secretary", ""),
    ],
)
def test_a_title_is_told_from_the_name_behind_it(run: str, title: str, name: str) -> None:
    assert split_name(run) == (title, name.split())


@pytest.mark.parametrize(
    "name",
    ["Ban Ki-moon", "Marc H. Morial", "G.K. Butterfield", "Zeynep Öztürk", "Ursula von der Leyen", "Seán O’Neill"],
)
def test_names_of_every_shape_are_found(name: str) -> None:
    assert people(f"The envoy {name} was there.")[name].human


@pytest.mark.parametrize("name", ["White House", "Orlando Sentinel", "Tulsa Police Department", "South Korea"])
def test_institutions_and_places_are_nobody(name: str) -> None:
    assert name not in people(f"It was reported by the {name} on Monday.")


def test_an_owner_is_no_part_of_the_name_behind() -> None:
    assert list(people("CNN’s Jake Tapper met Tomas Reck’s brother.")) == ["Jake Tapper", "Tomas Reck"]


def test_all_words_of_a_headline_are_no_name() -> None:
    text = "Ilse Varn Calls Tomas Reck Unfit For Council.\n\nThe mayor, Varn, met Reck at noon."
    assert list(people(text)) == ["Ilse Varn", "Tomas Reck"]


def test_a_surname_of_several_words_is_one_person() -> None:
    found = find_people("Debbie Wasserman Schultz left. Wasserman Schultz was late.")
    assert [person.name for person in found] == ["Debbie Wasserman Schultz"]
    assert found.positions == [[0, 31]]


def test_a_family_name_that_stands_first_is_the_same_person() -> None:
    assert list(people("Secretary General Ban Ki-moon spoke. Ban left early.")) == ["Ban Ki-moon"]


def test_what_stands_in_parentheses_and_appositions_is_known() -> None:
    person = people("Sen. Lindsey Graham (R-S.C.), a critic of the plan, left.")["Lindsey Graham"]
    assert {"south-carolina", "republican", "critic"} <= person.facts
    assert person.roles == ("Sen.", "critic of the plan")


def test_the_gender_of_an_owner_is_not_the_holders() -> None:
    assert people("Mrs. Varn’s campaign manager Robin Oduya left.")["Robin Oduya"].gender is None
    assert people("Mrs. Oduya met Robin Oduya.")["Robin Oduya"].gender == "f"


@pytest.mark.parametrize(("one", "other"), [("ken", "kenneth"), ("mike", "michael"), ("ilse", "ilse")])
def test_short_forms_are_the_same_name(one: str, other: str) -> None:
    assert are_alike(one, other)
    assert are_alike(other, one)


@pytest.mark.parametrize(
    ("one", "other"), [("patrick", "patricia"), ("ivana", "ivan"), ("al", "alan"), ("bill", "robert")]
)
def test_names_of_two_are_not_the_same(one: str, other: str) -> None:
    assert not are_alike(one, other)


def test_a_short_form_is_the_same_person() -> None:
    assert list(people("Prosecutor Kenneth Starr left. Ken Starr came back.")) == ["Kenneth Starr"]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Former German Chancellor Angela Merkel left.", "Former German Chancellor"),
        ("It was late, said Trump spokesperson Steven Cheung.", "Trump spokesperson"),
        ("Secretary of State Jocelyn Benson left.", "Secretary of State"),
        ("The museum’s director, Bertrand Ilves, left.", "museum’s director"),
        ("Republican Donald Trump left.", None),
    ],
)
def test_a_role_is_all_of_the_title_and_nothing_else(text: str, role: str | None) -> None:
    [person] = [person for person in find_people(text) if person.human]
    assert person.role == role


def test_months_and_repeated_words_are_no_names() -> None:
    assert list(people("On Sept. 5 Prime Minister Boris Johnson Johnson said it was late.")) == ["Boris Johnson"]


def test_an_unknown_given_name_has_the_gender_of_its_pronouns() -> None:
    known = "The envoy Quill Odwar left. "
    assert people(f"{known}Odwar took her bag. Odwar said she was late.")["Quill Odwar"].gender == "f"
    assert people(f"{known}Odwar took her bag. Odwar said he was late.")["Quill Odwar"].gender is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Will Andrew Venn go? Andrew Venn said no.", "Andrew Venn"),
        ("It rained.\n\nWatch Orla Marr speak. The steel is old, Orla Marr said.", "Orla Marr"),
        ("Meet Ruth Amadi, who runs the pier.", "Ruth Amadi"),
        ("Nora Venn Nora Venn ran over the bridge.", "Nora Venn"),
    ],
)
def test_what_opens_an_order_or_a_question_is_no_part_of_a_name(text: str, name: str) -> None:
    assert list(people(text)) == [name]


def test_what_is_signed_is_nobody_whatever_stands_before_it() -> None:
    assert not any(person.human for person in find_people("The college gave each student NDAs and a pen."))


@pytest.mark.parametrize("text", ["Will Venn said no.", "He met Will Venn. Will it rain?"])
def test_a_given_name_that_opens_questions_too_stays_one(text: str) -> None:
    assert list(people(text)) == ["Will Venn"]
