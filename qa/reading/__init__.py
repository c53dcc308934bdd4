"""A question and its passages become candidates: spans that may answer, each with what speaks against an answer.

Promise: every span lies within its passage, and the candidates come best margin first. What this stage does not know:
how the passages were found, and from which margin on an answer is given.
"""

from qa.reading.again import SecondReader
from qa.reading.sentence import SentenceReader
from qa.reading.span import GRAPH, SpanModel, SpanReader

__all__ = ["GRAPH", "SecondReader", "SentenceReader", "SpanModel", "SpanReader"]
