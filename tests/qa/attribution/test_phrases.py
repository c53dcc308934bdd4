"""A phrase is read once: head, name and title, complement, appositions, owner, the two that it joins."""

from __future__ import annotations

import pytest

from qa.attribution.phrases import capital_tail, ending_of, head_noun, is_capitalised, is_name, read_phrase


@pytest.mark.parametrize(
    ("mention", "head", "appositions"),
    [
        ("Bruno Deese (D), the climate adviser, who", "Bruno Deese", ("the climate adviser",)),
        ("Mr. Reck himself", "Mr. Reck", ()),
        ("Ilse Varn on Monday", "Ilse Varn", ()),
        ("Amos Holt, Jr.", "Amos Holt, Jr.", ()),
        ("the auditor — Piet Rensen —", "the auditor", ("Piet Rensen",)),
        ("Reck’s", "Reck", ()),
        (" , ", "", ()),
    ],
)
def test_a_head_has_neither_appositions_nor_what_trails_it(
    mention: str, head: str, appositions: tuple[str, ...]
) -> None:
    phrase = read_phrase(mention, 7)
    assert (phrase.start, phrase.head, phrase.appositions) == (7, head, appositions)


def test_title_name_and_complement_are_told_apart() -> None:
    phrase = read_phrase("former Trust director Wilma Oduya of the Guild")
    assert (phrase.named, phrase.has_complement) == ("former Trust director Wilma Oduya", True)
    assert (phrase.named_ending.before, phrase.named_ending.name) == (
        ("former", "Trust", "director"),
        ("Wilma", "Oduya"),
    )
    assert (phrase.ending.capitals, phrase.word[:6]) == (("Guild",), "former")


def test_an_apposition_is_read_without_its_determiner_and_complement() -> None:
    (apposed,) = read_phrase("his lawyer, the Rev. Amos Holt of Sandle").apposed
    assert (apposed.title, apposed.name) == ("Rev.", ("Amos", "Holt"))


@pytest.mark.parametrize(
    ("mention", "owner", "owned"),
    [("his campaign", "his", "campaign"), ("Her press office", "her", "office"), ("the campaign", "", "")],
)
def test_an_owner_is_told_with_what_he_has(mention: str, owner: str, owned: str) -> None:
    phrase = read_phrase(mention)
    assert (phrase.owner, phrase.owned) == (owner, owned)


@pytest.mark.parametrize(
    ("mention", "pair"),
    [("Mr. Reck and Mr. Holt", ("Mr. Reck", "Mr. Holt")), ("neither Reck nor Holt", ("neither Reck", "Holt"))],
)
def test_two_that_are_joined_are_told(mention: str, pair: tuple[str, str]) -> None:
    assert read_phrase(mention).pair == pair


@pytest.mark.parametrize(
    ("phrase", "noun"),
    [("the mayor of Lower Ostrel", "mayor"), ("Rep.", "rep"), ("a lawyer (for Reck)", "lawyer"), ("", "")],
)
def test_a_head_noun_stands_before_what_modifies_it(phrase: str, noun: str) -> None:
    assert head_noun(phrase) == noun


def test_an_owner_ends_what_stands_before_the_capitals() -> None:
    assert capital_tail("the Courier’s Una Vells") == (["the", "Courier’s"], ["Una", "Vells"])
    assert capital_tail("the mayor of de") == (["the", "mayor", "of", "de"], [])
    assert ending_of("the Courier’s Una Vells").name == ("Una", "Vells")


@pytest.mark.parametrize("word", ["Merz", "von", "al-Hamad", "Öztürk"])
def test_a_word_can_be_part_of_a_name(word: str) -> None:
    assert is_capitalised(word)


@pytest.mark.parametrize("phrase", ["Mr. Lou", "Ursula von der Leyen", "Quill Odwar"])
def test_a_name_is_of_one(phrase: str) -> None:
    assert is_name(phrase)


@pytest.mark.parametrize("phrase", ["", "Lou", "The Courier", "Tamble Crossings", "Senate Republicans", "a B C D E F"])
def test_a_noun_of_many_or_a_body_is_no_name(phrase: str) -> None:
    assert not is_name(phrase)
