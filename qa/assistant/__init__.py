"""The wiring: sources and questions in, articles and outcomes out; the only package that knows every stage."""

from typing import TYPE_CHECKING

from qa.records import Finding, Ingested, IngestReport, SpeakerRecord, StatementRow, Status

if TYPE_CHECKING:
    from qa.assistant.keeping.attributing import attribute
    from qa.assistant.parts import models_dir, prepare_encoder
    from qa.assistant.wiring import Assistant
else:
    from qa.lazily import members

    __getattr__ = members(
        __name__,
        {
            "keeping.attributing": ("attribute",),
            "parts": ("models_dir", "prepare_encoder"),
            "wiring": ("Assistant",),
        },
    )

__all__ = [
    "Assistant",
    "Finding",
    "IngestReport",
    "Ingested",
    "SpeakerRecord",
    "StatementRow",
    "Status",
    "attribute",
    "models_dir",
    "prepare_encoder",
]
