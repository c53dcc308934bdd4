"""The judge's network: a BERT encoder, and of each marked span one of three things, with the loss that teaches it.

The head looks at [CLS] and at the first and last wordpiece of the span. It starts as the span reader's head: before the
first step "right" is the reader's margin and the other two are even, so that training only has to add what a mark, the
heading and the neighbours tell.
"""

from __future__ import annotations

from pathlib import Path

import torch
from torch import Tensor, nn

from qa.training.dequantising import float_weights
from qa.training.judge_batches import JudgeBatch
from qa.training.network import load_base

__all__ = ["JudgeNetwork", "judge_loss", "load_judge", "worth"]


class JudgeNetwork(nn.Module):
    """Encoder and head; three logits a sheet: right, a wrong span, nothing that answers."""

    def __init__(self, encoder: nn.Module, hidden: int) -> None:
        super().__init__()
        self.encoder = encoder
        self.head = nn.Linear(3 * hidden, 3)

    def forward(self, ids: Tensor, attention: Tensor, types: Tensor, begins: Tensor, ends: Tensor) -> Tensor:
        """Judge sheets: (sheets, 3) from five (sheets, length)."""
        hidden = (1 - attention[:, None, None, :]).float() * -1e4
        states = self.encoder(input_ids=ids, attention_mask=hidden, token_type_ids=types).last_hidden_state
        first, last = ((states * mark[:, :, None].float()).sum(1) for mark in (begins, ends))
        logits: Tensor = self.head(torch.cat([states[:, 0], first, last], dim=1))
        return logits


def load_judge(base: Path, reader: Path | None = None, dropout: float = 0.0, frozen: int = 0) -> JudgeNetwork:
    """Build the network with the shape in ``base``; with the weights of the reader's graph where one is given.

    Word embeddings and the lowest ``frozen`` layers will not learn.
    """
    span = load_base(base, dropout, freeze_words=True)
    network = JudgeNetwork(span.encoder, span.head.in_features)
    if reader:
        span.load_state_dict(float_weights(reader))
        begin, end = span.head.weight.detach()
        with torch.no_grad():
            network.head.weight.zero_()
            network.head.bias.zero_()
            network.head.weight[0] = torch.cat([-begin - end, begin, end])
    below = ("embeddings.", *(f"encoder.layer.{number}." for number in range(frozen))) if frozen else ()
    for name, value in network.encoder.named_parameters():
        if name.startswith(below):
            value.requires_grad_(False)
    return network


def worth(logits: Tensor) -> Tensor:
    """How far "right" stands above the other two: what candidates are ordered by, (sheets,)."""
    return logits[:, 0] - torch.logsumexp(logits[:, 1:], dim=1)


def judge_loss(network: JudgeNetwork, batch: JudgeBatch) -> Tensor:
    """The mean of two cross-entropies: what each candidate is, and which of a question's is the answer, if any.

    The second is over a question's candidates and a rival of worth zero; where several answer, by their F1.
    """
    logits = network(*(torch.from_numpy(one) for one in batch.inputs.values()))
    each = nn.functional.cross_entropy(logits, torch.from_numpy(batch.kinds))
    places = torch.from_numpy(batch.places)  # (questions, candidates): rows of the sheets, -1: none
    scores = worth(logits)[places.clamp(min=0)].masked_fill(places < 0, -1e4)
    scores = torch.cat([torch.zeros(len(scores), 1), scores], dim=1)
    between = nn.functional.cross_entropy(scores, torch.from_numpy(batch.shares))
    return (each + between) / 2
