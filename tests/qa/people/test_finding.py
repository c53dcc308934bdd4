"""A speaker as asked for becomes speakers of the archive."""

from __future__ import annotations

from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.people import Profile, Roll, bare_name, find_speakers, finding, is_speaker, profiles_of
from qa.people.spelling import folded_name
from qa.types import Naming


def naming(name: str, role: str | None = None, statements: int = 1, *, organisation: bool = False) -> Naming:
    return Naming(folded_name(name), name, role, statements, organisation=organisation)


def known(*namings: Naming) -> list[Profile]:
    return profiles_of(namings, {})


KNOWN = known(
    naming("Friedrich Merz", "German Chancellor", 9),
    naming("Charlotte Merz", statements=8),
    naming("Marguerite Oyelaran-Voss", "union leader", 7),
    naming("Ada Voss", "warden", 6),
    naming("Viktor Orbán", statements=5),
    naming("Merz", statements=4),
    naming("Dario Peskin", "port spokesman", 3),
    naming("Volodymyr Zelenskyy", "Ukrainian President", 2),
    naming("Port Authority", statements=2, organisation=True),
    naming("Otto F. Holt Jr.", "NBA secretary-general", 2),
    naming("International Boating Club", statements=2, organisation=True),
)


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ("friedrich merz", ["Friedrich Merz"]),
        ("merz", ["Friedrich Merz", "Charlotte Merz", "Merz"]),
        ("the german chancellor", ["Friedrich Merz"]),
        ("the chancellor of germany", ["Friedrich Merz"]),
        ("the chancellor", ["Friedrich Merz"]),
        ("Chancellor Merz", ["Friedrich Merz"]),
        ("marguerite oyelaran voss", ["Marguerite Oyelaran-Voss"]),
        ("Oyelaran–Voss", ["Marguerite Oyelaran-Voss"]),
        ("Voss", ["Marguerite Oyelaran-Voss", "Ada Voss"]),
        ("Warden Peskin", ["Dario Peskin"]),
        ("viktor orban", ["Viktor Orbán"]),
        ("viktor", ["Viktor Orbán"]),
        ("port spokesman", ["Dario Peskin"]),
        ("the port authority", ["Port Authority"]),
        ("the president of ukraine", ["Volodymyr Zelenskyy"]),
        ("Herr Orbán", ["Viktor Orbán"]),
        ("ofh", ["Otto F. Holt Jr."]),
        ("the IBC", ["International Boating Club"]),
        ("the nba boss", ["Otto F. Holt Jr."]),
        ("the port boss", []),
        ("Macron", []),
        ("Olaf Voss", []),
        ("the", []),
    ],
)
def test_a_speaker_is_known_by_name_part_of_a_name_or_role(asked: str, names: list[str]) -> None:
    assert [one.name for one in find_speakers(asked, KNOWN)] == names


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("zelensky", ["Volodymyr Zelenskyy"]),
        ("Zelenskiy", ["Volodymyr Zelenskyy"]),
        ("Selenskyj", ["Volodymyr Zelenskyy"]),
        ("peksin", ["Dario Peskin"]),
        ("oban", []),
        ("freidrich merz", ["Friedrich Merz"]),
        ("friedrich mers", ["Friedrich Merz"]),
        ("fridrich mers", []),
        ("the chancelor", ["Friedrich Merz"]),
        ("vos", []),
        ("pekins", []),
    ],
)
def test_one_wrong_letter_is_forgiven_in_a_long_word(typed: str, names: list[str]) -> None:
    assert [one.name for one in find_speakers(typed, KNOWN)] == names


def test_a_spelling_that_somebody_has_is_no_mistake() -> None:
    speakers = known(naming("Tomas Marken"), naming("Ilse Markan"))
    assert [one.name for one in find_speakers("markan", speakers)] == ["Ilse Markan"]


def test_a_bare_surname_means_the_one_who_says_nearly_everything() -> None:
    speakers = known(
        naming("Keir Lund", statements=90), naming("Emma Lund", statements=3), naming("Lund Ferries", statements=9)
    )
    assert [one.name for one in find_speakers("lund", speakers)] == ["Keir Lund"]
    assert [one.name for one in find_speakers("emma lund", speakers)] == ["Emma Lund"]


def test_an_organisation_yields_to_a_person_of_that_name() -> None:
    speakers = known(naming("Bank Lund", statements=90, organisation=True), naming("Emma Lund"))
    assert [one.name for one in find_speakers("lund", speakers)] == ["Emma Lund"]


def test_a_title_whose_words_are_a_name_too_is_a_title() -> None:
    speakers = known(naming("Keir Lund"), naming("Emma Sound", "Lund ally"), naming("Ada Voss", "Senator"))
    assert [one.name for one in find_speakers("Senator Lund", speakers)] == ["Keir Lund"]


def test_an_organisation_named_after_an_office_is_not_who_holds_it() -> None:
    office = naming("Harbour Master Petra Reck’s office", statements=9, organisation=True)
    speakers = known(naming("Petra Reck", "Harbour Master"), office)
    assert [one.name for one in find_speakers("the harbour master", speakers)] == ["Petra Reck"]


def test_with_the_definite_article_an_office_comes_before_a_surname() -> None:
    speakers = known(naming("Roslyn Warden"), naming("Ada Voss", "warden"))
    assert [one.name for one in find_speakers("the warden", speakers)] == ["Ada Voss"]
    assert [one.name for one in find_speakers("warden", speakers)] == ["Roslyn Warden"]


def test_a_country_is_not_its_president_but_a_port_has_a_spokesman() -> None:
    speakers = known(naming("Volodymyr Zelenskyy", "Ukrainian President"), naming("Dario Peskin", "port spokesman"))
    assert find_speakers("Ukraine", speakers) == []
    assert [one.name for one in find_speakers("the port", speakers)] == ["Dario Peskin"]


def test_an_office_is_found_as_it_is_shortened_beside_a_name() -> None:
    speakers = known(naming("Ada Venn", "Harrow Gov."), naming("Otto Lind", "Sen."), naming("Bo Wick", "Lt. Gov."))
    assert [one.name for one in find_speakers("the senator", speakers)] == ["Otto Lind"]
    assert [one.name for one in find_speakers("the governor of Harrow", speakers)] == ["Ada Venn"]
    assert is_speaker("the governor", speakers)


def test_a_bare_name_has_no_title_and_no_article() -> None:
    assert bare_name("Chancellor Scholz", KNOWN) == "Scholz"
    assert bare_name("the Dr. Olaf Scholz", KNOWN) == "Olaf Scholz"
    assert bare_name("Dr.", KNOWN) == ""
    assert bare_name("Olaf Scholz", known(naming("Ada Voss", "Olaf Lund’s deputy"))) == "Olaf Scholz"


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("merz", True),
        ("Friedrich Merz", True),
        ("the German Chancellor", True),
        ("port authority", True),
        ("viktor", False),
        ("Selenskyj", True),
        ("Zelensk", False),
        ("authority", False),
        ("warden", False),
        ("the warden", True),
        ("the chancellor", True),
        ("the fire", False),
        ("fire", False),
    ],
)
def test_only_a_whole_name_a_surname_or_a_whole_role_is_surely_a_speaker(asked: str, expected: bool) -> None:
    assert is_speaker(asked, KNOWN) is expected


def test_initials_may_be_typed_without_their_points() -> None:
    profiles = known(naming("Ada Voss", "U.S. President", 2))
    for asked in ("the US president", "the u.s. president", "us president"):
        assert [one.name for one in find_speakers(asked, profiles)] == ["Ada Voss"]


def test_a_surname_with_a_hyphen_is_a_speakers_and_so_is_its_last_part() -> None:
    people = known(naming("Rufus Adeyemi-Holt"))
    assert is_speaker("Adeyemi-Holt", people)
    assert is_speaker("Holt", people)
    assert not is_speaker("Adeyemi", people)


def test_a_bare_name_is_the_words_as_they_were_typed() -> None:
    assert bare_name("the fishermen's cooperative", KNOWN) == "fishermen's cooperative"
    assert bare_name("the chancellor", KNOWN) == "chancellor"
    assert bare_name("Mr. Pell-Amara", KNOWN) == "Pell-Amara"
    assert bare_name("the mayor's spokesman", KNOWN) == "mayor's spokesman"
    assert bare_name("?", KNOWN) == ""


_GIVEN = st.sampled_from(("Ada", "Friedrich", "Jon", "Volodymyr", "Keir", "Otto F.", "Marguerite", "Port", "the"))
_FAMILY = st.sampled_from(
    ("Voss", "Merz", "Zelenskyy", "Xi", "Holt Jr.", "Oyelaran-Voss", "Ukraine", "Authority", "of Sund")
)
_ROLE = st.sampled_from(
    (None, "German Chancellor", "president of Ukraine", "NBA secretary-general", "port spokesman", "Senator", "mayor")
)
_NAMINGS = st.lists(
    st.builds(
        lambda given, family, role, statements, organisation: naming(
            f"{given} {family}", role, statements, organisation=organisation
        ),
        _GIVEN,
        _FAMILY,
        _ROLE,
        st.integers(1, 50),
        st.booleans(),
    ),
    min_size=1,
    max_size=12,
)
_TYPED = (
    "the ada fredrich jon john voss vos merz xi zelensky selenskyj holt ofh german germany ukraine ukrainian "
    "chancellor chancelor president senator nba boss chief port spokesman mayor mayro of sund authority oyelaran "
    "secretary general"
)
_ASKED = st.lists(st.sampled_from(_TYPED.split()), min_size=1, max_size=4).map(" ".join)


@given(_NAMINGS, _ASKED)
def test_whoever_is_looked_up_in_a_roll_is_whom_a_look_at_everybody_finds(namings: list[Naming], asked: str) -> None:
    everybody = known(*namings)
    assert find_speakers(asked, Roll(everybody)) == find_speakers(asked, everybody)
    assert is_speaker(asked, Roll(everybody)) == is_speaker(asked, everybody)
    assert bare_name(asked, Roll(everybody)) == bare_name(asked, everybody)


def test_looking_somebody_up_does_not_look_at_everybody() -> None:
    syllables = ("ka", "lo", "mi", "nu", "re", "su", "ti", "va", "ze", "po")
    names = ["".join(syllables[int(digit)] for digit in f"{number:04}").title() for number in range(2_000)]
    roll = Roll(known(*(naming(f"Given {name}", "mayor of Sund") for name in names), naming("Friedrich Merz")))
    looked_at: list[int] = []

    def counted(wanted: object, profiles: list[Profile], *rest: object) -> list[Profile]:
        looked_at.append(len(profiles))
        return called(wanted, profiles, *rest)  # type: ignore[arg-type]

    called = finding._called
    with patch.object(finding, "_called", counted):
        assert [one.name for one in find_speakers("merz", roll)] == ["Friedrich Merz"]
        assert find_speakers("unheard of", roll) == []
        assert [one.name for one in find_speakers("given kalominu", roll)] == ["Given Kalominu"]
        assert [one.name for one in find_speakers("kalominnu", roll)] == ["Given Kalominu"]
    assert max(looked_at) < 20
