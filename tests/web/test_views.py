from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.cli.rendering import console, render_outcome
from qa.output.answers import AnswerBody
from qa.text import sentence_spans
from qa.types import (
    Ambiguous,
    Answer,
    AnswerKind,
    Article,
    Citation,
    Contrary,
    Correction,
    Meant,
    Missing,
    NoAnswer,
    NoAnswerReason,
    Notice,
    NoticeKind,
    Outcome,
    Pair,
    Point,
    Question,
    QuestionKind,
    Scope,
    Span,
    Speaker,
    Standing,
    Statement,
    StatementForm,
    Struck,
    Told,
)
from tests.web.archive import berlin, cite, make_article, span_of
from web.views import article as draw_article
from web.views import turn
from web.views.cards import LONG
from web.views.pieces import cut

# What offsets have gone wrong on before: astral characters, combining marks, joiners, line ends, İ.
HOSTILE = st.text(alphabet=st.sampled_from("aé😀e\u0301\u200d\u00a0\r\n“”İß👩🏽 .<&"), min_size=1, max_size=40)


@st.composite
def spans_in(draw: st.DrawFn, text: str) -> Span:
    start = draw(st.integers(0, len(text) - 1))
    return Span(start, draw(st.integers(start + 1, len(text))))


@given(st.data(), HOSTILE)
def test_pieces_joined_again_are_the_text_and_marks_are_their_spans(data: st.DataObject, text: str) -> None:
    window, mark, sentence = (data.draw(spans_in(text)) for _ in range(3))
    pieces = list(cut(text, window, [mark], sentence, set()))
    assert "".join(piece.text for piece in pieces) == window.of(text)
    start, end = max(window.start, mark.start), min(window.end, mark.end)
    assert "".join(piece.text for piece in pieces if piece.mark) == text[start : max(start, end)]
    assert sum(piece.anchor for piece in pieces) == (start < end)


@given(st.data(), HOSTILE)
def test_every_citation_that_leaves_is_a_slice_whoever_counts(data: st.DataObject, text: str) -> None:
    article, span = make_article(text, "T"), data.draw(spans_in(text))
    whole = Span(0, len(text))
    citation = Citation(1, article, span, span.of(text), text[: span.start], text[span.end :], whole, whole)
    body = AnswerBody.from_outcome(Answer(Question("q"), AnswerKind.SPAN, (citation,), 0.5))
    [cited] = body.citations
    assert text[cited.start : cited.end] == cited.cited_text == body.answer
    units = text.encode("utf-16-le")
    assert units[2 * cited.utf16.start : 2 * cited.utf16.end].decode("utf-16-le") == cited.cited_text
    quote, position = cited.selectors
    assert quote.type == "TextQuoteSelector"
    assert quote.prefix + quote.exact + quote.suffix == text
    assert position.type == "TextPositionSelector"
    assert (position.start, position.end) == (span.start, span.end)


def refuse(reason: NoAnswerReason, topic: str | None = None) -> Outcome:
    question = Question("q", QuestionKind.STATEMENTS, "Ilse Varnholt", topic)
    return NoAnswer(question, reason, Missing(topic or "Ilse Varnholt"))


def test_every_reason_is_a_sentence_of_its_own() -> None:
    sentences = {turn(refuse(reason)).heading for reason in NoAnswerReason}
    assert len(sentences) == len(NoAnswerReason)
    silent = turn(refuse(NoAnswerReason.SPEAKER_SILENT))
    assert silent.heading == "The archive names Ilse Varnholt, but reports no statement by them."
    on_topic = turn(refuse(NoAnswerReason.SILENT_ON_TOPIC, "the ferry"))
    assert on_topic.heading == "The archive has statements by Ilse Varnholt, but none about the ferry."


@pytest.mark.parametrize(
    ("said", "words"), [("on Monday", "for Monday"), ("last week", "for last week"), ("since March", "since March")]
)
def test_days_without_an_answer_are_named_as_they_were_asked_for(said: str, words: str) -> None:
    asked = Question("q", scope=Scope(date(2026, 3, 2), date(2026, 3, 2)), dates_said=said)
    heading = turn(NoAnswer(asked, NoAnswerReason.OUTSIDE_DATES, Missing(said))).heading
    assert heading == f"The archive has something on this, but nothing {words}: 2 March 2026."


def test_a_refusal_within_filters_does_not_speak_for_the_whole_archive() -> None:
    scoped = NoAnswer(Question("q", scope=Scope(outlets=("Courier",))), NoAnswerReason.NOTHING_FOUND)
    assert turn(scoped).gist == "Not in the articles you chose"
    assert turn(refuse(NoAnswerReason.NOTHING_FOUND)).gist == "Not in this archive"


def test_that_it_is_not_clear_who_is_meant_is_said_of_the_question() -> None:
    drawn = turn(refuse(NoAnswerReason.SPEAKER_UNCLEAR, "he"))
    assert (drawn.gist, drawn.feed_href) == ("Not clear who is meant", None)
    assert turn(refuse(NoAnswerReason.SPEAKER_UNKNOWN, "Merz")).feed_href


def test_that_nobody_says_otherwise_is_not_said_to_be_missing() -> None:
    assert turn(refuse(NoAnswerReason.UNDISPUTED, "the ferry")).gist == "No contradiction found"


def test_figures_that_cannot_both_hold_stand_one_beneath_the_other_with_what_they_are() -> None:
    first, second = (cite(berlin, words, at) for at, words in ((1, "“not easy”"), (2, "Dmitry Peskov")))
    answer = Answer(Question("q"), AnswerKind.CONTRARY, (first, second), 0.8, pairs=(Pair(1, 2, Contrary.FIGURE),))
    shown = turn(answer)
    assert shown.heading == "Articles give different numbers"
    assert [[words for words, _ in one.otherwise] for one in shown.opposed] == [["Another number is given"]]
    printed = console()
    with printed.capture() as kept:
        printed.print(render_outcome(answer))
    assert "Another number is given:" in kept.get()
    assert "2 numbers" in kept.get()


def test_a_number_that_a_notice_put_right_is_no_difference_between_articles() -> None:
    first, second = (cite(berlin, words, at) for at, words in ((1, "“not easy”"), (2, "Dmitry Peskov")))
    notice = Notice(berlin.id, second.span, NoticeKind.CORRECTION, own=False)
    put_right = Correction(notice, berlin, None, struck=(Struck(first.span, None),))
    cited = (replace(first, corrections=(put_right,)), second)
    answer = Answer(Question("q"), AnswerKind.CONTRARY, cited, 0.8, pairs=(Pair(1, 2, Contrary.FIGURE),))
    assert turn(answer).heading == "A number that was corrected"


def test_what_is_not_sure_never_says_that_it_is_not_in_the_archive() -> None:
    asked = Question("q", scope=Scope(outlets=("Courier",)))
    unsure = NoAnswer(asked, NoAnswerReason.BELOW_THRESHOLD, nearest=(cite(berlin, "Dmitry Peskov"),), to_read=True)
    assert (turn(unsure).gist, turn(unsure).near) == ("No sure answer", "What to read, the likeliest first")
    assert AnswerBody.from_outcome(unsure).outcome is Standing.NOT_SURE
    printed = console()
    with printed.capture() as shown:
        printed.print(render_outcome(unsure))
    assert shown.get().startswith("No sure answer. ")
    for told in (str(turn(unsure)), AnswerBody.from_outcome(unsure).model_dump_json(), shown.get()):
        assert "not in this archive" not in told.casefold()


def test_a_passage_of_a_refusal_is_its_sentence_with_more_where_it_is_wanted() -> None:
    near = cite(berlin, "as a breakthrough")
    near = replace(
        near, sentence=span_of(berlin, "German Chancellor Friedrich Merz described the talks as a breakthrough")
    )
    refusal = NoAnswer(Question("q"), NoAnswerReason.BELOW_THRESHOLD, nearest=(near,))
    [card] = turn(refusal).cards
    sentence, more = ("".join(piece.text for piece in pieces) for pieces in (card.pieces, card.around))
    assert "as a breakthrough" in sentence
    assert sentence in more
    assert len(more) > len(sentence)
    assert more in berlin.text


def test_a_short_answer_has_few_lines_around_its_sentence_and_the_rest_of_the_passage_where_it_is_wanted() -> None:
    sentence = span_of(berlin, "Dmitry Peskov")
    sentence = next(one for one in sentence_spans(berlin.text) if one.contains(sentence))
    read = replace(cite(berlin, "Dmitry Peskov"), sentence=sentence, passage=Span(0, len(berlin.text)))
    [card] = turn(Answer(Question("q"), AnswerKind.SPAN, (read,), 0.9)).cards
    shown, more = ("".join(piece.text for piece in pieces) for pieces in (card.pieces, card.around))
    assert sentence.of(berlin.text) in shown
    assert len(sentence) < len(shown) <= len(sentence) + LONG
    assert more == berlin.text
    assert {one.of(berlin.text) for one in sentence_spans(berlin.text) if one.of(berlin.text) in shown} >= {
        one.of(shown) for one in sentence_spans(shown)
    }
    [whole] = turn(Answer(Question("q"), AnswerKind.SPAN, (replace(read, passage=sentence),), 0.9)).cards
    assert not whole.around


def said_by(article: Article, speaker: Speaker | None) -> Answer:
    words = span_of(article, "real progress")
    statement = Statement(article.id, speaker, (), (), (words,), StatementForm.DIRECT)
    return Answer(Question("q"), AnswerKind.STATEMENTS, (cite(article, "real progress", statement=statement),), 0.7)


def test_a_speaker_without_a_name_is_called_as_printed_and_an_unknown_one_is_not_invented() -> None:
    named = turn(said_by(berlin, Speaker("the official")))
    assert named.heading == "1 statement by the official"
    unknown = turn(said_by(berlin, None))
    assert unknown.heading == "1 statement"
    attribution = unknown.cards[0].attribution
    assert attribution is not None
    assert (attribution.speaker, attribution.role, attribution.cue) == ("No speaker named", None, None)


def test_an_article_that_two_addresses_had_lists_each_version_once() -> None:
    now = berlin.retrieved
    view = draw_article(berlin, [(berlin.id, now), ("other", now), (berlin.id, now), ("other", now)], ())
    assert view.newer is None
    assert [tuple(hrefs) for _, *hrefs in view.older] == [
        ("/articles/other", f"/articles/{berlin.id}?against=other#differences")
    ]


def test_a_name_of_several_people_asks_back_in_all_three_doors() -> None:
    people = tuple(Meant(f"Ilse Varn {n}", n, f"What did Ilse Varn {n} say?") for n in range(9, 0, -1))
    question = Question("What did Varn say?", QuestionKind.STATEMENTS, "Varn")
    refusal = NoAnswer(question, NoAnswerReason.SPEAKER_SILENT, ambiguous=(Ambiguous("Varn", people),))

    (which,) = turn(refusal, ["Who?", "What did Varn say?"]).understood.which
    assert which.people[0] == ("Ilse Varn 9", 9, "/?q=Who%3F&q=What+did+Ilse+Varn+9+say%3F")
    assert (len(which.people), which.more) == (8, 1)

    (told,) = AnswerBody.from_outcome(refusal).ambiguous
    assert (told.asked, len(told.people)) == ("Varn", 9)
    assert told.people[0].href == "/speakers/ilse-varn-9"

    printed = console()
    with printed.capture() as shown:
        printed.print(render_outcome(refusal))
    assert "Which “Varn”: Ilse Varn 9 (9), Ilse Varn 8 (8)" in shown.get()
    assert "or one of 4 more? For one alone ask: What did Ilse Varn 9 say?" in " ".join(shown.get().split())


def test_a_day_that_answers_stands_beside_the_days_that_it_means() -> None:
    day = replace(cite(berlin, "“not easy”", 1), told=Told(Span(0, 1), date(2026, 1, 5), date(2026, 1, 5)))
    answer = Answer(Question("When did he say that?", point=Point.DAY), AnswerKind.SPAN, (day,), 0.8)
    assert turn(answer).meant == "5 January 2026"


def test_what_is_newer_than_what_was_shown_is_headed_so() -> None:
    answer = Answer(
        Question("q", QuestionKind.STATEMENTS, point=Point.STILL),
        AnswerKind.STATEMENTS,
        (cite(berlin, "“not easy”", 1),),
        0.8,
    )
    assert turn(answer).heading.startswith("1 newer statement")


@pytest.mark.parametrize("reason", [NoAnswerReason.SPEAKER_UNCLEAR, NoAnswerReason.THING_UNCLEAR])
def test_what_the_question_leaves_unclear_is_followed_by_no_feed(reason: NoAnswerReason) -> None:
    drawn = turn(refuse(reason, "how many"))
    assert drawn.gist.startswith("Not clear wh")
    assert drawn.feed_href is None
