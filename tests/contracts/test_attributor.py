"""What every attributor promises, whatever it is made of."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.assistant.keeping.attributing import ATTRIBUTION
from qa.attribution import RuleAttributor, TokenAttributor
from qa.protocols import Attributor
from qa.types import Article
from tests.newsprint import HARBOUR, article


@cache
def token_attributor() -> Attributor:
    return TokenAttributor(ATTRIBUTION, threads=1)


# Each attributor with its name; another one joins here.
ATTRIBUTORS: dict[str, Callable[[], Attributor]] = {"rules": RuleAttributor, "model": token_attributor}

# Pieces that, put together at random, look enough like news to reach every pattern.
PIECES = st.sampled_from(
    """
    said |told reporters |according to |saying |called |, |. |: |“|”|"|' |‘|’|''|« |» |Mr. |U.S. |Merz |he |She |who |
    the mayor |the mayor of İzmir |that |and |but |👩‍👩‍👧 |e\u0301tude |😀|\n\n|\r\n|\u00a0|Ilse Varn |what he called |
    €3.5 |—
    """.strip().split("|")
)
HOSTILE = st.lists(PIECES, min_size=1, max_size=40).map("".join)


@pytest.fixture(params=ATTRIBUTORS)
def attributor(request: pytest.FixtureRequest) -> Attributor:
    return ATTRIBUTORS[request.param]()


def assert_well_formed(attributor: Attributor, source: Article) -> None:
    statements = attributor.attribute(source)
    for statement in statements:
        assert statement.article_id == source.id
        assert statement.content
        spans = (*statement.source, *statement.cue, *statement.content)
        assert all(span.of(source.text).strip() for span in spans)
        assert list(statement.content) == sorted(statement.content)
        for fragment, after in zip(statement.content, statement.content[1:], strict=False):
            assert fragment.end <= after.start
        assert bool(statement.speaker) == bool(statement.source)
        if statement.speaker:
            assert statement.speaker.mention == statement.source[0].of(source.text)
    assert statements == attributor.attribute(source)


def test_statements_point_into_their_article_and_are_the_same_each_time(attributor: Attributor) -> None:
    assert attributor.attribute(article(HARBOUR))
    assert_well_formed(attributor, article(HARBOUR))


@pytest.mark.parametrize("name", ATTRIBUTORS)
@settings(max_examples=200, deadline=None)
@given(text=HOSTILE)
def test_no_text_is_too_strange(name: str, text: str) -> None:
    source = article(text)
    if source.text:
        assert_well_formed(ATTRIBUTORS[name](), source)


@pytest.mark.parametrize("text", ["\ufe0f", "\u0301", "\u0301\n\n\ufe0f", "\U000f6a00", "“\ufe0f”"])
def test_an_article_without_a_readable_word_says_nothing(attributor: Attributor, text: str) -> None:
    assert attributor.attribute(article(text)) == []


def test_statements_come_in_reading_order(attributor: Attributor) -> None:
    cues = [statement.cue[0].start for statement in attributor.attribute(article(HARBOUR))]
    assert cues == sorted(cues)


def test_a_text_without_speech_has_no_statements(attributor: Attributor) -> None:
    assert attributor.attribute(article("The river rose to 4.9 metres and flooded 60 cellars in Lower Ostrel.")) == []


def test_whoever_is_only_mentioned_is_no_speaker(attributor: Attributor) -> None:
    statements = attributor.attribute(article(HARBOUR))
    names = {statement.speaker.name for statement in statements if statement.speaker}
    assert "Tomas Reck" in names
    assert not names & {"Keir Lund", "Emma Macron"}


@pytest.mark.parametrize("name", ATTRIBUTORS)
def test_the_digest_is_the_same_for_two_of_a_kind(name: str) -> None:
    one = ATTRIBUTORS[name]()
    token_attributor.cache_clear()
    assert one.digest == ATTRIBUTORS[name]().digest != ""
