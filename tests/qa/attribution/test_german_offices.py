"""An office that is asked for in German is the one that English articles speak of."""

from __future__ import annotations

import pytest

from qa.attribution import asked_in_english, office_asked, office_in_english


@pytest.mark.parametrize(
    ("german", "english"),
    [
        ("der Bürgermeister von Harrow", "the mayor of Harrow"),
        ("die Bürgermeisterin", "the mayor"),
        ("der stellvertretende Bürgermeister von Harrow", "the deputy mayor of Harrow"),
        ("die frühere Präsidentin der Hafengesellschaft", "the former president of Hafengesellschaft"),
        ("der Hafen-Chef", "the Hafen chief"),
        ("der Hafenmeister", None),
        ("der ostrelische Präsident", None),
        ("Ada Voss", None),
    ],
)
def test_an_office_is_turned_where_every_word_beside_it_is_known(german: str, english: str | None) -> None:
    assert office_in_english(german) == english


def test_the_question_in_english_asks_for_the_same_office() -> None:
    german = "Wer war der Bürgermeister von Harrow?"
    english = asked_in_english(german)
    assert english == "Who was the mayor of Harrow?"
    assert office_asked(english) == office_asked(german)
    assert asked_in_english("Wer ist Ada Voss?") is None
    assert asked_in_english("Was sagte der Bürgermeister?") is None
