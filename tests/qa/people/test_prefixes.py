"""Names with titles before them become the names."""

from __future__ import annotations

import pytest

from qa.people import profiles_of
from qa.types import Naming


def naming(name: str, role: str | None = None, *, organisation: bool = False, articles: int = 2) -> Naming:
    return Naming(name.lower(), name, role, articles, organisation=organisation, articles=articles)


RECK = naming("Tomas Reck", "Harbour Board chairman")
OTHERS = (naming("Ada Voss", "chairman of the board"), naming("Tomas Voss"), naming("Mary Voss"))


def spellings(*namings: Naming, pins: dict[str, str] | None = None) -> list[set[str]]:
    return [set(one.spellings) for one in profiles_of(namings, pins or {}) if "Reck" in one.name]


@pytest.mark.parametrize("organisation", [False, True])
@pytest.mark.parametrize("name", ["Board Chairman Tomas Reck", "Chairman of the Harbour Board Tomas Reck"])
def test_a_name_with_a_title_of_its_bearer_is_the_name(name: str, organisation: bool) -> None:
    titled = naming(name, organisation=organisation)
    assert spellings(RECK, *OTHERS, titled) == [{"Tomas Reck", name}]
    [one] = [each for each in profiles_of([RECK, *OTHERS, titled], {}) if "Reck" in each.name]
    assert (one.name, one.organisation) == ("Tomas Reck", False)


@pytest.mark.parametrize("name", ["Mary Tomas Reck", "Will Tomas Reck", "Board Chairman Thea Reck"])
def test_a_given_name_or_another_word_is_no_title(name: str) -> None:
    assert len(spellings(RECK, *OTHERS, naming(name))) == 2


def test_a_namesake_with_another_role_is_somebody_else() -> None:
    chair = naming("Board Chairman Tomas Reck")
    assert len(spellings(naming("Tomas Reck", "goalkeeper"), *OTHERS, chair)) == 2
    assert len(spellings(naming("Tomas Reck"), *OTHERS, chair)) == 2


def test_what_a_user_has_set_apart_stays_apart() -> None:
    pins = {"board chairman tomas reck": "board chairman tomas reck"}
    assert len(spellings(RECK, *OTHERS, naming("Board Chairman Tomas Reck"), pins=pins)) == 2
