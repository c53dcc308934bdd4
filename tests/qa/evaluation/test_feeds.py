from __future__ import annotations

import pytest

from qa.evaluation.feeds import main
from qa.settings import Settings


@pytest.mark.slow
def test_new_items_of_a_few_feeds_are_found_and_answered(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("QA_DATA_DIR", str(settings.data_dir))
    for name in ("QA_FEEDS__INTERVAL_S", "QA_FEEDS__HOST_DELAY_S", "QA_INGESTION__PRIVATE_ADDRESSES"):
        monkeypatch.setenv(name, "1")  # set by the command, and taken back after the test
    main(["--feeds", "2", "--items", "2", "--interval", "1", "--new", "3"])
    page = capsys.readouterr().out
    assert "Found: 3 of 3; “What did NAME say?” answered: 3." in page
    assert "× 304" in page
