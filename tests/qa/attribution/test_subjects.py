"""A subject is the noun phrase at a verb, with its appositions, or nothing."""

from __future__ import annotations

import pytest

from qa.attribution.subjects import subject_after, subject_before, subject_of


def before(text: str, verb: str = "said") -> str | None:
    span = subject_before(text, 0, text.rindex(verb))
    return span.of(text) if span else None


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("Ilse Varn said", "Ilse Varn"),
        ("On Monday, the mayor said", "the mayor"),
        ("It was late, but she said", "she"),
        ("Tomas Reck, the auditor, said", "Tomas Reck, the auditor"),
        ("Reck, during a meeting, said", "Reck"),
        ("Ada Voss and Tomas Reck said", "Ada Voss and Tomas Reck"),
        ("Will Venn said", "Will Venn"),
        ("with the steel said", None),
        (", said", None),
    ],
)
def test_a_subject_ends_right_before_its_verb(text: str, subject: str | None) -> None:
    assert before(text) == subject


@pytest.mark.parametrize(
    ("behind", "subject"),
    [
        (" Ilse Varn.", "Ilse Varn"),
        (" former Sen. Tomas Reck on Monday.", "former Sen. Tomas Reck"),
        (" Tomas Reck, the harbour’s auditor.", "Tomas Reck, the harbour’s auditor"),
        (" in the evening.", None),
        ("", None),
    ],
)
def test_a_subject_may_follow_its_verb(behind: str, subject: str | None) -> None:
    text = f"“Late,” said{behind}"
    span = subject_after(text, text.index("said") + 4)
    assert (span.of(text) if span else None) == subject


@pytest.mark.parametrize(
    ("sentence", "subject"),
    [
        ("Merz praised it, calling it late.", "Merz"),
        ("In May, the trust closed the pier.", "the trust"),
        ("But he left.", "he"),
        ("Two days later, Reck closed it.", "Reck"),
        ("with steel", None),
    ],
)
def test_the_subject_of_a_sentence_stands_at_its_head(sentence: str, subject: str | None) -> None:
    span = subject_of(sentence)
    assert (span.of(sentence) if span else None) == subject
