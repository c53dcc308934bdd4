"""Whatever is killed, and whenever: done again, the archive holds what it holds after a run that nobody killed."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from qa.settings import Settings
from tests.conftest import fresh_settings
from tests.hostile.kills import WORKS, begin, copy_archive, held_by, opened
from tests.often import often

_ARTICLES, _AT_ONCE = 6, 2  # of an ingestion, and of one of its steps, between which a kill may come


@dataclass(frozen=True)
class Case:
    """Work on an archive: where it starts, and what a run that nobody kills takes and leaves."""

    work: str
    before: Path
    arguments: tuple[str, ...]
    takes_s: float
    leaves: dict[str, list[str]]


@pytest.fixture(scope="module", params=WORKS)
def case(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    corpus_settings: Settings,
    compiled_models: Path,
    corpus: Path,
) -> Iterator[Case]:
    folder = tmp_path_factory.mktemp(request.param)
    with pytest.MonkeyPatch.context() as patch:  # for the process that is killed, too
        patch.setenv("QA_INGESTION__BATCH_ARTICLES", str(_AT_ONCE))
        yield _case(request.param, folder, corpus_settings, compiled_models, corpus)


def _case(work: str, folder: Path, corpus_settings: Settings, compiled_models: Path, corpus: Path) -> Case:
    if work == "ingest":
        before = fresh_settings(folder / "before", compiled_models).data_dir
        arguments = [str(each) for each in sorted(corpus.glob("[a-z]*.md"))[:_ARTICLES]]
    else:
        before = copy_archive(corpus_settings.data_dir, folder / "before")
        with opened(before) as assistant:
            names = sorted(profile.slug for profile in assistant.speakers(limit=2)[0])
            ids = sorted(article.id for article in assistant.articles(limit=100)[0])[:3]
        arguments = {"purge": ids, "merge": names}.get(work, [])
    clean = copy_archive(before, folder / "clean")
    with opened(clean) as assistant:
        assistant._parts.encoder.encode(["a sentence that loads the model"])
        begun = time.monotonic()
        WORKS[work](assistant, arguments)
        takes_s = time.monotonic() - begun
        return Case(work, before, tuple(arguments), takes_s, held_by(assistant, clean))


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(often(1, 15)))
def test_work_that_was_killed_and_done_again_leaves_what_a_clean_run_leaves(
    case: Case, seed: int, tmp_path: Path
) -> None:
    assert case.leaves["unsound"] == []
    folder = copy_archive(case.before, tmp_path / "killed")
    after_s = random.Random(f"{case.work} {seed}").uniform(0, 1.2) * case.takes_s
    with begin(case.work, folder, case.arguments) as process:
        time.sleep(after_s)
        process.kill()
    with opened(folder) as assistant:
        WORKS[case.work](assistant, case.arguments)
        assert held_by(assistant, folder) == case.leaves
