"""A verb of speech is known in all its forms."""

from __future__ import annotations

import re

import pytest

from qa.questions import verbs_in
from qa.questions.verbs import VERBS


@pytest.mark.parametrize(
    ("words", "verbs"),
    [
        ("has repeatedly denied", {"deny"}),
        ("denies", {"deny"}),
        ("Denying", {"deny"}),
        ("admitted and slammed", {"admit", "slam"}),
        ("promised", {"promise"}),
        ("promising", {"promise"}),
        ("swore", {"swear"}),
        ("stresses", {"stress"}),
        ("ruled out", {"rule out"}),
        ("has been ruling out", {"rule out"}),
        ("ruled", set()),
        ("criticised", {"criticise"}),
        ("criticizes", {"criticise"}),
        ("bestritt", {"deny"}),
        ("hat angekündigt", {"announce"}),
        ("begrüßte", {"welcome"}),
        ("said", set()),
        ("announcement", set()),
    ],
)
def test_every_form_leads_to_the_verb(words: str, verbs: set[str]) -> None:
    assert verbs_in(words) == verbs


@pytest.mark.parametrize("form", ["deny", "denied", "praise", "foreseen", "rebutted", "ruled out"])
def test_what_stands_behind_did_and_has_is_found_whole(form: str) -> None:
    assert re.fullmatch(VERBS, form)
    assert not re.fullmatch(VERBS, "denying")
