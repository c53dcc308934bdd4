"""What is denied, told by cue and content."""

from __future__ import annotations

import pytest

from qa.answering.denying import denied
from qa.types import Span, Speaker, Statement, StatementForm
from tests.web.archive import make_article


def is_denied(sentence: str, cue: str, content: str, form: StatementForm = StatementForm.INDIRECT) -> bool:
    article = make_article(sentence, "Head")
    spans = [Span(article.text.index(words), article.text.index(words) + len(words)) for words in (cue, content)]
    who = Speaker("Pell", "Ada Pell")
    return denied(Statement(article.id, who, (), spans[:1], spans[1:], form), article)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("sentence", "cue", "content"),
    [
        ("Pell denied that she had met him.", "denied", "that she had met him"),
        ("Pell has denied wrongdoing.", "denied", "wrongdoing"),
        ("Pell rejected claims that the bridge was unsafe.", "rejected", "claims that the bridge was unsafe"),
        ("Pell dismissed the baseless allegation of fraud.", "dismissed", "the baseless allegation of fraud"),
        ("Pell bestritt, dass die Brücke unsicher sei.", "bestritt", "dass die Brücke unsicher sei"),
    ],
)
def test_what_a_cue_denies_is_denied(sentence: str, cue: str, content: str) -> None:
    assert is_denied(sentence, cue, content)


@pytest.mark.parametrize(
    ("sentence", "cue", "content"),
    [
        ("Pell said that she had met him.", "said", "that she had met him"),
        ("Pell did not deny that she had met him.", "deny", "that she had met him"),
        ("Pell called the claim an invention.", "called", "the claim an invention"),
        ("Pell rejected a plan that charges drivers.", "rejected", "a plan that charges drivers"),
        ("Pell said the claims were denied.", "said", "the claims were denied"),
    ],
)
def test_what_is_said_and_what_is_not_denied_is_no_denial(sentence: str, cue: str, content: str) -> None:
    assert not is_denied(sentence, cue, content)


@pytest.mark.parametrize(
    ("sentence", "cue", "content", "form"),
    [
        (
            "Pell denied any wrongdoing: “I have done nothing.”",
            "denied",
            "“I have done nothing.”",
            StatementForm.DIRECT,
        ),
        ("“I never took a cent,” Pell denied on Monday.", "denied", "“I never took a cent,”", StatementForm.DIRECT),
        ("Pell denied, “There was no meeting.”", "denied", "“There was no meeting.”", StatementForm.DIRECT),
        ("Pell dismissed the claims as “a smear”.", "dismissed", "the claims as “a smear”", StatementForm.MIXED),
        ("Pell denied it and said he never met him.", "said", "he never met him", StatementForm.INDIRECT),
        ("Critics who deny this say that all is lost.", "say", "that all is lost", StatementForm.INDIRECT),
        ("Pell bestritt nicht, dass er dort war.", "bestritt", "dass er dort war", StatementForm.INDIRECT),
    ],
)
def test_ones_own_words_beside_a_denial_are_said(sentence: str, cue: str, content: str, form: StatementForm) -> None:
    assert not is_denied(sentence, cue, content, form)


@pytest.mark.parametrize(
    ("sentence", "cue", "content", "form"),
    [
        ("Pell denied “any wrongdoing”.", "denied", "“any wrongdoing”", StatementForm.DIRECT),
        ("Pell denied without delay that she went.", "denied without delay", "that she went", StatementForm.INDIRECT),
        ("Pell not only denied that she went.", "denied", "that she went", StatementForm.INDIRECT),
    ],
)
def test_what_is_denied_in_quotation_marks_or_at_once_is_denied(
    sentence: str, cue: str, content: str, form: StatementForm
) -> None:
    assert is_denied(sentence, cue, content, form)
