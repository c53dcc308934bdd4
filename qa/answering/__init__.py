"""Candidates or statements become an ``Outcome``.

Promises: every string in a citation is a slice of its article, an answer is given only above a threshold that was
set on questions with known answers, and a refusal says why and shows what came nearest.

What this stage does not know: where articles are stored, how passages were found, which reader scored the candidates.
"""

from qa.answering.calibration import (
    CONFIDENCE,
    SENTENCE_READER,
    Calibration,
    Confidence,
    SpanConfidence,
    TwiceConfidence,
)
from qa.answering.choosing import answer_from_candidates, cite_nearest, likeliest
from qa.answering.comparing import answer_from_sides
from qa.answering.contrary import HOW_OPPOSED, Opposed, answer_from_opposed, opposed
from qa.answering.days import in_stretches, period, said_when, told_when, written
from qa.answering.explaining import answer_from_event
from qa.answering.figures import answer_from_figures
from qa.answering.finding import answer_from_search
from qa.answering.outlets import is_outlets_name, lacking_outlets, outlets_called, told_outlets
from qa.answering.quoting import answer_from_quotation
from qa.answering.refusing import why
from qa.answering.relevance import Closeness, Relevance
from qa.answering.roles import answer_from_ages, answer_from_roles, in_office
from qa.answering.shown import (
    able_to_answer,
    answer_since,
    answer_with_days,
    answer_with_sources,
    is_of_a_thing,
    newest_day,
    nothing_newer,
    untold,
)
from qa.answering.statements import answer_from_statements, find_of, told_in, weekdays_told
from qa.answering.subjects import speaks_of_subject
from qa.answering.topical import topic_relevance

__all__ = [
    "CONFIDENCE",
    "HOW_OPPOSED",
    "SENTENCE_READER",
    "Calibration",
    "Closeness",
    "Confidence",
    "Opposed",
    "Relevance",
    "SpanConfidence",
    "TwiceConfidence",
    "able_to_answer",
    "answer_from_ages",
    "answer_from_candidates",
    "answer_from_event",
    "answer_from_figures",
    "answer_from_opposed",
    "answer_from_quotation",
    "answer_from_roles",
    "answer_from_search",
    "answer_from_sides",
    "answer_from_statements",
    "answer_since",
    "answer_with_days",
    "answer_with_sources",
    "cite_nearest",
    "find_of",
    "in_office",
    "in_stretches",
    "is_of_a_thing",
    "is_outlets_name",
    "lacking_outlets",
    "likeliest",
    "newest_day",
    "nothing_newer",
    "opposed",
    "outlets_called",
    "period",
    "said_when",
    "speaks_of_subject",
    "told_in",
    "told_outlets",
    "told_when",
    "topic_relevance",
    "untold",
    "weekdays_told",
    "why",
    "written",
]
