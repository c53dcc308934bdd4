"""Article -> who said what in it, by a trained token model; the baseline beside it are rules.

Each name is loaded when it is first named: whoever asks an archive needs no network that finds statements.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qa.attribution.ages import age_asked, ages_told
    from qa.attribution.german_offices import asked_in_english, office_in_english
    from qa.attribution.introducing import holders, introductions, role_in_full
    from qa.attribution.marking import GRAPH
    from qa.attribution.model import TokenAttributor
    from qa.attribution.names import gender_of_name
    from qa.attribution.offices import Office, duty_asked, office_asked, office_named
    from qa.attribution.rules import RuleAttributor
else:
    from qa.lazily import members

    __getattr__ = members(
        __name__,
        {
            "ages": ("age_asked", "ages_told"),
            "introducing": ("holders", "introductions", "role_in_full"),
            "marking": ("GRAPH",),
            "model": ("TokenAttributor",),
            "names": ("gender_of_name",),
            "german_offices": ("asked_in_english", "office_in_english"),
            "offices": ("Office", "duty_asked", "office_asked", "office_named"),
            "rules": ("RuleAttributor",),
        },
    )

__all__ = [
    "GRAPH",
    "Office",
    "RuleAttributor",
    "TokenAttributor",
    "age_asked",
    "ages_told",
    "asked_in_english",
    "duty_asked",
    "gender_of_name",
    "holders",
    "introductions",
    "office_asked",
    "office_in_english",
    "office_named",
    "role_in_full",
]
