"""Whatever is killed, and whenever: done again, the archive holds what it holds after a run that nobody killed.

An archive of either engine: the catalog and the vectors in the folder, or in a PostgreSQL database.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from qa.settings import Settings
from tests.conftest import fresh_settings
from tests.hostile.kills import WORKS, Archive, begin
from tests.often import AT_LENGTH, often

_ARTICLES, _AT_ONCE = 6, 2  # of an ingestion, and of one of its steps, between which a kill may come
# In the ordinary tests only what PostgreSQL does otherwise: it takes as long as the rest together.
_ALWAYS = [*(("sqlite", work) for work in WORKS), ("postgres", "ingest"), ("postgres", "purge")]
_CASES = [(engine, work) for engine in ("sqlite", "postgres") for work in WORKS] if AT_LENGTH else _ALWAYS


@dataclass(frozen=True)
class Case:
    """Work on an archive: where it starts, and what a run that nobody kills takes and leaves."""

    work: str
    before: Archive
    arguments: tuple[str, ...]
    takes_s: float
    leaves: dict[str, list[str]]
    place: Callable[[Path], Archive]


@pytest.fixture(scope="module", params=_CASES, ids="-".join)
def case(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    corpus_settings: Settings,
    compiled_models: Path,
    corpus: Path,
) -> Iterator[Case]:
    engine, work = request.param
    folder = tmp_path_factory.mktemp(f"{engine}-{work}")
    server = request.getfixturevalue("postgres") if engine == "postgres" else None

    def place(folder: Path) -> Archive:
        return Archive(folder, server.schema() if server else None)

    with pytest.MonkeyPatch.context() as patch:  # for the process that is killed, too
        patch.setenv("QA_INGESTION__BATCH_ARTICLES", str(_AT_ONCE))
        if work == "ingest":
            before = Archive(fresh_settings(folder / "before", compiled_models).data_dir)
        else:
            before = Archive(corpus_settings.data_dir).copied(Archive(folder / "before"))
        yield _case(work, before, place, folder, corpus)


def _case(work: str, before: Archive, place: Callable[[Path], Archive], folder: Path, corpus: Path) -> Case:
    if work == "ingest":
        arguments = [str(each) for each in sorted(corpus.glob("[a-z]*.md"))[:_ARTICLES]]
    else:
        with before.opened() as assistant:
            names = sorted(profile.slug for profile in assistant.speakers(limit=2)[0])
            ids = sorted(article.id for article in assistant.articles(limit=100)[0])[:3]
        arguments = {"purge": ids, "merge": names}.get(work, [])
    clean = before.copied(place(folder / "clean"))
    with clean.opened() as assistant:
        assistant._parts.encoder.encode(["a sentence that loads the model"])
        begun = time.monotonic()
        WORKS[work](assistant, arguments)
        takes_s = time.monotonic() - begun
        return Case(work, before, tuple(arguments), takes_s, clean.held(assistant), place)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(often(1, 15)))
def test_work_that_was_killed_and_done_again_leaves_what_a_clean_run_leaves(
    case: Case, seed: int, tmp_path: Path
) -> None:
    assert case.leaves["unsound"] == []
    archive = case.before.copied(case.place(tmp_path / "killed"))
    after_s = random.Random(f"{case.work} {seed}").uniform(0, 1.2) * case.takes_s
    with begin(case.work, archive, case.arguments) as process:
        time.sleep(after_s)
        process.kill()
    with archive.opened() as assistant:
        WORKS[case.work](assistant, case.arguments)
        assert archive.held(assistant) == case.leaves
