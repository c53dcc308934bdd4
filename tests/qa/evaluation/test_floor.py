from __future__ import annotations

from qa.evaluation.floor import table
from qa.questions import plain
from qa.types import NoAnswer, NoAnswerReason
from tests.web.archive import berlin, cite


def test_a_line_counts_what_is_refused_and_what_of_it_is_to_be_read() -> None:
    near = (cite(berlin, "Dmitry Peskov"),)
    refused = [
        NoAnswer(
            plain("Who?"), NoAnswerReason.BELOW_THRESHOLD, nearest=near, likeliest=likeliest, to_read=likeliest > 0.1
        )
        for likeliest in (0.3, 0.2, 0.04)
    ]
    head, _, line, none = table({"in the archive": refused, "about other things": []})
    assert head.startswith("| questions | refused | not sure | 0% |")
    assert line == "| in the archive | 3 | 2 | 0.040 | 0.040 | 0.040 | 0.200 | 0.300 | 0.300 | 0.300 |"
    assert none.startswith("| about other things | 0 | 0 |  |")
