from __future__ import annotations

import gzip
import json
import os
import re
from collections import Counter
from pathlib import Path

import pytest

from qa.ingestion.cleaning import clean, paragraphs_of
from qa.ingestion.furniture import is_furniture
from qa.text import sentence_spans


@pytest.mark.parametrize(
    "paragraph",
    [
        "Spread the love",
        "Leave a Reply",
        "Leave a Reply Cancel reply",
        "Required fields are marked *",
        "Your email address will not be published. Required fields are marked *",
        "Advertisement",
        "ADVERTISEMENT",
        "Share on Facebook",
        "View this post on Instagram",
        "Bekijk deze foto op Instagram",
        "Contact the newsroom: news@harbour.example or 555 0190",
        "Facebook | Twitter | WhatsApp | Email",
        "Share this: Facebook X LinkedIn",
        "We use cookies to improve your experience.",
        "By continuing to use this site you agree to our use of cookies.",
        "Accept all cookies",
        "Sign up for our newsletter to get the news in your inbox every morning.",
        "Need a break? Play the USA TODAY Daily Crossword Puzzle.",
        "Read more: Council votes to close the ferry",
        "READ MORE",
        "Follow Jo Bloggs on Twitter: @bloggs.",
        "Compartir en WhatsApp",
        "Teilen: Facebook",
        "Quelle: dpa",
        "© Nordwind",
        "1:32",
        "Video: warden on the chain",
        "Tip? Mail de redactie: tips@havenblad.example",
        "© 2025 The Harrowmere Courier. All rights reserved.",
        "Don’t miss",
        "Photo: Rose Pearby",
        "Image: Getty",
        "Photo by Rose Pearby / The Tide",
        "The pier at low tide. (Photo by Rose Pearby)",
        "The pier at low tide (AP Photo/Rose Pearby)",
        "The pier at low tide. (Reuters/Rose Pearby)",
        "(Reuters)",
        "Get the Tide in your inbox every morning. Sign up here.",
    ],
)
def test_furniture_is_recognised(paragraph: str) -> None:
    assert is_furniture(paragraph)


@pytest.mark.parametrize(
    "paragraph",
    [
        "The company uses cookies to follow its readers, the court found.",
        "Subscribers share the cost, she said.",
        "Email was down for two hours, the council said.",
        "“Read more books,” the librarian said.",
        "Advertisement revenue fell by a third, the publisher said on Monday.",
        "Share prices fell.",
        "Share the road, or stay off the quay, the warden wrote on Facebook.",
        "Source: nobody knows. The clerk wrote it in pencil.",
        "Related companies were searched, too, prosecutors said.",
        "Print",
        "X",
        "He said the newsletter had 4,000 readers.",
        "Follow every game of the season on Saturday.",
        "Copyright law protects the poem.",
        "The pier stays shut until the spring, the chairwoman said. (AFP)",
        "The pier stays shut, three officials said (Reuters).",
        "Images by the coast guard showed smoke over the pier.",
        "Picture by picture, she told the story of the flood.",
        "Get out of your boats, the warden shouted.",
        "",
    ],
)
def test_a_body_sentence_is_not_furniture(paragraph: str) -> None:
    assert not is_furniture(paragraph)


def test_the_headline_again_and_a_bare_date_go_from_the_top_only() -> None:
    body = ["Ferry to close | Courier", "Dec 15, 2025", "The ferry closes.", "Dec 16, 2025", "Ferry to close"]
    assert clean(body, "Ferry to close") == ["The ferry closes.", "Dec 16, 2025", "Ferry to close"]


def test_comments_behind_a_comment_form_are_not_the_article() -> None:
    body = ["The ferry closes.", "Leave a Reply", "Your email address will not be published.", "First! says Bob."]
    assert clean(body, None) == ["The ferry closes."]


def test_a_link_to_the_comments_at_the_top_costs_nothing_else() -> None:
    body = ["Leave a Comment", "The ferry closes.", "The council voted.", "It was late.", "Nobody spoke."]
    assert clean(body, None) == body[1:]


def test_wrapped_lines_are_joined_and_other_lines_are_paragraphs() -> None:
    wrapped = "The fox jumps over the lazy dog, and the\ndog does not mind, the fox told our\nreporter on Monday."
    assert paragraphs_of(wrapped) == [wrapped.replace("\n", " ")]
    listed = "Dec 15, 2025\nA headline of some length about a ferry\nNews\nBy Jo Bloggs"
    assert paragraphs_of(listed) == listed.split("\n")


@pytest.mark.slow
def test_real_articles_lose_few_words_and_those_are_clutter() -> None:
    data = os.environ.get("ONRECORD_DATA")
    if not data:
        pytest.skip("ONRECORD_DATA does not name the folder of outside data")
    with gzip.open(Path(data, "archive", "news-2023.jsonl.gz"), "rt", encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines]
    words = 0
    dropped: Counter[str] = Counter()
    for record in records:
        paragraphs = paragraphs_of(record["content"])
        words += sum(len(paragraph.split()) for paragraph in paragraphs)
        dropped += Counter(paragraphs) - Counter(clean(paragraphs, record["headline"]))
    lost = sum(len(paragraph.split()) * count for paragraph, count in dropped.items())
    assert 0 < lost < 0.01 * words  # a third of it captions with their credits
    # A dropped paragraph with a quotation and an attribution would be reporting.
    reporting = [
        p for p in dropped if "” said" in p or '" said' in p or "told reporters" in p or len(sentence_spans(p)) > 5
    ]
    credit = re.compile(r"(?:Getty Images|Shutterstock|AP|AFP|Reuters)[^.]{0,40}\Z", re.IGNORECASE)
    assert [p for p in reporting if not p.startswith("We will use the") and not credit.search(p)] == []


def test_the_last_paragraph_is_the_authors_biography_only_where_the_byline_names_them() -> None:
    text = [
        "The lightship stays in dock.",
        "“Nobody counted the links,” Isolde Brack said.",
        "The yard kept the receipt.",
    ]
    about = "Abby Treganza covers the coast for The Lamp. Follow her at @abbytreg."
    assert clean([*text, about], "The chain", "Abby Treganza") == text
    assert clean([*text, about], "The chain", "Joss Kettle") == [*text, about]
    assert clean([*text, "Text: Abby Treganza"], "The chain", "Abby Treganza") == text
    said = "Abby Treganza told the court that she had seen the chain."
    assert clean([*text, said], "The chain", "Abby Treganza") == [*text, said]


def test_lines_above_the_article_that_are_labels_or_hold_a_date_are_no_text() -> None:
    text = ["The ferry at Marrow stays closed.", "Nobody was hurt."]
    for line in (
        "News provided by",
        "24 липня 2024, 10:15 Переглядів: 1204",
        "22. srpna 2024 13:07, aktualizováno 15:30",
    ):
        assert clean([line, *text], "A headline", page=True) == text
        assert clean([*text, line], "A headline", page=True) == [*text, line]
    assert clean(["News provided by", *text], "A headline")[0] == "News provided by", "a record has no page around it"
    assert clean(["Four mayors and one bridge", *text], "A headline")[0] == "Four mayors and one bridge"
    assert clean(["It closed on 4 May 2024.", *text], "A headline")[0] == "It closed on 4 May 2024."


def test_a_day_right_behind_a_name_is_a_line_of_the_head() -> None:
    """Boxes in one line that only their style parts."""
    text = "Leandro Buitrago showed the reporters his coat, and nobody asked how it had come to look like that."
    assert clean(["RedacciónVillaserena14 MAY. 2024 - 09:12", text], "Pigeons") == [text]
    assert clean([f"{text} It was 14 May 2024."], "Pigeons") == [f"{text} It was 14 May 2024."]


def test_readers_who_are_asked_to_write_to_the_outlet_are_not_the_articles() -> None:
    text = ["The ferry at Marrow stays closed.", "Nobody was hurt."]
    asked = "Heb je een tip over dit artikel? Stuur een bericht via tips@bode.example."
    assert clean([*text, asked], "A headline", host="www.bode.example") == text
    assert clean([*text, asked], "A headline", host="www.courier.example") == [*text, asked]
    told = "Whoever lost a cat may write to office@bode.example until Friday."
    assert clean([*text, told], "A headline", host="www.bode.example") == [*text, told]
