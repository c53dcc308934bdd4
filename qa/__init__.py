"""On Record: exact, cited answers from a news archive, without an LLM."""

__version__ = "0.1.0"
