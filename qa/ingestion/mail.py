"""Mail (``.eml``, ``.mbox``) -> one draft a message: a newsletter, a press release.

Subject, day, sender and body come from the message (RFC 5322), those of a message that was forwarded from its own
headers. What it quotes of another mail, and the signature, stay out where it is plain which words these are
(:mod:`qa.ingestion.quoted_mail`). A message without plain text, or with a stub of it, gives the text of its HTML
(:mod:`qa.ingestion.mail_pages`); lines with a link to leave or to read elsewhere, at either end of it, go.

Promise: bytes are decoded or refused, whatever the message says of its charset; a mailbox is read message by message,
and a bad one is an error with the line on which it begins.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from email import policy
from email.errors import MessageError
from email.message import EmailMessage, Message, MIMEPart
from email.parser import BytesParser
from email.utils import parseaddr, parsedate_to_datetime
from functools import partial
from urllib.parse import quote

from qa.errors import SourceError
from qa.ingestion.bylines import named
from qa.ingestion.dates import date_within, parse_date
from qa.ingestion.encodings import decode
from qa.ingestion.files import SourceFile
from qa.ingestion.guarding import guarded, one_draft
from qa.ingestion.limits import Limits
from qa.ingestion.mail_pages import EDGE, is_notice, text_shown
from qa.ingestion.metering import note
from qa.ingestion.quoted_mail import Own, answers, forwards, own_words
from qa.protocols import Draft

__all__ = ["MailReader", "is_mail", "mail_draft"]

_HEADER = re.compile(r"[!-9;-~]{1,60}:[ \t]")
_TELLS_MAIL = re.compile(r"^(?:from|subject|date|received|message-id|delivered-to|return-path|to):", re.I | re.M)
_ENVELOPE = re.compile(rb"^From [^\n]{1,200}\n", re.MULTILINE)
_REPLY = re.compile(r"\A(?:(?:re|fwd?|aw|antw|wg|sv|tr|rv|enc)(?:\[\d+\])?:\s*)+", re.IGNORECASE)
_MESSAGE = "message/rfc822"
_STUB = 3  # times its plain text that the text of its HTML has, where the plain text is none
_ADDRESSES = re.compile(
    r"\s?<(?:https?://|mailto:)[^<>\s]{1,2000}>|\[(?:image|cid|https?)\s?:[^\[\]]{0,2000}\]", re.IGNORECASE
)
_FLOWS = re.compile(r"(?<=\S) \n(?=[^>\s])")
_LINKED = re.compile(r"https?://|www\.|\S@\S", re.IGNORECASE)
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
        for number, (line, message, share) in enumerate(_messages(data), 1):
            if number > self.limits.records:
                remedy = "Raise QA_INGESTION__MAX_RECORDS, or split the file."
                reason = f"the mailbox has more than {self.limits.records:,} messages; reading stops here"
                yield SourceError(source, reason, line=line, remedy=remedy)
                return
            found = guarded(partial(mail_draft, message, source, home, line), source, seconds, line=line)
            note(share)
            yield found


def is_mail(text: str) -> bool:
    """Say whether a plain text is a message that was saved as one: it begins with a mail's header lines."""
    head = text[:_HEAD].lstrip("\ufeff\r\n").replace("\r\n", "\n").partition("\n\n")[0]
    lines = [line for line in head.split("\n") if not line.startswith((" ", "\t"))]
    told = {found.lower() for found in _TELLS_MAIL.findall(head)}
    return len(lines) >= 3 and all(map(_HEADER.match, lines)) and {"from:", "subject:"} <= told


def mail_draft(data: bytes, source: str, home: str, line: int | None = None, within: int = 3) -> Draft:
    """Read one message; one of several in a file is found at ``home#id``.

    One without a text that a message is attached to, which is how some forward, is read as that one, so often at most.

    Raises:
        SourceError: it is no message, or it has no text.
    """
    try:
        message = BytesParser(_class=EmailMessage, policy=policy.default).parsebytes(data)
        subject, sender = (_header(message, name, source) for name in ("subject", "from"))
        own = _own_words(message, subject, source)
        day = _moment(str(message.get("date") or ""))
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
    if not own.text:
        inner = next((each for part in message.iter_attachments() if (each := _forwarded(part))), None)
        if inner is not None and within:
            return mail_draft(inner, source, home, line, within - 1)
        attached = ", ".join(name for part in message.iter_attachments() if (name := part.get_filename()))
        remedy = f"Save what is attached to it ({attached}), and ingest that." if attached else ""
        raise SourceError(source, "the message has no text of its own", line=line, remedy=remedy)
    name = parseaddr(own.sender or sender)[0] or _bare_name(own.sender)
    persons = named(name)
    headline = own.subject if own.sender and own.subject else subject or own.subject
    return Draft(
        location=home if line is None else f"{home}#{quote(identifier or f'L{line}', safe='/:.-_@')}",
        body=own.text,
        title=_REPLY.sub("", " ".join(headline.split())) or None,
        byline="; ".join(persons) or None,
        outlet=None if persons else name or None,
        published=_day(own.day) if own.sender else day.date() if day else None,
        clutter=True,
        line=line,
    )


def _messages(data: bytes) -> Iterator[tuple[int, bytes, float]]:
    """The messages of a mailbox (RFC 4155) that begins with one, with its line and the share then done."""
    starts = [found.start() for found in _ENVELOPE.finditer(data) if found.start() == 0 or _blank_before(data, found)]
    line = 1
    for start, end in zip(starts, [*starts[1:], len(data)], strict=True):
        whole = data[start:end]
        message = re.sub(rb"^>(>*From )", rb"\1", whole.partition(b"\n")[2], flags=re.MULTILINE)
        yield line, message, end / len(data)
        line += whole.count(b"\n")


def _blank_before(data: bytes, found: re.Match[bytes]) -> bool:
    return data[max(0, found.start() - 2) : found.start()] in (b"\n\n", b"\r\n")


def _header(message: EmailMessage, name: str, source: str) -> str:
    """A header's text; what has bytes beyond ASCII although it may not is decoded as a text is."""
    value = str(message.get(name) or "")
    if "\ufffd" not in value:
        return value
    raw = next((str(text) for key, text in message.raw_items() if key.lower() == name), value)
    return decode(raw.encode("utf-8", "surrogateescape"), source)


def _own_words(message: EmailMessage, subject: str, source: str) -> Own:
    forwarding = forwards(subject)
    answering = answers(subject) or any(message.get(name) for name in ("in-reply-to", "references"))
    own = own_words(_text_of(message, source), answering=answering and not forwarding, forwarding=forwarding)
    return replace(own, text=_ADDRESSES.sub("", _without_notices(own.text)).strip())


def _text_of(part: MIMEPart, source: str) -> str:
    """The text of a part: of alternatives the plain one, unless it is a stub, of others (RFC 2046) all."""
    kind = part.get_content_type()
    if part.is_attachment() or kind == _MESSAGE:
        return ""
    if kind == "text/plain":
        return _plain(part, source)
    if kind == "text/html":
        return text_shown(_decoded(part, source))
    parts = [each for each in part.iter_parts() if isinstance(each, MIMEPart)] if part.is_multipart() else []
    if kind == "multipart/related":
        parts = parts[:1]
    texts = [_text_of(each, source) for each in parts]
    if kind != "multipart/alternative":
        return "\n\n".join(filter(None, texts))
    plain = next((text for text in texts if text.strip()), "")
    longest = max(texts, key=len, default="")
    return longest if len(longest) > _STUB * len(plain.strip()) else plain


def _decoded(part: MIMEPart, source: str) -> str:
    data = part.get_payload(decode=True)
    return decode(data, source, declared=part.get_content_charset()) if isinstance(data, bytes) else ""


def _plain(part: MIMEPart, source: str) -> str:
    """The plain text, lines that flow (RFC 3676) joined."""
    text = _decoded(part, source).replace("\r\n", "\n")
    if str(part.get_param("format") or "").lower() == "flowed":
        text = _FLOWS.sub("" if str(part.get_param("delsp") or "").lower() == "yes" else " ", text)
    return text


def _without_notices(text: str) -> str:
    """The text without what its first and last paragraphs say of the mail itself."""
    said = [paragraph for paragraph in re.split(r"\n\s*\n", text) if paragraph.strip()]
    return "\n\n".join(
        paragraph
        for at, paragraph in enumerate(said)
        if EDGE <= at < len(said) - EDGE or not is_notice(paragraph, linked=bool(_LINKED.search(paragraph)))
    )


def _forwarded(part: MIMEPart) -> bytes | None:
    """The message that is attached here, where one is."""
    held = part.get_payload() if part.get_content_type() == _MESSAGE else None
    inner = held[0] if isinstance(held, list) and held else None
    return inner.as_bytes() if isinstance(inner, Message) else None


def _bare_name(sender: str) -> str:
    """A sender's name as headers of a quoted mail print it: "Rose Pearby [mailto:…]", "Rose Pearby"."""
    return re.split(r"[<\[(]", sender, maxsplit=1)[0].strip(" \"'*")


def _day(text: str) -> date | None:
    """The day that a forwarded mail's headers name, where they name one."""
    return parse_date(text) or date_within(text, words_before=3)


def _moment(text: str) -> datetime | None:
    try:
        return parsedate_to_datetime(text)
    except ValueError:
        return None
