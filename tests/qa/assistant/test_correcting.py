"""A correction and what it corrects, through ingestion, answers and pages."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from qa.assistant import Assistant
from qa.assistant.correcting import Corrections
from qa.catalog import Catalog
from qa.citing import Find, cite, sentences_around
from qa.output.answers import AnswerBody, FullArticleBody
from qa.output.pasting import FORMS, write
from qa.settings import Settings
from qa.types import Answer, AnswerKind, Article, Outcome, Question, Span
from web.app import create_app
from web.views.cards import card

FERRY = "https://harrowmere-courier.example/news/tamble-ferry-closure"
LABEL = "Corrected on 14 January 2026"


def struck(assistant: Assistant, address: str = FERRY) -> list[tuple[str, str | None]]:
    article = assistant.article_at(address)
    return [
        (one.span.of(article.text), one.right.of(each.article.text) if one.right else None)
        for each in assistant.corrections(article)
        for one in each.struck
    ]


def test_the_sample_correction_strikes_its_figure(sample: Assistant) -> None:
    assert struck(sample) == [("84", "48"), ("84", "48")]


@pytest.mark.parametrize(
    "order", [("ferry-closure-courier.md", "ferry-correction.md"), ("ferry-correction.md", "ferry-closure-courier.md")]
)
def test_a_correction_is_linked_whichever_comes_first(settings: Settings, corpus: Path, order: tuple[str, str]) -> None:
    for name in order:
        with Assistant.open(settings, label="tests", write=True) as assistant:
            assert not assistant.ingest([str(corpus / name)]).failures
    with Assistant.open(settings, label="tests") as assistant:
        assert struck(assistant) == [("84", "48"), ("84", "48")]


def test_a_correction_that_is_removed_or_erased_corrects_nothing(settings: Settings, corpus: Path) -> None:
    both = [str(corpus / "ferry-closure-courier.md"), str(corpus / "ferry-correction.md")]
    with Assistant.open(settings, label="tests", write=True) as assistant:
        assistant.ingest(both)
        [(notice, _)] = assistant.versions(
            assistant.article_at(FERRY.replace("news/tamble-ferry-closure", "corrections/2026-01-14")).id
        )
        assistant.remove([notice])
        assert struck(assistant) == []
        assistant.ingest(both, restore=True)
        assert struck(assistant) == [("84", "48"), ("84", "48")]
        assistant.remove([notice], purge=True)
        assert struck(assistant) == []
        assistant.ingest(both)  # the key of the last article that was read is given to another one
        assert struck(assistant) == [("84", "48"), ("84", "48")]


def cited(outcome: Outcome, article: Article) -> list[str]:
    assert isinstance(outcome, Answer)
    return [one.exact for one in outcome.citations if one.article.id == article.id and one.corrections]


def test_every_citation_of_a_corrected_article_carries_the_correction(sample: Assistant) -> None:
    ferry = sample.article_at(FERRY)
    said = sample.statements(speaker="Varnholt")
    assert len(cited(said, ferry)) == 2
    [body] = [one for one in AnswerBody.from_outcome(said).citations if one.article.id == ferry.id][:1]
    assert [one.label for one in body.corrections] == [LABEL]
    assert body.corrections[0].href.startswith("/articles/")
    assert not body.outdated
    verified = sample.verify("it would look for other work for its 84 employees")
    assert [len(one.outdated) for one in verified.citations] == [1]
    assert all(one.corrections for one in sample.speaker("ilse-varnholt").citations if one.article.id == ferry.id)
    compared = sample.compare("Varnholt", "Adeyemi-Holt")
    assert cited(compared, ferry)


@pytest.mark.parametrize("form", FORMS)
def test_a_quotation_to_paste_carries_the_correction(sample: Assistant, form: str) -> None:
    ferry = sample.article_at(FERRY)
    pasted = write(form, ferry, (), "http://localhost", corrections=sample.corrections(ferry))
    assert LABEL.replace(" ", "") in pasted.replace("\\", "").replace(" ", "")
    assert "corrections/2026" in pasted.replace("\\", "")


def test_the_page_and_the_json_of_a_corrected_article_say_so(sample: Assistant, corpus_settings: Settings) -> None:
    ferry = sample.article_at(FERRY)
    body = FullArticleBody.from_version(ferry, sample.versions(ferry.id), sample.corrections(ferry))
    [correction] = body.corrections
    assert [ferry.text[one.start : one.end] for one in correction.struck] == ["84", "84"]
    served = create_app(corpus_settings, Assistant.open(corpus_settings, label="tests"))
    with TestClient(served, "http://localhost") as client:
        page = client.get(f"/articles/{ferry.id}").text
        answer = client.get("/", params={"q": "What did Varnholt say?"}).text
    assert LABEL in page
    assert page.count("<s>84</s>") == 2
    assert correction.href.replace("&", "&amp;") in page
    assert LABEL in answer


@pytest.mark.slow
def test_the_command_line_says_so(sample: Assistant, corpus_settings: Settings) -> None:
    ferry = sample.article_at(FERRY)
    done = subprocess.run(
        [sys.executable, "-m", "qa.cli", "show", ferry.id],
        env={"QA_DATA_DIR": str(corpus_settings.data_dir), "PATH": "/usr/bin"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert f"{LABEL} (" in done.stdout
    assert "“84” is now “48”" in done.stdout


@pytest.mark.parametrize("question", ["how many people work on the ferry boats", "how many people work on the boats"])
def test_the_right_figure_is_the_answer_and_the_wrong_one_is_shown_as_wrong(sample: Assistant, question: str) -> None:
    answer = sample.ask(question)
    assert isinstance(answer, Answer)
    assert answer.text == "48"
    assert [one.number for one in answer.citations] == list(range(1, len(answer.citations) + 1))
    outdated = [bool(one.outdated) for one in answer.citations]
    assert outdated == sorted(outdated), "what does not hold comes last"
    assert len({(one.article.id, one.span) for one in answer.citations}) == len(answer.citations)


def test_words_that_a_notice_calls_wrong_are_no_answer_there_either(
    sample: Assistant, corpus_settings: Settings
) -> None:
    notice = sample.article_at(FERRY.replace("news/tamble-ferry-closure", "corrections/2026-01-14"))
    wrong = Span(at := notice.text.index("84"), at + 2)
    whole = sentences_around(notice, wrong)
    question = Question("How many people work on the boats?")
    cited = [cite(1, Find(notice, wrong, whole, whole)), cite(2, Find(notice, whole, whole, whole))]
    with Catalog.open(corpus_settings.data_dir / "catalog.sqlite") as catalog:
        answer = Corrections(catalog).shown(Answer(question, AnswerKind.SPAN, tuple(cited), 0.9))
    assert isinstance(answer, Answer)
    assert [one.exact for one in answer.citations] == [whole.of(notice.text), "84"], "its sentence has the right figure"


def test_a_card_tells_what_was_corrected_of_what_it_shows(sample: Assistant) -> None:
    ferry = sample.article_at(FERRY)
    said = sample.statements(speaker="Varnholt")
    assert isinstance(said, Answer)
    cards = [card(one, one.sentence) for one in said.citations if one.article.id == ferry.id]
    assert [[each.exchanges for each in one.corrected] for one in cards] == [[()]] * len(cards)
    [wrong] = sample.verify("it would look for other work for its 84 employees").citations
    assert [one.exchanges for one in card(wrong, wrong.sentence).corrected] == [(("84", "48"),)]
