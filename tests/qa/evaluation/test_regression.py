"""The regression set is judged by overlap with gold texts."""

from __future__ import annotations

from typing import Any

import pytest

from qa.citing import Find, cite
from qa.evaluation.regression import run
from qa.questions import plain
from qa.types import Answer, AnswerKind, Article, NoAnswer, NoAnswerReason, Outcome
from tests.newsprint import HARBOUR, article, span_of

SOURCE = article(HARBOUR)
COPY = article(HARBOUR + "\n\nCopied.")
CORPUS = {"harbour.md": SOURCE, "copy.md": COPY}


def row(*gold: tuple[str, str], reason: str | None = None) -> dict[str, Any]:
    return {
        "id": "one",
        "question": "Who?",
        "answerable": bool(gold),
        "gold": [{"article": file, "text": text} for file, text in gold],
        "reason": reason,
    }


def answer(*words: str, also_in: tuple[Article, ...] = ()) -> Outcome:
    spans = [span_of(cited, SOURCE) for cited in words]
    citations = tuple(cite(n, Find(SOURCE, span, span, span, also_in=also_in)) for n, span in enumerate(spans, start=1))
    return Answer(plain("Who?"), AnswerKind.SPAN, citations, 0.9)


def refusal(reason: NoAnswerReason) -> Outcome:
    return NoAnswer(plain("Who?"), reason)


@pytest.mark.parametrize(
    ("asked", "outcome", "passed"),
    [
        (row(("harbour.md", "Dario Peskin")), answer("spokesman Dario Peskin said"), True),
        (row(("harbour.md", "Dario Peskin")), answer("Keir Lund"), False),
        (row(("harbour.md", "Dario Peskin")), answer("Keir Lund", "Dario Peskin"), False),
        (row(("copy.md", "Dario Peskin")), answer("Dario Peskin"), False),
        (row(("copy.md", "Dario Peskin")), answer("Dario Peskin", also_in=(COPY,)), True),
        (row(("harbour.md", "Dario Peskin")), refusal(NoAnswerReason.BELOW_THRESHOLD), False),
        (row(), refusal(NoAnswerReason.BELOW_THRESHOLD), True),
        (row(reason="speaker_silent"), refusal(NoAnswerReason.SPEAKER_UNKNOWN), False),
        (row(reason="speaker_silent"), refusal(NoAnswerReason.SPEAKER_SILENT), True),
        (row(), answer("Dario Peskin"), False),
    ],
)
def test_a_question_passes_when_its_first_citation_or_its_refusal_is_right(
    asked: dict[str, Any], outcome: Outcome, passed: bool
) -> None:
    assert run([asked], CORPUS, lambda question: outcome)[0].passed is passed


def test_what_is_found_and_what_is_right_are_counted() -> None:
    asked = row(("harbour.md", "Dario Peskin"), ("harbour.md", "Keir Lund"), ("harbour.md", "Emma Macron"))
    result = run([asked], CORPUS, lambda question: answer("Dario Peskin", "Ostrel", "Mayor Keir Lund"))[0]
    assert (result.found, result.gold, result.right, result.cited) == (2, 3, 2, 3)


def test_a_gold_text_that_is_not_in_its_article_is_an_error_in_the_questions() -> None:
    with pytest.raises(ValueError, match=r"harbour\.md does not hold"):
        run([row(("harbour.md", "Nobody of that name"))], CORPUS, lambda question: answer("Keir Lund"))


def test_a_follow_up_is_asked_with_the_questions_before_it() -> None:
    asked = {**row(("harbour.md", "Dario Peskin")), "earlier": ["What did Dario Peskin say?"]}
    seen: list[list[str]] = []

    def ask(question: str, earlier: list[str]) -> Outcome:
        seen.append(earlier)
        return answer("Dario Peskin")

    assert run([asked], CORPUS, ask)[0].passed
    assert seen == [["What did Dario Peskin say?"]]
