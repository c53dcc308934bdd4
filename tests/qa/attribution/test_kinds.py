from __future__ import annotations

import pytest

from qa.attribution.kinds import kind_of
from qa.types import StatementForm, StatementKind


@pytest.mark.parametrize(
    "cue",
    [
        "said",
        "told reporters",
        "according to",
        "wrote on Monday",
        ":",
        "has warned",
        "called",
        "reaffirmed",
        "pointed out",
    ],
)
def test_words_that_were_said_or_written_are_speech(cue: str) -> None:
    assert kind_of(cue, StatementForm.INDIRECT) is StatementKind.SPEECH


@pytest.mark.parametrize("cue", ["believes", "hopes", "plans to", "is convinced of", "wants"])
def test_beliefs_wishes_and_plans_are_kept_apart(cue: str) -> None:
    assert kind_of(cue, StatementForm.INDIRECT) is StatementKind.OTHER
    assert kind_of(cue, StatementForm.MIXED) is StatementKind.OTHER


@pytest.mark.parametrize("cue", ["did not say", "would not comment on", "didn’t say", "never said", "will tell"])
def test_what_was_not_said_is_no_speech(cue: str) -> None:
    assert kind_of(cue, StatementForm.INDIRECT) is StatementKind.OTHER


def test_to_decline_an_answer_is_one() -> None:
    assert kind_of("declined to comment on", StatementForm.INDIRECT) is StatementKind.SPEECH


def test_what_is_quoted_throughout_was_said() -> None:
    assert kind_of("was blunt", StatementForm.DIRECT) is StatementKind.SPEECH
