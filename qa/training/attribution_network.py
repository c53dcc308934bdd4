"""The network of the attributor: a BERT encoder that labels words and links them to cues, and its loss.

Labels are a chain: a conditional random field (Lafferty et al. 2001) over the words, whose forbidden transitions are
fixed and whose others are learnt. The link between a word and a cue is judged from a projection of the word and one of
the cue (the mean over its words), from the word's place seen from the cue, and from what the word is labelled as.

The encoder is the reader's: frozen words, pooled dropout, attention written out. Two projections beside the labels are
all that serving needs of it; the chain and the link are small enough for numpy.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from qa.attribution.labels import LABELS, begins_allowed, ends_allowed, follows
from qa.attribution.linking import LINKS, PLACES
from qa.attribution.windows import TYPES
from qa.training.attribution_rows import IGNORED, LinkedBatch
from qa.training.network import COMPUTED, PooledDropout, load_base

__all__ = ["WIDTH", "AttributionNetwork", "attribution_loss", "load_network"]

WIDTH = 128  # of the link's hidden layer
PAIRED = 64  # of its product of word and cue
_NEVER = -1e4


class AttributionNetwork(nn.Module):
    """Encoder, labels and links."""

    follows: Tensor
    begins_allowed: Tensor
    ends_allowed: Tensor

    def __init__(self, encoder: nn.Module, hidden: int, dropout: float) -> None:
        super().__init__()
        self.encoder = encoder
        self.dropout = PooledDropout(dropout)
        self.tags = nn.Linear(hidden, LABELS)
        self.persons = nn.Linear(hidden, 3)
        self.of_word = nn.Linear(hidden, WIDTH + PAIRED)
        self.of_cue = nn.Linear(hidden, WIDTH + PAIRED, bias=False)
        self.of_place = nn.Embedding(PLACES, WIDTH)
        self.of_tag = nn.Linear(LABELS, WIDTH, bias=False)
        self.judge = nn.Linear(WIDTH, LINKS)
        self.judge_pair = nn.Linear(PAIRED, LINKS, bias=False)
        self.transitions = nn.Parameter(torch.zeros(LABELS, LABELS))
        self.begins = nn.Parameter(torch.zeros(LABELS))
        self.ends = nn.Parameter(torch.zeros(LABELS))
        nn.init.normal_(self.of_place.weight, std=0.05)
        for name, scores in (
            ("follows", follows()),
            ("begins_allowed", begins_allowed()),
            ("ends_allowed", ends_allowed()),
        ):
            self.register_buffer(name, torch.from_numpy(scores), persistent=False)

    def forward(self, ids: Tensor, attention: Tensor, types: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Score labels and names and project for the links: four (windows, length, …) from three (windows, length)."""
        dtype = torch.bfloat16 if torch.is_autocast_enabled("cpu") else torch.float32
        hidden = (1 - attention[:, None, None, :]).to(dtype) * _NEVER
        states = self.encoder(input_ids=ids, attention_mask=hidden, token_type_ids=types).last_hidden_state
        states = self.dropout(states)
        return self.tags(states), self.persons(states), self.of_word(states), self.of_cue(states)

    def link(self, words: Tensor, cues: Tensor, tags: Tensor, places: Tensor) -> Tensor:
        """Judge every word for every cue: (cues, words, LINKS).

        Args:
            words: projections of the words of each cue's window, (cues, words, WIDTH + PAIRED).
            cues: projections of the cues, (cues, WIDTH + PAIRED).
            tags: probabilities of the words' labels, (cues, words, LABELS).
            places: (cues, words, 3), see :func:`qa.attribution.linking.places`.
        """
        seen, pair = words[..., :WIDTH], words[..., WIDTH:]
        cue, cue_pair = cues[:, None, :WIDTH], cues[:, None, WIDTH:]
        mixed = torch.relu(seen + cue + self.of_place(places).sum(dim=2) + self.of_tag(tags))
        judged: Tensor = self.judge(mixed) + self.judge_pair(pair * cue_pair)
        return judged

    def chain_loss(self, scores: Tensor, tags: Tensor, valid: Tensor) -> Tensor:
        """Negative log-likelihood of labels (windows, words) under the chain, mean over the words."""
        transitions = self.transitions + self.follows
        total = self.begins + self.begins_allowed + scores[:, 0]
        right = total.gather(1, tags[:, :1])[:, 0]
        for place in range(1, scores.shape[1]):
            here = valid[:, place]
            following = torch.logsumexp(total[:, :, None] + transitions, dim=1) + scores[:, place]
            total = torch.where(here[:, None], following, total)
        steps = scores[:, 1:].gather(2, tags[:, 1:, None])[:, :, 0] + transitions[tags[:, :-1], tags[:, 1:]]
        right = right + (steps * valid[:, 1:]).sum(dim=1)
        last = tags.gather(1, valid.sum(dim=1, keepdim=True) - 1)[:, 0]
        ends = self.ends + self.ends_allowed
        right = right + ends[last]
        return (torch.logsumexp(total + ends, dim=1) - right).sum() / valid.sum()


def load_network(folder: Path, dropout: float, *, freeze_words: bool = True, **changes: Any) -> AttributionNetwork:
    """Build the network from a folder with a BERT's weights; ``changes`` and the rest are as for the reader's.

    Every type of wordpiece begins as the first that is known.
    """
    base = load_base(folder, dropout, freeze_words=freeze_words, **changes)
    encoder: Any = base.encoder
    hidden = base.head.in_features
    types = nn.Embedding(TYPES, hidden)
    types.weight = nn.Parameter(encoder.embeddings.token_type_embeddings.weight.detach()[:1].repeat(TYPES, 1))
    encoder.embeddings.token_type_embeddings = types
    encoder.config.type_vocab_size = TYPES
    return AttributionNetwork(encoder, hidden, dropout)


def attribution_loss(network: AttributionNetwork, linked: LinkedBatch, *, links: float, names: float) -> Tensor:
    """The loss of labels, and those of links and names by their weights; each is a mean over words."""
    batch = linked.batch
    ids, attention, types = (torch.from_numpy(part) for part in (batch.ids, batch.attention, batch.types))
    at, valid, tags, persons = map(torch.from_numpy, (linked.at, linked.valid, linked.tags, linked.persons))
    with torch.autocast("cpu", dtype=torch.bfloat16, enabled=COMPUTED is torch.bfloat16):
        outputs = network(ids, attention, types)
    rows = torch.arange(len(at))[:, None]
    scores, named, words, cues = (output[rows, at].float() for output in outputs)
    loss = network.chain_loss(scores, tags, valid)
    loss = loss + names * nn.functional.cross_entropy(named.flatten(0, 1), persons.flatten(), ignore_index=IGNORED)
    if len(linked.window):
        window, members = torch.from_numpy(linked.window), torch.from_numpy(linked.members).float()
        cue = (cues[window] * members[:, :, None]).sum(dim=1) / members.sum(dim=1, keepdim=True)
        judged = network.link(
            words[window], cue, scores.detach().softmax(dim=-1)[window], torch.from_numpy(linked.places)
        )
        right = torch.from_numpy(linked.links).flatten()
        loss = loss + links * nn.functional.cross_entropy(judged.flatten(0, 1), right, ignore_index=IGNORED)
    return loss
