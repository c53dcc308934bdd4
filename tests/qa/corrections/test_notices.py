from __future__ import annotations

from datetime import date

import pytest

from qa.corrections import notices_in, own_corrections, tells_of_correction, told_wrong
from qa.types import NoticeKind
from tests.newsprint import article

STORY = "The ferry stops on 1 March.\n\nThe company employs 48 people on its boats."


@pytest.mark.parametrize(
    "notice",
    [
        "Correction: The company employs 48 people.",
        "CORRECTION: An earlier version of this story misstated the number of boats.",
        "Corrections & Clarifications: The mayor was not in the room.",
        "Clarification: This story has been updated to say when the council met.",
        "(Corrections and clarifications: This story was updated to remove a name).",
        "An earlier version of this article said the ferry stops in May.",
        "A previous version of this story misspelled the baker's name.",
        "This story corrects the spelling of the harbour master's name.",
        "Editor’s note: This story has been corrected to show that the ferry stops in March.",
        "This article was amended on 14 January 2026 to correct the number of boats.",
        "Korrektur: Die Firma beschäftigt 48 Menschen.",
        "In einer früheren Version dieses Artikels hieß es, die Fähre halte im Mai.",
    ],
)
def test_a_notice_of_the_article_itself_is_found(notice: str) -> None:
    printed = article(f"{STORY}\n\n{notice}")
    [found] = notices_in(printed)
    assert found.own
    assert found.span.of(printed.text) == notice


@pytest.mark.parametrize(
    "prose",
    [
        "The Tribune corrected the error and apologised for it.",
        "The council corrected from its early mistakes and approved a version of the plan.",
        "A version of this article appeared in print on Sunday.",
        "Corrections officers guard the prison.",
        "This story has been updated with additional reporting.",
        "“That is not correct,” said the mayor.",
    ],
)
def test_what_only_sounds_like_a_notice_is_none(prose: str) -> None:
    assert notices_in(article(f"{STORY}\n\n{prose}")) == ()


def test_an_article_headed_correction_speaks_of_another() -> None:
    text = "An article of 12 January gave a wrong number of employees. The company employs 48 people, not 84."
    printed = article(text, title="Correction: The ferry’s employees", published=date(2026, 1, 14))
    [found] = notices_in(printed)
    assert (found.own, found.kind, found.of_day) == (False, NoticeKind.CORRECTION, date(2026, 1, 12))


def test_a_notice_below_an_article_about_something_else_speaks_of_another() -> None:
    notice = "Correction: An article about the ferry on 12 January gave a wrong number of employees. It is 48, not 84."
    printed = article(f"The heron is back on the river.\n\n{notice}", published=date(2026, 1, 14))
    [found] = notices_in(printed)
    assert not found.own


def test_the_day_on_which_it_was_put_right_is_the_one_that_the_notice_names() -> None:
    printed = article(f"{STORY}\n\nThis article was amended on 14 January 2026 to correct a name.")
    [correction] = own_corrections(printed)
    assert correction.day == date(2026, 1, 14)


def test_words_that_are_there_to_be_called_wrong_are_known() -> None:
    printed = article(f"{STORY}\n\nCorrection: The company employs 48 people, not 84.")
    assert [one.span.of(printed.text) for one in told_wrong(printed)] == ["84"]


def test_a_label_that_stands_alone_labels_the_paragraph_below() -> None:
    printed = article(f"{STORY}\n\nCORRECTION\n\nThe company has two boats, not three.")
    [found] = notices_in(printed)
    assert found.span.of(printed.text) == "The company has two boats, not three."


@pytest.mark.parametrize(
    ("note", "tells"), [("Corrects spelling of Varnholt in the third paragraph.", True), ("Eds: Adds photos.", False)]
)
def test_a_note_to_editors_is_told_from_a_correction(note: str, tells: bool) -> None:
    assert tells_of_correction(note) is tells
