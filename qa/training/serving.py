"""A trained network -> the folder that serves it: an ONNX graph, its tokenizer and its card.

What the exports of the reader, the attributor and the judge have in common. The card says what the weights are, what
they were trained on under which licences, how far the run had come, and the digest of the graph and, where it is too
large for one file, of the parts that lie beside it (ONNX's external data).
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
import warnings
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import onnx
import torch
from onnx.external_data_helper import set_external_data
from torch import nn

__all__ = [
    "CARD",
    "INPUTS",
    "LARGEST",
    "LICENCE",
    "SETS",
    "Served",
    "in_parts",
    "parse_scores",
    "sets_of",
    "to_onnx",
    "write_served",
]

CARD = "card.json"
LARGEST = 56_000_000  # bytes of a file
_SMALL = 1024  # bytes of a weight that stays in the graph
INPUTS = ("input_ids", "attention_mask", "token_type_ids")
LICENCE = "Apache-2.0; trained on the sets below, no text of which is part of it"

# Source and licence as the sets state them.
SETS = {
    "squadshifts_wiki": ("SQuADShifts (Miller et al. 2020), New Wikipedia", "none stated; text CC BY-SA"),
    "squadshifts_reddit": ("SQuADShifts (Miller et al. 2020), Reddit", "none stated"),
    "squadshifts_amazon": ("SQuADShifts (Miller et al. 2020), Amazon", "none stated"),
    "squad_train_cs224n": ("SQuAD 2.0 train paragraphs", "CC BY-SA 4.0"),
    "squad_train_sample": ("SQuAD 1.1 train paragraphs", "CC BY-SA 4.0"),
    "squad_train_unansq": ("UnAnsQ on SQuAD train paragraphs", "CC BY-SA 4.0"),
    "squad_train_abstracts": ("abstracts of SQuAD train paragraphs", "MIT; text CC BY-SA 4.0"),
    "tydiqa_en": ("TyDi QA GoldP, English", "Apache-2.0"),
    "nq_oracle": ("Natural Questions", "CC BY-SA 3.0"),
    "qed": ("QED on Natural Questions", "CC BY-SA 3.0"),
    "multispanqa": ("MultiSpanQA on Natural Questions", "CC BY-SA 3.0"),
    "newsqa": ("NewsQA on CNN articles", "questions as NewsQA; text CNN"),
    "realtimeqa_digest": ("RealTime QA, weekly digests", "text of the publishers"),
    "realtimeqa_evidence": ("RealTime QA, evidence", "text of the publishers"),
    "realtimeqa_silver": ("RealTime QA, distant supervision", "text of the publishers"),
    "news_roles": ("roles beside names in news articles up to 2023 (qa.training.roles)", "text of the publishers"),
    "trecqa": ("TREC QA sentences", "text LDC"),
    "qamr_wikinews": ("QAMR on Wikinews", "MIT"),
    "tweetqa": ("TweetQA", "none stated"),
    "fairytaleqa": ("FairytaleQA", "Apache-2.0"),
    "covid_qa": ("COVID-QA", "Apache-2.0"),
    "robustqa_ood": ("DuoRC, RACE and RelationExtraction samples", "none stated"),
    "ester": ("ESTER", "none stated"),
}


@dataclass(frozen=True, slots=True)
class Served:
    """What a folder that serves is made of.

    ``quantise`` writes its second path, an int8 graph, from its first, a float one; None leaves the graph float.
    """

    graph: str
    network: nn.Module
    tokenizer: Path
    outputs: Sequence[str]
    quantise: Callable[[Path, Path], None] | None
    inputs: Sequence[str] = INPUTS


def sets_of(names: Iterable[str]) -> dict[str, dict[str, str]]:
    """Sources and licences of the question-answering sets, for a card."""
    return {name: dict(zip(("source", "licence"), SETS[name], strict=True)) for name in names}


def parse_scores(pairs: Sequence[str]) -> dict[str, Any]:
    """Read the reports that NAME=FILE pairs name, for a card."""
    named = dict(pair.split("=", 1) for pair in pairs)
    return {name: json.loads(Path(path).read_text(encoding="utf-8")) for name, path in named.items()}


def write_served(served: Served, output: Path, state: Mapping[str, Any], card: Mapping[str, Any]) -> Path:
    """Write graph, tokenizer and card; return the card's path.

    Args:
        served: what serves; its network has the weights already.
        output: the folder; made where it is missing.
        state: the checkpoint, for how far the run had come.
        card: what it says before and beside that.
    """
    output.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(served.tokenizer, output / "tokenizer.json")
    graph = output / served.graph
    with tempfile.TemporaryDirectory() as folder:
        full = Path(folder) / "float.onnx"
        to_onnx(served.network, full, served.outputs, served.inputs)
        if served.quantise:
            served.quantise(full, graph)
        else:
            shutil.copyfile(full, graph)
    files = [graph, *(in_parts(graph, LARGEST) if served.quantise else [])]  # float is to be compared, not shipped
    onnx.checker.check_model(str(graph))
    whole = {
        **card,
        "trained": {"steps": state["step"], "seconds": round(state["seconds"])},
        "sha256": hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest(),
        "bytes": sum(file.stat().st_size for file in files),
    }
    (output / CARD).write_text(json.dumps(whole, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return output / CARD


def in_parts(graph: Path, largest: int) -> list[Path]:
    """Where a graph takes more than ``largest`` bytes, move its weights into files beside it that do not; return these.

    A weight is never cut, so one that is larger has a file of its own that is larger too.
    """
    if graph.stat().st_size <= largest:
        return []
    model = onnx.load(graph)
    parts: list[Path] = []
    room = 0
    for tensor in model.graph.initializer:
        size = len(tensor.raw_data)
        if size < _SMALL:
            continue
        if size > room:
            parts.append(graph.with_name(f"{graph.stem}-{len(parts) + 1}.bin"))
            parts[-1].unlink(missing_ok=True)  # what is written is put behind what is there
            room = largest
        set_external_data(tensor, location=parts[-1].name)
        room -= size
    onnx.save_model(model, graph)
    for part in parts:
        part.chmod(graph.stat().st_mode)  # onnx leaves them to their owner alone
    return parts


def to_onnx(network: nn.Module, target: Path, outputs: Sequence[str], inputs: Sequence[str] = INPUTS) -> None:
    """Write a network over wordpieces as one float32 graph whose inputs and outputs are (windows, positions, ...)."""
    example = {name: torch.ones((2, 16), dtype=torch.int64) for name in inputs}
    with torch.no_grad(), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the exporter that needs no further package is called legacy at every use
        torch.onnx.export(
            network.eval(),
            tuple(example.values()),
            str(target),
            dynamo=False,
            opset_version=17,
            input_names=list(inputs),
            output_names=list(outputs),
            dynamic_axes={name: {0: "window", 1: "position"} for name in (*inputs, *outputs)},
        )
