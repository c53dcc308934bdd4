"""Settings and a catalog -> the encoder, the index, the retriever and the reader, each loaded when it is first needed.

Promises: listing articles loads none of them, nor the libraries that they need; each is loaded once, whichever thread
asks first; an index that has lost vectors is an error that says how to mend it; who only reads keeps nobody from
writing. What it does not know: the kinds of questions, and what becomes of hits.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Collection
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import RLock
from typing import TYPE_CHECKING, Any, TypeVar, cast

from qa.assistant.keeping.privacy import keep_private
from qa.assistant.sharing.lending import LentIndex
from qa.catalog import Catalog, may_write
from qa.errors import DISK_FULL, IndexStale, SettingsError, VectorIndexError
from qa.protocols import Attributor, Encoder, KeptIndex, ReadIndex, Retriever, VectorIndex
from qa.settings import EmbeddingSettings, Settings
from qa.types import Hit, Question

if TYPE_CHECKING:
    from qa.assistant.keeping.apart import Apart
    from qa.assistant.reading import Reading
    from qa.embedding import TextEncoder

__all__ = ["Common", "Parts", "encoder_arguments", "encoder_of", "models_dir", "prepare_encoder", "store_of"]

Part = TypeVar("Part")
_NEAREST = 200  # of some passages, those that come nearest to a text by meaning


@dataclass
class Common:
    """What two openings of one archive in one process share: the encoder and, while one of them owns it, its index."""

    loading: RLock = field(default_factory=RLock)
    loaded: dict[str, object] = field(default_factory=dict)
    owner: Parts | None = None

    def load(self, name: str, make: Callable[[], Part]) -> Part:
        """Return the part of this name, made now if it is the first time."""
        with self.loading:
            if name not in self.loaded:
                self.loaded[name] = make()
            return cast(Part, self.loaded[name])

    def index(self) -> ReadIndex | None:
        """The index of the owner in this process; None where there is none."""
        owner = self.owner
        return owner.own_index if owner else None


class Parts:
    """What an opened archive needs beside its catalog; may be asked from several threads.

    Args:
        settings: which parts, and how.
        catalog: whose passages are searched.
        write: whether an index may be made.
        resources: where what has to be closed is noted.
        common: what is shared with another opening in this process.
        apart: whether what is put in is worked out by a process of its own, since this one answers meanwhile.
    """

    def __init__(
        self,
        settings: Settings,
        catalog: Catalog,
        *,
        write: bool,
        resources: ExitStack,
        common: Common | None = None,
        apart: bool = False,
    ) -> None:
        self._settings = settings
        self._store = store_of(settings)
        self._catalog = catalog
        self._write = write
        self._resources = resources
        self._common = common or Common()
        self._is_apart = apart
        self._loading = RLock()
        self._loaded: dict[str, object] = {}

    def load(self, name: str, make: Callable[[], Part]) -> Part:
        """Return the part of this name, made now if it is the first time."""
        with self._loading:
            if name not in self._loaded:
                self._loaded[name] = make()
            return cast(Part, self._loaded[name])

    @property
    def encoder(self) -> TextEncoder:
        """What turns texts into vectors."""
        return self._common.load("encoder", self._make_encoder)

    def _make_encoder(self) -> TextEncoder:
        return encoder_of(self._settings.embedding, models_dir(self._settings))

    @property
    def passage_encoder(self) -> Encoder:
        """What turns passages that are put in into vectors: the same encoder, where it may take its time."""
        return (
            self.load("passage encoder", lambda: self._apart.encoder(self.encoder)) if self._is_apart else self.encoder
        )

    @property
    def _apart(self) -> Apart:
        return self.load("apart", self._make_apart)

    def _make_apart(self) -> Apart:
        from qa.assistant.keeping.apart import Apart

        made = Apart(self._settings)
        self._resources.callback(made.close)
        return made

    @property
    def index(self) -> ReadIndex:
        """The passages' vectors, for looking some up; raises IndexStale where some are missing."""
        elsewhere = self._settings.index.url is not None or self._store is not None
        if self._write or elsewhere or not may_write(self._settings.data_dir):
            return self.own_index
        return self.load("lent index", self._make_lent_index)

    @property
    def own_index(self) -> KeptIndex:
        """The passages' vectors, opened by ourselves; raises as :attr:`index`."""
        return self.load("index", self._open_index)

    def _make_lent_index(self) -> LentIndex:
        index = LentIndex(
            self._settings.data_dir,
            self._open_index,
            self._catalog.changes,
            self._common.index,
            lambda: self.encoder.digest,
        )
        self._resources.callback(index.close)
        return index

    def _open_index(self) -> KeptIndex:
        index = self._connect_index()
        missing = self._catalog.count_indexed() - index.count()
        if missing > 0:
            index.close()
            raise IndexStale(
                f"The index lacks the vectors of {missing} passages that the catalog has.",
                remedy="Make it anew with `qa rebuild`.",
            )
        return index

    def renew_index(self, fill: Callable[[VectorIndex], None]) -> None:
        """Fill a new index and take it instead of the old one, of which no byte is left, be it whole or damaged.

        Others look into the old one until the new one is whole.
        """
        options = self._settings.index
        if self._store is not None:
            from qa.indexing.postgres import PostgresIndex

            digest, dimension = self.encoder.digest, self.encoder.dimension
            with PostgresIndex.building(self._store, encoder_digest=digest, dimension=dimension) as beside:
                fill(beside)
            return
        if options.url is not None:
            with self._loading:
                self._loaded.pop("retriever", None)
                self._loaded["index"] = index = self._connect_index(fresh=True)
            fill(index)
            return
        from qa.indexing import ChromaIndex

        digest, dimension = self.encoder.digest, self.encoder.dimension
        with ChromaIndex.building(
            self._index_dir, options.collection, encoder_digest=digest, dimension=dimension
        ) as built:
            fill(built)
        with self._loading:
            index_open = self._loaded.get("index")
            if isinstance(index_open, ChromaIndex):
                index_open.take_built()
            else:
                ChromaIndex.put_built(self._index_dir)

    def erase_but(self, keep: Collection[str]) -> bool:
        """Write the index anew with the vectors of these passages alone.

        Returns:
            False: it could not be read, so it has been thrown away; all vectors have to be made again.

        Raises:
            IndexUnavailable: the disk is full, or a server cannot be reached.
        """
        try:
            self.own_index.rewrite(keep)
        except VectorIndexError as error:
            if self._settings.index.url is not None or self._store is not None or error.remedy == DISK_FULL:
                raise
            self._drop_index()
            return False
        return True

    def _drop_index(self) -> None:
        from qa.indexing import ChromaIndex, discard

        with self._loading:
            self._loaded.pop("retriever", None)
            index = self._loaded.pop("index", None)
            if self._settings.index.url is None:
                if isinstance(index, ChromaIndex):
                    index.close()
                discard(self._index_dir)

    def _connect_index(self, *, fresh: bool = False) -> KeptIndex:
        digest, dimension = self.encoder.digest, self.encoder.dimension
        index: KeptIndex
        if self._store is not None:
            from qa.indexing.postgres import PostgresIndex

            index = PostgresIndex.open(self._store, encoder_digest=digest, dimension=dimension, create=self._write)
        else:
            from qa.indexing import ChromaIndex

            index = ChromaIndex.open(
                self._index_dir if self._write else self._readable_index_dir(),
                self._settings.index.url,
                self._settings.index.collection,
                encoder_digest=digest,
                dimension=dimension,
                create=self._write,
                fresh=fresh,
            )
        self._resources.callback(index.close)
        return index

    def _readable_index_dir(self) -> Path:
        """Where a reader opens the index: Chroma writes even then, so a folder that must not change is copied."""
        folder = self._index_dir
        if self._settings.index.url is not None or not folder.is_dir() or may_write(folder):
            return folder
        copy = Path(self._resources.enter_context(TemporaryDirectory(prefix="onrecord-")), folder.name)
        shutil.copytree(folder, copy, copy_function=shutil.copyfile)
        copy.chmod(0o700)
        for inner in copy.iterdir():
            inner.chmod(0o700 if inner.is_dir() else 0o600)
        return copy

    @property
    def _index_dir(self) -> Path:
        return self._settings.data_dir / "index"

    @property
    def retriever(self) -> Retriever:
        """What finds the passages for a question."""
        return self.load("retriever", lambda: self.retriever_with(self.encoder.for_questions()))

    def retriever_with(self, encoder: Encoder) -> Retriever:
        """Our retrieval with another encoder for the question; benchmarks compare encoders so."""
        from qa.retrieval import DenseRetriever, FusionRetriever, LexicalRetriever

        lexical = LexicalRetriever(self._catalog)
        dense = DenseRetriever(self._catalog, self.index, encoder)
        return FusionRetriever(lexical, dense, candidates=self._settings.retrieval.candidates)

    def hits(self, question: Question, top_k: int | None = None) -> list[Hit]:
        """Return a question's best passages; None takes as many as the settings say."""
        wanted = top_k or self._settings.retrieval.top_k
        try:
            return self.retriever.retrieve(question, wanted)
        except IndexStale:  # another process has rebuilt the index on the Chroma server meanwhile
            with self._loading:
                self._loaded.pop("retriever", None)
                self._loaded.pop("index", None)
            return self.retriever.retrieve(question, wanted)

    def nearest(self, text: str, ids: Collection[str]) -> dict[str, float]:
        """Which of these passages come nearest to a text by meaning, with their cosines."""
        vector = self.encoder.for_questions().encode([text])[0]
        return dict(self.index.nearest(vector, _NEAREST, among=ids))

    @property
    def reading(self) -> Reading:
        """What finds answers in passages, and how sure it is."""
        return self.load("reading", self._load_reading)

    def _load_reading(self) -> Reading:
        from qa.assistant.reading import load_reading

        return load_reading(self._settings.reading, self.encoder)

    @property
    def attributor(self) -> Attributor:
        """What finds statements."""
        return self.load("attributor", self._load_attributor)

    def _load_attributor(self) -> Attributor:
        if self._is_apart:
            return self._apart.attributor()
        from qa.assistant.keeping.attributing import load_attributor  # with the stage that reads sources

        return load_attributor(self._settings.attribution)


def encoder_of(options: EmbeddingSettings, folder: Path) -> TextEncoder:
    """Load the encoder that the settings choose, from the folder of the compiled models.

    Raises:
        ModelMissing, ModelMismatch: it is not there, or not as it was compiled.
    """
    from qa.embedding import load_encoder

    return load_encoder(**encoder_arguments(options, folder))


def encoder_arguments(options: EmbeddingSettings, folder: Path) -> dict[str, Any]:
    """What :func:`qa.embedding.load_encoder` takes of the settings, for an encoder that has been compiled."""
    return {
        "model": options.model,
        "folder": folder,
        "backend": options.backend,
        "threads": options.threads,
        "batch_size": options.batch_size,
        "max_tokens": options.max_tokens,
        "compile_missing": False,
    }


def prepare_encoder(settings: Settings, *, on_progress: Callable[[str], None] | None = None) -> None:
    """Compile the encoder into the data folder; nothing happens when it is there.

    Raises:
        ModelMissing, ModelMismatch: the model's files are not there or not the expected ones.
    """
    from qa.embedding import load_encoder

    options = settings.embedding
    with keep_private(settings.data_dir):
        load_encoder(
            options.model,
            models_dir(settings),
            backend=options.backend,
            threads=options.threads,
            batch_size=options.batch_size,
            max_tokens=options.max_tokens,
            on_progress=on_progress,
        )


def store_of(settings: Settings) -> str | None:
    """The address of the database that has the catalog and the vectors; None where the data folder has them.

    Raises:
        SettingsError: a vector store of its own is named too.
    """
    if settings.store.url is None:
        return None
    if settings.index.url is not None:
        raise SettingsError(
            "QA_STORE__URL and QA_INDEX__URL are both set, and the store has the vectors too.",
            remedy="Unset one of them.",
        )
    return settings.store.url.get_secret_value()


def models_dir(settings: Settings) -> Path:
    """Where the compiled models are."""
    return settings.data_dir / "models"
