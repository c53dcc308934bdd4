"""Raw text -> normalised text; normalised text -> spans of its paragraphs, sentences, words and quotations.

Promise: everything counts code points, everything is pure, and only :func:`normalise` and :func:`fold` make new text:
the rest point into the text that they are given. :mod:`qa.text.vocabulary` lists words that many look for.
"""

from qa.text.folding import fold
from qa.text.normalising import normalise
from qa.text.quotations import quotation_spans
from qa.text.sentences import paragraph_spans, sentence_spans
from qa.text.words import utf16_offset, word_spans, words_in

__all__ = [
    "fold",
    "normalise",
    "paragraph_spans",
    "quotation_spans",
    "sentence_spans",
    "utf16_offset",
    "word_spans",
    "words_in",
]
