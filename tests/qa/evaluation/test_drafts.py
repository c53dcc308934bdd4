from __future__ import annotations

import re

import pytest

from qa.evaluation import drafts
from qa.settings import Settings


def test_what_a_draft_costs_is_told_by_the_number_of_its_quotations(
    corpus_settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    drafts.main([str(corpus_settings.data_dir), "--quotations", "1", "3"])
    page = capsys.readouterr().out
    [one, three] = re.findall(r"^\| (\d+) \| (\d+\.\d\d) \| (\d+\.\d\d) \| (.+) \|$", page, re.M)
    assert (one[0], one[3]) == ("1", "verbatim 1")
    assert three[0] == "3"
    assert sum(map(int, re.findall(r"\d+", three[3]))) == 3
