"""Article -> who said what in it, by a trained token model; the baseline beside it are rules."""

from qa.attribution.duties import duty_asked
from qa.attribution.introducing import holders, introductions
from qa.attribution.marking import GRAPH
from qa.attribution.model import TokenAttributor
from qa.attribution.names import gender_of_name
from qa.attribution.rules import RuleAttributor

__all__ = [
    "GRAPH",
    "RuleAttributor",
    "TokenAttributor",
    "duty_asked",
    "gender_of_name",
    "holders",
    "introductions",
]
