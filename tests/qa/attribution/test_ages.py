"""How old somebody is stands beside the name, in a few set forms, and nobody else's name stands between."""

from __future__ import annotations

import pytest

from qa.attribution import ages_told


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Petra Reck, 44, of Tamble, said no.", "44"),
        ("The winner is Petra Reck, 44.", "44"),
        ("Petra Reck (44) said no.", "44"),
        ("Petra Reck, aged 44, said no.", "44"),
        ("Petra Reck, a 44-year-old nurse, said no.", "44"),
        ("Petra Reck is 44 years old.", "44"),
        ("Petra Reck turned 44 on Monday.", "44"),
        ("They found 44-year-old Petra Reck in the hall.", "44"),
        ("They found the 44-year-old nurse Petra Reck in the hall.", "44"),
        ("Gefunden wurde die 44-jährige Petra Reck im Rathaus.", "44"),
        ("Petra Reck, 44 and a nurse, said no.", "44"),
    ],
)
def test_an_age_beside_the_name_is_found(text: str, expected: str) -> None:
    assert [one.role.of(text) for one in ages_told(text, ["Petra Reck"])] == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "Petra Reck’s dog Nemo, 13, died in June.",
        "Petra Reck and Ada Venn, 44, said no.",
        "The 17-year-old shot Petra Reck in the hall.",
        "A 17-year-old attacked Petra Reck in the hall.",
        "Petra Reck left. The 53-year-old Reck stayed.",
        "Petra Reck, 6-2, won the match.",
        "Petra Reck, 12 of whose boats sank, said no.",
        "Goals: Petra Reck (12), Ada Venn (44).",
        "1. Petra Reck, 52",
        "Petra Reck was 12 points ahead.",
        "Petra Reck turned 44 per cent of the votes into a majority.",
        "“Petra Reck, 44, is a friend,” she said.",
        "Petra Reck came on 6 January, 44 days late.",
    ],
)
def test_a_number_that_is_nobody_s_age_or_another_s_is_none(text: str) -> None:
    assert ages_told(text, ["Petra Reck"]) == []


def test_of_two_people_with_a_surname_each_has_their_own() -> None:
    text = "Petra Reck, 44, met Tomas Reck, 51, on the quay. Petra Reck left."
    assert [one.role.of(text) for one in ages_told(text, ["Tomas Reck"])] == ["51"]
