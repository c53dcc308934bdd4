from __future__ import annotations

from pathlib import Path

import pytest

from qa.assistant import Assistant, checking
from qa.errors import QuestionError
from qa.types import Article
from qa.verification import DraftCheck, Judgement, Source

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


@pytest.fixture
def taken_apart(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The ids of the articles that are taken apart to be compared, as often as they are."""
    ids: list[str] = []

    class Counted(Source):
        def __init__(self, article: Article) -> None:
            ids.append(article.id)
            super().__init__(article)

    monkeypatch.setattr(checking, "Source", Counted)
    return ids


def test_for_a_draft_of_many_quotations_no_article_is_taken_apart_twice(
    sample: Assistant, taken_apart: list[str]
) -> None:
    sample.check_draft(DRAFT)
    once = len(taken_apart)
    assert once == len(set(taken_apart)) > 3
    taken_apart.clear()
    check = sample.check_draft("\n\n".join([DRAFT] * 20))
    assert len(check.quotations) == 120
    assert len(taken_apart) == once


def test_what_is_held_of_the_archive_meanwhile_is_bounded_and_no_verdict_depends_on_it(
    sample: Assistant, checked: DraftCheck, taken_apart: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checking, "_HELD", 1)
    assert sample.check_draft(DRAFT) == checked
    assert len(taken_apart) > len(set(taken_apart))


def test_where_an_article_has_the_words_in_a_row_no_others_are_compared(
    sample: Assistant, taken_apart: list[str]
) -> None:
    [citation] = sample.verify("a crust that argues and a crumb that forgives").citations
    assert taken_apart == [citation.article.id]


def test_a_single_quotation_says_who_said_it(sample: Assistant) -> None:
    [citation] = sample.verify("a crust that argues and a crumb that forgives").citations
    assert citation.statement is not None
