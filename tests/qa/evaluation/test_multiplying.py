"""An archive multiplied by rule: other texts, the same spans, and no batch twice."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

import pytest

from qa.catalog import Catalog
from qa.evaluation.multiplying import Original, Rules, copy_of, multiply, originals
from qa.indexing import ChromaIndex
from qa.settings import Settings


@pytest.fixture(scope="module")
def source(corpus_settings: Settings) -> list[Original]:
    return originals(corpus_settings)


def test_in_a_copy_words_are_others_and_spans_lie_where_they_lay(source: list[Original]) -> None:
    rules = Rules([one.article for one in source], ())
    for original in source:
        entry, vectors = copy_of(original, rules.of_copy(3), 3)
        again, _ = copy_of(original, rules.of_copy(3), 3)
        assert entry == again
        copy, article = entry.article, original.article
        assert copy.text != article.text
        assert len(copy.text.split()) == len(article.text.split())
        assert [one.text for one in entry.passages] == [one.span.of(copy.text) for one in entry.passages]
        for new, old in zip(entry.passages, original.passages, strict=True):
            assert len(new.text.split()) == len(old.text.split())
        for said, before in zip(entry.statements or (), original.statements, strict=True):
            for here, there in zip(said.content, before.content, strict=True):
                assert len(here.of(copy.text).split()) == len(there.of(article.text).split())
            if said.speaker and said.speaker.name and said.speaker.mention == said.speaker.name:
                assert said.speaker.name in copy.text
        cosines = (vectors * original.vectors).sum(axis=1)
        assert vectors.shape == original.vectors.shape
        assert (cosines > 0.7).all()
        assert (cosines < 0.97).all()


def test_a_run_that_was_cut_short_goes_on_and_makes_what_one_run_makes(source: list[Original], tmp_path: Path) -> None:
    wanted = 2 * sum(len(one.passages) for one in source)
    held = []
    for name, cuts in (("once", ()), ("cut", (1, 2))):
        with (
            Catalog.open(tmp_path / name / "catalog.sqlite") as catalog,
            ChromaIndex.open(tmp_path / name / "index", None, "some", encoder_digest="one", dimension=384) as index,
        ):
            for batches in (*cuts, None):
                for _ in islice(multiply(source, catalog, index, wanted, wanted, at_once=5), batches):
                    pass
            assert catalog.indexed_ids() == index.ids() == catalog.searchable_passage_ids()
            assert catalog.check().problems == ()
            held.append(index.ids())
    assert held[0] == held[1]
    assert len(held[0]) >= wanted * 0.95
