"""A speaker as asked for becomes the names that the archive knows."""

from __future__ import annotations

import pytest

from qa.answering import named_speakers

KNOWN = [
    ("Friedrich Merz", "German Chancellor"),
    ("Charlotte Merz", None),
    ("Marguerite Oyelaran-Voss", "union leader"),
    ("Ada Voss", "warden"),
    ("Viktor Orbán", None),
    ("Merz", None),
]


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ("friedrich merz", ["Friedrich Merz"]),
        ("merz", ["Friedrich Merz", "Charlotte Merz", "Merz"]),
        ("the german chancellor", ["Friedrich Merz"]),
        ("Chancellor Merz", ["Friedrich Merz"]),
        ("marguerite oyelaran voss", ["Marguerite Oyelaran-Voss"]),
        ("Oyelaran–Voss", ["Marguerite Oyelaran-Voss"]),
        ("Voss", ["Marguerite Oyelaran-Voss", "Ada Voss"]),
        ("viktor orban", ["Viktor Orbán"]),
        ("Macron", []),
        ("the", []),
    ],
)
def test_a_speaker_is_known_by_name_part_of_a_name_or_role(asked: str, names: list[str]) -> None:
    assert named_speakers(asked, KNOWN) == names
