"""What an article says beside a name is whoever has the name, word for word."""

from __future__ import annotations

import pytest

from qa.attribution import duty_asked, holders, introductions


@pytest.mark.parametrize(
    ("text", "names", "cited"),
    [
        ("Harbour master Petra Reck closed the quay.", ["Petra Reck"], ["Harbour master Petra Reck"]),
        ("Petra Reck, the harbour master, closed the quay.", ["Reck"], ["Petra Reck, the harbour master"]),
        (
            "The museum’s director, Bertrand Ilves, resigned.",
            ["Bertrand Ilves"],
            ["The museum’s director, Bertrand Ilves"],
        ),
        (
            "Mayor Ilse Varn met Dorn’s special envoy Otto Lind.",
            ["Otto Lind"],
            ["Dorn’s special envoy Otto Lind"],
        ),
        ("Tomas Reck, who chairs the board, left.", ["Reck"], ["Tomas Reck, who chairs the board"]),
        (
            "Tomas Reck (Harbour), who has run the quay since 2019, left.",
            ["Reck"],
            ["Tomas Reck (Harbour), who has run the quay since 2019"],
        ),
        ("Tomas Reck, who is a member of the board, left.", ["Reck"], ["Tomas Reck, who is a member of the board"]),
        ("Tomas Reck, who replaced the old director, left.", ["Reck"], []),
        ("Petra Reck closed the quay.", ["Petra Reck"], []),
        ("“Harbour master Petra Reck is late,” he said.", ["Petra Reck"], []),
        ("Unlike Petra Reck, Director Varn has asked the court to wait, and left.", ["Petra Reck"], []),
    ],
)
def test_a_role_that_stands_beside_a_name_is_cited_with_it(text: str, names: list[str], cited: list[str]) -> None:
    found = introductions(text, names, "a")
    assert [one.span.of(text) for one in found] == cited
    assert all(one.span.contains(one.role) for one in found)


def test_those_who_do_something_are_found_without_their_names() -> None:
    duty = duty_asked("Who runs the museum?")
    assert duty is not None
    text = "The museum’s director, Bertrand Ilves, left. Tomas Reck, who chairs the board, and Petra Reck did not."
    assert [(one.name, one.role.of(text)) for one in holders(text, duty)] == [
        ("Bertrand Ilves", "The museum’s director")
    ]


def test_of_two_who_share_a_surname_each_has_their_own_role() -> None:
    text = "Harbour master Petra Reck spoke. Treasurer Tomas Reck did not."
    assert [one.span.of(text) for one in introductions(text, ["Tomas Reck"])] == ["Treasurer Tomas Reck"]
    assert {one.name for one in introductions(text, ["Reck"])} == {"Petra Reck", "Tomas Reck"}
