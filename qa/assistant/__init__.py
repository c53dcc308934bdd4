"""The wiring: sources and questions in, articles and outcomes out; the only package that knows every stage."""

from qa.assistant.keeping.attributing import attribute
from qa.assistant.parts import models_dir, prepare_encoder
from qa.assistant.wiring import Assistant
from qa.records import Finding, Ingested, IngestReport, SpeakerRecord, StatementRow, Status

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
