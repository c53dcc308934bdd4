"""Every span is a slice: held on text that was chosen to break it."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qa.ingestion import Limits, cut_passages, read_articles
from qa.text import (
    fold,
    normalise,
    paragraph_spans,
    quotation_spans,
    sentence_spans,
    utf16_offset,
    word_spans,
)
from qa.types import Article, Span
from tests.often import often

HOSTILE = [
    *" \n\r\t\u2028\u2029\x85\x0b\x0c\x1c\u00a0\u2009\u3000\u200b\u200c\u200d\ufeff\u00ad\u202e\u0301\u0338\u0653",
    *"=e\u0627\u2add\u2329İıß\ufb01😀👩\U00010000\U0010ffff\ufe0f\ud83d\ude00.?!…“”‘’\"'«»„‹›()AaIU1.-ा。",
    "\r\n",
    "\n\n",
    "U.S. ",
    "Gov. ",
    "He said",
    "👩\u200d🚀",
    "“Why?” he asked. ",
]
raw_texts = st.lists(st.one_of(st.sampled_from(HOSTILE), st.characters(exclude_categories=[])), max_size=60).map(
    "".join
)
normal_texts = raw_texts.map(normalise)


def packed(text: str) -> str:
    return "".join(text.split())


def is_readable(character: str) -> bool:
    """Whether there is a letter or digit in it, which is still one when it is folded."""
    return character.isalnum() and any(map(str.isalnum, fold(character)))


def in_order(spans: list[Span]) -> bool:
    return all(before.end <= after.start for before, after in pairwise(spans))


@settings(max_examples=often(500))
@given(raw_texts)
def test_normalising_again_changes_nothing(raw: str) -> None:
    text = normalise(raw)
    assert normalise(text) == text
    assert text.encode().decode() == text


@given(raw_texts)
def test_normal_text_has_one_kind_of_space_and_of_break(raw: str) -> None:
    text = normalise(raw)
    assert {character for character in text if character.isspace()} <= {" ", "\n"}
    assert not any(run in text for run in ("  ", " \n", "\n ", "\n\n\n"))
    assert text == text.strip()


@settings(max_examples=often(300))
@given(normal_texts)
def test_paragraphs_and_sentences_cover_the_text_in_order(text: str) -> None:
    paragraphs, sentences = paragraph_spans(text), sentence_spans(text)
    assert in_order(paragraphs)
    assert in_order(sentences)
    assert "\n\n".join(span.of(text) for span in paragraphs) == text
    assert packed("".join(span.of(text) for span in sentences)) == packed(text)
    assert all(any(paragraph.contains(sentence) for paragraph in paragraphs) for sentence in sentences)
    assert sentences == [sentence for paragraph in paragraphs for sentence in sentence_spans(text, paragraph)]


@settings(max_examples=often(300))
@given(normal_texts, st.data())
def test_a_part_of_a_text_holds_its_own_sentences(text: str, data: st.DataObject) -> None:
    if not text:
        return
    start = data.draw(st.integers(0, len(text) - 1))
    within = Span(start, data.draw(st.integers(start + 1, len(text))))
    sentences = sentence_spans(text, within)
    assert all(within.contains(sentence) for sentence in sentences)
    assert packed("".join(span.of(text) for span in sentences)) == packed(within.of(text))
    whole = quotation_spans(text)
    assert quotation_spans(text, within) == [span for span in whole if span.overlaps(within)]


@settings(max_examples=often(300))
@given(normal_texts)
def test_words_and_quotations_are_slices_in_order(text: str) -> None:
    words, quotations, paragraphs = word_spans(text), quotation_spans(text), paragraph_spans(text)
    assert in_order(words)
    assert in_order(quotations)
    assert all(any(paragraph.contains(span) for paragraph in paragraphs) for span in quotations)
    assert all(is_readable(span.of(text)[0]) for span in words)
    within = {position for span in words for position in range(span.start, span.end)}
    assert within >= {position for position, character in enumerate(text) if is_readable(character)}


@given(raw_texts)
def test_utf_16_offsets_agree_with_the_encoding(text: str) -> None:
    for position in range(len(text) + 1):
        assert utf16_offset(text, position) == len(text[:position].encode("utf-16-le", "surrogatepass")) // 2


def article_of(text: str, folder: Path) -> Article | None:
    """The article that a file with this body becomes; None when nothing of it is text."""
    path = folder / "article.md"
    path.write_bytes(b"---\ntitle: T\ndate: 2025-12-15\n---\n" + text.encode("utf-8", "replace"))
    found = list(read_articles(str(path), Limits(), now=datetime.now(UTC)))
    assert len(found) == 1
    return found[0] if isinstance(found[0], Article) else None


@settings(max_examples=often(200), suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.one_of(raw_texts, st.lists(raw_texts, max_size=4).map(lambda texts: " ".join(texts * 60))))
def test_passages_are_slices_that_cover_their_article(tmp_path: Path, raw: str) -> None:
    article = article_of(raw, tmp_path)
    if article is None:
        return
    assert normalise(article.text) == article.text
    assert [paragraph.span for paragraph in article.paragraphs] == paragraph_spans(article.text)
    passages = cut_passages(article)
    assert in_order([passage.span for passage in passages])
    assert packed("".join(passage.text for passage in passages)) == packed(article.text)
    for passage in passages:
        assert passage.text == article.text[passage.span.start : passage.span.end]
        assert passage.id == f"{article.id}:{passage.span.start}-{passage.span.end}"
