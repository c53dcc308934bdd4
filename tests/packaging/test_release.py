"""The changelog tells of the version that the program says it is."""

from __future__ import annotations

import re
from pathlib import Path

from qa import __version__

CHANGELOG = Path(__file__).resolve().parents[2] / "CHANGELOG.md"


def test_the_newest_release_in_the_changelog_is_this_one() -> None:
    headings = re.findall(r"^## (.+)$", CHANGELOG.read_text(encoding="utf-8"), re.MULTILINE)
    releases = [heading for heading in headings if heading != "Unreleased"]
    assert re.fullmatch(rf"{re.escape(__version__)}, \d{{4}}-\d\d-\d\d", releases[0])
    assert len(set(releases)) == len(releases)
