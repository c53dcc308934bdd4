from __future__ import annotations

from pathlib import Path

import pytest

from qa.assistant import Assistant
from qa.errors import QuestionError
from qa.verification import DraftCheck, Judgement

DRAFT = (Path(__file__).parents[2] / "drafted.txt").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def checked(sample: Assistant) -> DraftCheck:
    return sample.check_draft(DRAFT)


def test_every_quotation_of_a_draft_is_judged_in_its_order(checked: DraftCheck) -> None:
    assert [one.judgement for one in checked.quotations] == [
        Judgement.VERBATIM,
        Judgement.ALTERED,
        Judgement.STITCHED,
        Judgement.MISATTRIBUTED,
        Judgement.ABSENT,
        Judgement.VERBATIM,
    ]
    assert not checked.sound
    assert all(one.span.of(checked.text)[0] == "“" for one in checked.quotations)


def test_it_is_told_who_says_it_here_and_there(checked: DraftCheck) -> None:
    told = [(one.said_by and one.said_by.name, [each.name for each in one.speakers]) for one in checked.quotations]
    assert told[2] == ("Judith Kestrel-Boone", ["Judith Kestrel-Boone", "Ilse Varnholt"])
    assert told[3] == ("Ilse Varnholt", ["Wilma Oduya"])
    assert told[4] == ("Beatrix Nunnelly", [])


def test_the_change_of_an_altered_quotation_is_named(checked: DraftCheck) -> None:
    [change] = checked.quotations[1].verification.differences
    assert (change.quoted, change.source) == ("1962", "1952")


@pytest.mark.parametrize(
    ("draft", "judgement"),
    [
        ("“A bridge without a bus is a sculpture,” Varnholt said.", Judgement.VERBATIM),
        ("“A bridge without a bus is a sculpture,” Mayor Ilse Varnholt said.", Judgement.VERBATIM),
        ("“A bridge without a bus is a sculpture,” Konrad Varnholt said.", Judgement.MISATTRIBUTED),
        ("“A bridge without a bus is a sculpture,” the mayor said.", Judgement.VERBATIM),
        ("“A bridge without a bus is a sculpture” is what they say.", Judgement.VERBATIM),
        ("It is “a sculpture,” Sylvester Crane said.", Judgement.VERBATIM),
    ],
)
def test_only_two_names_that_differ_make_words_somebody_elses(
    sample: Assistant, draft: str, judgement: Judgement
) -> None:
    [one] = sample.check_draft(draft).quotations
    assert one.judgement is judgement


@pytest.mark.parametrize("draft", ["", "“…”", "x" * 100_001])
def test_a_draft_without_a_word_or_an_end_is_refused(sample: Assistant, draft: str) -> None:
    with pytest.raises(QuestionError):
        sample.check_draft(draft)


@pytest.mark.parametrize("draft", ["No words of anybody.", "0"])
def test_in_a_draft_without_a_quotation_there_is_nothing_to_check_and_people_are_told(
    sample: Assistant, draft: str
) -> None:
    check = sample.check_draft(draft)
    assert check.quotations == ()
    with pytest.raises(QuestionError, match="no words in quotation marks"):
        check.told()


def test_a_single_quotation_says_who_said_it(sample: Assistant) -> None:
    [citation] = sample.verify("a crust that argues and a crumb that forgives").citations
    assert citation.statement is not None
