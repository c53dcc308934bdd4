"""The wiring: sources and questions in, articles and outcomes out; the only package that knows every stage."""

from qa.assistant.attributing import attribute
from qa.assistant.records import Finding, Ingested, IngestReport, SpeakerRecord, StatementRow, Status
from qa.assistant.wiring import Assistant, models_dir, prepare_encoder

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
