"""What a text costs grows with its length: twice as long a text takes less than three times the time of the processor.

Texts are of families that make careless code quadratic. The size is doubled until a run is well above the noise; what
is still below it at the largest size is fast enough whatever its growth.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest

from qa import deadline
from qa.attribution import RuleAttributor, duty_asked, holders, introductions
from qa.attribution.drafts import Draft, Page
from qa.attribution.shapes import SHAPES
from qa.errors import OutOfTime, QuestionError
from qa.ingestion import cut_passages
from qa.ingestion.cleaning import clean, paragraphs_of
from qa.ingestion.feed_items import draft_of_item
from qa.ingestion.feeds import Feed, Item
from qa.ingestion.furniture import is_furniture
from qa.ingestion.headers import find_dateline, read_header
from qa.ingestion.markdown import _plain as plain_of_markdown
from qa.ingestion.robots import rules_of
from qa.people import slug_of
from qa.people.topics import topics_of
from qa.questions import understand
from qa.reading.evidence import stems
from qa.text import fold, normalise, paragraph_spans, quotation_spans, sentence_spans, word_spans
from qa.tokens import keys_of, tokens_of
from qa.verification import Verdict, verify
from tests.newsprint import HARBOUR, article

pytestmark = pytest.mark.slow

NOISE_S = 0.02
SMALLEST, LARGEST = 4_000, 32_000  # code points; some readers look ahead 1,000 at most
MOST = 3.0

REPEATED = {
    "one letter": "a",
    "words": "the ",
    "capitals": "The ",
    "names": "Anna Bela ",
    "space": " ",
    "lines": "a\n",
    "newlines": "\n",
    "paragraphs": "a b\n\n",
    "opened": "“",
    "opened words": "“a ",
    "quoted words": "“a” ",
    "single": "‘",
    "single words": "‘a ",
    "plurals": "‘as’ b ",
    "keyboard's single": "'",
    "keyboard's single words": "'a ",
    "keyboard's words": '"a ',
    "low": "„a ",
    "guillemets": "»a ",
    "brackets": "[",
    "bracketed": "[a] ",
    "parentheses": "(a ",
    "omissions": "the ... ",
    "stops": ".",
    "stops and spaces": ". ",
    "short sentences": "Go on. ",
    "initials": "U.S. ",
    "marks in order": "\u0323\u0301",
    "marks out of order": "\u0301\u0323",
    "marks that are two": "\u0f73",
    "sound marks": "ﾞ",
    "emphasis": "*a ",
    "links": "[a](",
    "pictures": "![",
    "tags": "<p ",
    "headings": "# ",
    "commas": ", ",
    "hyphens": "a-",
    "digits": "1,",
    "said": "said early ",
    "statements": "“Go,” Anna Bela said. ",
    "pronouns": "He went. ",
    "people": "Mr Merz said he went. ",
    "who said": "who said, ",
    "questions and answers": "Q. a?\n\nA. b.\n\n",
    "labels": "ANNA BELA: Go?\n\nCARL DUNN: No.\n\n",
    "beats": "Anna Bela left. “Go on now.” ",
    "signatures": "“Go on.” — Anna Bela\n\n",
    "second-hand": "“Go,” Anna said, according to Bela. ",
    "clauses": "Anna Bela, who chairs the board, ",
}
LONE = article("He said so.")
DUTY = duty_asked("Who chairs the board?")


def made(family: str, size: int) -> str:
    part = REPEATED[family]
    return (part * (size // len(part) + 1))[:size]


def ask(text: str) -> None:
    for typed in (text, f"what did {text} say about {text}", f"who said {text}"):
        with suppress(QuestionError):
            understand(typed, is_speaker=lambda name: False)


def check(text: str) -> None:
    """Compare a quotation with an article that repeats it, nearly: the article stays as long as it is."""
    held = article(text[:3_000] + " end")
    for typed in (f"{text[:12_000]} other", text[:12_000]):
        with suppress(QuestionError):
            verify(typed, search=lambda words: [held, LONE])


def shape(text: str) -> None:
    """Read the shapes that a network knows little of."""
    page, found = Page.of(article(text or "x")), list[Draft]()
    for read in SHAPES:
        found = read(page, found)


def introduce(text: str) -> None:
    introductions(text, None)
    if DUTY:
        holders(text, DUTY)


HERE = "https://gazette.example/ferry"
FEED = Feed("RSS", None, ())
RULES = RuleAttributor()
READERS: dict[str, Callable[[str], object]] = {
    "normalise": normalise,
    "fold": fold,
    "words": word_spans,
    "paragraphs": paragraph_spans,
    "sentences": sentence_spans,
    "quotations": quotation_spans,
    "tokens": tokens_of,
    "keys": keys_of,
    "slug": slug_of,
    "stems": stems,
    "topics": lambda text: topics_of([text, text], []),
    "understanding": ask,
    "verifying": check,
    "cleaning": lambda text: clean(paragraphs_of(text), text),
    "furniture": is_furniture,
    "header": lambda text: read_header(paragraphs_of(text)),
    "dateline": find_dateline,
    "markdown": plain_of_markdown,
    "feed's item": lambda text: draft_of_item(Item("k", "d", HERE, content=f"<p>{text}</p>{text}"), FEED, HERE),
    "robots": lambda text: rules_of(f"user-agent: *\ndisallow: /{text}".encode(), "x").allow(HERE + text),
    "passages": lambda text: cut_passages(article(text or "x")),
    "shapes": shape,
    "introducing": introduce,
    "attributing": lambda text: RULES.attribute(article(text or "x")),
}


def seconds(read: Callable[[str], object], text: str, tries: int) -> float:
    """The least time of the processor that reading takes."""
    least = float("inf")
    for _ in range(tries):
        before = time.process_time()
        read(text)
        least = min(least, time.process_time() - before)
    return least


def test_a_quotation_of_one_word_many_times_costs_little_more_than_prose() -> None:
    held = [article(HARBOUR.replace("talks", f"talks {number}")) for number in range(20)]
    words = " ".join(HARBOUR.split()[:250])
    prose, repeated = (
        seconds(lambda typed: verify(f"{typed} zebra", search=lambda words: held), text, 3)
        for text in (words[:1_400], ("the " * 400)[:1_400])
    )
    assert repeated < 10 * prose  # it was hundreds of times


def test_verification_stops_at_its_deadline() -> None:
    with deadline.within(0), pytest.raises(OutOfTime):
        verify("so it is said", search=lambda words: [LONE])


def test_a_quotation_beyond_the_limit_is_refused_before_it_is_read() -> None:
    with pytest.raises(QuestionError, match="at most 20,000 are compared"):
        verify("the " * 10_000_000, search=lambda words: [LONE])
    assert verify("He said so.", search=lambda words: [LONE]).verdict is Verdict.VERBATIM


@pytest.fixture(scope="module")
def uncollected() -> Iterator[None]:
    """No garbage is collected while times are taken."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


@pytest.mark.usefixtures("uncollected")
@pytest.mark.parametrize("family", REPEATED)
@pytest.mark.parametrize("reader", READERS)
def test_twice_the_text_takes_less_than_three_times_the_time(reader: str, family: str) -> None:
    read, size = READERS[reader], SMALLEST
    if seconds(read, made(family, size), 1) < NOISE_S and seconds(read, made(family, LARGEST), 1) < NOISE_S:
        return
    while seconds(read, made(family, size), 1) < NOISE_S and size < LARGEST:
        size *= 2
    told = []
    # Another process can slow a run down, and beyond some size all may go another way: what grows with the square
    # does so at every doubling.
    for length in (size, size, 2 * size, 4 * size):
        half, whole = (seconds(read, made(family, each), 3) for each in (length // 2, length))
        if whole < MOST * half:
            return
        told.append(f"{half:.3f} s for {length // 2} code points, {whole:.3f} s for {length}")
    pytest.fail("; ".join(told))
