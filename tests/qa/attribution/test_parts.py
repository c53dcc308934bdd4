"""What part a name or a pronoun has in its sentence, told by what stands around it."""

from __future__ import annotations

import pytest

from qa.attribution.parts import Case, Part, Parts, is_owned


def part(text: str, name: str = "Reck") -> Part:
    start = text.rindex(name)
    return Parts(text).of(start, start + len(name))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Reck left.", Part.SUBJECT),
        ("On Monday, Reck left.", Part.SUBJECT),
        ("As for Reck, it was late.", Part.SUBJECT),
        ("They slept in the old boat by the quay when Reck left.", Part.CLAUSE),
        ("Ilse Varn of the town’s old yard said Reck left.", Part.REPORTED),
        ("It was sent to Reck.", Part.OTHER),
        ("It was late for Reck’s boat.", Part.OWNER),
        ("It was hard on the Reck campaign.", Part.OWNER),
        ("Reck’s boat left.", Part.OWNING),
    ],
)
def test_a_part_is_told_by_what_stands_before_and_after(text: str, expected: Part) -> None:
    assert part(text) is expected


@pytest.mark.parametrize(
    ("text", "pronoun", "expected"),
    [
        ("She left.", "She", Case.SUBJECT),
        ("They saw him.", "him", Case.OBJECT),
        ("They saw her.", "her", Case.OBJECT),
        ("They saw her and left.", "her", Case.OBJECT),
        ("They saw her boat.", "her", Case.OWNER),
        ("It was his.", "his", Case.OWNER),
    ],
)
def test_a_pronoun_is_subject_object_or_owner(text: str, pronoun: str, expected: Case) -> None:
    assert Parts(text).case(text.index(pronoun)) is expected


@pytest.mark.parametrize(
    ("text", "ahead"),
    [
        ("In his report, Reck left.", True),
        ("When he left, Reck slept.", True),
        ("In his report, Reck’s boat left.", False),
        ("Varn saw his report, Reck left.", False),
        ("In his report the boat, Reck said, left.", True),
    ],
)
def test_a_subject_behind_the_adverbial_of_a_pronoun_is_ahead_of_it(text: str, ahead: bool) -> None:
    start = text.index("Reck")
    pronoun = text.index("his") if "his" in text else text.index("he ")
    assert Parts(text).is_ahead(pronoun, start + 4, start) is ahead


def test_a_border_of_a_clause_stands_between_two_clauses() -> None:
    parts = Parts("Reck saw him. Reck slept when they saw him.")
    assert parts.is_one_clause(4, 9)
    assert not parts.is_one_clause(18, 39)


def test_sentences_and_paragraphs_are_counted_and_abbreviations_end_none() -> None:
    text = "Mr. Reck left. He slept.\n\nIt rained."
    parts = Parts(text)
    assert parts.sentences == (0, 15, 26)
    assert parts.apart(4, text.index("It")) == (2, 1)
    assert (parts.begins(16), parts.ends(16), parts.ends(30)) == (15, 26, len(text))


def test_an_owner_is_told_by_its_mark() -> None:
    assert is_owned("Reck’s boat", 4)
    assert not is_owned("Reck left", 4)


def test_a_clause_hangs_on_another_one_by_its_conjunction() -> None:
    text = "While she slept, it rained. It rained because she left, and she slept."
    parts = Parts(text)
    assert parts.depends(text.index("she"))
    assert parts.depends(text.index("she left"))
    assert not parts.depends(text.rindex("she"))
    assert parts.is_linked(text.rindex("she"))
