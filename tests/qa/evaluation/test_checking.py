"""Quotations are made by rule, a third of each kind."""

from __future__ import annotations

from collections import Counter

from qa.evaluation.checking import KINDS, quotations_of
from qa.verification import Texts, Verdict

TEXTS = [" ".join(f"{stem}{number}" for number in range(200)) for stem in ("har", "bel")]


def test_a_third_is_as_printed_and_nothing_else_is() -> None:
    made = quotations_of(TEXTS, 60, 3)
    assert made == quotations_of(TEXTS, 60, 3)
    assert Counter(kind for kind, _ in made) == dict.fromkeys(KINDS, 20)
    read = Texts(TEXTS)
    verdicts = {kind: {read.verify(words).verdict for one, words in made if one == kind} for kind in KINDS}
    assert verdicts[KINDS[0]] == {Verdict.VERBATIM}
    assert Verdict.VERBATIM not in verdicts[KINDS[1]] | verdicts[KINDS[2]]
