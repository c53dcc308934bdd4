"""Archives are told that their statements are out of date when others would be found, and only then."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from qa.assistant.keeping.attributing import ATTRIBUTION
from qa.attribution import GRAPH, RuleAttributor, TokenAttributor
from qa.attribution.model import DECODING
from qa.attribution.version import VERSION
from tests.qa.attribution.finding import COMMAND, Found, found_now, read, unannounced


def test_the_version_says_whether_other_statements_are_found() -> None:
    before, now = read(), found_now()
    changed = unannounced(before, now)
    assert not changed, (
        f"{' and '.join(changed)} no longer find what version {VERSION} of the code found: raise VERSION in "
        f"qa/attribution/version.py, so that archives are told, and renew the file by `{COMMAND}`"
    )
    assert before == now, f"the version, the texts or the weights have changed: renew the file by `{COMMAND}`"


def test_a_change_counts_unless_version_or_weights_announce_it() -> None:
    before: Found = {"version": 1, "weights": "a", "texts": "t", "rules": ["one"], "model": ["one"]}
    assert unannounced(before, {**before, "rules": []}) == ["rules"]
    assert unannounced(before, {**before, "model": []}) == ["model"]
    assert unannounced(before, {**before, "model": [], "weights": "b"}) == []
    assert unannounced(before, {**before, "rules": [], "weights": "b"}) == ["rules"]
    assert unannounced(before, {**before, "rules": [], "model": [], "version": 2}) == []


def test_digests_come_from_version_and_weights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = Path(shutil.copytree(ATTRIBUTION, tmp_path / "copy"))
    digests = {RuleAttributor().digest, TokenAttributor(copy).digest}
    monkeypatch.setattr("qa.attribution.rules.VERSION", VERSION + 1)
    monkeypatch.setattr("qa.attribution.model.VERSION", VERSION + 1)
    raised = {RuleAttributor().digest, TokenAttributor(copy).digest}
    assert not digests & raised
    (copy / DECODING).write_text((copy / DECODING).read_text() + " ")
    assert TokenAttributor(copy).digest not in digests | raised
    assert (copy / GRAPH).is_file()
