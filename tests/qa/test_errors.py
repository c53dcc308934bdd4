from __future__ import annotations

import pytest

from qa.errors import QaError, SourceError


@pytest.mark.parametrize("message", ["'soon' is not a date", "'soon' is not a date."])
def test_one_full_stop_stands_between_a_message_and_its_remedy(message: str) -> None:
    assert str(QaError(message, remedy="Write YYYY-MM-DD.")) == "'soon' is not a date. Write YYYY-MM-DD."


def test_a_message_without_a_remedy_is_shown_as_it_is() -> None:
    assert str(QaError("no text")) == "no text"


def test_a_source_is_named_with_its_line_and_so_that_it_can_be_seen() -> None:
    assert str(SourceError("a.txt", "no text", line=3)) == "a.txt:3: no text"
    assert str(SourceError("\x1b[31m.txt", "no text")) == "'\\x1b[31m.txt': no text"
    assert str(SourceError("", "the name is empty")) == "'': the name is empty"
