"""A question -> passages, best first: by words (BM25), by meaning (vectors), by both.

Promises: a question's dates and outlets restrict what is ranked, not what is left of a ranking; the same question to
the same archive gives the same hits in the same order. What is not known here: where words and vectors are kept, and
what will be made of the hits.
"""

from qa.retrieval.dense import DenseRetriever
from qa.retrieval.fusion import FusionRetriever, fuse
from qa.retrieval.lexical import LexicalRetriever
from qa.retrieval.search import WordSearch

__all__ = ["DenseRetriever", "FusionRetriever", "LexicalRetriever", "WordSearch", "fuse"]
