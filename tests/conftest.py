"""What many tests share: one compiled encoder, fresh data folders, an archive of the sample articles."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as properties

from qa.assistant import Assistant, models_dir, prepare_encoder
from qa.settings import Settings, load_settings
from tests.often import AT_LENGTH, often
from tests.postgres import Server, started

if TYPE_CHECKING:
    from xdist.remote import Producer

    from tests.together import Together

ROOT = Path(__file__).resolve().parent.parent

# The same examples on every machine at every run, however slow it is; `make fuzz` looks for new ones.
properties.register_profile(
    "same",
    derandomize=not AT_LENGTH,
    deadline=None,
    max_examples=often(100),
    suppress_health_check=[HealthCheck.too_slow],
)
properties.load_profile("same")


@pytest.hookimpl(trylast=True)
def pytest_configure(config: pytest.Config) -> None:
    """Say at once which test failed, in the process that shows the dots."""
    shown = config.pluginmanager.get_plugin("terminalreporter")
    if shown is not None and not hasattr(config, "workerinput"):
        config.pluginmanager.register(_AtOnce(shown), "at-once")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Together:
    """Have one worker run what belongs together."""
    from tests.together import Together

    return Together(config, log)


class _AtOnce:
    """Prints the name of a failing test and the line that failed, while the others go on."""

    def __init__(self, shown: pytest.TerminalReporter) -> None:
        self._shown = shown

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            crash = getattr(report.longrepr, "reprcrash", None)
            self._shown.write_line(f"\nFAILED {report.nodeid}: {crash.message.partition(chr(10))[0] if crash else ''}")


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The sample archive's folder."""
    return ROOT / "corpus"


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Server:
    """A PostgreSQL server with pgvector, the same one in every process of this run."""
    own = tmp_path_factory.getbasetemp()
    return started(own.parent if hasattr(request.config, "workerinput") else own)


@pytest.fixture(scope="session")
def compiled_models() -> Path:
    """The folder of the compiled encoder: that of `make install`, or made now."""
    settings = load_settings()
    prepare_encoder(settings)
    return models_dir(settings).resolve()


def fresh_settings(data_dir: Path, compiled_models: Path) -> Settings:
    """Settings for a new data folder that has the encoder already."""
    data_dir.mkdir(parents=True)
    (data_dir / "models").symlink_to(compiled_models)
    return load_settings(data_dir=data_dir)


@pytest.fixture
def settings(tmp_path: Path, compiled_models: Path) -> Settings:
    """Settings with an empty data folder of the test's own."""
    return fresh_settings(tmp_path / "data", compiled_models)


@pytest.fixture(scope="session")
def corpus_settings(tmp_path_factory: pytest.TempPathFactory, compiled_models: Path, corpus: Path) -> Settings:
    """Settings of an archive that holds the sample articles; for reading only."""
    made = fresh_settings(tmp_path_factory.mktemp("sample") / "data", compiled_models)
    with Assistant.open(made, label="tests", write=True) as assistant:
        report = assistant.ingest([str(corpus)])
    assert not report.failures
    return made


@pytest.fixture(scope="session")
def served_settings(tmp_path_factory: pytest.TempPathFactory, corpus_settings: Settings) -> Settings:
    """Settings of a copy of that archive, to be served: whoever serves an archive owns it, and its folder is theirs."""
    data = tmp_path_factory.mktemp("served") / "data"
    shutil.copytree(corpus_settings.data_dir, data, symlinks=True)
    return load_settings(data_dir=data)


@pytest.fixture(scope="session")
def sample(corpus_settings: Settings) -> Iterator[Assistant]:
    """The sample archive, opened for reading."""
    with Assistant.open(corpus_settings, label="tests") as assistant:
        yield assistant
