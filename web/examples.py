"""The examples in the API's description: made by the code that makes the real bodies, from a small article of our own.

Promise: they are true. Offsets count, selectors find their words, and a body that changes its shape changes them too.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime, timedelta
from typing import Any

from pydantic import BaseModel

from qa.catalog import FeedArticle, FeedState
from qa.output.answers import (
    AnswerBody,
    ArticleListBody,
    DraftBody,
    FullArticleBody,
    ListedBody,
    VerificationBody,
)
from qa.output.feeds import FeedListBody
from qa.output.statements import EmbedBody, ExportedBody, FoundBody, SpeakerBody, SpeakerListBody
from qa.people.identities import Profile, RoleHeld
from qa.records import FeedRecord
from qa.types import (
    Answer,
    AnswerKind,
    Article,
    Citation,
    Location,
    Paragraph,
    Question,
    QuestionKind,
    Resolution,
    Side,
    Span,
    Speaker,
    Statement,
    StatementForm,
    Step,
    article_id_of,
)
from qa.verification.drafting import Checked, DraftCheck
from qa.verification.verifying import Change, Difference, Piece, Verdict, Verification
from web.problems import PROBLEMS

__all__ = [
    "ANSWER",
    "ARTICLE_BODY",
    "COMPARISON",
    "COURSE",
    "DRAFT",
    "DRAFTED",
    "EMBED",
    "FEEDS",
    "FOUND",
    "LIST",
    "QUESTION",
    "QUOTATION",
    "SPEAKER",
    "SPEAKERS",
    "STATEMENT",
    "VERIFICATION",
    "problem_responses",
]

QUESTION = "What did Ilse Varnholt say about the ferry?"
QUOTATION = "Show me the cash and I will show you the boat."
TEXT = (
    "The Tamble ferry will stop running on 1 March.\n"
    "Asked whether the decision could be reversed, Mayor Ilse Varnholt replied: "
    "“Show me the money and I will show you the boat.”"
)


def _span(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


_SECOND = Span(TEXT.index("\n") + 1, len(TEXT))
_SAID = _span("“Show me the money and I will show you the boat.”")
_ARTICLE = Article(
    id=article_id_of(TEXT),
    url="https://ostrel-gazette.example/2026/01/13/tamble-ferry",
    outlet="Ostrel Valley Gazette",
    title="Tamble ferry to stop after 112 years",
    byline="Piet Marlowe-Ash",
    published=date(2026, 1, 13),
    modified=None,
    retrieved=datetime(2026, 1, 14, 8, 0, tzinfo=UTC),
    language="en",
    text=TEXT,
    text_sha256=hashlib.sha256(TEXT.encode()).hexdigest(),
    paragraphs=(Paragraph(0, Span(0, _SECOND.start - 1)), Paragraph(1, _SECOND)),
    dateline="Harrowmere",
    locations=(Location("https://ostrel-gazette.example/2026/01/13/tamble-ferry", "Ostrel Valley Gazette"),),
)
_STATEMENT = Statement(
    article_id=_ARTICLE.id,
    speaker=Speaker("Mayor Ilse Varnholt", "Ilse Varnholt", "Mayor", Resolution.NAMED),
    source=(_span("Mayor Ilse Varnholt"),),
    cue=(_span("replied"),),
    content=(_SAID,),
    form=StatementForm.DIRECT,
    confidence=0.93,
)
_DAYS = (date(2025, 11, 4), date(2026, 3, 30))
_PROFILE = Profile(
    slug="ilse-varnholt",
    name="Ilse Varnholt",
    spellings=("Ilse Varnholt", "Varnholt"),
    roles=(RoleHeld("Mayor", 11, *_DAYS),),
    statements=13,
    first=_DAYS[0],
    last=_DAYS[1],
)


_STOPS = Statement(
    article_id=_ARTICLE.id,
    speaker=Speaker("The Tamble ferry", "Tamble ferry", None, Resolution.ORGANISATION),
    source=(_span("The Tamble ferry"),),
    cue=(),
    content=(_span("will stop running on 1 March"),),
    form=StatementForm.INDIRECT,
    confidence=0.71,
)


def _cited(span: Span, statement: Statement | None, number: int = 1) -> Citation:
    return Citation(
        number=number,
        article=_ARTICLE,
        span=span,
        exact=span.of(TEXT),
        prefix=TEXT[max(0, span.start - 32) : span.start],
        suffix=TEXT[span.end : span.end + 32],
        sentence=_SECOND,
        passage=Span(0, len(TEXT)),
        statement=statement,
    )


def _comparison() -> Answer:
    ours, theirs = _cited(_SAID, _STATEMENT), _cited(_STOPS.content[0], _STOPS, 2)
    asked = Question(
        "compare Varnholt and Tamble ferry on the ferry",
        QuestionKind.COMPARISON,
        "Varnholt",
        "the ferry",
        other="Tamble ferry",
    )
    return Answer(
        asked,
        AnswerKind.COMPARISON,
        (ours, theirs),
        0.8,
        {"retrieve": 4.1, "answer": 2.3, "total": 6.4},
        (Side("Varnholt", ("Ilse Varnholt",), (ours,)), Side("Tamble ferry", ("Tamble ferry",), (theirs,))),
    )


def _course() -> Answer:
    day = _ARTICLE.published
    return Answer(
        Question("what Varnholt said about the ferry over time", QuestionKind.COURSE, "Varnholt", "the ferry"),
        AnswerKind.COURSE,
        (_cited(_SAID, _STATEMENT),),
        0.8,
        {"retrieve": 4.1, "answer": 2.3, "total": 6.4},
        steps=(Step(1, day, day),),
    )


def _verification() -> Verification:
    quoted, at = Span(0, len(QUOTATION) - 1), QUOTATION.index("cash")
    money = _span("money")
    change = Difference(Change.REPLACED, "cash", "money", Span(at, at + 4), money)
    source = _span("Show me the money and I will show you the boat")
    return Verification(QUOTATION, Verdict.ALTERED, (Piece(quoted, _cited(source, _STATEMENT), (change,)),))


def _dump(body: BaseModel) -> dict[str, Any]:
    return body.model_dump(mode="json")


ANSWER = _dump(
    AnswerBody.from_outcome(
        Answer(
            question=Question(QUESTION, QuestionKind.STATEMENTS, speaker="Ilse Varnholt", topic="the ferry"),
            kind=AnswerKind.STATEMENTS,
            citations=(_cited(_SAID, _STATEMENT),),
            confidence=0.8,
            timings_ms={"retrieve": 4.1, "answer": 2.3, "total": 6.4},
        )
    )
)
COMPARISON = _dump(AnswerBody.from_outcome(_comparison()))
COURSE = _dump(AnswerBody.from_outcome(_course()))
DRAFT = f"Mayor Ilse Varnholt replied: “{QUOTATION}”"
DRAFTED = _dump(
    DraftBody.from_check(
        DraftCheck(
            DRAFT,
            (Checked(Span(DRAFT.index("“"), len(DRAFT)), _verification(), _STATEMENT.speaker, misattributed=False),),
        )
    )
)
VERIFICATION = _dump(VerificationBody.from_verification(_verification()))
ARTICLE_BODY = _dump(FullArticleBody.from_version(_ARTICLE, ()))
LIST = _dump(ArticleListBody(total=1, limit=20, offset=0, articles=[ListedBody.of(_ARTICLE, None)]))
SPEAKER = _dump(SpeakerBody.from_profile(_PROFILE))
SPEAKERS = _dump(SpeakerListBody.from_page([_PROFILE], 1, limit=20, offset=0))
_CAME = datetime(2026, 1, 12, 9, 30, tzinfo=UTC)
FEEDS = _dump(
    FeedListBody.from_records(
        [
            FeedRecord(
                FeedState(
                    "https://gazette.example/rss",
                    title="Ostrel Valley Gazette",
                    kind="RSS",
                    polled_at=_CAME,
                    next_at=_CAME + timedelta(minutes=15),
                    counts={"added": 1},
                    came_at=_CAME,
                    items=20,
                ),
                (FeedArticle(_ARTICLE.id, _ARTICLE.title, _CAME),),
                (),
            )
        ]
    )
)
STATEMENT = _dump(ExportedBody.of(_STATEMENT, _ARTICLE, "Ilse Varnholt", _SAID.of(TEXT), None))
EMBED = _dump(
    EmbedBody(
        title="Ilse Varnholt",
        author_name="Ilse Varnholt",
        provider_url="http://127.0.0.1:8000",
        html=f'<iframe src="http://127.0.0.1:8000{STATEMENT["card_href"]}/embed" width="540" height="162"></iframe>',
        width=540,
        height=162,
    )
)
FOUND = _dump(FoundBody.of([(_ARTICLE, [_STATEMENT])]))

_PROBLEM_SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["type", "title", "status", "detail", "instance"],
    "properties": {
        "type": {"type": "string", "format": "uri-reference"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "instance": {"type": "string", "format": "uri-reference"},
    },
    "additionalProperties": True,
}


def _problem_response(status: int) -> dict[str, Any]:
    kinds = [kind for kind in PROBLEMS if kind.status == status]
    examples = {
        kind.name: {
            "value": {
                "type": kind.uri,
                "title": kind.title,
                "status": status,
                "detail": kind.explanation,
                "instance": "/api/answer",
            }
        }
        for kind in kinds
    }
    return {
        "description": "; ".join(kind.title for kind in kinds),
        "content": {"application/problem+json": {"schema": _PROBLEM_SCHEMA, "examples": examples}},
    }


_PROBLEM_RESPONSES = {status: _problem_response(status) for status in sorted({kind.status for kind in PROBLEMS})}
_ANYWHERE = (400, 401, 408, 413, 421, 500, 503)  # what any request may be answered with, whatever it asks


def problem_responses(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Describe the problems that an operation may answer with, beside those of every operation."""
    return {status: _PROBLEM_RESPONSES[status] for status in sorted({*statuses, *_ANYWHERE})}
