from __future__ import annotations

import numpy as np

from qa.attribution.assembling import Marked, assemble
from qa.attribution.labels import CONTENT, CUE, SOURCE, Part
from qa.attribution.linking import places

# Ada(0) said(1) it rains(2, 3) and that it pours(4, 5), Bo(6) replied(7) no(8)
PARTS = (
    Part(0, 1, SOURCE),
    Part(1, 2, CUE),
    Part(2, 4, CONTENT),
    Part(4, 6, CONTENT),
    Part(6, 7, SOURCE),
    Part(7, 8, CUE),
    Part(8, 9, CONTENT),
)
SAID, REPLIED = 0, 1


def marked(*links: tuple[int, int, int, float], sure: float = 0.9) -> Marked:
    """Nine words; ``links`` are (cue, word, kind, share)."""
    shares = np.zeros((2, 9, 3), dtype=np.float32)
    shares[:, :, 0] = 1.0
    for cue, word, kind, share in links:
        shares[cue, word, 0] -= share
        shares[cue, word, kind] = share
    return Marked(PARTS, np.full(9, sure, dtype=np.float32), shares)


def test_fragments_go_to_the_cue_with_the_strongest_link() -> None:
    read = marked(
        (0, 0, 1, 0.9), (1, 6, 1, 0.8), *((0, word, 2, 0.9) for word in range(2, 6)), (1, 4, 2, 0.6), (1, 8, 2, 0.9)
    )
    said, replied = assemble(read, 0.3, 0.3)
    assert (said.source, said.content) == (PARTS[0], (PARTS[2], PARTS[3]))
    assert (replied.source, replied.content) == (PARTS[4], (PARTS[6],))


def test_two_cues_can_share_a_source() -> None:
    read = marked((0, 0, 1, 0.9), (1, 0, 1, 0.7), (0, 2, 2, 0.9), (0, 3, 2, 0.9), (1, 8, 2, 0.9))
    assert [found.source for found in assemble(read, 0.3, 0.3)] == [PARTS[0], PARTS[0]]


def test_a_cue_without_content_is_no_attribution_and_a_weak_source_is_none() -> None:
    read = marked((0, 0, 1, 0.2), (0, 2, 2, 0.9), (0, 3, 2, 0.9), (1, 6, 1, 0.9))
    [said] = assemble(read, 0.3, 0.3)
    assert (said.cue, said.source) == (PARTS[1], None)


def test_evidence_is_weaker_where_labels_or_links_are() -> None:
    links = ((0, 0, 1, 0.9), (0, 2, 2, 0.9), (0, 3, 2, 0.9))
    [strong] = assemble(marked(*links), 0.3, 0.3)
    [unsure] = assemble(marked(*links, sure=0.5), 0.3, 0.3)
    [loose] = assemble(marked(*links[:1], (0, 2, 2, 0.5), (0, 3, 2, 0.5)), 0.3, 0.3)
    assert all(one < other for one, other in zip(unsure.evidence[:3], strong.evidence[:3], strict=True))
    assert loose.evidence[3] < strong.evidence[3]


def test_places_tell_distance_cues_between_and_paragraphs() -> None:
    paragraphs = np.array([0, 0, 0, 0, 1, 1, 2, 3])
    [first, second] = places(paragraphs, [(1, 2), (4, 6)])
    distance, between, breaks = first.T
    assert len(set(distance[:4].tolist())) == 4, "before, within, one behind and two behind all differ"
    assert distance[4] > distance[3]
    assert (between - between.min()).tolist() == [0, 0, 0, 0, 1, 1, 1, 1]
    assert (breaks - breaks.min()).tolist() == [0, 0, 0, 0, 1, 1, 2, 2]
    assert (second[:, 1] - second[:, 1].min()).tolist() == [1, 0, 0, 0, 0, 0, 0, 0]
