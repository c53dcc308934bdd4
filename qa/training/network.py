"""The network: an encoder (BERT or MPNet) with a span head, its loss, and what keeps training cheap on a CPU.

The head gives each wordpiece two numbers: how well an answer begins and how well it ends there; both at [CLS] stand for
no answer. Positions where no answer can be (question, padding) are at minus infinity in the loss and in the decoder.

Dropout takes its masks from a pool that is drawn once: drawing fresh ones costs a CPU a third of the step. Attention is
written out, and stays in bfloat16 where the rest does: the backward pass of torch's fused kernel takes a CPU twice as
long, and the scores of all pairs of wordpieces in float32 half as long again. Without bfloat16 in the processor the
network computes in float32: emulated, a step takes seventeen times as long.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from transformers import AttentionInterface, AutoConfig, AutoModel

from qa.training.batches import TrainingBatch

__all__ = ["COMPUTED", "Average", "PooledDropout", "SpanNetwork", "load_base", "span_loss"]

_ABLE = torch.cpu.get_capabilities()
# What networks compute in while they train.
COMPUTED = torch.bfloat16 if _ABLE.get("avx512_bf16") or _ABLE.get("amx_bf16") else torch.float32
_POOL = 1 << 22
_NEVER = -1e4  # what a score is lowered by where nothing is


class PooledDropout(nn.Module):
    """Dropout whose mask is a piece of a fixed pool, taken at a random place."""

    pool: Tensor

    def __init__(self, share: float) -> None:
        super().__init__()
        generator = torch.Generator().manual_seed(0)
        kept = torch.rand(2 * _POOL, generator=generator) >= share
        self.register_buffer("pool", (kept / (1 - share)).to(COMPUTED), persistent=False)

    def forward(self, values: Tensor) -> Tensor:
        """Drop a share of ``values`` and scale up the rest; outside training nothing happens."""
        if not self.training:
            return values
        start = int(torch.randint(_POOL, ()))
        return values * self.pool[start : start + values.numel()].view_as(values)


def _attend(
    _: nn.Module, query: Tensor, key: Tensor, value: Tensor, mask: Tensor, *, scaling: float, **__: Any
) -> tuple[Tensor, None]:
    """Scaled dot-product attention over (windows, heads, length, width); the mask is added to the scores."""
    with torch.autocast("cpu", enabled=False):
        scores = torch.matmul(query * scaling, key.transpose(2, 3)).add_(mask)
        attended = torch.matmul(scores.softmax(dim=-1), value)
    return attended.transpose(1, 2).contiguous(), None


AttentionInterface.register("written-out", _attend)


class SpanNetwork(nn.Module):
    """Encoder and span head."""

    def __init__(self, encoder: nn.Module, hidden: int) -> None:
        super().__init__()
        self.encoder = encoder
        self.head = nn.Linear(hidden, 2)
        self.typed = hasattr(encoder.embeddings, "token_type_embeddings")

    def forward(self, ids: Tensor, attention: Tensor, types: Tensor) -> tuple[Tensor, Tensor]:
        """Score beginnings and ends: two (windows, length) from three (windows, length); MPNet knows no types."""
        dtype = torch.bfloat16 if torch.is_autocast_enabled("cpu") else torch.float32
        hidden = (1 - attention[:, None, None, :]).to(dtype) * _NEVER  # (windows, 1, 1, length), added to scores
        given = {"token_type_ids": types} if self.typed else {}
        states = self.encoder(input_ids=ids, attention_mask=hidden, **given).last_hidden_state
        begin, end = self.head(states).float().unbind(-1)
        return begin, end


def load_base(
    folder: Path, dropout: float, *, freeze_words: bool = False, freeze_layers: int = 0, **changes: Any
) -> SpanNetwork:
    """Build the network from a folder with an encoder's weights, or at random where ``changes`` alter its shape.

    The first ``freeze_layers`` layers stay as they are, and so do the embeddings before them and what all layers share:
    a backward pass ends where nothing below learns (Lee et al. 2019, arXiv 1911.03090).
    """
    settings: dict[str, Any] = {"hidden_dropout_prob": dropout, "attention_probs_dropout_prob": 0.0, **changes}
    config = AutoConfig.from_pretrained(folder, **settings)
    built: dict[str, Any] = {"config": config, "attn_implementation": "written-out", "add_pooling_layer": False}
    encoder = AutoModel.from_config(**built) if changes else AutoModel.from_pretrained(folder, **built)
    _pool_dropout(encoder, dropout)
    encoder.embeddings.word_embeddings.requires_grad_(not freeze_words)
    if freeze_layers:
        shared = [part for name, part in encoder.encoder.named_children() if name != "layer"]
        for part in (encoder.embeddings, *shared, *encoder.encoder.layer[:freeze_layers]):
            part.requires_grad_(False)
    return SpanNetwork(encoder, config.hidden_size)


def _pool_dropout(encoder: nn.Module, share: float) -> None:
    pooled = PooledDropout(share)
    for module in list(encoder.modules()):
        for name, child in module.named_children():
            if isinstance(child, nn.Dropout) and child.p:
                setattr(module, name, pooled)


def span_loss(network: SpanNetwork, batch: TrainingBatch) -> Tensor:
    """Cross-entropy of beginnings and ends over the allowed positions of a window, and over those of a question.

    A question's windows are compared by how far a position beats its own window's null, and share one null at zero:
    what serving compares passages by (shared normalisation, Clark & Gardner 2018, arXiv 1710.10723). With one window a
    question, both are the same.
    """
    windows = batch.batch
    ids, attention, types = (torch.from_numpy(part) for part in (windows.ids, windows.attention, windows.types))
    with torch.autocast("cpu", dtype=torch.bfloat16, enabled=COMPUTED is torch.bfloat16):
        begin, end = network(ids, attention, types)
    forbidden = ~torch.from_numpy(windows.allowed)
    losses = []
    for scores, gold in ((begin, batch.begins), (end, batch.ends)):
        masked, right = scores.float().masked_fill(forbidden, _NEVER), torch.from_numpy(gold)
        losses.append(nn.functional.cross_entropy(masked, right))
        if batch.abreast > 1:
            losses[-1] = (losses[-1] + _shared(masked, right, batch.abreast)) / 2
    return (losses[0] + losses[1]) / 2


def _shared(scores: Tensor, gold: Tensor, abreast: int) -> Tensor:
    """Cross-entropy over all windows of a question, of scores (windows, length) and gold positions (windows,)."""
    length = scores.shape[1]
    margins = (scores - scores[:, :1])[:, 1:].reshape(-1, abreast * (length - 1))
    choices = torch.cat([torch.zeros(len(margins), 1), margins], dim=1)
    places = torch.where(gold > 0, gold + torch.arange(len(gold)) % abreast * (length - 1), 0)
    return nn.functional.cross_entropy(choices, places.view(-1, abreast).amax(dim=1))


class Average:
    """Exponential moving average of the weights, which reads better than the last step's."""

    def __init__(self, network: nn.Module, decay: float) -> None:
        self.decay = decay
        self.weights = {name: value.detach().clone() for name, value in network.named_parameters()}

    @torch.no_grad()
    def update(self, network: nn.Module, step: int) -> None:
        """Take in the weights after ``step``; young averages forget faster."""
        decay = min(self.decay, (1 + step) / (10 + step))
        for name, value in network.named_parameters():
            if value.requires_grad:
                self.weights[name].lerp_(value, 1 - decay)
