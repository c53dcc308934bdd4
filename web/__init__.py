"""The web door: a chat page and a JSON answer endpoint over one :class:`qa.assistant.Assistant`."""
