from __future__ import annotations

import pytest

from qa.ingestion.languages import language_of

GERMAN = "Die Bürgermeisterin sagte am Mittwoch, dass die Brücke bis zum Herbst geschlossen bleibt."
ENGLISH = "The mayor said on Wednesday that the bridge would stay closed until the autumn, for want of readers."


@pytest.mark.parametrize("stated", [None, "en", "en-GB", "de"])
def test_the_language_of_a_text_is_measured_whatever_its_source_says(stated: str | None) -> None:
    assert language_of(GERMAN, stated) == "de"
    assert language_of(ENGLISH, stated) == "en"


@pytest.mark.parametrize(
    ("text", "stated", "language"),
    [("Bridge shut", "fr-CA", "fr"), ("Bridge shut", None, "en"), ("桥关了", None, "und")],
)
def test_a_few_words_are_what_their_source_says(text: str, stated: str | None, language: str) -> None:
    assert language_of(text, stated) == language
