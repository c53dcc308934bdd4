"""Damage in transit is told from alteration."""

from __future__ import annotations

import pytest

from qa.verification import Texts, Verdict
from qa.verification.damage import as_scanned

PRINTED = (
    "“The modern harbour cost €1,250,000,” said Iris Malm of the finance committee. “Nobody will win if we burn the "
    "fields again before the fifth of May.”"
)


@pytest.mark.parametrize(
    "quotation",
    [
        "The rnodern harbour cost €1,250,000",
        "The modem harbour cost €1,250,000",
        "The modern har-\nbour cost €1,250,000",
        "The modern har bour cost €1,250,000",
        "Themodern harbour cost €1,250,000",
        "Nobody wi11 vvin if we burn the fie1ds again",
        "Nobody will win if we burn the \ufb01elds againbefore",
        "said lris Malm of thefinance committee",
        "the modern harbour … Nobody will vvin if we burn the fields",
        "The moderu harbour cost €1,250,000",
        "The modcrn harbour cost €1,250,000",
        "The moclern barbour cost €1,250,000",
        "Nobody will win if we hurn tbe fields again",
        "Nobody wiIl win if wc hurn the fields again hefore",
        "The modern harbour cost €l,25O,OOO",
        "The modern harbour cost €1,250,0O0",
    ],
)
def test_letters_that_were_misread_are_damage(quotation: str) -> None:
    found = Texts([PRINTED]).verify(quotation)
    assert found.verdict is Verdict.DAMAGED
    assert all(piece.citation.exact in PRINTED for piece in found.pieces)


@pytest.mark.parametrize(
    "quotation",
    [
        "The modern harbour cost €1,260,000",
        "The modern harbour cost $1,250,000",
        "The modern harbour cost €12.50,000",
        "The modern harbor cost a lot, €1,250,000",
        "Nobody will win if we learn the fields again",
        "Nobody will not win if we burn the fields again",
        "Nobody wi11 win if we burn the ships again",
        "Nohody will win as we burn the fields again",
        "Nobody could win if wc burn the fields again",
    ],
)
def test_another_word_number_or_sign_is_an_alteration_however_damaged_the_rest(quotation: str) -> None:
    assert Texts([PRINTED]).verify(quotation).verdict is Verdict.ALTERED


@pytest.mark.parametrize(
    ("printed", "quoted"),
    [
        ("prices will fall again", "prices will fail again"),
        ("the hall was full of water", "the hail was full of water"),
        ("the hut was in bad order", "the hut was in had order"),
        ("he was the first", "be was the first"),
        ("they were late", "they we're late"),
    ],
)
def test_a_word_in_another_s_place_is_an_alteration_even_if_a_scan_could_have_made_it(
    printed: str, quoted: str
) -> None:
    said = "“We fear that {} this year,” said Iris Malm."
    for original, other in ((printed, quoted), (quoted, printed)):
        assert Texts([said.format(original)]).verify(other).verdict is Verdict.ALTERED


def test_a_quotation_with_hardly_a_whole_word_is_damage_where_nothing_else_is_different() -> None:
    read = Texts(["Orla Venning left early.", PRINTED, "The fields lie fallow."])
    found = read.verify("N0b0dy wi11 vvin if wc hurn tbe fie1ds again")
    assert found.verdict is Verdict.DAMAGED
    assert [one.article.id for one in found.citations] == ["1"]
    assert {(one.quoted, one.source) for one in found.differences} >= {("N0b0dy wi11 vvin", "Nobody will win")}
    assert read.verify("N0b0dy wi11 vvin if wc lcarn tbe fie1ds aga1n").verdict is not Verdict.DAMAGED


def test_what_damage_levels_keeps_numbers_apart() -> None:
    numbers = [str(number) for number in range(200)]
    assert len({as_scanned(number) for number in numbers}) == len(numbers)
    assert as_scanned("12.5") != as_scanned("125")
    assert as_scanned("May 12.") == as_scanned("May 12")


def test_what_was_misread_is_shown_beside_what_is_printed() -> None:
    found = Texts([PRINTED]).verify("Themodern harbour cost €1,250,000")
    assert [(one.quoted, one.source) for one in found.differences] == [("Themodern", "The modern")]


def test_a_word_that_the_texts_have_was_meant() -> None:
    said = "“Nobody asked about the lease of the barge,” said Iris Malm."
    assert Texts([said]).verify("Nobody asked about the lease of the harge").verdict is Verdict.DAMAGED
    both = [said, "A harge is a long flat boat."]
    assert Texts(both).verify("Nobody asked about the lease of the harge").verdict is Verdict.ALTERED
    assert Texts(["She is not able to come."]).verify("She is notable to come").verdict is Verdict.ALTERED


@pytest.mark.parametrize(
    ("quotation", "verdict"),
    [
        ("Jurgen Muller opened a cafe in Sao Paulo", Verdict.VERBATIM),
        ("Juergen Mueller opened a café in São Paulo", Verdict.DAMAGED),
        ("Jürgen Müllcr opened a cafe in Sao Panlo", Verdict.ALTERED),
        ("Jürgen Möller opened a café in São Paulo", Verdict.ALTERED),
        ("Jürgen Müller opened a cave in São Paulo", Verdict.ALTERED),
    ],
)
def test_accents_may_be_lost_or_spelled_out(quotation: str, verdict: Verdict) -> None:
    said = ["Jürgen Müller opened a café in São Paulo.", "Robert Mueller is somebody else."]
    assert Texts(said).verify(quotation).verdict is verdict
    unspelled = ["Juergen Mueller opened a cafe in Sao Paulo."]
    assert Texts(unspelled).verify("Jürgen Müller opened a café").verdict is Verdict.DAMAGED


@pytest.mark.parametrize(
    ("printed", "quoted"),
    [("Mr Becker", "Mr Hecker"), ("Mr Reek", "Mr Reck"), ("Mr Mohu", "Mr Mohn"), ("the CU", "the EU")],
)
def test_another_name_is_an_alteration_even_where_scans_confuse_its_letters(printed: str, quoted: str) -> None:
    said = f"“Nobody asked {printed} about the lease,” said Iris Malm."
    assert Texts([said]).verify(f"Nobody asked {quoted} about the lease").verdict is Verdict.ALTERED


@pytest.mark.parametrize(
    ("printed", "quoted"),
    [
        ("Mr Hendrik", "Mr Hcndrik"),
        ("Ms Lansing", "Ms Lansiug"),
        ("Donald Reiss", "Donalcl Reiss"),
        ("Mrs Brown", "Mrs Rrown"),
    ],
)
def test_a_name_that_is_spelled_like_no_word_is_nobodys(printed: str, quoted: str) -> None:
    said = f"“Nobody asked {printed} about the lease,” said Iris Malm."
    verdict = Texts([said]).verify(f"Nobody asked {quoted} about the lease").verdict
    assert verdict is (Verdict.ALTERED if quoted == "Mrs Rrown" else Verdict.DAMAGED), "no scan reads a B as an R"


def test_the_first_word_of_a_sentence_is_no_name() -> None:
    said = "“It is late. He said so. The lease is old and nobody asked,” said Iris Malm."
    for damaged in ("Tbe lease is old and nobody asked", "Thc lease is old and nobody asked"):
        assert Texts([said]).verify(damaged).verdict is Verdict.DAMAGED
    for meant in ("Be said so. The lease is old", "It is late. Be said so. The lease is old"):
        assert Texts([said]).verify(meant).verdict is Verdict.ALTERED, "a common word was meant"


@pytest.mark.parametrize(
    ("quotation", "verdict"),
    [
        ("the hut was in had order", Verdict.ALTERED),
        ("tbe hut was in had order", Verdict.DAMAGED),
        ("tbe but was in bad order", Verdict.DAMAGED),
        ("the but was in had order", Verdict.DAMAGED),
        ("thc hut was in had order", Verdict.ALTERED),
        ("tbe hut was in bad order of Hush", Verdict.ALTERED),
        ("tbe hut was in bad order of Busb", Verdict.DAMAGED),
        ("tbe hut is in had order of Bush", Verdict.ALTERED),
    ],
)
def test_letters_that_are_misread_in_one_word_are_misread_in_another(quotation: str, verdict: Verdict) -> None:
    said = "“We heard that the hut was in bad order of Bush,” said Iris Malm."
    assert Texts([said]).verify(quotation).verdict is verdict


def test_a_name_that_the_texts_have_is_meant_whatever_is_misread_beside_it() -> None:
    said = ["“Nobody asked Becker about the lease of the harbour,” said Iris Malm.", "Dario Hecker left."]
    quoted = "Nobody asked Hecker about the lease of the barbour"
    assert [Texts(texts).verify(quoted).verdict for texts in (said, said[:1])] == [Verdict.ALTERED, Verdict.DAMAGED]


@pytest.mark.parametrize(
    ("printed", "quoted"),
    [("1,5", "15"), ("10,12", "1012"), ("3-4", "34"), ("2:1", "21"), ("1 2", "12"), ("3 (1)", "31")],
)
def test_what_stands_between_two_digits_is_part_of_the_figure(printed: str, quoted: str) -> None:
    said = f"“We have seen {printed} ships on the river in May,” said Iris Malm."
    assert Texts([said]).verify(f"We have seen {quoted} ships on the river in May").verdict is Verdict.ALTERED
    assert Texts([said]).verify(f"We have seen {printed} ships on the river in May").verdict is Verdict.VERBATIM
