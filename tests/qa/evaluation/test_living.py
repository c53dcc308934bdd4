from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from qa.evaluation.living import DURING, WITHOUT, Phase, faults, main, report
from qa.settings import Settings

ANSWER = {
    "citations": [
        {
            "article": {"id": "a"},
            "cited_text": "ferry",
            "start": 4,
            "end": 9,
            "sentence": {"start": 0, "end": 18, "text": "The ferry is late."},
        }
    ],
    "nearest": [],
}


def _phase(name: str, seconds: float) -> Phase:
    phase = Phase(name)
    phase.take(200, json.dumps(ANSWER).encode(), seconds)
    return phase


def test_a_citation_that_is_no_slice_of_its_article_is_named() -> None:
    phase = _phase(WITHOUT, 0.1)
    assert faults([phase], lambda _: "The ferry is late. It rains.") == []
    assert faults([phase], lambda _: "Our ferry is late. It rains.") == ["a[0:18]: 'The ferry is late.'"]
    assert len(faults([phase], lambda _: None)) == 2


def test_an_error_or_a_slow_answer_or_a_torn_one_breaks_what_is_asked_for() -> None:
    calm, same, slow = _phase(WITHOUT, 0.1), _phase(DURING, 0.2), _phase(DURING, 0.3)
    assert ": kept." in report("", 4, [calm, same], [])
    assert "not kept" in report("", 4, [calm, slow], [])
    assert "not kept" in report("", 4, [calm, same], ["a[0:1]: 'x'"])
    same.take(503, b"", 0.1)
    assert "1 × 503" in report("", 4, [calm, same], [])


@pytest.mark.slow
def test_a_small_archive_is_asked_while_it_grows(
    tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("QA_DATA_DIR", str(settings.data_dir))
    rows = [
        {"headline": f"Ferry {at} is late", "content": f"Harbour master Alma Reiss said ferry {at} is late."}
        for at in range(16)
    ]
    source = tmp_path / "rows.jsonl.gz"
    source.write_bytes(gzip.compress("\n".join(map(json.dumps, rows)).encode()))
    main([str(source), "--before", "8", "--during", "8", "--turns", "1", "--seconds", "1", "--askers", "2"])
    page = capsys.readouterr().out
    assert "Errors: none. Citations that are no exact slice of their article: 0." in page
