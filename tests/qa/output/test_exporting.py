"""Exports of the sample archive's statements."""

from __future__ import annotations

import csv
import io
import json

from qa.assistant import Assistant
from qa.output.exporting import FORMATS, Exported


def test_an_export_tells_when_something_was_said(sample: Assistant) -> None:
    rows = [Exported.from_row(row) for row in sample.statement_rows(speaker="Varnholt")]
    lines = [json.loads(line) for line in FORMATS["jsonl"].write(rows, "")]
    cells = list(csv.DictReader(io.StringIO("".join(FORMATS["csv"].write(rows, "")))))
    quotations = json.loads("".join(FORMATS["schema.org"].write(rows, "")))["@graph"]
    told = [(line["told"]["text"], line["told"]["first"]) if line["told"] else ("", "") for line in lines]
    assert ("on Tuesday", "2026-01-27") in told
    assert [(row["told"], row["told_first"]) for row in cells] == told
    assert [one.get("dateCreated", "") for one in quotations] == [first for _, first in told]
