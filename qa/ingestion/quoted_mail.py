"""The text of a mail -> its own words: without the mail that it answers and without the signature.

Mail programs write an answer in two ways. They *mark* the other mail's lines with ">" below a line that says whose they
are ("On 3 Oct 2025, at 09:12, Rose <…> wrote:"), or they put it below as a whole, under its *headers* ("From: … Sent: …
To: … Subject: …"). Forwarded mail stands there in the same two ways, and there it is the article.

Promise: in doubt all of it stays; a mail too much is a blemish, a sentence too few is a loss. Marked lines go only from
a mail that answers another one, where they are its end, under a line that a mail program wrote (with an address or the
time of day), and where what stands above is a text of its own: so an interview whose questions or answers are marked
stays. What stands under headers goes only where the answer above is longer than all of it, since answers may stand
between its lines unmarked. Marks themselves, and headers of what was forwarded, are nobody's words and
go. So does a signature, a few lines that are no sentences.

*Grep for*: quoted reply, top posting, forwarded message. RFC 3676 (signature, quoting) is the standard for marks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise

from qa.text import fold

__all__ = ["MARK", "Own", "answers", "forwards", "own_words"]

MARK = ">"
_ANSWERS = re.compile(r"\s*(?:re|aw|antw|sv|vs|ref|rif|odp|res|att)(?:\[\d+\])?\s?:", re.IGNORECASE)
_FORWARDS = re.compile(r"\s*(?:fwd?|wg|tr|rv|i|enc|doorst|vb|vl|pd)(?:\[\d+\])?\s?:", re.IGNORECASE)
_LABELS = {
    "sender": "from|von|de|da|van|från|fra|od|от",
    "day": "sent|date|gesendet|datum|envoyé|enviado|enviada|fecha|data|inviato|verzonden|skickat|sendt|dato|"
    "wysłano|дата",
    "to": "to|an|à|para|a|aan|till|til|do|кому|cc|bcc|kopie|copie|reply-to|antwort an|importance|attachments|anlagen",
    "subject": "subject|betreff|objet|asunto|assunto|oggetto|onderwerp|ämne|emne|temat|тема",
}
_LABEL = re.compile(
    r"(?:> ?)*\*?(?:"
    + "|".join(f"(?P<{name}>{words})" for name, words in _LABELS.items())
    + r")\*?\s?:\*?[\s|]*(?P<value>.*)",
    re.IGNORECASE,
)
_GOES_ON = re.compile(r"(?:[ \t]+\S|.{0,200}\S@\S).*")  # a header's next line
_TOLD = {"sender", "day", "subject"}  # the headers by which a mail is told without a line above them
_DIVIDER = re.compile(
    r"(?:> ?)*(?:[-_*]{2,}\s?(?:original message|forwarded message|original-nachricht|ursprungliche nachricht|"
    r"weitergeleitete nachricht|message d'origine|message transfere|message original|mensaje original|"
    r"mensaje reenviado|"
    r"messaggio originale|messaggio inoltrato|oorspronkelijk bericht|doorgestuurd bericht|mensagem original|"
    r"mensagem encaminhada|ursprungligt meddelande|vidarebefordrat meddelande|videresendt melding|"
    r"wiadomosc oryginalna|wiadomosc przekazana)\b.{0,40}"
    r"|(?:begin forwarded message|anfang der weitergeleiteten nachricht|debut du message (?:transfere|reexpedie)|"
    r"inicio del mensaje reenviado|inizio messaggio inoltrato|begin doorgestuurd bericht):?)"
)
_FORWARDED = re.compile(
    r"forward|weitergeleitet|transfere|reexpedie|reenviado|inoltrato|doorgestuurd|encaminhada|videre|przekaz"
)
_RULE = re.compile(r"(?:> ?)*[-_]{8,}\s*")
_VERB = (
    r"wrote|writes|schrieb|schreibt|a ecrit|escribio|ha scritto|schreef|skrev|escreveu|pisze|napisal(?:\(a\))?|"
    r"napsal(?:\(a\))?|kirjoitti|irta|пишет|написал"
)
_WROTE = re.compile(rf"(?=.*(?:@|\d[:.h]\d\d)).{{0,200}}\b(?:{_VERB})(?=\W|$)[^:]{{0,100}}:\s*")
_BEGINS = re.compile(r"(?:on|am|le|el|il|op|den|em|w dniu|\w{2,4}\.?,)\s|\d")
_INTRODUCTION = 3  # lines
_LINE = 200  # code points of a line between two mails
_MARK = re.compile(r"(?:> ?)*")
_MARKS = re.compile(r"(?:> ?)+")
_SIGNATURE = re.compile(r"-- ?")
_SIGNED = 12  # lines below a signature's mark, and code points of them
_SIGNED_CHARS, _LEAST = 700, 200
_SENTENCE = re.compile(r".{40,}[.!?…][\"'”’»)]*\s*")
_OF_MAIL = re.compile(
    r"\b(?:e-?mails?|messages?|nachricht|courriel|mensaje|messaggio|bericht|mailing list|groups?|confidential)\b"
)
_DEEPEST = 9  # how often a mail was forwarded
_ALONE = 300  # code points of an answer that is a text of its own


@dataclass(frozen=True, slots=True)
class Own:
    """A mail's own words; of one that was forwarded what its headers say, as they are printed."""

    text: str
    subject: str = ""
    sender: str = ""
    day: str = ""


@dataclass(frozen=True, slots=True)
class _Below:
    """Where another mail stands in the lines: from ``start`` on, its text from ``end`` on, and what its headers say."""

    start: int
    end: int
    forwarded: bool
    told: dict[str, str]


def answers(subject: str) -> bool:
    """Whether a subject says that the mail answers another one."""
    return bool(_ANSWERS.match(subject))


def forwards(subject: str) -> bool:
    """Whether a subject says that the mail forwards another one."""
    return bool(_FORWARDS.match(subject))


def own_words(text: str, *, answering: bool, forwarding: bool) -> Own:
    """A mail's own words, and those of what it forwards.

    Args:
        text: the mail's text; lines of a mail that it quotes begin with ``MARK``.
        answering: whether its headers say that it answers another mail.
        forwarding: whether its subject says that it forwards one.
    """
    return _own(text.replace("\r\n", "\n").split("\n"), answering, forwarding, _DEEPEST)


def _own(lines: list[str], answering: bool, forwarding: bool, deepest: int) -> Own:
    below = _below(lines) if deepest else None
    if below is None:
        return Own(_plain(_unsigned(_without_marked(_unsigned(lines), answering and not forwarding))))
    above, rest = _unsigned(lines[: below.start]), lines[below.end :]
    said = _plain(above)
    if not said or below.forwarded or forwarding:
        subject = below.told.get("subject", "")
        inner = _own(_unmarked(rest), answers(subject), forwards(subject), deepest - 1)
        if inner.sender:  # it was forwarded again
            return replace(inner, text=f"{said}\n\n{inner.text}".strip())
        told = below.told if len(said) < _ALONE else {}
        return Own(f"{said}\n\n{inner.text}".strip(), subject, told.get("sender", ""), told.get("day", ""))
    if answering and len(said) >= max(_ALONE, len(_said(rest))):
        return Own(said)
    return Own(_plain(_unmarked(_unsigned(lines))))


def _said(lines: list[str]) -> str:
    return "\n".join(lines).strip()


def _unmarked(lines: list[str]) -> list[str]:
    return [_MARKS.sub("", line, count=1) if line.startswith(MARK) else line for line in lines]


def _below(lines: list[str]) -> _Below | None:
    """The first mail that stands among the lines as a whole."""
    passed = 0
    for at, line in enumerate(lines):
        divider = _DIVIDER.fullmatch(fold(line).strip()) if len(line) <= _LINE else None
        if divider is None and (at < passed or not _LABEL.fullmatch(line)):
            continue
        end, told = _headers(lines, at + bool(divider))
        passed = end
        if divider or told.keys() >= _TOLD:
            start = at
            while start and (not lines[start - 1].strip() or _RULE.fullmatch(lines[start - 1])):
                start -= 1
            return _Below(start, max(end, at + 1), bool(divider and _FORWARDED.search(divider[0])), told)
    return None


def _headers(lines: list[str], at: int) -> tuple[int, dict[str, str]]:
    """Where the headers that begin here end, and what they say; empty lines may stand between them."""
    told: dict[str, str] = {}
    end = 0
    while at < len(lines):
        line = lines[at]
        found = _LABEL.fullmatch(line)
        if found and found.lastgroup:
            name = next(name for name in _LABELS if found[name])
            told.setdefault(name, found["value"].strip())
            end = at + 1
        elif (rest := line[mark.end() :] if (mark := _MARK.match(line)) else line).strip():
            if not told or end != at or not _GOES_ON.fullmatch(rest):
                break
            end = at + 1
        at += 1
    return end, told


def _without_marked(lines: list[str], answering: bool) -> list[str]:
    """The lines without those that are marked and their end, where it is plain that these are another mail's."""
    marked = [at for at, line in enumerate(lines) if line.startswith(MARK)]
    if not marked:
        return lines
    start, end = marked[0], marked[-1] + 1
    whole = all(line.startswith(MARK) or not line.strip() for line in lines[start:end])
    if answering and whole and not _said(lines[end:]):
        above = _above_introduction(lines, start)
        said = _said(lines[:above]) if above is not None else ""
        if above is not None and said and len(said) >= min(_ALONE, len(_said(_unmarked(lines[start:end])))):
            return lines[:above]
    return _unmarked(lines)


def _above_introduction(lines: list[str], start: int) -> int | None:
    """Where the line begins by which a mail program says whose the marked lines are; None where there is none."""
    inside = [fold(_MARKS.sub("", line, count=1)).strip() for line in lines[start : start + _INTRODUCTION]]
    if any(_WROTE.fullmatch(" ".join(inside[:size])) for size in range(1, len(inside) + 1)):
        return start
    end = start
    while end and not lines[end - 1].strip():
        end -= 1
    found = None
    for at in range(end - 1, max(-1, end - 1 - _INTRODUCTION), -1):
        if not lines[at].strip():
            break
        line = fold(" ".join(lines[at:end]))
        if _WROTE.fullmatch(line):
            found = at
            if _BEGINS.match(line):
                break
    return found


def _unsigned(lines: list[str]) -> list[str]:
    """The lines without the signature: a few at the end, no sentences, below the one line that is its mark."""
    marks = [at for at, line in enumerate(lines) if _SIGNATURE.fullmatch(line)]
    if not marks or any(_said(lines[mark + 1 : other]) for mark, other in pairwise(marks)):
        return lines
    above, signed = lines[: marks[0]], [line for line in lines[marks[-1] + 1 :] if line.strip()]
    short = len(signed) <= _SIGNED and sum(map(len, signed)) <= min(_SIGNED_CHARS, max(_LEAST, len(_said(above))))
    return above if short and _said(above) and not any(map(_is_text, signed)) else lines


def _is_text(line: str) -> bool:
    """Whether a line below a signature's mark is none of it: it is marked, or a sentence not about the mail."""
    return line.startswith(MARK) or bool(_SENTENCE.fullmatch(line) and not _OF_MAIL.search(fold(line)))


def _plain(lines: list[str]) -> str:
    """What is left, without marks of signatures that were none."""
    return _said([line for line in lines if not _SIGNATURE.fullmatch(line)])
