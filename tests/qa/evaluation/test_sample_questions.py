from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

import qa.evaluation
from qa.ingestion import Limits, expand, read_articles
from qa.types import Article, NoAnswerReason, QuestionKind

CORPUS = Path(__file__).resolve().parents[3] / "corpus"
QUESTIONS: list[dict[str, Any]] = [
    json.loads(line)
    for line in (Path(qa.evaluation.__file__).parent / "sample_questions.jsonl")
    .read_text(encoding="utf-8")
    .splitlines()
]


@pytest.fixture(scope="module")
def articles() -> dict[str, Article]:
    """The sample articles by file name, and by "name#number" where a file holds several."""
    found: dict[str, Article] = {}
    for source in expand([str(CORPUS)]):
        assert isinstance(source, str)
        read = read_articles(source, Limits(), now=datetime(2026, 4, 1, tzinfo=UTC))
        for number, article in enumerate(read, start=1):
            assert isinstance(article, Article), article
            found[Path(source).name if number == 1 else f"{Path(source).name}#{number}"] = article
    return found


@pytest.mark.parametrize("question", QUESTIONS, ids=[question["id"] for question in QUESTIONS])
def test_every_gold_text_is_a_slice_of_its_article(question: dict[str, Any], articles: dict[str, Article]) -> None:
    for gold in question["gold"]:
        assert gold["text"] in articles[gold["article"]].text


def test_a_question_has_gold_or_a_reason_and_never_both() -> None:
    for question in QUESTIONS:
        assert QuestionKind(question["kind"])
        assert question["answerable"] is bool(question["gold"]) is (question["reason"] is None)
        assert question["answerable"] or NoAnswerReason(question["reason"])


def test_there_are_eighty_questions_with_names_of_their_own_and_some_without_an_answer() -> None:
    assert len(QUESTIONS) >= 80
    assert Counter(question["id"] for question in QUESTIONS).most_common(1)[0][1] == 1
    assert sum(not question["answerable"] for question in QUESTIONS) >= 5


def test_every_sample_article_has_a_title_and_a_date_of_its_own(articles: dict[str, Article]) -> None:
    assert len({article.id for article in articles.values()}) == 17
    for name, article in articles.items():
        assert article.title, name
        assert article.published is not None, name
        assert len(article.text.split()) >= 100, name


def test_real_people_are_quoted_only_where_the_readme_says_so(articles: dict[str, Article]) -> None:
    real = ("Merz", "Zelensky", "Trump", "Peskov", "Macron", "Putin")
    for name, article in articles.items():
        assert name.startswith("berlin-talks") or not any(person in article.text for person in real)
