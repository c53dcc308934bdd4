"""Passage vectors -> the nearest passage ids: Chroma, embedded in this process or as a server."""

from qa.indexing.chroma import ChromaIndex

__all__ = ["ChromaIndex"]
