"""Examples -> an endless, reproducible stream of training batches.

Each pass goes once through the mix: every example as often as its set's amount says, a share of the answerable ones
again with a retrieved passage that does not answer. A window is cut anew every time, at sentences where it can be, long
or short, with the answer anywhere in it. Where the recipe says so, windows of retrieved passages stand beside it, so
that the question is asked of several at once. Questions of like length share a batch of about ``batch_tokens`` padded
wordpieces.

Promise: batch ``n`` depends on the recipe, the examples and ``n`` alone, so a run resumes by its step number.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count

import numpy as np
from numpy.typing import NDArray

from qa.reading.windows import MAX_HEADING_TOKENS, SPECIALS, Batch, Tokens, Window, collate, window_of
from qa.training.recipe import Recipe
from qa.training.rows import Context, Example
from qa.wordpieces import NO_TOKENS, UNCASED, Vocabulary

__all__ = ["Negatives", "TrainingBatch", "batches", "sample"]

Target = tuple[Window, int, int]  # where the answer begins and ends in the window; 0, 0: no answer
Negatives = Mapping[str, Sequence[Context]]  # row id -> passages that do not answer it

_CHUNK = 4096  # windows that are sorted by length together
_LEAST = 24  # wordpieces that make a window worth reading
ORDINARY, AWAY, NEGATIVE = 0, 1, 2  # kinds of windows
_UNMARKED = 0.3  # share of questions that lose their question mark, as in a chat


@dataclass(frozen=True, slots=True)
class TrainingBatch:
    """Windows and where their answers begin and end, as positions in the window; 0 is [CLS], no answer.

    Each ``abreast`` windows one after the other ask the same question, and at most one of them has an answer.
    """

    batch: Batch
    begins: NDArray[np.int64]
    ends: NDArray[np.int64]
    abreast: int = 1


def batches(
    recipe: Recipe,
    examples: Sequence[Example],
    negatives: Negatives,
    first: int = 0,
    stride: int = 1,
    *,
    vocabulary: Vocabulary = UNCASED,
) -> Iterator[TrainingBatch]:
    """Yield every ``stride``-th batch of the stream, from number ``first`` on."""
    number = 0
    for pass_number in count():
        plan = _plan(recipe, examples, pass_number)
        for start in range(0, len(plan), _CHUNK):
            random = np.random.default_rng([recipe.seed, pass_number, start])
            chunk = plan[start : start + _CHUNK]
            asked = [_targets(recipe, examples, planned, negatives, random, vocabulary=vocabulary) for planned in chunk]
            for group in _grouped(asked, recipe.batch_tokens, random):
                if number >= first and (number - first) % stride == 0:
                    yield _collated(group, recipe.mask, np.random.default_rng([recipe.seed, number]))
                number += 1


def _plan(recipe: Recipe, examples: Sequence[Example], pass_number: int) -> NDArray[np.int64]:
    """Rows of (example, kind of window), shuffled: (windows, 2)."""
    random = np.random.default_rng([recipe.seed, pass_number])
    amounts = np.array([_amounts(recipe, example) for example in examples])  # (examples, kinds)
    counts = (amounts + random.random(amounts.shape)).astype(np.int64)
    planned = [
        np.stack([np.repeat(np.arange(len(examples)), counts[:, kind]), np.full(counts[:, kind].sum(), kind)], axis=1)
        for kind in (ORDINARY, AWAY, NEGATIVE)
    ]
    plan: NDArray[np.int64] = random.permutation(np.concatenate(planned))
    return plan


def _amounts(recipe: Recipe, example: Example) -> tuple[float, float, float]:
    mix = recipe.sets[example.row.file]
    if not example.answers:
        return mix.made if example.row.made_of else mix.unanswerable, 0.0, 0.0
    return mix.answerable, mix.away, mix.answerable * recipe.negatives


def _targets(
    recipe: Recipe,
    examples: Sequence[Example],
    planned: NDArray[np.int64],
    negatives: Negatives,
    random: np.random.Generator,
    *,
    vocabulary: Vocabulary,
) -> list[Target]:
    """The windows that a question is asked of: its own first, then those beside it, in at most the same room."""
    example, kind = examples[planned[0]], int(planned[1])
    question = example.question
    if recipe.typed and random.random() < recipe.typed:
        question = example.typed[int(random.integers(len(example.typed)))]
    if len(question) > 1 and question.ids[-1] == vocabulary.question_mark and random.random() < _UNMARKED:
        question = question[:-1]
    most = recipe.max_tokens - SPECIALS - len(question)
    room = most if random.random() < recipe.full else min(most, int(random.integers(*recipe.short)))
    headed = len(example.context.heading) > 0 and random.random() < recipe.headings
    known = [one for one in negatives.get(example.row.id, ()) if len(one.heading) or not headed]
    found = [known[int(number)] for number in random.permutation(len(known))]
    if example.answers and kind == ORDINARY and random.random() < recipe.absent:
        kind = NEGATIVE
    own, answer = _own(example, kind, random)
    if kind == NEGATIVE and found:
        own, answer = found.pop(), None
    beside = found[: recipe.beside]
    while len(beside) < recipe.beside:
        other = examples[int(random.integers(len(examples)))]
        if other.row.context != example.row.context and (len(other.context.heading) or not headed):
            beside.append(other.context)
    contexts = [(own, answer), *((context, None) for context in beside)]
    return [
        sample(question, context, at, room, random, vocabulary=vocabulary, headed=headed) for context, at in contexts
    ]


def _own(example: Example, kind: int, random: np.random.Generator) -> tuple[Context, tuple[int, int] | None]:
    """The example's context, or a part of it away from the answers, and the answer that is to be found there."""
    elsewhere = _elsewhere(example, random) if kind == AWAY else None
    if elsewhere:
        return elsewhere, None
    return example.context, example.answers[int(random.integers(len(example.answers)))] if example.answers else None


def _elsewhere(example: Example, random: np.random.Generator) -> Context | None:
    """The part of the context before, or behind, all answers; None where little is there."""
    before = min(first for first, _ in example.answers)
    behind = max(last for _, last in example.answers) + 1
    parts = [part for part in (slice(0, before), slice(behind, None)) if len(example.context.tokens[part]) >= _LEAST]
    return example.context[parts[int(random.integers(len(parts)))]] if parts else None


def sample(
    question: Tokens,
    context: Context,
    answer: tuple[int, int] | None,
    room: int,
    random: np.random.Generator,
    *,
    vocabulary: Vocabulary = UNCASED,
    headed: bool = False,
) -> Target:
    """Cut a window of at most ``room`` wordpieces around ``answer``, or anywhere when there is none.

    With ``headed`` the context's heading stands before it, in the same room.

    The window begins and ends at borders of sentences where that keeps the answer whole and most of the room used.
    """
    size = len(context.tokens)
    least = answer[1] - answer[0] + 1 if answer else 0
    heading = context.heading[: max(min(MAX_HEADING_TOKENS, room - max(least, _LEAST)), 0)] if headed else NO_TOKENS
    room -= len(heading)
    low, high = 0, max(size - room, 0)
    if answer:
        low, high = max(answer[1] + 1 - room, 0), min(answer[0], high)
    borders = context.sentences
    begins = borders[(borders >= low) & (borders <= high)]
    start = int(random.choice(begins)) if len(begins) else int(random.integers(low, high + 1))
    end = min(start + room, size)
    if end < size:
        ends = borders[(borders > max(start + room // 2, answer[1] if answer else 0)) & (borders <= end)]
        end = int(ends[-1]) if len(ends) else end
    window = window_of(question, context.tokens[start:end], vocabulary, heading)
    at = window.passage_at - start
    return (window, answer[0] + at, answer[1] + at) if answer else (window, 0, 0)


def _grouped(asked: Sequence[list[Target]], batch_tokens: int, random: np.random.Generator) -> list[list[list[Target]]]:
    """Sort questions by length, fill batches up to ``batch_tokens`` padded wordpieces, shuffle the batches."""
    longest = [max(len(window) for window, _, _ in targets) for targets in asked]
    groups: list[list[list[Target]]] = [[]]
    for number in sorted(range(len(asked)), key=lambda number: longest[number]):
        targets = asked[number]
        if longest[number] * len(targets) * (len(groups[-1]) + 1) > batch_tokens and groups[-1]:
            groups.append([])
        groups[-1].append(targets)
    return [groups[index] for index in random.permutation(len(groups))]


def _collated(asked: Sequence[list[Target]], mask: float, random: np.random.Generator) -> TrainingBatch:
    """Pad, and hide a share of the passages' wordpieces outside the answers."""
    targets = [target for one in asked for target in one]
    batch = collate([window for window, _, _ in targets])
    begins = np.array([begin for _, begin, _ in targets])
    ends = np.array([end for _, _, end in targets])
    position = np.arange(batch.ids.shape[1])
    answer = (position >= begins[:, None]) & (position <= ends[:, None])
    hidden = (random.random(batch.ids.shape) < mask) & batch.allowed & ~answer & (position > 0)
    batch.ids[hidden] = targets[0][0].vocabulary.mask
    return TrainingBatch(batch, begins, ends, len(asked[0]))
