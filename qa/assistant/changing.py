"""An opened archive and what is to be done to it -> done: articles put in and taken out, what is derived made anew.

Promises: what is grouped, linked and indexed follows every change; what a kill cuts short is ended by the next opening.
Whoever only asks loads none of this: the stages that read pages, find statements and compare copies.

What it does not know: who owns the archive (:mod:`qa.assistant.sharing`), and how anything is asked.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from qa.assistant.feeding.gathering import Gathered
from qa.assistant.feeding.taking import Taking
from qa.assistant.keeping.correcting import link_corrections
from qa.assistant.keeping.examination import (
    examine_catalog,
    examine_encoder,
    examine_folder,
    examine_index,
    examine_quarantine,
    examine_reader,
    examine_statements,
)
from qa.assistant.keeping.grouping import group_stories
from qa.assistant.keeping.indexing import encode, index_what_is_missing
from qa.assistant.keeping.ingesting import Event, Ingestion
from qa.assistant.keeping.mending import mend
from qa.assistant.keeping.originals import Originals
from qa.assistant.keeping.privacy import close_to_others
from qa.assistant.keeping.quarantine import Quarantine
from qa.assistant.keeping.suggested import Suggested
from qa.assistant.parts import Parts
from qa.catalog import Catalog
from qa.protocols import VectorIndex
from qa.records import Finding, IngestReport, Progress
from qa.settings import Settings

__all__ = ["Changing"]

_AT_ONCE = 256  # passages of a rebuild between two looks at whether it is to stop


class Changing:
    """What changes one archive.

    Args:
        catalog: what is changed.
        parts: the encoder, the index and the attributor.
        settings: limits, and where the archive lies.
        originals: where files as they came are kept.
    """

    def __init__(
        self, catalog: Catalog, parts: Parts, settings: Settings, originals: Originals, suggested: Suggested
    ) -> None:
        self._catalog = catalog
        self._parts = parts
        self._settings = settings
        self._originals = originals
        self._suggested = suggested
        self._quarantine = Quarantine(settings.data_dir / "quarantine")

    def settle(self) -> None:
        """End what a process that died had begun to erase."""
        with self._catalog.alone():
            if self._catalog.vectors_to_erase():
                self._suggested.forget()
                self._erase_vectors()
        self._originals.sweep(self._catalog.known_ids)

    def ingest(
        self,
        sources: Sequence[str],
        *,
        restore: bool,
        trust_stated: bool,
        retry: bool,
        called: Mapping[str, str],
        tell: Callable[[Event], None],
        show: Callable[[Progress], None],
        stop: Callable[[], bool],
    ) -> IngestReport:
        """Read every source and store what is new; arguments as :meth:`qa.assistant.Assistant.ingest`."""
        ingestion = self._ingestion(
            restore=restore, trust_stated=trust_stated, called=called, tell=tell, show=show, stop=stop
        )
        report = ingestion.run(sources, retry=retry)
        link_corrections(self._catalog)
        return report

    def take(
        self,
        gathered: Gathered,
        *,
        tell: Callable[[Event], None],
        show: Callable[[Progress], None],
        stop: Callable[[], bool],
    ) -> IngestReport:
        """Put in what a poll has gathered, and keep what it found out about the feed."""
        taking = Taking(self._catalog, gathered, tell)
        if not gathered.items:
            taking.end(None)
            return IngestReport({}, (), 0, 0.0)
        report = self._ingestion(tell=taking.hear, show=show, stop=stop).run((), retry=False, given=taking.reads())
        taking.end(report)
        link_corrections(self._catalog)
        return report

    def _ingestion(
        self,
        *,
        tell: Callable[[Event], None],
        show: Callable[[Progress], None],
        stop: Callable[[], bool],
        restore: bool = False,
        trust_stated: bool = False,
        called: Mapping[str, str] | None = None,
    ) -> Ingestion:
        self._parts.index.count()  # an index that cannot take them is told before anything is stored
        return Ingestion(
            self._catalog,
            self._parts,
            self._parts.attributor,
            self._quarantine,
            self._settings,
            originals=self._originals,
            restore=restore,
            trust_stated=trust_stated,
            called=called or {},
            tell=tell,
            show=show,
            stop=stop,
        )

    def remove(self, article_ids: Sequence[str], *, purge: bool, all_versions: bool) -> int:
        """Hide articles, or erase them from every file; return how many passages went with them."""
        if purge:
            assert self._parts.encoder.dimension > 0  # a missing encoder is told before anything is erased
            versions = [one.article_id for id_ in article_ids for one in self._catalog.versions(id_)]
            erased = self._catalog.articles([*article_ids, *versions], hidden=True)
        with self._catalog.alone():
            passages = self._catalog.remove(*article_ids, purge=purge, all_versions=all_versions)
            group_stories(self._catalog)
            if purge:
                self._suggested.forget()  # a question may name whom only an erased article names
                self._quarantine.forget(erased.values())
                self._originals.sweep(self._catalog.known_ids)
                self._erase_vectors()
            index_what_is_missing(self._catalog, self._parts, {})
        return len(passages)

    def _erase_vectors(self) -> None:
        """Leave no byte of an erased passage's vector or id in a file; what a kill cuts short the next opening ends."""
        if not self._parts.erase_but(self._catalog.indexed_ids()):
            self._catalog.mark_all_unindexed()
        self._catalog.vectors_erased()

    def rebuild(self, tell: Callable[[int, int], None]) -> int:
        """Make the vector index anew from the catalog; return how many passages it has."""
        with self._catalog.alone():
            return self._rebuild(tell)

    def _rebuild(self, tell: Callable[[int, int], None]) -> int:
        ids = sorted(self._catalog.searchable_passage_ids())
        made: list[str] = []

        def fill(index: VectorIndex) -> None:
            for at in range(0, len(ids), _AT_ONCE):
                passages = list(self._catalog.passages(ids[at : at + _AT_ONCE]).values())  # damaged ones are missing
                if passages:
                    index.add([one.id for one in passages], encode(self._parts.passage_encoder, passages))
                made.extend(one.id for one in passages)
                tell(min(at + _AT_ONCE, len(ids)), len(ids))

        self._parts.renew_index(fill)
        self._catalog.mark_rebuilt(made)
        group_stories(self._catalog)
        return len(made)

    def rebuild_statements(self, tell: Callable[[int, int], None]) -> int:
        """Find the statements anew of those articles whose statements another attributor has found, or of all."""
        attributor = self._parts.attributor
        digest = attributor.digest
        ids = self._catalog.attributed_otherwise(digest) or self._catalog.searchable_article_ids()
        found = 0
        for done, article_id in enumerate(ids, start=1):
            for article in self._catalog.articles([article_id]).values():  # none where it is damaged
                statements = attributor.attribute(article)
                self._catalog.replace_statements(article_id, statements, digest)
                found += len(statements)
            tell(done, len(ids))
        group_stories(self._catalog)
        return found

    def catch_up(self) -> int:
        """Do what a process that died did not come to; return how many vectors were missing."""
        link_corrections(self._catalog)
        group_stories(self._catalog)
        return index_what_is_missing(self._catalog, self._parts, {})

    def mend(self) -> list[Finding]:
        """Restore damaged articles from their sources where those still have them; say what became of each."""
        close_to_others(self._settings.data_dir)
        with self._catalog.alone():
            findings = list(mend(self._catalog, self._parts.attributor, self._settings.ingestion))
        if findings:
            index_what_is_missing(self._catalog, self._parts, {})
        link_corrections(self._catalog)
        group_stories(self._catalog)
        return findings

    def doctor(self) -> list[Finding]:
        """Look at every part and say what is wrong and how to mend it."""
        parts = self._parts
        return [
            *examine_folder(self._settings.data_dir),
            *examine_catalog(self._catalog),
            examine_statements(self._catalog, lambda: parts.attributor),
            examine_encoder(lambda: parts.encoder),
            examine_reader(lambda: parts.reading),
            examine_index(self._catalog, lambda: parts.index),
            *examine_quarantine(self._quarantine),
        ]
