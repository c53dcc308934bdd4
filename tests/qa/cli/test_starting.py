"""What a command loads before it does its work: nothing that it does not need."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from qa.settings import Settings

TELLING = (
    "import sys\nfrom qa.cli import main\ntry:\n    main()\nfinally:\n"
    "    sys.stderr.write('MODULES ' + ' '.join(sys.modules))\n"
)
PUTTING_IN = {"lxml", "trafilatura", "pypdfium2", "httpx", "qa.ingestion.articles", "qa.assistant.changing"}
FINDING_STATEMENTS = {"qa.attribution.model", "qa.attribution.shapes", "qa.attribution.rules"}
CHROMAS_CLIENT = {"chromadb", "opentelemetry"}
COMPILING = {"onnx", "torch", "transformers"}
SERVING = {"fastapi", "uvicorn"}
NETWORKS = {"onnxruntime", "tokenizers", "chromadb_rust_bindings"}
NEVER = PUTTING_IN | FINDING_STATEMENTS | CHROMAS_CLIENT | COMPILING | SERVING


def loaded(settings: Settings, *arguments: str) -> set[str]:
    """The modules that a command has loaded when it is done."""
    done = subprocess.run(
        [sys.executable, "-c", TELLING, *arguments],
        env={**os.environ, "QA_DATA_DIR": str(settings.data_dir)},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode in {0, 1, 3, 5}, done.stderr
    return set(done.stderr.split("MODULES ")[1].split())


def test_asking_loads_what_reads_passages_and_nothing_that_puts_articles_in(corpus_settings: Settings) -> None:
    modules = loaded(corpus_settings, "ask", "When", "will", "the", "Harrowmere", "library", "open", "on", "Sundays?")
    assert modules >= NETWORKS | {"qa.reading.span"}, "the whole path ran"
    assert modules & NEVER == set()


@pytest.mark.parametrize(
    "command", [("list",), ("statements", "--speaker", "merz"), ("verify", "an important step"), ("speakers",)]
)
def test_what_is_only_looked_up_loads_no_network(corpus_settings: Settings, command: tuple[str, ...]) -> None:
    modules = loaded(corpus_settings, *command)
    assert "qa.catalog" in modules
    assert modules & (NEVER | NETWORKS) == set()


def test_help_loads_no_part_of_the_assistant(corpus_settings: Settings) -> None:
    modules = loaded(corpus_settings, "--help")
    assert not {name for name in modules if name.startswith("qa.") and not name.startswith("qa.cli")} - {
        "qa.deadline",
        "qa.errors",
    }
    assert modules & (NEVER | NETWORKS | {"numpy", "pydantic"}) == set()
