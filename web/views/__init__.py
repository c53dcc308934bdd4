"""Outcomes, articles and verifications -> what the templates draw, with nothing left to decide there but looks."""

from web.views.articles import AGAINST, article, pager
from web.views.back import NUMBER, Back, conversation
from web.views.cards import card, credit, elsewhere
from web.views.checks import check
from web.views.course import StretchView, course
from web.views.drafts import draft
from web.views.feeds import feed
from web.views.jobs import job
from web.views.narrowing import counted
from web.views.previews import clipped
from web.views.previews import of_article as preview_of_article
from web.views.previews import of_statement as preview_of_statement
from web.views.previews import of_turn as preview_of_turn
from web.views.speakers import chips as speaker_chips
from web.views.speakers import compared_json, described, said, speaker
from web.views.turns import chips, turn

__all__ = [
    "AGAINST",
    "NUMBER",
    "Back",
    "StretchView",
    "article",
    "card",
    "check",
    "chips",
    "clipped",
    "compared_json",
    "conversation",
    "counted",
    "course",
    "credit",
    "described",
    "draft",
    "elsewhere",
    "feed",
    "job",
    "pager",
    "preview_of_article",
    "preview_of_statement",
    "preview_of_turn",
    "said",
    "speaker",
    "speaker_chips",
    "turn",
]
