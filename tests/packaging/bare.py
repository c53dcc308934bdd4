"""A bare Debian folder -> what the Containerfile's steps make of it, and whether that answers, without a container.

    debootstrap --variant=minbase trixie FOLDER && mount --bind /dev FOLDER/dev && mount -t proc proc FOLDER/proc
    sudo python -m tests.packaging.bare FOLDER

Each RUN is run by a shell in the folder (chroot), with the settings of ENV and of what is set here for pip; COPY takes
what git knows; after USER, as that user. Then the sample archive is put in and asked. What this is not: a container; it
shares this machine's network and processes.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

__all__ = ["main", "steps"]

ROOT = Path(__file__).resolve().parents[2]
ASKED = "When does the ferry stop running?"
SYSTEM = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"


def steps(containerfile: str) -> Iterator[tuple[str, str]]:
    """Read the instructions in their order, each with its words in one line."""
    joined = re.sub(r"\\\n\s*", "", containerfile)
    for line in joined.splitlines():
        if line and not line.startswith("#"):
            instruction, _, words = line.partition(" ")
            yield instruction, words


def main(arguments: Sequence[str] | None = None) -> None:
    """Do the steps, say how long each takes, and ask."""
    [folder] = [Path(each) for each in arguments or sys.argv[1:]]
    environment = {"PATH": SYSTEM, **{name: value for name, value in os.environ.items() if name.startswith("PIP_")}}
    user = "root"
    for instruction, words in steps((ROOT / "deploy" / "Containerfile").read_text()):
        match instruction:
            case "ENV":
                environment.update(pair.partition("=")[::2] for pair in words.split())
            case "USER":
                user = words
            case "COPY":
                prefix = f"--prefix={folder}{words.split()[1]}/"
                subprocess.run(["git", "checkout-index", "--all", "--force", prefix], check=True, cwd=ROOT)
            case "RUN":
                inside(folder, user, environment, words)
    for command in ("prepare", "demo", f"ask {ASKED!r}"):
        inside(folder, user, environment, f"/opt/onrecord/bin/qa {command}")


def inside(folder: Path, user: str, environment: dict[str, str], command: str) -> None:
    """Run a command in the folder as a user, and say how long it took."""
    began = time.monotonic()
    entered = ["chroot", f"--userspec={user}", str(folder), "/bin/sh", "-ec", f"cd /; {command}"]
    subprocess.run(entered, check=True, env=environment)
    sys.stdout.write(f"{time.monotonic() - began:.0f} s, as {user}: {command[:100]}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
