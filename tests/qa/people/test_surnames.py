"""Whom a surname means that articles use alone."""

from __future__ import annotations

from datetime import date

import pytest

from qa.people import profiles_of, separated
from qa.people.surnames import bearer_of
from qa.types import Naming

SPRING, LATER = date(2024, 4, 1), date(2024, 9, 1)
LONG_AGO = date(2014, 4, 1)


def named(name: str, articles: int, day: date | None = SPRING, role: str | None = None) -> Naming:
    return Naming(name.lower(), name, role, articles, day, day, articles=articles)


def spellings(*namings: Naming, pins: dict[str, str] | None = None) -> list[set[str]]:
    return [set(one.spellings) for one in profiles_of(namings, pins or {})]


def meant(use: Naming, *bearers: Naming) -> str | None:
    return bearer_of([use], {one.name: [one] for one in bearers})


def test_a_surname_alone_is_whoever_nearly_all_articles_of_the_time_name() -> None:
    reck, other, alone = named("Tomas Reck", 9), named("Thea Reck", 1), named("Reck", 3, LATER)
    assert spellings(reck, other, alone) == [{"Tomas Reck", "Reck"}, {"Thea Reck"}]


def test_two_common_bearers_of_a_surname_stay_apart_from_it() -> None:
    assert len(spellings(named("Tomas Reck", 9), named("Thea Reck", 6), named("Reck", 3))) == 3


def test_few_articles_make_nothing_plain() -> None:
    assert len(spellings(named("Tomas Reck", 5), named("Thea Reck", 1), named("Reck", 3))) == 3


def test_who_bore_the_name_long_ago_does_not_count_where_articles_of_the_time_tell() -> None:
    before, now = named("Thea Reck", 9, LONG_AGO), named("Tomas Reck", 9)
    assert meant(named("Reck", 1), before, now) == "Tomas Reck"
    assert meant(named("Reck", 1, LONG_AGO), before, now) == "Thea Reck"


def test_a_surname_that_means_one_at_one_time_and_another_at_another_is_nobodys() -> None:
    bearers = {"Thea": [named("Thea Reck", 9, LONG_AGO)], "Tomas": [named("Tomas Reck", 9)]}
    assert bearer_of([named("Reck", 1), named("Reck", 1, LONG_AGO)], bearers) is None


def test_where_no_article_of_the_time_tells_the_whole_archive_has_to_be_plainer() -> None:
    use = named("Reck", 1, LONG_AGO)
    assert meant(use, named("Tomas Reck", 14), named("Thea Reck", 1)) == "Tomas Reck"
    assert meant(use, named("Tomas Reck", 9), named("Thea Reck", 1)) is None
    contrary = named("Thea Reck", 1, LONG_AGO)
    assert meant(use, named("Tomas Reck", 14), contrary) is None


def test_articles_without_a_day_count_for_any_time() -> None:
    assert meant(named("Reck", 1, None), named("Tomas Reck", 9), named("Thea Reck", 1, None)) == "Tomas Reck"


def test_a_father_and_his_junior_are_two_bearers() -> None:
    assert len(spellings(named("Tomas Reck", 9), named("Tomas Reck Jr.", 9), named("Reck", 3))) == 3


def test_a_surname_with_a_role_that_its_bearer_does_not_have_stays_apart() -> None:
    reck, other = named("Tomas Reck", 9, role="mayor"), named("Thea Reck", 1)
    assert len(spellings(reck, other, named("Reck", 3, role="goalkeeper"))) == 3
    assert len(spellings(reck, other, named("Reck", 3, role="former mayor"))) == 2


@pytest.mark.parametrize(("as_given", "speakers"), [(1, 3), (5, 4)])
def test_a_word_that_hardly_ever_is_a_given_name_may_be_a_surname(as_given: int, speakers: int) -> None:
    named_so = [named("Tomas Reck", 20), named("Thea Reck", 1), named("Reck Holm", as_given), named("Reck", 3)]
    assert len(spellings(*named_so)) == speakers


def test_what_a_user_has_set_apart_stays_apart() -> None:
    namings = [named("Tomas Reck", 9), named("Thea Reck", 1), named("Reck", 3)]
    [both, _] = profiles_of(namings, {})
    assert len(spellings(*namings, pins=separated({}, both, "Reck"))) == 3
    assert {"Thea Reck", "Reck"} in spellings(*namings, pins={"reck": "thea reck"})
