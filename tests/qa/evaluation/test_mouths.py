"""What was read of an archive's statements is counted by the name that was judged, and holds no text."""

from __future__ import annotations

from collections import Counter

from qa.evaluation.mouths import FAULTS, digest_of, judge, read, render
from qa.types import Resolution, Span, Speaker, Statement, StatementForm


def statement(name: str | None) -> Statement:
    return Statement(
        "a",
        Speaker("he", name, None, Resolution.PRONOUN),
        (Span(0, 2),),
        (Span(3, 7),),
        (Span(8, 12),),
        StatementForm.DIRECT,
    )


def row(before: str, after: str, *, was: str | None, became: str | None) -> dict[str, object]:
    offsets = {"source": [[0, 2]], "cue": [[3, 7]], "content": [[8, 12]]}
    names = {"before": digest_of(was), "after": digest_of(became)}
    return {"article": "a", "half": "tune", **offsets, "before": before, "after": after, "names": names}


def test_the_sample_is_120_statements_of_each_half_with_known_verdicts() -> None:
    rows = read()
    assert Counter(one["half"] for one in rows) == {"tune": 120, "report": 120}
    assert {one[state] for one in rows for state in ("before", "after")} <= set(FAULTS)
    assert {key for one in rows for key in one} == {
        "half", "article", "source", "cue", "content", "before", "after", "names"
    }  # fmt: skip


def test_a_name_has_the_verdict_that_it_was_given_and_any_other_is_unread() -> None:
    key = ("a", ((0, 2),), ((3, 7),), ((8, 12),))
    rows = [row("wrong", "right", was="Ilse Varn", became="Nora Lind")]
    assert judge(rows, {key: statement("Ilse Varn")}) == {("tune", "wrong"): 1}
    assert judge(rows, {key: statement("Nora Lind")}) == {("tune", "right"): 1}
    assert judge(rows, {key: statement("Tomas Reck")}) == {("tune", "unread"): 1}
    assert judge(rows, {key: statement(None)}) == judge(rows, {}) == {("tune", "open"): 1}


def test_the_page_has_both_states_and_today() -> None:
    page = render([row("wrong", "right", was="A B", became="C D")], Counter({("tune", "right"): 1}))
    assert "| tune | before | 0 | 1 |" in page
    assert "| tune | now | 1 | 0 |" in page
