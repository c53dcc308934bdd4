"""Outcomes, articles and verifications -> what the templates draw, with nothing left to decide there but looks."""

from web.views.articles import article, pager
from web.views.back import NUMBER, Back, conversation
from web.views.cards import credit
from web.views.checks import check
from web.views.course import StretchView, course
from web.views.feeds import feed
from web.views.jobs import job
from web.views.speakers import chips as speaker_chips
from web.views.speakers import compared_json, days, listed, speaker
from web.views.turns import chips, turn

__all__ = [
    "NUMBER",
    "Back",
    "StretchView",
    "article",
    "check",
    "chips",
    "compared_json",
    "conversation",
    "course",
    "credit",
    "days",
    "feed",
    "job",
    "listed",
    "pager",
    "speaker",
    "speaker_chips",
    "turn",
]
