"""What a person types becomes a :class:`qa.types.Question`: all that a question's own words say is read here.

One file a language has the wordings (:mod:`qa.questions.english`, :mod:`qa.questions.german`), each with examples that
are its test. Promises: pure and deterministic; nothing but the words is looked at, beside what the caller tells of the
archive. What this stage does not know: how a question is answered, who the speakers are, what the articles say.
"""

from qa.questions.content import (
    STOP_WORDS,
    AnswerType,
    Asked,
    asks_for_several,
    asks_for_the_present,
    figure_asked,
    several_things,
    stem,
)
from qa.questions.following import brought_up, follow, pronoun_left, without
from qa.questions.german import is_german
from qa.questions.names import names_in
from qa.questions.spelling import Lexicon
from qa.questions.talk import Known, Turn
from qa.questions.times import When, days_meant, find_time, names_weekday, times_in
from qa.questions.understanding import core_of, plain, understand
from qa.questions.verbs import verbs_in

__all__ = [
    "STOP_WORDS",
    "AnswerType",
    "Asked",
    "Known",
    "Lexicon",
    "Turn",
    "When",
    "asks_for_several",
    "asks_for_the_present",
    "brought_up",
    "core_of",
    "days_meant",
    "figure_asked",
    "find_time",
    "follow",
    "is_german",
    "names_in",
    "names_weekday",
    "plain",
    "pronoun_left",
    "several_things",
    "stem",
    "times_in",
    "understand",
    "verbs_in",
    "without",
]
