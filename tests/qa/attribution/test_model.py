"""The shipped token model on texts in own words; what every attributor promises is in ``tests/contracts``."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from qa.assistant.keeping.attributing import ATTRIBUTION, load_attributor
from qa.attribution import GRAPH, RuleAttributor, TokenAttributor
from qa.attribution.marking import TOKENIZER
from qa.attribution.masking import find_quotations
from qa.errors import ModelError, ModelMissing
from qa.settings import AttributionSettings
from qa.types import Statement, StatementForm, StatementKind
from tests.newsprint import HARBOUR, article

OTHERS = (
    "“It rained,” said Ada Voss, “and nobody came.” She believes that the ferry will sink. According to the port’s own "
    "figures, three boats were late.\n\nTomas Reck wrote that the quay, “a ruin,” should be closed, but he hopes not."
)


@pytest.fixture(scope="module")
def attributor() -> TokenAttributor:
    return TokenAttributor(ATTRIBUTION, threads=1)


def told(statement: Statement, text: str) -> tuple[str, str, list[str]]:
    [source], [cue] = statement.source, statement.cue
    return source.of(text), cue.of(text), [fragment.of(text) for fragment in statement.content]


def test_source_cue_and_content_are_found_with_the_cue_in_the_middle(attributor: TokenAttributor) -> None:
    statements = attributor.attribute(article(OTHERS))
    assert told(statements[0], OTHERS) == ("Ada Voss", "said", ["“It rained,”", "“and nobody came.”"])
    assert statements[0].form is StatementForm.DIRECT
    assert [statement.speaker.name for statement in statements[:2] if statement.speaker] == ["Ada Voss", "Ada Voss"]


def test_beliefs_and_plans_are_kept_apart_from_what_was_said(attributor: TokenAttributor) -> None:
    kinds = {statement.cue[0].of(OTHERS): statement.kind for statement in attributor.attribute(article(OTHERS))}
    assert kinds["believes"] is StatementKind.OTHER
    assert kinds["said"] is kinds["wrote"] is StatementKind.SPEECH


def test_no_quotation_is_cut_and_confidences_are_shares(attributor: TokenAttributor) -> None:
    source = article(HARBOUR)
    quotations = find_quotations(source.text)
    statements = attributor.attribute(source)
    assert len(statements) > 8
    for statement in statements:
        assert 0.0 < statement.confidence < 1.0
        for fragment in statement.content:
            for quotation in quotations:
                apart = not fragment.overlaps(quotation)
                assert apart or fragment.contains(quotation) or quotation.contains(fragment)


def test_a_long_article_is_read_in_windows_and_nothing_is_lost_between_them(attributor: TokenAttributor) -> None:
    alone = attributor.attribute(article(HARBOUR))
    twelve = attributor.attribute(article("\n\n".join([HARBOUR.strip()] * 12)))
    assert len(twelve) == pytest.approx(12 * len(alone), rel=0.15)


def test_weights_that_are_missing_are_an_error_that_names_the_baseline(tmp_path: Path) -> None:
    with pytest.raises(ModelMissing, match=str(tmp_path / GRAPH)) as caught:
        load_attributor(AttributionSettings(), tmp_path)
    assert "QA_ATTRIBUTION__ATTRIBUTOR=rules" in caught.value.remedy


def test_rules_find_statements_where_they_are_chosen(tmp_path: Path) -> None:
    assert isinstance(load_attributor(AttributionSettings(attributor="rules"), tmp_path), RuleAttributor)


def test_a_folder_that_lacks_a_part_says_which(tmp_path: Path) -> None:
    (tmp_path / GRAPH).write_bytes(b"")
    with pytest.raises(ModelMissing, match=r"heads\.npz"):
        TokenAttributor(tmp_path)


def test_a_damaged_graph_is_said_to_be_one(tmp_path: Path) -> None:
    damaged = Path(shutil.copytree(ATTRIBUTION, tmp_path / "damaged"))
    (damaged / GRAPH).write_bytes(b"not a graph")
    with pytest.raises(ModelError, match="damaged"):
        TokenAttributor(damaged).attribute(article(OTHERS))
    assert (damaged / TOKENIZER).is_file()
