"""Bytes -> text, in the encoding (charset) that they are in: decoded or refused, never mojibake.

In this order: a byte order mark; what is declared, where the bytes have escapes (ISO 2022); UTF-8, when it is valid;
what the source declares (the HTTP header, then a page's own ``meta``), where the bytes allow it; what chardet makes of
them, where it is sure; Windows-1252, where that reads like a western language, since a few words are too little to tell
an encoding by. UTF-8 comes before the declaration because no other encoding is valid UTF-8 by chance, and pages are
often served with an old label. Labels are read as browsers read them
(https://encoding.spec.whatwg.org/#names-and-labels): "latin1" means Windows-1252, "gb2312" means GB18030.

What this does not know: an encoding other than Windows-1252 in a text of a few words; that is refused.
"""

from __future__ import annotations

import codecs
import re

from qa.errors import SourceError

__all__ = ["decode", "decode_page"]

_BINARY = re.compile(rb"[\x00-\x06\x0e-\x1a]")
_ESCAPE = b"\x1b"  # what ISO 2022 begins other letters with, which would be valid UTF-8
_META = re.compile(rb"<meta\b[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w:.-]{2,40})", re.IGNORECASE)
_HEAD = 4096  # bytes in which a page declares its encoding
_SAMPLE = 200_000  # bytes that are looked at to tell an encoding
_CERTAIN = 0.2  # what chardet says of a guess that is no better than another
_MEANT = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
}
_WESTERN = re.compile(r"[àâäáãåæçéèêëíìîïñóòôöõøœßúùûüýÿšž“”‘’„‚–—…€£«»°§·•©®™½¼¾¿¡\xa0]", re.IGNORECASE)
_CAPITALS = "ÀÂÄÁÃÅÆÇÉÈÊËÍÌÎÏÑÓÒÔÖÕØŒÚÙÛÜÝŠŽ"
_ODD_CAPITAL = re.compile(
    rf"[^\W\d_A-Z{_CAPITALS}](?=[{_CAPITALS}])|[{_CAPITALS}](?=[A-Z][a-z])|[.,?!](?=[{_CAPITALS}])"
)
_UNLIKE_TEXT = re.compile(r"[\x80-\x9f]")  # C1 controls, which no newspaper prints


def decode(data: bytes, source: str, line: int | None = None, *, declared: str | None = None) -> str:
    """Turn bytes into text; ``declared`` is the charset that came with them.

    Raises:
        SourceError: these bytes are not text, or in no encoding that can be told.
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text = _decoded(data, "utf-16")
    elif _BINARY.search(data) and not _is_escaped(declared):
        raise SourceError(source, "this is not text: it holds binary bytes", line=line)
    else:
        text = next(
            (
                text
                for name in (declared if _ESCAPE in data else None, "utf-8-sig", declared, _guessed(data))
                if name and (text := _decoded(data, name)) is not None
            ),
            _western(data),
        )
    if text is None:
        raise SourceError(
            source, "this is not text, or in an encoding that cannot be told", line=line, remedy="Save it as UTF-8."
        )
    return text


def decode_page(page: bytes, source: str, *, declared: str | None = None) -> str:
    """Turn a page's bytes into text; what came with them counts before what the page says of itself."""
    stated = _META.search(page[:_HEAD])
    return decode(page, source, declared=declared or (stated[1].decode("ascii", "ignore") if stated else None))


def _decoded(data: bytes, name: str) -> str | None:
    """Decode; None where that cannot be, or gives what no text has. What UTF-8 has is what somebody wrote."""
    try:
        codec = codecs.lookup(name.strip().lower()).name
        text = data.decode(_MEANT.get(codec, codec))
    except (LookupError, UnicodeError, ValueError):  # an unknown label, or bytes that this encoding does not have
        return None
    return None if not codec.startswith("utf") and _UNLIKE_TEXT.search(text) else text


def _is_escaped(declared: str | None) -> bool:
    """Whether this encoding writes its letters with control bytes (ISO 2022), or has two bytes for each (UTF-16)."""
    return bool(declared and declared.strip().lower().replace("_", "-").startswith(("iso-2022", "utf-16")))


def _guessed(data: bytes) -> str | None:
    """What chardet makes of the bytes; None where it does not know."""
    if data.isascii():
        return "ascii"
    import chardet

    found = chardet.detect(data[:_SAMPLE])
    return str(found["encoding"]) if found["encoding"] and (found["confidence"] or 0) >= _CERTAIN else None


def _western(data: bytes) -> str | None:
    """As Windows-1252, if that reads like a western language: few marks among plain letters, no capitals amid words."""
    text = _decoded(data, "cp1252")
    if text is None or _ODD_CAPITAL.search(text):
        return None
    marks = [character for character in text if not character.isascii()]
    letters = sum(map(str.isalpha, text))
    few = sum(map(str.isalpha, marks)) <= max(2, 0.25 * letters)
    return text if few and all(map(_WESTERN.fullmatch, marks)) else None
