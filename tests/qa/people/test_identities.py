"""Spellings over many articles become speakers."""

from __future__ import annotations

from datetime import date

import pytest

from qa.people import Profile, merged, profiles_of, separated, slug_of
from qa.people.spelling import folded_name
from qa.types import Naming


def speakers(*names: str, pins: dict[str, str] | None = None) -> list[set[str]]:
    return [set(one.spellings) for one in gathered(*names, pins=pins)]


def gathered(*names: str, pins: dict[str, str] | None = None) -> list[Profile]:
    namings = [Naming(folded_name(name), name, None, len(names) - at) for at, name in enumerate(names)]
    return profiles_of(namings, pins or {})


@pytest.mark.parametrize(
    "spellings",
    [
        ("Volodymyr Zelensky", "Volodymyr Zelenskyy", "Volodymyr Zelenskiy", "Zelensky", "Zelenskyy"),
        ("Volodymyr Zelensky", "Vladimir Zelenskiy", "Wolodymyr Selenskyj"),
        ("Friedrich Merz", "FRIEDRICH MERZ", "Merz"),
        ("Viktor Orbán", "Viktor Orban", "Orban"),
        ("Donald Trump", "Donald J. Trump", "Trump"),
        ("Ursula von der Leyen", "von der Leyen"),
        ("Anna-Lena Reck", "Annalena Reck"),
        ("Peter O'Hara", "Peter O’Hara"),
        ("J.D. Reck", "JD Reck", "J. D. Reck"),
    ],
)
def test_spellings_of_one_name_are_one_speaker(spellings: tuple[str, ...]) -> None:
    assert speakers(*spellings) == [set(spellings)]


@pytest.mark.parametrize(
    "names",
    [
        ("Donald Trump", "Ivanka Trump"),
        ("Donald Trump", "Donald Trump Jr."),
        ("Paul Andersen", "Paul Anderson"),
        ("George W. Lund", "George H. Lund"),
        ("Ada Voss", "Marguerite Oyelaran-Voss"),
        ("Tomas Reck", "Thea Reck"),
        ("Lee County Coroner Bill Harris", "Lee Harris"),
        ("Kimberly Yee", "Ye"),
    ],
)
def test_two_people_stay_two(names: tuple[str, str]) -> None:
    assert speakers(*names) == [{names[0]}, {names[1]}]


def test_a_name_that_could_be_either_persons_stays_apart() -> None:
    assert speakers("Tomas Reck", "Thea Reck", "Reck") == [{"Tomas Reck"}, {"Thea Reck"}, {"Reck"}]
    assert len(speakers("George W. Lund", "George H. Lund", "George Lund", "Lund")) == 4


def test_a_name_that_is_also_a_given_name_is_nobodys_surname() -> None:
    assert speakers("Douglas Frank", "Frank", "Frank Lund") == [{"Douglas Frank"}, {"Frank"}, {"Frank Lund"}]


def test_a_surname_with_another_role_is_somebody_else() -> None:
    def namings(role: str | None) -> list[Naming]:
        return [Naming("noah petro", "Noah Petro", "warden", 2), Naming("petro", "Petro", role, 1)]

    assert len(profiles_of(namings("Colombian president"), {})) == 2
    assert len(profiles_of(namings("prison warden"), {})) == 1
    assert len(profiles_of(namings(None), {})) == 1


def test_a_person_whom_a_user_has_set_apart_still_makes_a_surname_ambiguous() -> None:
    names = ("Tomas Reck", "Thea Reck", "Reck")
    assert len(speakers(*names, pins={"thea reck": "thea reck"})) == 3


def test_an_organisation_is_only_ever_itself() -> None:
    house, lone = Naming("white house", "White House", None, 2, organisation=True), Naming("house", "House", None, 1)
    assert len(profiles_of([house, lone], {})) == 2


def test_a_profile_has_every_spelling_and_the_days_of_its_roles() -> None:
    early, late = date(2024, 5, 1), date(2025, 12, 15)
    [merz] = profiles_of(
        [
            Naming("merz", "Merz", None, 9, late, late),
            Naming("friedrich merz", "Friedrich Merz", "opposition leader", 2, early, early),
            Naming("friedrich merz", "Friedrich Merz", "Chancellor", 3, date(2025, 6, 1), late),
        ],
        {},
    )
    assert (merz.slug, merz.name, merz.spellings) == ("friedrich-merz", "Friedrich Merz", ("Merz", "Friedrich Merz"))
    assert (merz.statements, merz.first, merz.last, merz.role) == (14, early, late, "Chancellor")
    assert [(role.title, role.first, role.last) for role in merz.roles] == [
        ("Chancellor", date(2025, 6, 1), late),
        ("opposition leader", early, early),
    ]


def test_slugs_tell_speakers_apart() -> None:
    assert [one.slug for one in profiles_of([Naming("a b", "A B", None, 2), Naming("a-b", "A-B", None, 1)], {})] == [
        "a-b",
        "a-b-2",
    ]
    assert slug_of("Ursula von der Leyen") == "ursula-von-der-leyen"


def test_a_short_form_is_the_name_it_is_short_for_where_its_bearers_have_one_role() -> None:
    def namings(role: str | None, name: str = "Tom Reck") -> list[Naming]:
        other = Naming("thomas p. reck", "Thomas P. Reck", "Harbour Board chair", 2)
        return [other, Naming(folded_name(name), name, role, 1)]

    assert len(profiles_of(namings("harbour board chair"), {})) == 1
    assert len(profiles_of(namings("chair"), {})) == 2
    assert len(profiles_of(namings(None), {})) == 2
    assert len(profiles_of(namings("harbour board chair", "Tom Q. Reck"), {})) == 2
    assert len(profiles_of(namings("harbour board chair", "Thea Reck"), {})) == 2
    assert len(profiles_of(namings("harbour board chair"), {"tom reck": "tom reck"})) == 2


def test_a_user_can_merge_two_speakers_and_split_them_again() -> None:
    names = ("Kim Jong-un", "Kim Jong Un", "Kim")
    first, second, third = gathered(*names)
    pins = merged({}, first, second)
    assert speakers(*names, pins=pins) == [{"Kim Jong-un", "Kim Jong Un"}, {"Kim"}]
    pins |= merged(pins, third, gathered(*names, pins=pins)[0])
    [all_of_them] = gathered(*names, pins=pins)
    pins |= separated(pins, all_of_them, "Kim Jong Un")
    assert speakers(*names, pins=pins) == [{"Kim Jong-un", "Kim"}, {"Kim Jong Un"}]
    pins |= separated(pins, gathered(*names, pins=pins)[0], "Kim")
    assert speakers(*names, pins=pins) == [{"Kim Jong-un"}, {"Kim Jong Un"}, {"Kim"}]


def test_a_surname_that_a_user_has_split_off_does_not_join_again() -> None:
    names = ("Friedrich Merz", "Merz")
    pins = separated({}, gathered(*names)[0], "Merz")
    assert speakers(*names, pins=pins) == [{"Friedrich Merz"}, {"Merz"}]
    one, other = gathered(*names, pins=pins)
    assert speakers(*names, pins=pins | merged(pins, one, other)) == [{"Friedrich Merz", "Merz"}]


def test_a_pin_holds_for_spellings_that_come_back() -> None:
    pins = {"kim jong un": "kim jong-un", "kim": "kim jong-un"}
    assert speakers("Kim", "Kim Jong Un", pins=pins) == [{"Kim", "Kim Jong Un"}]


def test_who_was_merged_into_gives_the_name_however_little_is_told_of_them() -> None:
    often, rarely = gathered("Petra Reck", "Tomas Reck")
    (one,) = gathered("Petra Reck", "Tomas Reck", pins=merged({}, into=rarely, other=often))
    assert (one.name, one.slug) == ("Tomas Reck", "tomas-reck")
