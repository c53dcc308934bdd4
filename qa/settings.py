"""Every knob, its bounds and its meaning, on one page.

Settings are data: frozen, bounded, described. They build nothing and stop at the wiring (``qa.assistant``,
``web.app``). Each is read from the environment as ``QA_<GROUP>__<NAME>`` (``QA_RETRIEVAL__TOP_K=50``), the data folder
as ``QA_DATA_DIR``. :func:`load_settings` also rejects ``QA_`` names that no setting has: pydantic-settings lets a
misspelt group pass in silence.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Literal, get_args, get_origin

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, field_validator
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings, SettingsConfigDict

from qa.errors import SettingsError

__all__ = [
    "AnsweringSettings",
    "AttributionSettings",
    "Described",
    "EmbeddingSettings",
    "FeedSettings",
    "IndexSettings",
    "IngestionSettings",
    "ReadingSettings",
    "RetrievalSettings",
    "Settings",
    "StoreSettings",
    "WebSettings",
    "describe_settings",
    "described_settings",
    "load_settings",
]

PREFIX = "QA_"
Threads = Annotated[int, Field(ge=1, le=64)]


class _Group(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class IngestionSettings(_Group):
    """Reading and cleaning of sources."""

    max_file_mib: int = Field(256, ge=1, le=65_536, description="Largest file that is read, in MiB.")
    max_unpacked_mib: int = Field(1_024, ge=1, le=1_048_576, description="Largest file once it is unpacked, in MiB.")
    max_page_mib: int = Field(10, ge=1, le=1_024, description="Largest HTML page that is parsed, in MiB.")
    max_records: int = Field(200_000, ge=1, description="Most lines or records of one file, and files of one archive.")
    max_bad_records: int = Field(
        1_000, ge=0, description="Most records of one file that give no article before the rest is left."
    )
    max_article_chars: int = Field(1_000_000, ge=1_000, description="Longest article that is stored, in code points.")
    article_timeout_s: float = Field(
        60.0,
        gt=0,
        le=3_600,
        description="Time limit for one article: for reading it, and for finding statements in it.",
    )
    fetch_timeout_s: float = Field(20.0, gt=0, le=300, description="Time limit for fetching one address, in seconds.")
    private_addresses: bool = Field(
        False,
        description="true: also fetch from loopback, link-local and private networks, directly or by a redirect.",
    )
    keep_originals: bool = Field(
        True, description="Whether a PDF is kept in the data folder, so that a citation can show its page."
    )
    batch_articles: int = Field(32, ge=1, le=1_000, description="Articles that are stored and indexed in one step.")


class FeedSettings(_Group):
    """Feeds that are polled."""

    poll: bool = Field(
        True, description="Whether `qa serve` polls the feeds by itself; `qa feeds poll` does it in any case."
    )
    interval_s: float = Field(
        900.0,
        ge=1,
        le=604_800,
        description="Time between two polls of a feed, in seconds; more where it fails, or asks for more.",
    )
    host_delay_s: float = Field(
        1.0,
        ge=0,
        le=60,
        description="Time between two requests to one host, in seconds; more where its robots.txt asks for it.",
    )
    max_pages: int = Field(
        50, ge=1, le=10_000, description="Most pages that one poll of a feed fetches; the next one goes on from there."
    )


class EmbeddingSettings(_Group):
    """Passage and question vectors."""

    model: str = Field(
        "all-MiniLM-L6-v2",
        min_length=1,
        description="A sentence-transformers model: the packaged one, a hub name or a folder.",
    )
    backend: Literal["auto", "onnx", "torch"] = Field(
        "auto",
        description="onnx: the compiled int8 model; torch: sentence-transformers; auto: torch only where there is a GPU"
        " and the model is not the packaged one.",
    )
    threads: Threads = Field(2, description="Threads that one encoding uses.")
    batch_size: int = Field(
        4,
        ge=1,
        le=1_024,
        description="Texts that torch runs at once: few on a CPU, where little is then padded; 64 and more on a GPU."
        " The compiled model runs each by itself.",
    )
    max_tokens: int = Field(256, ge=16, le=8_192, description="Longest text that is embedded, in wordpieces.")


class StoreSettings(_Group):
    """Where articles and vectors are kept."""

    url: SecretStr | None = Field(
        None,
        description="Address of a PostgreSQL database with pgvector, `postgresql://USER:PASSWORD@HOST:PORT/DATABASE`; "
        "unset: the data folder. Several machines may have one archive there.",
    )


class IndexSettings(_Group):
    """The vector store."""

    url: str | None = Field(None, description="Address of a Chroma server; unset: the store in the data folder.")
    collection: str = Field(
        "passages", pattern=r"^[a-zA-Z0-9][a-zA-Z0-9._-]{1,61}[a-zA-Z0-9]$", description="Its name."
    )


class RetrievalSettings(_Group):
    """Question -> passages."""

    top_k: int = Field(8, ge=1, le=1_000, description="Passages that are handed to the reader.")
    candidates: int = Field(100, ge=1, le=10_000, description="Passages that each retriever contributes to the fusion.")


class AttributionSettings(_Group):
    """Articles -> statements."""

    attributor: Literal["model", "rules"] = Field(
        "model", description="model: the trained one; rules: patterns, the baseline that it is measured beside."
    )


class ReadingSettings(_Group):
    """Passages -> candidate spans."""

    reader: Literal["span", "sentence"] = Field(
        "span",
        description="span: the trained reader of exact spans; sentence: whole sentences by similarity, the baseline.",
    )
    second: bool = Field(
        True,
        description="Whether a larger network reads the likeliest sentences again where the first is not sure.",
    )
    threads: Threads = Field(2, description="Threads that one reading uses.")
    n_best: int = Field(3, ge=1, le=50, description="Candidates that one passage may contribute.")


class AnsweringSettings(_Group):
    """Candidates -> answer or refusal."""

    max_citations: int = Field(5, ge=1, le=100, description="Citations of one answer to a question for a span.")
    max_statements: int = Field(100, ge=1, le=10_000, description="Citations of one answer that lists statements.")
    nearest: int = Field(3, ge=0, le=20, description="Nearest passages shown with a refusal.")
    mend_slips: bool = Field(True, description="Read words of a question that have a slip as those that were meant.")
    threshold: float | None = Field(
        None,
        ge=0,
        le=1,
        description="Lowest confidence that is answered; unset: the one fitted on dev questions; of a person 0.1 more.",
    )


class WebSettings(_Group):
    """The web door."""

    host: str = Field("127.0.0.1", min_length=1, description="Address to listen on.")
    port: int = Field(8000, ge=0, le=65_535, description="Port to listen on; 0 takes a free one.")
    trusted_hosts: str = Field(
        "",
        pattern=r"^[A-Za-z0-9_.:, \[\]-]*$",
        description="Names by which visitors may call this server, with commas between them, beside the host above and "
        "this machine's own (localhost, 127.0.0.1, ::1). Any other name: 421.",
    )
    shared_with: str = Field(
        "",
        pattern=r"^(\*|https?://[A-Za-z0-9_.:\[\]-]+(, ?https?://[A-Za-z0-9_.:\[\]-]+)*)?$",
        description="Other sites whose pages may read the API from their visitors' browsers (CORS), such as "
        "`https://gazette.example`, with commas between them; `*` is every site, unset none.",
    )
    embeddable_in: str = Field(
        "*",
        pattern=r"^(\*|https?://[A-Za-z0-9_.:\[\]-]+(, ?https?://[A-Za-z0-9_.:\[\]-]+)*)?$",
        description="Sites whose pages may frame a statement's card (`/s/…/embed`), with commas between them; `*` is "
        "every site, empty none. No other page can be framed.",
    )
    max_question_chars: int = Field(500, ge=10, le=10_000, description="Longest question, in code points.")
    max_quotation_chars: int = Field(
        2_000, ge=10, le=20_000, description="Longest quotation to verify, in code points."
    )
    max_draft_chars: int = Field(
        20_000, ge=10, le=100_000, description="Longest draft whose quotations are checked, in code points."
    )
    max_body_kib: int = Field(64, ge=1, le=10_240, description="Largest request body, in KiB.")
    max_chat_kib: int = Field(
        1_024,
        ge=1,
        le=10_240,
        description="Largest body of a request to `/v1/chat/completions`, which has a whole conversation, in KiB.",
    )
    read_token: SecretStr | None = Field(
        None,
        min_length=16,
        description="What programs send as `Authorization: Bearer` to read from `/api`, `/v1` and `/mcp`; unset: none "
        "is needed. The pages stay open.",
    )
    write_token: SecretStr | None = Field(
        None,
        min_length=16,
        description="What programs that put articles in send as `Authorization: Bearer`, and what opens the pages "
        "“Add” and “Feeds”; unset: nothing can be put in over HTTP.",
    )
    edit: bool = Field(
        False,
        description="Open the pages “Add” and “Feeds” to whoever is on this machine, without a token; only where the "
        "host is the loopback address. `qa serve --edit` is the same.",
    )
    max_upload_mib: int = Field(32, ge=1, le=1_024, description="Largest body with articles, in MiB.")
    upload_timeout_s: float = Field(120.0, gt=0, le=3_600, description="Longest time for such a body, in seconds.")
    max_connections: int = Field(
        512,
        ge=1,
        le=100_000,
        description="Connections that are open at once, as far as half of the files that the process may open go.",
    )
    header_timeout_s: float = Field(10.0, gt=0, le=300, description="Longest time for headers to come, in seconds.")
    idle_timeout_s: float = Field(
        15.0, gt=0, le=3600, description="Longest time in which nothing moves on a connection, in seconds."
    )
    body_timeout_s: float = Field(10.0, gt=0, le=300, description="Longest time for a body to come, in seconds.")
    answer_timeout_s: float = Field(10.0, gt=0, le=300, description="Longest time for one answer, in seconds.")
    max_concurrent: int = Field(4, ge=1, le=256, description="Answers that are worked on at once.")
    max_waiting: int = Field(
        32,
        ge=0,
        le=10_000,
        description="Further requests that may wait; beyond it, or where half of the "
        "time for an answer would not do: 503.",
    )


def default_data_dir() -> Path:
    """Where a person's programs keep their data on this system, whatever the working folder is."""
    if sys.platform == "darwin":
        return Path("~/Library/Application Support/onrecord").expanduser()
    return Path(os.environ.get("XDG_DATA_HOME") or "~/.local/share").expanduser() / "onrecord"


class Settings(BaseSettings):
    """All settings, by stage."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_nested_delimiter="__",
        frozen=True,
        extra="forbid",
        nested_model_default_partial_update=True,
    )

    data_dir: Path = Field(
        default_factory=default_data_dir,
        description="Folder of the catalog, the index and the compiled models; on macOS the default is in "
        "`~/Library/Application Support`. `--data-dir` goes before it.",
    )
    ingestion: IngestionSettings = IngestionSettings()
    feeds: FeedSettings = FeedSettings()
    attribution: AttributionSettings = AttributionSettings()
    embedding: EmbeddingSettings = EmbeddingSettings()
    store: StoreSettings = StoreSettings()
    index: IndexSettings = IndexSettings()
    retrieval: RetrievalSettings = RetrievalSettings()
    reading: ReadingSettings = ReadingSettings()
    answering: AnsweringSettings = AnsweringSettings()
    web: WebSettings = WebSettings()

    @field_validator("data_dir")
    @classmethod
    def _absolute(cls, value: Path) -> Path:
        """The same folder for every process and in every message, wherever they stand."""
        return value.expanduser().absolute()


def load_settings(**overrides: object) -> Settings:
    """Read the settings from the environment; ``overrides`` win.

    Raises:
        SettingsError: a value is out of bounds, or a ``QA_`` name in the environment is not a setting.
    """
    if any(name.upper() == "QA_DATA_DIR" and not value for name, value in os.environ.items()):
        raise SettingsError("QA_DATA_DIR is empty.", remedy=f"Name a folder, or unset it to use {default_data_dir()}.")
    known = _names()
    for name in os.environ:
        if name.upper().startswith(PREFIX) and name.upper() not in known:
            meant = get_close_matches(name.upper(), known, n=1)
            remedy = f"{f'Is it {meant[0]}? ' if meant else ''}`qa settings` lists all of them."
            raise SettingsError(f"{name} is not a setting of On Record.", remedy=remedy)
    try:
        return Settings(**overrides)  # type: ignore[arg-type]
    except ValidationError as error:
        first = error.errors()[0]
        name = PREFIX + "__".join(str(part) for part in first["loc"]).upper()
        remedy = f"`qa settings {name}` tells what it may be."
        raise SettingsError(f"{name}: {first['msg']}.", remedy=remedy) from error


@dataclass(frozen=True, slots=True)
class Described:
    """One setting: its name in the environment, its default, its bounds and its meaning; a secret is never printed."""

    name: str
    default: str
    bounds: str
    meaning: str
    secret: bool = False


def described_settings() -> Iterator[Described]:
    """Describe every setting, in the order of the groups."""
    folder = Settings.model_fields["data_dir"].description
    yield Described(f"{PREFIX}DATA_DIR", "~/.local/share/onrecord", "", folder or "")
    for group_name, group_info in Settings.model_fields.items():
        group = group_info.annotation
        if not (isinstance(group, type) and issubclass(group, BaseModel)):
            continue
        for name, info in group.model_fields.items():
            default = "unset" if info.default in (None, "") else str(info.default)
            variable, bounds = f"{PREFIX}{group_name}__{name}".upper(), ", ".join(_bounds(info))
            yield Described(variable, default, bounds, info.description or "", SecretStr in _kinds(info.annotation))


def _names() -> set[str]:
    """Every environment name that a setting has."""
    return {each.name for each in described_settings()} | {
        f"{PREFIX}{group}".upper() for group in Settings.model_fields
    }


def describe_settings() -> str:
    """Write every setting as a Markdown table; ``docs/settings.md`` is this, and a test holds them together."""
    lines = [
        "# Settings",
        "",
        "Every setting is an environment variable. `qa settings` prints them with what they are now; this page is what",
        "`qa settings --markdown` prints.",
        "",
        "| name | default | bounds | meaning |",
        "|---|---|---|---|",
    ]
    for one in described_settings():
        default = one.default if one.default == "unset" else f"`{one.default}`"
        bounds = one.bounds.replace("|", "\\|")
        lines.append(f"| `{one.name}` | {default} | {bounds} | {one.meaning} |")
    return "\n".join(lines) + "\n"


def _bounds(info: FieldInfo) -> Iterator[str]:
    """A setting's bounds in words, as far as a reader can use them."""
    for rule in info.metadata:
        for attribute, words in (("ge", "≥ {}"), ("gt", "> {}"), ("le", "≤ {}"), ("lt", "< {}")):
            if hasattr(rule, attribute):
                yield words.format(getattr(rule, attribute))
        if length := getattr(rule, "min_length", None):
            yield f"at least {length} characters" if length > 1 else "not empty"
        if pattern := getattr(rule, "pattern", None):
            yield f"matches `{pattern}`"
    if get_origin(info.annotation) is Literal:
        yield " or ".join(f"`{choice}`" for choice in get_args(info.annotation))


def _kinds(annotation: object) -> tuple[object, ...]:
    return get_args(annotation) or (annotation,)
