"""Mail (``.eml``, ``.mbox``) -> one draft a message: a newsletter, a press release.

Subject, day, sender and body come from the message (RFC 5322); what it quotes of another mail, and the signature, are
other people's words or none, and stay out. A message without plain text gives that of its HTML.

Promise: a mailbox is read message by message, and a bad one is an error with the line on which it begins.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email import policy
from email.errors import MessageError
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import parseaddr, parsedate_to_datetime
from functools import partial
from urllib.parse import quote

from qa.errors import SourceError
from qa.ingestion.bylines import named
from qa.ingestion.fields import without_markup
from qa.ingestion.files import SourceFile
from qa.ingestion.guarding import guarded, one_draft
from qa.ingestion.limits import Limits
from qa.protocols import Draft

__all__ = ["MailReader", "is_mail", "mail_draft"]

_HEADER = re.compile(r"[!-9;-~]{1,60}:[ \t]")
_TELLS_MAIL = re.compile(r"^(?:from|subject|date|received|message-id|delivered-to|return-path|to):", re.I | re.M)
_ENVELOPE = re.compile(rb"^From [^\n]{1,200}\n", re.MULTILINE)
_REPLY = re.compile(r"\A(?:(?:re|fwd?|aw|wg|sv|tr)(?:\[\d+\])?:\s*)+", re.IGNORECASE)
_QUOTED = re.compile(
    r"^(?:>.*|-{2,} ?(?:original message|forwarded message|ursprüngliche nachricht)\b.*|_{20,}"
    r"|(?:on|am|le) [^\n]{4,120}(?:wrote|schrieb|a écrit) ?:\s*)$",
    re.IGNORECASE | re.MULTILINE,
)
_SIGNATURE = re.compile(r"^-- ?$", re.MULTILINE)
_HEAD = 4096  # code points in which a mail shows that it is one


@dataclass(frozen=True, slots=True)
class MailReader:
    """Reads ``.eml`` and ``.mbox`` files within the limits."""

    limits: Limits

    def accepts(self, name: str) -> bool:
        """Whether this is a message or a mailbox."""
        return name.lower().endswith((".eml", ".mbox"))

    def read(self, file: SourceFile) -> Iterator[Draft | SourceError]:
        """Yield a draft or an error for each message."""
        source, home, seconds = file.name, file.address, self.limits.article_s
        try:
            data = file.read(self.limits.file_bytes)
        except SourceError as error:
            yield error
            return
        if not source.lower().endswith(".mbox"):
            yield from one_draft(partial(mail_draft, data, source, home), source, seconds)
            return
        if not _ENVELOPE.match(data):
            yield SourceError(source, "no mailbox: it does not begin with a message's “From ” line")
            return
        for number, (line, message) in enumerate(_messages(data), 1):
            if number > self.limits.records:
                remedy = "Raise QA_INGESTION__MAX_RECORDS, or split the file."
                reason = f"the mailbox has more than {self.limits.records:,} messages; reading stops here"
                yield SourceError(source, reason, line=line, remedy=remedy)
                return
            yield guarded(partial(mail_draft, message, source, home, line), source, seconds, line=line)


def is_mail(text: str) -> bool:
    """Say whether a plain text is a message that was saved as one: it begins with a mail's header lines."""
    head = text[:_HEAD].lstrip("\ufeff\r\n").replace("\r\n", "\n").partition("\n\n")[0]
    lines = [line for line in head.split("\n") if not line.startswith((" ", "\t"))]
    told = {found.lower() for found in _TELLS_MAIL.findall(head)}
    return len(lines) >= 3 and all(map(_HEADER.match, lines)) and {"from:", "subject:"} <= told


def mail_draft(data: bytes, source: str, home: str, line: int | None = None) -> Draft:
    """Read one message; one of several in a file is found at ``home#id``.

    Raises:
        SourceError: it is no message, or it has no text.
    """
    try:
        message = BytesParser(_class=EmailMessage, policy=policy.default).parsebytes(data)
        text, subject = _text_of(message), str(message.get("subject") or "")
        sender, day = str(message.get("from") or ""), _moment(str(message.get("date") or ""))
        identifier = str(message.get("message-id") or "").strip(" <>")
    except (
        MessageError,
        LookupError,
        ValueError,
        AttributeError,
        TypeError,
        IndexError,
        RecursionError,
    ) as error:  # as it meets them
        raise SourceError(source, f"the message cannot be read: {error}", line=line) from error
    own = _own_words(text)
    if not own.strip():
        raise SourceError(source, "the message has no text of its own", line=line)
    name = parseaddr(sender)[0]
    persons = named(name)
    return Draft(
        location=home if line is None else f"{home}#{quote(identifier or f'L{line}', safe='/:.-_@')}",
        body=own,
        title=_REPLY.sub("", " ".join(subject.split())) or None,
        byline="; ".join(persons) or None,
        outlet=None if persons else name or None,
        published=day.date() if day else None,
        clutter=True,
        line=line,
    )


def _messages(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The messages of a mailbox (RFC 4155) that begins with one, each with the line on which it begins."""
    starts = [found.start() for found in _ENVELOPE.finditer(data) if found.start() == 0 or _blank_before(data, found)]
    line = 1
    for start, end in zip(starts, [*starts[1:], len(data)], strict=True):
        whole = data[start:end]
        yield line, re.sub(rb"^>(>*From )", rb"\1", whole.partition(b"\n")[2], flags=re.MULTILINE)
        line += whole.count(b"\n")


def _blank_before(data: bytes, found: re.Match[bytes]) -> bool:
    return data[max(0, found.start() - 2) : found.start()] in (b"\n\n", b"\r\n")


def _text_of(message: EmailMessage) -> str:
    plain = message.get_body(("plain",))
    if plain is not None and (text := str(plain.get_content())).strip():
        return text
    marked = message.get_body(("html",))
    return without_markup(str(marked.get_content())) if marked is not None else ""


def _own_words(text: str) -> str:
    """Everything before the first line that quotes another mail, and before the signature."""
    text = text.replace("\r\n", "\n")
    ends = [found.start() for pattern in (_QUOTED, _SIGNATURE) if (found := pattern.search(text)) and found.start()]
    return text[: min(ends)] if ends else text


def _moment(text: str) -> datetime | None:
    try:
        return parsedate_to_datetime(text)
    except ValueError:
        return None
