"""Spans become citations, and repeated reports become one."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.citing import Find, cite, fold_repeats, sentences_around
from qa.text import normalise
from qa.types import Article, Span
from tests.newsprint import HARBOUR, article, span_of

HOSTILE = "😀 “Ça va?” said İbrahim.\r\nThe e\u0301tude — née 1990 — ended. 👩‍👩‍👧 He said so. He said so. He said so."


def found(words: str, of: Article) -> Find:
    span = span_of(words, of)
    return Find(of, span, sentences_around(of, span), of.paragraphs[0].span)


@given(data=st.data(), raw=st.one_of(st.just(HOSTILE), st.text(min_size=1)).filter(lambda raw: bool(normalise(raw))))
def test_every_citation_is_a_slice_of_its_article(data: st.DataObject, raw: str) -> None:
    source = article(raw)
    start = data.draw(st.integers(0, len(source.text) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(source.text))))
    citation = cite(1, Find(source, span, sentences_around(source, span), span))
    assert source.text[citation.span.start : citation.span.end] == citation.exact
    assert citation.prefix + citation.exact + citation.suffix in source.text
    assert citation.sentence.contains(span)


def test_prefix_and_suffix_single_out_the_repeated_words() -> None:
    source = article(
        " ".join(f"{word} said nothing new to anyone who asked in the long hall that night." for word in "ABAC")
    )
    second = source.text.index("said", source.text.index("said") + 1)
    citation = cite(1, Find(source, Span(second, second + 12), Span(second, second + 12), Span(0, len(source.text))))
    context = citation.prefix + citation.exact + citation.suffix
    assert source.text.count(context) == 1
    assert source.text.index(context) + len(citation.prefix) == second


def test_an_article_that_repeats_itself_still_ends_the_search_for_context() -> None:
    source = article("echo " * 500)
    assert cite(1, Find(source, Span(0, 4), Span(0, 4), Span(0, 4))).exact == "echo"


def test_prefix_and_suffix_do_not_cut_words() -> None:
    source = article(HARBOUR)
    citation = cite(1, found("Dario Peskin", source))
    assert citation.prefix.split()[0] in source.text.split()
    assert citation.suffix.split()[-1] in source.text.split()


def test_the_sentence_around_a_span_stays_in_its_paragraph() -> None:
    source = article(HARBOUR)
    around = sentences_around(source, span_of("Dario Peskin", source)).of(source.text)
    assert (
        around
        == "Port spokesman Dario Peskin said the company was waiting for details of the proposals discussed in Marrow."
    )


def test_the_same_report_in_two_outlets_is_one_find_with_also_in() -> None:
    gazette = article("The ferry to Ostrel will stop running on Friday because of the storm.", outlet="Gazette")
    courier = article("The ferry to Ostrel will stop running on Friday because of a storm.", outlet="Courier")
    folded = fold_repeats([found(one.text, one) for one in (gazette, courier)])
    assert [find.article.outlet for find in folded] == ["Gazette"]
    assert [other.outlet for other in folded[0].also_in] == ["Courier"]


@pytest.mark.parametrize(
    "other",
    [
        "The ferry to Ostrel will stop running on Friday after 15 people were hurt in the storm.",
        "The ferry to Ostrel will not stop running on Friday after 12 people were hurt in the storm.",
        "The ferry to Marrow will stop running on Friday after 12 people were hurt in the storm.",
        "The ferry to Ostrel will stop running on Monday after 12 people were hurt in the storm.",
    ],
)
def test_reports_that_differ_in_a_number_a_name_or_a_negation_stay_two(other: str) -> None:
    one, two = (
        article("The ferry to Ostrel will stop running on Friday after 12 people were hurt in the storm."),
        article(other),
    )
    assert len(fold_repeats([found(one.text, one), found(two.text, two)])) == 2


def test_a_number_in_words_makes_two_reports_as_well() -> None:
    one, two = (article(f"The harbour office said on Friday that it had room for {n} boats.") for n in ("nine", "ten"))
    assert len(fold_repeats([found(one.text, one), found(two.text, two)])) == 2


def test_copies_of_one_story_fold_what_one_of_them_cuts_short_and_as_search_hits_as_wholes() -> None:
    long = article("The ferry to Ostrel stops on Friday because of the storm, and buses leave from the mill at noon.")
    short = article("The ferry to Ostrel stops on Friday because of the storm.")
    apart = [found(one.text, one) for one in (long, short)]
    assert len(fold_repeats(apart)) == 2
    copies = [found(one.text, replace(one, story="s")) for one in (long, short)]
    assert [len(find.also_in) for find in fold_repeats(copies)] == [1]
    other = article("Nobody in Marrow had heard of it.")
    hits = [*copies, found(other.text, replace(other, story="s"))]
    assert len(fold_repeats(hits)) == 2
    assert [find.article.story for find in fold_repeats(hits, whole_stories=True)] == ["s"]


def test_a_report_repeated_in_its_own_article_is_not_also_in_it() -> None:
    source = article("The ferry is closed until Friday. Nobody knows why. The ferry is closed until Friday.")
    last = source.text.rindex("The ferry")
    again = Find(source, Span(last, last + 33), Span(last, last + 33), Span(last, last + 33))
    folded = fold_repeats([found("The ferry is closed until Friday.", source), again])
    assert len(folded) == 1
    assert folded[0].also_in == ()
