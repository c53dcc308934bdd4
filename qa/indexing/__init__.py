"""Passage vectors -> the nearest passage ids: Chroma, embedded in this process or as a server."""

from qa.indexing.chroma import ChromaIndex
from qa.indexing.replacing import discard

__all__ = ["ChromaIndex", "discard"]
