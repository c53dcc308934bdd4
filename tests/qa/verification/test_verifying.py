"""A quotation is verbatim, damaged, altered, stitched or absent."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from difflib import SequenceMatcher

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.errors import QuestionError
from qa.text import word_spans
from qa.types import Article
from qa.verification import Change, Verdict, Verification, verify
from qa.verification.matching import _Asked
from tests.newsprint import HARBOUR, article

SOURCE = article(HARBOUR)
OTHER = article("The heron count rose to 40 this year, said warden Ada Voss. “We counted every nest twice,” she wrote.")
HOSTILE = article(
    "😀 “Ça va?” said İbrahim of the straße. He—née 1990—paid $1,250.50 (5 %) to Müller‑Lüdenscheidt … and "
    "“don’t,” he said [twice], “ask ﬁrst.” "
    "👩‍👩‍👧 e\u0301tude, नमस्ते दुनिया और सब लोग यहाँ हैं. He said so. He said so again."
)


def everything(words: Sequence[str]) -> list[Article]:
    return [OTHER, SOURCE, HOSTILE]


def check(quotation: str) -> Verification:
    return verify(quotation, search=everything)


def exacts(verification: Verification) -> list[str]:
    return [citation.exact for citation in verification.citations]


@st.composite
def slices(draw: st.DrawFn) -> tuple[Article, int, int]:
    """A run of at least four whole words of an article."""
    source = draw(st.sampled_from([SOURCE, OTHER, HOSTILE]))
    words = word_spans(source.text)
    first = draw(st.integers(0, len(words) - 4))
    last = draw(st.integers(first + 3, min(len(words) - 1, first + 40)))
    return source, words[first].start, words[last].end


@given(slices())
def test_any_slice_of_an_article_is_verbatim(drawn: tuple[Article, int, int]) -> None:
    source, start, end = drawn
    verification = check(source.text[start:end])
    assert verification.verdict is Verdict.VERBATIM
    assert source.text[start:end] in exacts(verification)
    assert not verification.differences


@given(slices(), st.data())
def test_a_slice_with_one_word_changed_is_altered(drawn: tuple[Article, int, int], data: st.DataObject) -> None:
    source, start, end = drawn
    quotation = source.text[start:end]
    unmarked = [word for word in word_spans(quotation) if quotation[word.start - 1 : word.start] != "["]
    word = data.draw(st.sampled_from(unmarked))
    verification = check(quotation[: word.start] + "zzyzx" + quotation[word.end :])
    assert verification.verdict is Verdict.ALTERED
    assert any(difference.quoted.endswith("zzyzx") for difference in verification.differences)


@given(st.text(max_size=200))
def test_anything_that_can_be_typed_gets_a_verdict_of_exact_slices(quotation: str) -> None:
    try:
        verification = check(quotation)
    except QuestionError:
        return
    for piece in verification.pieces:
        assert piece.citation.exact == piece.citation.span.of(piece.citation.article.text)
        assert piece.span.of(verification.quotation)


@pytest.mark.parametrize(
    "level",
    [
        str.upper,
        str.lower,
        lambda words: words.replace("’", "'"),
        lambda words: words.replace(",", ""),
        lambda words: words.replace(" ", "\n  "),
        lambda words: f'"{words}"',
        lambda words: f"«{words}»",
    ],
)
def test_case_quotation_marks_punctuation_and_spacing_make_no_difference(level: Callable[[str], str]) -> None:
    words = "condemning what he called “Lund’s needless delay,” and said peace on the quay"
    verification = check(level(words))
    assert verification.verdict is Verdict.VERBATIM
    assert exacts(verification) == [words]


@pytest.mark.parametrize(
    ("quotation", "change", "quoted", "source"),
    [
        ("they had opened the door to a wider channel", Change.REPLACED, "wider", "deeper"),
        ("would not only be possible with a deep, safe and open channel", Change.ADDED, "not", ""),
        ("would be possible with a deep, safe and open channel", Change.DROPPED, "", "only"),
        ("paid €1,250.50 (5 %) to Müller‑Lüdenscheidt", Change.REPLACED, "€", "$"),
        ("The heron count rose to 400 this year", Change.REPLACED, "400", "40"),
    ],
)
def test_what_was_altered_is_told_word_by_word(quotation: str, change: Change, quoted: str, source: str) -> None:
    verification = check(quotation)
    assert verification.verdict is Verdict.ALTERED
    assert [(one.change, one.quoted, one.source) for one in verification.differences] == [(change, quoted, source)]
    difference = verification.differences[0]
    if difference.quoted_span:
        assert difference.quoted_span.of(verification.quotation) == quoted
    if difference.source_span:
        assert difference.source_span.of(verification.citations[0].article.text) == source


def test_a_quotation_is_reported_at_every_place_that_has_it() -> None:
    again = article("Warden Ada Voss repeated: “We counted every nest twice.”")
    verification = verify("we counted every nest twice", search=lambda words: [OTHER, again])
    assert verification.verdict is Verdict.VERBATIM
    assert [citation.article for citation in verification.citations] == [OTHER, again]
    assert [citation.number for citation in verification.citations] == [1, 2]


def test_an_omission_that_is_marked_is_verbatim_with_its_pieces() -> None:
    verification = check("“There has been enough talk of the quay … we still hold different views”")
    assert verification.verdict is Verdict.VERBATIM
    assert exacts(verification) == ["There has been enough talk of the quay", "we still hold different views"]


def test_an_omission_that_is_not_marked_is_altered() -> None:
    verification = check("There has been enough talk of the quay, and we still hold different views")
    assert verification.verdict is Verdict.ALTERED
    assert [one.source for one in verification.differences] == ["I think that, to be honest"]


def test_the_writers_brackets_are_not_held_against_the_quotation() -> None:
    for quotation in ("[h]e would telephone Varn", "[Reck] described the talks", "calling [it] “a very large step”"):
        assert check(quotation).verdict is Verdict.VERBATIM, quotation


def test_a_bracket_may_not_swallow_a_paragraph() -> None:
    assert check("a real agreement [with] a turning point").verdict is Verdict.STITCHED


def test_pieces_in_another_order_than_in_the_source_are_stitched() -> None:
    verification = check("we still hold different views … There has been enough talk of the quay")
    assert verification.verdict is Verdict.STITCHED
    assert exacts(verification) == ["we still hold different views", "There has been enough talk of the quay"]


def test_pieces_of_two_articles_are_stitched_each_with_its_citation() -> None:
    verification = check("a very large step and we counted every nest twice")
    assert verification.verdict is Verdict.STITCHED
    assert [citation.article for citation in verification.citations] == [SOURCE, OTHER]
    assert exacts(verification) == ["a very large step", "We counted every nest twice"]


def test_a_quotation_may_leave_out_who_interrupted_it() -> None:
    source = article("“We will rebuild,” Ada Voss told the hall, “every metre of the wall.” Few clapped.")
    verification = verify("We will rebuild every metre of the wall", search=lambda words: [source])
    assert verification.verdict is Verdict.VERBATIM
    assert exacts(verification) == ["We will rebuild", "every metre of the wall"]


def test_words_that_were_never_quoted_are_not_joined_over_an_interruption() -> None:
    source = article("We will rebuild, Ada Voss told the hall, every metre of the wall. Few clapped.")
    assert verify("We will rebuild every metre of the wall", search=lambda words: [source]).verdict is Verdict.ALTERED


@pytest.mark.parametrize("quotation", ["The budget was approved by a wide margin", "nobody knows", "harpsichord"])
def test_what_no_article_has_is_absent(quotation: str) -> None:
    verification = check(quotation)
    assert verification.verdict is Verdict.ABSENT
    assert verification.pieces == ()


def test_an_archive_that_finds_nothing_makes_everything_absent() -> None:
    assert verify("Dario Peskin said", search=lambda words: []).verdict is Verdict.ABSENT


@pytest.mark.parametrize("quotation", ["", " ", "“…”", "[...]", "[he]", "!?"])
def test_a_quotation_without_words_is_refused(quotation: str) -> None:
    with pytest.raises(QuestionError, match="empty"):
        check(quotation)


def test_a_long_quotation_against_a_long_article_takes_no_time() -> None:
    source = article(" ".join(f"the port and the council of ward {i} met" for i in range(5_000)))
    quotation = " ".join(f"the port and the council in ward {i} met" for i in range(40, 90))
    assert verify(quotation, search=lambda words: [source]).verdict is Verdict.ALTERED


@given(st.lists(st.sampled_from("abcde"), max_size=12), st.lists(st.sampled_from("abcdef"), max_size=30))
def test_no_comparison_shares_more_than_is_said_that_it_can(asked: list[str], row: list[str]) -> None:
    shared = _Asked(asked)
    longest = [0] * (len(row) + 1)
    for key in asked:  # the textbook's table, line by line
        before, longest = longest, [0]
        for at, other in enumerate(row):
            longest.append(before[at] + 1 if key == other else max(before[at + 1], longest[at]))
    assert shared.common(row) == longest[-1]
    assert SequenceMatcher(None, asked, row, autojunk=False).ratio() <= (shared.share(row) if asked or row else 1)
