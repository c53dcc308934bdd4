"""What stands under deploy/ can be used as it stands there."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from qa.settings import load_settings
from tests.packaging.bare import steps

ROOT = Path(__file__).resolve().parents[2]
UNIT = ROOT / "deploy" / "onrecord.service"
CONTAINER = ROOT / "deploy" / "Containerfile"


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is not installed")
def test_the_unit_is_one_that_systemd_reads_without_a_word(tmp_path: Path) -> None:
    unit = tmp_path / UNIT.name
    unit.write_text(UNIT.read_text().replace("/opt/onrecord/bin/qa", "/bin/true"))  # which is there
    done = subprocess.run(
        ["systemd-analyze", "verify", str(unit)], capture_output=True, text=True, check=False, timeout=120
    )
    said = [line for line in done.stderr.splitlines() if UNIT.name in line]
    assert (done.returncode, said) == (0, [])


@pytest.mark.parametrize("path", [UNIT, CONTAINER], ids=lambda path: path.name)
def test_the_command_and_the_settings_are_known(path: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    text = path.read_text()
    assert re.search(r"/opt/onrecord/bin/qa serve --host \S+ --port 8000", text)
    assert "/opt/onrecord/bin/qa prepare" in text
    for name, value in re.findall(r"(?:Environment=|ENV |\s)(QA_\w+)=(\S+)", text):
        monkeypatch.setenv(name, value if name != "QA_DATA_DIR" else str(tmp_path))
    assert load_settings().data_dir == tmp_path


def test_the_container_takes_only_what_is_there() -> None:
    text = CONTAINER.read_text()
    assert "torch==2.13.0" in text
    assert (ROOT / "constraints.txt").read_text().count("torch==2.13.0") == 1
    assert "USER onrecord" in text, "nothing is served as root"
    done = [instruction for instruction, _ in steps(text)]
    assert done[0] == "FROM"
    assert set(done) <= {"FROM", "RUN", "ARG", "COPY", "ENV", "USER", "VOLUME", "EXPOSE", "CMD"}, "what bare.py does"
    assert done.index("USER") > max(at for at, one in enumerate(done) if one in {"RUN", "COPY"})


def test_every_setting_that_the_page_names_is_one() -> None:
    page = (ROOT / "docs" / "deploying.md").read_text()
    settings = (ROOT / "docs" / "settings.md").read_text()
    assert [name for name in re.findall(r"QA_\w+__\w+", page) if name not in settings] == []
