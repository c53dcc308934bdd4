"""Sentences with several statements, and with denied ones: on the page, in citations, in print and in JSON."""

from __future__ import annotations

from dataclasses import replace

from qa.assistant import Assistant
from qa.output.answers import StatementBody
from qa.output.links import marked_spans
from qa.output.pasting import write
from qa.output.plain import write_plain
from qa.types import Answer, AnswerKind, Question, QuestionKind, StatementForm
from tests.web.archive import MERZ, FakeArchive, cite, make_article, say
from tests.web.conftest import Visit
from tests.web.test_pages import attribute, read, words
from web.views import turn
from web.views.cards import listed
from web.views.frames import frame

DENIED = ("that talks had failed", "no one had left early")
SENTENCE = "Merz denied that talks had failed and added that no one had left early."
failing = make_article(SENTENCE, "Talks")


class Denying(FakeArchive):
    """Answers with a sentence in which somebody denies one thing and says another."""

    def ask(self, text: str, *args: object, **rest: object) -> Answer:
        statements = [
            say(failing, cue, said, form=StatementForm.INDIRECT)
            for cue, said in zip(("denied", "added"), DENIED, strict=True)
        ]
        cited = [
            replace(cite(failing, said, at, statement=one), sentence=cite(failing, SENTENCE).span)
            for at, (said, one) in enumerate(zip(DENIED, statements, strict=True), start=1)
        ]
        return Answer(Question(text, kind=QuestionKind.STATEMENTS), AnswerKind.STATEMENTS, tuple(cited), 0.9)


def test_two_statements_of_one_sentence_are_shown_once_with_both_marked_and_both_counted(visit: Visit) -> None:
    page = read(visit(Denying()), "/", q=MERZ)
    [card] = page.select(".card")
    assert words(page, ".card blockquote") == [SENTENCE]
    assert words(page, ".card mark") == list(DENIED)
    assert words(page, ".verdict a") == ["2 statements by Friedrich Merz"]
    assert words(page, ".card .number") == ["1–2"]
    assert len(page.select("#s1 .card")) == len(page.select("#s1 #s2")) == 1
    assert len(card.select(".how p")) == 2
    assert [each.text for each in card.select(".cite a") if each.text.startswith("Share")] == ["Share 1", "Share 2"]


def test_words_that_are_denied_are_told_from_those_that_are_said(visit: Visit) -> None:
    page = read(visit(Denying()), "/", q=MERZ)
    assert [attribute(mark, "class") if mark.get("class") else "" for mark in page.select(".card mark")] == [
        "['denied']",
        "",
    ]
    assert words(page, ".card .how summary") == ["denied in part"]


def test_a_copied_denial_says_that_it_is_one(sample: Assistant) -> None:
    outcome = sample.ask("What did Varnholt say?")
    assert isinstance(outcome, Answer)
    [one] = [each for each in outcome.citations if "that she had met the developer" in each.exact]
    assert one.statement
    pasted = write("quote", one.article, marked_spans(one), "", statements=[one.statement])
    assert pasted.startswith("Ilse Varnholt (“Mayor Ilse Varnholt”), denied: that she had met") or pasted.startswith(
        "Ilse Varnholt, denied: that she had met"
    )
    assert "Ilse Varnholt, denied: that she had met" in write_plain(outcome, most=20).text
    assert "denied, not quoted" in frame(one)
    assert StatementBody.from_statement(one.statement, one.article).denied
    [card] = [each for each in listed(outcome.citations) if each.number == one.number]
    assert (card.form, [piece.text for piece in card.pieces if piece.denied]) == ("denied, not quoted", [one.exact])


def test_statements_of_one_sentence_are_cited_together_under_who_says_them(sample: Assistant) -> None:
    question = "What did Merz say?"
    outcome = sample.ask(question)
    assert isinstance(outcome, Answer)
    drawn = turn(outcome, [question])
    cards = [card for group in drawn.groups for card in group]
    shown = [(card.article_href, "".join(piece.text for piece in card.pieces)) for card in cards]
    assert len(shown) == len(set(shown)) < len(outcome.citations) == sum(card.count for card in cards)
    together = next(card for card in cards if card.further)
    one = next(each for each in outcome.citations if each.number == together.number)
    spans = [span for each in outcome.citations if each.sentence == one.sentence for span in marked_spans(each)]
    statements = sample.statements_of(one.article.id)
    pasted = write("quote", one.article, spans, "", statements=statements)
    assert pasted.startswith(f"Friedrich Merz, partly quoted: {spans[0].of(one.article.text)} […] ")
