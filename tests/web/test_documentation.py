"""docs/http-api.md says what the code does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from pydantic import BaseModel

from qa.output.answers import (
    AnswerBody,
    CitationBody,
    DifferenceBody,
    PieceBody,
    SideBody,
    StatementBody,
    StepBody,
    UnderstoodBody,
    VerificationBody,
)
from qa.output.feeds import FeedArticleBody, FeedBody, FeedProblemBody
from qa.output.statements import ExportedBody, FoundBody, SpeakerBody
from qa.settings import WebSettings
from web.problems import PROBLEMS

TEXT = (Path(__file__).parents[2] / "docs" / "http-api.md").read_text(encoding="utf-8")
BODIES = [
    AnswerBody,
    SideBody,
    StepBody,
    UnderstoodBody,
    CitationBody,
    StatementBody,
    ExportedBody,
    FoundBody,
    SpeakerBody,
    VerificationBody,
    PieceBody,
    DifferenceBody,
    FeedBody,
    FeedArticleBody,
    FeedProblemBody,
]


def test_every_problem_is_listed_with_its_status() -> None:
    listed = re.findall(r"^\| `([a-z-]+)` \| (\d+) \| (.+) \|$", TEXT, re.MULTILINE)
    assert listed == [(kind.name, str(kind.status), kind.title) for kind in PROBLEMS]


@pytest.mark.parametrize("body", BODIES, ids=lambda body: body.__name__)
def test_every_member_of_a_body_is_named(body: type[BaseModel]) -> None:
    assert [name for name in body.model_fields if f"`{name}`" not in TEXT] == []


def test_every_address_is_listed(client: TestClient) -> None:
    for path, methods in client.get("/openapi.json").json()["paths"].items():
        shown = re.sub(r"\{(article|statement)_id\}", "{id}", path)
        assert all(f"`{method.upper()} {shown}" in TEXT for method in methods), path


def test_the_limits_are_settings_that_exist() -> None:
    named = {name.lower() for name in re.findall(r"QA_WEB__([A-Z_]+)", TEXT)}
    assert named
    assert named <= set(WebSettings.model_fields)
