from __future__ import annotations

import gzip
import json
import os
from collections import Counter
from pathlib import Path

import pytest

from qa.evaluation.speakers import Label, half_of, read_labels
from qa.types import Span, Speaker

TEXT = "Robert Ilves spoke. Mr. Ilves Jr. of the Port Trust, or the Port Trust’s board."


def label(speaker: str, *names: str) -> Label:
    spans = tuple(Span(TEXT.index(name), TEXT.index(name) + len(name)) for name in names)
    return Label("port", Span(0, 1), "pronoun", speaker, spans)


def verdict(truth: Label, name: str | None) -> str:
    return truth.verdict(Speaker("he", name), TEXT)


@pytest.mark.parametrize("name", ["Robert Ilves", "Robert Ilves Jr.", "Mr. Robert B. Ilves", "ROBERT ILVES"])
def test_a_person_is_right_by_first_and_last_name(name: str) -> None:
    assert verdict(label("person", "Robert Ilves"), name) == "right"


@pytest.mark.parametrize("name", ["Petra Ilves", "Ilves", "Port Trust"])
def test_another_name_is_wrong(name: str) -> None:
    assert verdict(label("person", "Robert Ilves"), name) == "wrong"


def test_no_name_is_unresolved_where_there_is_one_and_right_where_there_is_none() -> None:
    assert verdict(label("person", "Robert Ilves"), None) == "unresolved"
    assert verdict(label("nobody"), None) == "right"
    assert verdict(label("nobody"), "Robert Ilves") == "wrong"


def test_an_organisation_is_right_by_any_of_its_names_without_article_and_owner() -> None:
    truth = label("organisation", "the Port Trust’s board")
    assert verdict(truth, "Port Trust board") == "right"
    assert verdict(truth, "Port Trust") == "wrong"
    assert verdict(label("organisation", "the Port Trust’s board", "Port Trust"), "the Port Trust") == "right"


def test_the_sample_is_large_enough_and_has_no_text() -> None:
    labels = [each for of_article in read_labels().values() for each in of_article]
    kinds = Counter(each.kind for each in labels)
    assert kinds["pronoun"] >= 60
    assert kinds["nominal"] >= 40
    assert kinds["named"] >= 50
    assert {half_of(each.article) for each in labels} == {"tune", "report"}
    assert all((each.speaker == "nobody") == (not each.names) for each in labels)


def test_the_labels_point_at_names_in_their_articles() -> None:
    folder = os.environ.get("ONRECORD_DATA")
    if not folder:
        pytest.skip("ONRECORD_DATA does not name the folder of the annotated articles")
    with gzip.open(Path(folder) / "polnear" / "dev.jsonl.gz", "rt", encoding="utf-8") as lines:
        texts = {row["id"]: row["text"] for row in map(json.loads, lines)}
    for article, labels in read_labels().items():
        for each in labels:
            assert each.source.of(texts[article]).strip()
            assert all(name.of(texts[article])[0].isupper() or each.speaker != "person" for name in each.names)
