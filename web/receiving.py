"""What somebody gives -> a job that puts it into the archive: files and texts as they came, addresses to fetch.

Promises: what is given is read as a file of its kind would be, under a name that names nothing of this machine; an
address is one of the web, never a path; of what was received nothing is left when its job is over. What this does not
know: who may give anything (``web.admission``), and how articles are put in.
"""

from __future__ import annotations

import hashlib
import re
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from qa.errors import SourceError

if TYPE_CHECKING:
    from qa.assistant.sharing.jobs import Job, Jobs

__all__ = ["RECEIVED", "Received", "addresses_in", "begin", "name_of"]

RECEIVED = "/received/"  # what is received has addresses under this, wherever it lies meanwhile
_MOST_NAMED = 100  # characters of a name


@dataclass(frozen=True, slots=True)
class Received:
    """One file, or a text as one: what it is called, which says what kind it is, and what is in it."""

    name: str
    body: bytes


def addresses_in(text: str) -> list[str]:
    """Read a list of addresses (``text/uri-list``): one a line, comments after #.

    Raises:
        SourceError: a line is something else, such as a path, which would be read.
    """
    lines = [line.strip() for line in text.splitlines()]
    found = [line for line in lines if line and not line.startswith("#")]
    if not found or not all(re.match(r"https?://[^\s]+\Z", line) for line in found):
        raise SourceError("the list of addresses", "each line has to be an http or https address")
    return found


def name_of(given: str, *suffixes: str) -> str:
    """Return the end of the name that was given, with the first of the suffixes of what it was said to be, or one."""
    plain = re.sub(r"[^\w.-]+", "-", given.replace("\\", "/").rpartition("/")[2]).strip(".-")[-_MOST_NAMED:] or "given"
    return plain if not suffixes or plain.lower().endswith(suffixes) else plain + suffixes[0]


def begin(jobs: Jobs, received: Sequence[Received], addresses: Sequence[str], label: str) -> Job:
    """Put a job into the line; what was received lies in a folder of its own until it is over.

    Raises:
        QaError: the server ends, or the disk takes nothing.
    """
    from qa.assistant.sharing.work import Work

    folder = jobs.room()
    try:
        called = {_laid(folder / str(at), one): _address(one) for at, one in enumerate(received)}
        work = Work("ingest", {"sources": [*called, *addresses], "how": {"called": called}}, label)
        return jobs.add(work, on_end=lambda: shutil.rmtree(folder, ignore_errors=True))
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _laid(folder: Path, one: Received) -> str:
    folder.mkdir()
    (folder / one.name).write_bytes(one.body)
    return str(folder / one.name)


def _address(one: Received) -> str:
    return f"{RECEIVED}{hashlib.sha256(one.body).hexdigest()[:16]}/{one.name}"
