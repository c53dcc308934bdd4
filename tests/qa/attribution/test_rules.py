from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter

import pytest

from qa.attribution import RuleAttributor
from qa.ingestion import Limits, read_articles
from qa.types import Article, StatementForm
from tests.newsprint import HARBOUR, article

CORPUS = Path(__file__).resolve().parents[3] / "corpus"


def sample(name: str) -> Article:
    [read] = read_articles(str(CORPUS / name), Limits(), now=datetime(2026, 4, 1, tzinfo=UTC))
    assert isinstance(read, Article)
    return read


def statements_of(name: str, source: Article) -> list[str]:
    return [
        " … ".join(span.of(source.text) for span in statement.content)
        for statement in RuleAttributor().attribute(source)
        if statement.speaker and statement.speaker.name == name
    ]


def test_every_statement_of_merz_is_found() -> None:
    found = statements_of("Friedrich Merz", sample("berlin-talks-merz.md"))
    quotes = ["chance for a real peace process", "a very important step forward", "Putin’s criminal attack"]
    for quote in [*quotes, "a free, sovereign and strong Ukraine"]:
        assert any(quote in statement for statement in found)


def test_whoever_is_only_called_says_nothing() -> None:
    source = sample("berlin-talks-phone-call.txt")
    assert statements_of("Donald Trump", source)
    assert statements_of("Emmanuel Macron", source) == []


def test_two_recks_are_kept_apart() -> None:
    source = sample("budget-two-recks.md")
    assert len(statements_of("Petra Reck", source)) == 4
    assert statements_of("Tomas Reck", source)[-1] == "“I owe the harbour master an apology and a coffee,”"


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("“It is late,” Ilse Varn said.", StatementForm.DIRECT),
        ("Ilse Varn called it “late.”", StatementForm.MIXED),
        ("Ilse Varn said it was late.", StatementForm.INDIRECT),
        ("“It is,” Ilse Varn said, “late.”", StatementForm.DIRECT),
    ],
)
def test_the_form_says_how_much_is_quoted(text: str, form: StatementForm) -> None:
    [statement] = RuleAttributor().attribute(article(text))
    assert statement.form is form


def test_an_article_takes_milliseconds() -> None:
    attributor, source = RuleAttributor(), article(HARBOUR)
    attributor.attribute(source)
    started = perf_counter()
    for _ in range(10):
        attributor.attribute(source)
    assert (perf_counter() - started) / 10 < 0.1  # 3 ms on a quiet core; the margin is for a busy one
