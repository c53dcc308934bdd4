"""Mail (``.eml``, ``.mbox``) -> one draft a message: a newsletter, a press release.

Subject, day, sender and body come from the message (RFC 5322); what it quotes of another mail, and the signature, are
other people's words or none, and stay out. Lines that are marked as quoted go one by one, with the line that says whose
they are, and what stands between them stays; of a mail that stands below as a whole, all goes. A message whose plain
text is missing, or a stub beside its HTML, gives that of its HTML, without what this hides and without links alone
above and below the text ("View in your browser", "Unsubscribe").

Promise: bytes are decoded or refused, whatever the message says of its charset; a mailbox is read message by message,
and a bad one is an error with the line on which it begins.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email import policy
from email.errors import MessageError
from email.message import EmailMessage, MIMEPart
from email.parser import BytesParser
from email.utils import parseaddr, parsedate_to_datetime
from functools import partial
from typing import Any
from urllib.parse import quote

from qa.errors import SourceError
from qa.ingestion.bylines import named
from qa.ingestion.encodings import decode
from qa.ingestion.files import SourceFile
from qa.ingestion.furniture import is_furniture
from qa.ingestion.guarding import guarded, one_draft
from qa.ingestion.limits import Limits
from qa.ingestion.trees import blocks_of
from qa.protocols import Draft

__all__ = ["MailReader", "is_mail", "mail_draft"]

_HEADER = re.compile(r"[!-9;-~]{1,60}:[ \t]")
_TELLS_MAIL = re.compile(r"^(?:from|subject|date|received|message-id|delivered-to|return-path|to):", re.I | re.M)
_ENVELOPE = re.compile(rb"^From [^\n]{1,200}\n", re.MULTILINE)
_REPLY = re.compile(r"\A(?:(?:re|fwd?|aw|wg|sv|tr)(?:\[\d+\])?:\s*)+", re.IGNORECASE)
_BELOW = re.compile(  # what begins here is another mail as a whole
    r"^(?:-{2,} ?(?:original message|forwarded message|ursprüngliche nachricht|message d'origine|mensaje original)\b.*"
    r"(?:\n\*?[^\W\d][\w ]{1,20}:.*)*"
    r"|_{20,}\n(?=\S{1,12}: )"
    r"|(?:\*?(?:from|von|de|da|van|från|fra|od)\s?:\*? [^\n]{1,200}\n)"
    r"(?:\*?(?:sent|gesendet|envoyé|enviado|inviato|verzonden|skickat|date|datum|fecha|data|to|an|à|para|a|aan|till|cc|subject|"
    r"betreff|objet|asunto|oggetto|onderwerp|ämne)\s?:\*? ?[^\n]{0,300}(?:\n|\Z)){2,})",
    re.IGNORECASE | re.MULTILINE,
)
_MARKED = re.compile(r"(?:^>.*(?:\n|\Z))+", re.MULTILINE)
_TELLS_WHOSE = re.compile(r"@|\d[:.h]\d\d|\b\d{4}\b")
_INTRODUCTION = 3  # lines
_WROTE = re.compile(
    r"^(?:on|am|le|el|il|op|den) [^\n]{4,160}(?:\n[^\n]{1,120})?"
    r"(?:wrote|schrieb|a écrit|escribió|ha scritto|schreef|skrev)\b[^\n]{0,120}:\s*$",
    re.IGNORECASE | re.MULTILINE,
)
_SIGNATURE = re.compile(r"^-- ?$", re.MULTILINE)
_STUB = 3  # times its plain text that the text of its HTML has, where the plain text is none
_FROM = re.compile(r"(?P<person>.+?)\s+(?:from|at|via)\s+(?P<outlet>.+)", re.IGNORECASE)
_SWAPPED = re.compile(r"(?P<last>[^,]+), (?P<first>[^,]+)")
_OTHERS = " | ".join(
    (
        ".//blockquote[@type='cite']",
        *(f".//*[contains(@class,'{name}')]" for name in ("gmail_quote", "moz-cite-prefix", "yahoo_quoted")),
    )
)
_FROM_HERE = ".//*[@id='divRplyFwdMsg' or @id='x_divRplyFwdMsg' or @id='appendonsend']"
_UNSEEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SIZE = re.compile(r"font(?:-size)?\s*:[^;]*?(?P<size>\d+(?:\.\d+)?)\s*(?:px|pt|em|rem|%|;|\Z)", re.IGNORECASE)
_SENTENCE = re.compile(r"[.!?…。][\"'”’»)]*\Z")
_LEAVES = ("p", "div", "td", "th", "li", "center")
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
        text, subject = _text_of(message, source), _header(message, "subject", source)
        sender, day = _header(message, "from", source), _moment(str(message.get("date") or ""))
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
        attached = ", ".join(name for part in message.iter_attachments() if (name := part.get_filename()))
        remedy = f"Save what is attached to it ({attached}), and ingest that." if attached else ""
        raise SourceError(source, "the message has no text of its own", line=line, remedy=remedy)
    persons, outlet = _sender(parseaddr(sender)[0])
    return Draft(
        location=home if line is None else f"{home}#{quote(identifier or f'L{line}', safe='/:.-_@')}",
        body=own,
        title=_REPLY.sub("", " ".join(subject.split())) or None,
        byline="; ".join(persons) or None,
        outlet=outlet,
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


def _header(message: EmailMessage, name: str, source: str) -> str:
    """A header's text; what has bytes beyond ASCII although it may not is decoded as a text is."""
    value = str(message.get(name) or "")
    if "\ufffd" not in value:
        return value
    raw = next((str(text) for key, text in message.raw_items() if key.lower() == name), value)
    return decode(raw.encode("utf-8", "surrogateescape"), source)


def _sender(name: str) -> tuple[list[str], str | None]:
    """The persons whom a sender's name names, and the outlet: "Rose Pearby from The Tide", "Pearby, Rose"."""
    swapped = _SWAPPED.fullmatch(name)
    if swapped and (persons := named(f"{swapped['first']} {swapped['last']}")):
        return persons, None
    parted = _FROM.fullmatch(name)
    if parted and (persons := named(parted["person"])):
        return persons, parted["outlet"]
    persons = named(name)
    return persons, None if persons else name or None


def _text_of(message: EmailMessage, source: str) -> str:
    plain, marked = (message.get_body((kind,)) for kind in ("plain", "html"))
    text = _own_words(_decoded(plain, source)) if plain is not None else ""
    if marked is None:
        return text
    shown = _own_words(_shown(_decoded(marked, source)))
    return shown if len(shown) > _STUB * len(text.strip()) else text


def _decoded(part: MIMEPart, source: str) -> str:
    data = part.get_payload(decode=True)
    return decode(data, source, declared=part.get_content_charset()) if isinstance(data, bytes) else ""


def _shown(marked: str) -> str:
    """The text of a message's HTML as its reader sees it, without what it quotes, unless it is nothing else."""
    if not marked.strip():
        return ""
    return _text_shown(marked, quoted=False) or _text_shown(marked, quoted=True)


def _text_shown(marked: str, *, quoted: bool) -> str:
    from lxml import html

    tree = html.document_fromstring(marked.encode("utf-8", "replace"), parser=html.HTMLParser(encoding="utf-8"))
    hidden = [each for each in tree.iter() if isinstance(each.tag, str) and _is_unseen(each)]
    below = [] if quoted else [each for mark in tree.xpath(_FROM_HERE) for each in (mark, *mark.itersiblings())]
    for element in [*tree.iter("head"), *hidden, *below, *([] if quoted else tree.xpath(_OTHERS))]:
        if element.getparent() is not None:
            element.drop_tree()
    inner = (*_LEAVES, "h1", "h2", "h3")
    leaves = [each for each in tree.iter(*_LEAVES) if next(each.iterdescendants(*inner), None) is None]
    told = [leaf for leaf in leaves if leaf.text_content().strip()]
    for run in (told, told[::-1]):
        for leaf in run:
            if leaf.getparent() is None or not (is_furniture(_line(leaf)) or _is_links(leaf)):
                break
            leaf.drop_tree()
    return "\n\n".join(blocks_of(tree))


def _is_unseen(element: Any) -> bool:
    """Whether nobody sees an element: letters of no size are a preheader, if nothing within has a size of its own."""
    style = element.get("style") or ""
    if _UNSEEN.search(style):
        return True
    return _size(style) == 0 and not any(_size(each.get("style") or "") for each in element.iterdescendants())


def _size(style: str) -> float | None:
    found = _SIZE.search(style)
    return float(found["size"]) if found else None


def _line(leaf: Any) -> str:
    return " ".join(leaf.text_content().split())


def _is_links(leaf: Any) -> bool:
    """Whether a block says nothing but in links, and none of it is a sentence."""
    said = sum(map(str.isalnum, leaf.text_content()))
    linked = sum(sum(map(str.isalnum, link.text_content())) for link in leaf.iter("a"))
    return 0 < said <= linked and not _SENTENCE.search(_line(leaf))


def _own_words(text: str) -> str:
    """What is not another mail's, and stands before the signature; what is forwarded with nothing above it stays."""
    text = text.replace("\r\n", "\n").lstrip()
    while found := _BELOW.match(text):
        text = text[found.end() :].lstrip()
    ends = [_BELOW, _SIGNATURE] if _MARKED.search(text) else [_BELOW, _SIGNATURE, _WROTE]
    places = [found.start() for pattern in ends if (found := pattern.search(text))]
    text = text[: min(places)] if places else text
    *before, last = _MARKED.split(text)
    return "\n\n".join([*(_without_introduction(piece) for piece in before), last])


def _without_introduction(text: str) -> str:
    """What stands above quoted lines, without the line that says whose they are: it has an address or a time."""
    if wrote := list(_WROTE.finditer(text.rstrip())):
        return text[: wrote[-1].start()].rstrip()
    above, _, paragraph = text.rstrip().rpartition("\n\n")
    tells = paragraph.endswith(":") and paragraph.count("\n") < _INTRODUCTION and _TELLS_WHOSE.search(paragraph)
    return above if tells else text


def _moment(text: str) -> datetime | None:
    try:
        return parsedate_to_datetime(text)
    except ValueError:
        return None
