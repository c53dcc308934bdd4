"""Texts -> sketches by which near-duplicates find each other, whether two are copies of one story, and stories.

Grep for: near-duplicate, MinHash, LSH, wire copy, syndication.
"""

from qa.stories.comparing import NEARLY_ALL, Kinship, Overlap, Words, kinship, overlap, words_of
from qa.stories.differing import Change, Stretch, differences, readable
from qa.stories.grouping import MOST_CANDIDATES, Edge, stories_of
from qa.stories.repeating import Said, repeats
from qa.stories.sketching import VERSION, bands_of

__all__ = [
    "MOST_CANDIDATES",
    "NEARLY_ALL",
    "VERSION",
    "Change",
    "Edge",
    "Kinship",
    "Overlap",
    "Said",
    "Stretch",
    "Words",
    "bands_of",
    "differences",
    "kinship",
    "overlap",
    "readable",
    "repeats",
    "stories_of",
    "words_of",
]
