"""Both engines of the catalog, for whatever is promised of either."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from qa.catalog import Catalog
from tests.postgres import Server


@dataclass(frozen=True)
class Place:
    """Where a catalog is to lie: in a folder, or in schemas of a PostgreSQL database."""

    folder: Path
    server: Server | None
    addresses: dict[str, str]

    def address(self, name: str = "catalog") -> str | None:
        """The address of the catalog of this name; None where it is a file."""
        if self.server is not None and name not in self.addresses:
            self.addresses[name] = self.server.schema()
        return self.addresses.get(name)

    def open(self, name: str = "catalog", *, write: bool = True) -> Catalog:
        """Open the catalog of this name."""
        address = self.address(name)
        if address is None:
            return Catalog.open(self.folder / f"{name}.sqlite3", write=write)
        return Catalog.connect(address, write=write)

    def name(self) -> str:
        """What another process is told of the catalog."""
        return self.address() or str(self.folder / "catalog.sqlite3")

    def bytes(self) -> bytes:
        """Whatever the files of its tables hold, in lower case; the server's log of changes is not among them."""
        address = self.address()
        files = self.server.files_of(address) if self.server and address else sorted(self.folder.rglob("*"))
        return b"\n".join(path.read_bytes() for path in files if path.is_file()).lower()


@pytest.fixture(params=["sqlite", "postgres"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """An empty place, of each engine."""
    if request.param == "sqlite":
        return Place(tmp_path, None, {})
    return Place(tmp_path, request.getfixturevalue("postgres"), {})


@pytest.fixture
def catalog(place: Place) -> Iterator[Catalog]:
    """An empty catalog, of each engine."""
    with place.open() as opened:
        yield opened
