"""Raw text -> the one form in which it is stored (Unicode normalisation, NFC). Runs once, at ingestion; idempotent."""

from __future__ import annotations

import re
import unicodedata

from qa.lazily import pattern

__all__ = ["normalise"]

_SPACES = "\t\x1c\x1d\x1e\x1f\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
# Zero-width space, word joiner, byte order mark, soft hyphen, invisible operators: nobody sees them and they break
# every comparison. Bidirectional controls: they let a citation be read in another order than it is stored.
_INVISIBLE = "\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
_CONTROLS = "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f"
_LINE_BREAK = pattern("\r\n|[\r\x0b\x0c\x85\u2028]")
_DROPPED = pattern(f"[{_INVISIBLE}{_CONTROLS}]")
_SPACE_RUN = pattern(f"[ {_SPACES}]+")
_LONE_SURROGATE = pattern("[\ud800-\udfff]")
_MARK_RUN = pattern(r"[^\w\x00-\x7f]{64,}")  # whatever combines is no letter, no digit and not ASCII
# The joiners carry meaning after a letter of a joining script and inside emoji; after anything else they are litter.
_IDLE_JOINER = pattern(
    "(?<![\u0600-\u109f\u1780-\u18af\u1a00-\u1cff\u2190-\u2bff\ua800-\uabff\ufe0f\U00010a00-\U00011fff"
    "\U0001f000-\U0001faff])[\u200c\u200d]+"
)


def normalise(raw: str) -> str:
    r"""Bring text into the one form in which it is stored.

    NFC; every line break is ``\n``; every kind of space is a plain one, single, and never at the border of a line;
    paragraphs are separated by exactly ``\n\n``, a single ``\n`` inside a paragraph stays. Controls, bidirectional
    controls, soft hyphens and zero-width characters are removed, but for ZWJ and ZWNJ where they carry meaning (emoji,
    Arabic, Indic and South-East Asian scripts). A lone surrogate, which no encoding can store, becomes U+FFFD.
    """
    text = _LINE_BREAK.sub("\n", raw).replace("\u2029", "\n\n")
    text = _LONE_SURROGATE.sub("\ufffd", _DROPPED.sub("", text))
    text = _IDLE_JOINER.sub("", _composed(text))
    text = _SPACE_RUN.sub(" ", _composed(text))
    text = re.sub(" ?\n ?", "\n", text)
    return re.sub("\n{3,}", "\n\n", text).strip(" \n")


def _composed(text: str) -> str:
    """NFC, in linear time: the library sorts marks by inserting them, which is quadratic in a run of them."""
    return unicodedata.normalize("NFC", _MARK_RUN.sub(_in_order, text))


def _in_order(run: re.Match[str]) -> str:
    """The same characters, taken apart and with the marks between two others sorted as NFC wants them."""
    ordered: list[str] = []
    marks: list[str] = []
    for character in "".join(unicodedata.normalize("NFD", one) for one in run[0]):
        if unicodedata.combining(character):
            marks.append(character)
        else:
            ordered += [*sorted(marks, key=unicodedata.combining), character]
            marks = []
    return "".join([*ordered, *sorted(marks, key=unicodedata.combining)])
