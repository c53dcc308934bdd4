"""Annotations -> a response in JSON-LD, and how the API's description tells of it."""

from __future__ import annotations

import json
from typing import Any

from starlette.responses import Response

from qa.output.annotations import MEDIA_TYPE, Annotation

__all__ = ["ANNOTATED", "annotated"]

ANNOTATED: dict[int | str, dict[str, Any]] = {200: {"content": {"application/ld+json": {"schema": {"type": "object"}}}}}


def annotated(annotation: Annotation) -> Response:
    """Send an annotation, or a collection of them."""
    return Response(json.dumps(annotation, ensure_ascii=False), media_type=MEDIA_TYPE)
