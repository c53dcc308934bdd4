"""The API does what its description says, whatever is sent: schemathesis with all of its checks, over HTTP.

Ordinary tests send some hundred requests to an archive in memory; ``make fuzz`` sends 5,000 and more to the sample
archive.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from qa.settings import load_settings
from tests.often import AT_LENGTH, often
from tests.serving import serving
from tests.web.archive import FakeArchive
from web.app import create_app

ROOT = Path(__file__).parents[2]


@pytest.mark.slow
def test_no_request_is_answered_otherwise_than_described(request: pytest.FixtureRequest, tmp_path: Path) -> None:
    if AT_LENGTH:
        app = create_app(request.getfixturevalue("served_settings"))
    else:
        app = create_app(load_settings(), FakeArchive())
    with serving(app) as address:
        report = fuzz(address, tmp_path)
    sent = re.search(r"(\d+) generated, (\d+) passed", report)  # it warns that nobody may put articles in
    assert sent, report
    assert int(sent[1]) >= often(150, 5_000)
    assert sent[1] == sent[2], report


def fuzz(address: str, folder: Path) -> str:
    """What schemathesis reports of the API at an address."""
    command = [sys.executable, "-m", "schemathesis.cli", "run", f"{address}/openapi.json"]
    options = ["--checks=all", "--no-color", "--continue-on-failure", "--max-examples", str(often(5, 350))]
    options += ["--generation-database=none"] if not AT_LENGTH else []
    environment = {**os.environ, "SCHEMATHESIS_HOOKS": "tests.hostile.contradictions", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [*command, *options, "--seed=1"],
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
        env=environment,
        timeout=often(3_600, 4 * 3_600),
    )
    return done.stdout + done.stderr
