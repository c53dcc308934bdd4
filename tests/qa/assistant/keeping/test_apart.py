"""A process of its own makes what this one would make, whatever becomes of it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from threading import Event, Thread

import numpy as np
import pytest

from qa import deadline
from qa.assistant.keeping.apart import Apart, WorkFailed
from qa.assistant.keeping.attributing import articles_of, load_attributor
from qa.assistant.parts import encoder_of, models_dir
from qa.errors import OutOfTime, SourceError
from qa.settings import Settings, load_settings
from qa.types import Article

pytestmark = pytest.mark.slow
PATIENCE_S = 60.0


@pytest.fixture
def apart(settings: Settings) -> Iterator[Apart]:
    made = Apart(settings)
    yield made
    made.close()


@pytest.fixture
def article(corpus: Path) -> Article:
    [found] = articles_of([str(corpus / "marina-denial.md")], load_settings().ingestion)
    assert not isinstance(found, SourceError)
    return found


def _child(apart: Apart) -> int:
    assert apart._child is not None
    return apart._child[0].pid


def _until_gone(process: int) -> None:
    end = time.monotonic() + PATIENCE_S
    with suppress(ProcessLookupError):
        while time.monotonic() < end:
            os.kill(process, 0)
            time.sleep(0.05)
        raise AssertionError(f"process {process} is still there")


def test_what_is_made_apart_is_what_is_made_here(settings: Settings, apart: Apart, article: Article) -> None:
    encoder = encoder_of(settings.embedding, models_dir(settings))
    attributor = load_attributor(settings.attribution)
    theirs = apart.attributor()
    assert theirs.digest == attributor.digest
    assert theirs.attribute(article) == attributor.attribute(article) != []
    texts = ["The ferry is late.", article.text]
    assert np.array_equal(apart.encoder(encoder).encode(texts), encoder.encode(texts))
    child = _child(apart)
    assert os.getpriority(os.PRIO_PROCESS, child) > os.getpriority(os.PRIO_PROCESS, 0)


def test_what_ends_the_child_costs_no_other_work(settings: Settings, apart: Apart) -> None:
    encoder = apart.encoder(encoder_of(settings.embedding, models_dir(settings)))
    made = encoder.encode(["The ferry is late."])
    os.kill(_child(apart), signal.SIGKILL)
    assert np.array_equal(encoder.encode(["The ferry is late."]), made)

    hanging = _child(apart)
    os.kill(hanging, signal.SIGSTOP)  # as what hangs in a library does
    with deadline.within(0.3), pytest.raises(OutOfTime):
        encoder.encode(["It rained."])
    _until_gone(hanging)
    assert np.array_equal(encoder.encode(["The ferry is late."]), made)

    enough = Event()

    def kill_all() -> None:
        while not enough.wait(0.02):
            with suppress(AssertionError, ProcessLookupError):
                os.kill(_child(apart), signal.SIGKILL)

    killer = Thread(target=kill_all)
    killer.start()
    try:
        with pytest.raises(WorkFailed, match="ended the process that worked on it, by signal 9"):
            encoder.encode(["It rained."] * 50_000)
    finally:
        enough.set()
        killer.join()


def test_a_child_ends_with_a_parent_that_is_killed(settings: Settings) -> None:
    script = """
import time
from qa.assistant.keeping.apart import Apart
from qa.settings import load_settings
apart = Apart(load_settings())
apart._started()
print(apart._child[0].pid, flush=True)
time.sleep(600)
"""
    parent = subprocess.Popen(
        [sys.executable, "-c", script],
        env={**os.environ, "QA_DATA_DIR": str(settings.data_dir)},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    parent.kill()
    parent.communicate()
    _until_gone(child)
