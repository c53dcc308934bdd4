"""Raw text -> normalised text; normalised text -> spans of its paragraphs, sentences, words and quotations.

Promise: everything counts code points, everything is pure, and only :func:`normalise` and :func:`fold` make new text:
the rest point into the text that they are given. ``normalise`` is idempotent and runs once, at ingestion.

What this module does not know: languages. Sentence borders follow English newspaper typography, with the few German and
French habits that cost a line (ordinal dates, guillemets); a sentence that ends in an abbreviation is told from one
that goes on by the next word alone ("in the U.S. The", "the U.S. President"), so some borders are missed.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property, lru_cache

from qa.types import Span

__all__ = [
    "fold",
    "normalise",
    "paragraph_spans",
    "quotation_spans",
    "sentence_spans",
    "utf16_offset",
    "word_spans",
    "words_in",
]

# --- normalising -----------------------------------------------------------------------------------------------------

_SPACES = "\t\x1c\x1d\x1e\x1f\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
# Zero-width space, word joiner, byte order mark, soft hyphen, invisible operators: nobody sees them and they break
# every comparison. Bidirectional controls: they let a citation be read in another order than it is stored.
_INVISIBLE = "\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
_CONTROLS = "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f"
_LINE_BREAK = re.compile("\r\n|[\r\x0b\x0c\x85\u2028]")
_DROPPED = re.compile(f"[{_INVISIBLE}{_CONTROLS}]")
_SPACE_RUN = re.compile(f"[ {_SPACES}]+")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_MARK_RUN = re.compile(r"[^\w\x00-\x7f]{64,}")  # whatever combines is no letter, no digit and not ASCII
# The joiners carry meaning after a letter of a joining script and inside emoji; after anything else they are litter.
_IDLE_JOINER = re.compile(
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


# --- paragraphs and sentences ----------------------------------------------------------------------------------------

_PARAGRAPH_BREAK = re.compile(r"\n\s*\n")
_CLOSERS = "\"'”’»›)\\]}“"  # “ closes in German
_SENTENCE_END = re.compile(
    rf"(?<![.!?…])(?P<mark>[.!?…؟۔।‼⁇⁈⁉]+)(?P<closers>[{_CLOSERS}]*(?:\ [»”](?=\s|\Z))?)(?=\s)|[。！？]+[{_CLOSERS}]*"
)
_WORD_BEFORE = re.compile(r"[^\W_]+(?:\.[^\W_]+)*\Z")
_NEXT_WORD = re.compile(r"[\W_]{0,60}?(?P<word>[^\W_]+)(?P<dot>\.?)")
_DOTTED = re.compile(r"[^\W\d_]{1,2}(?:\.[^\W\d_]{1,2})+")
_TIME_ZONE = re.compile(r"[A-Z]{2,4}")


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


# Before a name or a number: never the end of a sentence.
_ALWAYS_GO_ON = _words(
    """
    Mr Mrs Ms Mx Dr Drs Prof Gov Govs Sen Sens Rep Reps Gen Col Lt Capt Sgt Maj Cmdr Adm Rev Fr Hon Pres Supt Det
    Cpl Pvt Messrs Amb Atty Sec Mt Ft St Ste vs v e.g i.e cf approx ca z.B d.h u.a Brig Cpt Insp Const Spc
    """
)
# Before a number.
_NUMBERED = _words(
    """
    No Nos Nr Art Fig Vol pp p Ch Op Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec Mon Tue Tues Wed Thu Thurs Fri
    Sat Sun
    """
)
# May end a sentence; the next word decides.
_MAY_END = _words(
    """
    Jr Sr Inc Corp Ltd Co Cos Bros LLC Plc Esq Ave Blvd Rd Sq Dept Assn Assoc Univ Inst al est Ala Ariz Ark Calif
    Colo Conn Del Fla Ga Ill Ind Kan Ky La Mass Md Mich Minn Miss Mo Mont Neb Nev Okla Ore Pa Penn Tenn Tex Va Vt
    Wash Wis Wyo
    """
)
_STARTERS = _words(
    """
    The A An He She It They We I You This That These Those There Here In On At By For From With But And Or So Yet If
    When While As After Before Since Until Although Though However Meanwhile His Her Its Their Our My Your Who What
    Where Why How Not Some Many Most Both Each One Now Then Also Once According Asked Several Last Despite Among
    Because During Such Still Even Only Just
    """
)
_CALENDAR = _words(
    """
    Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August
    September October November December Eastern Pacific Central Mountain
    """
)
_GERMAN_MONTHS = _words(
    """
    Januar Jänner Februar März April Mai Juni Juli August September Oktober November Dezember
    """
)
_ASKED = re.compile(
    r"\s(?:(?:[^\W\d_][\w’'.-]*)\s){1,4}?"
    r"(?:said|says|asked|asks|replied|added|wrote|cried|shouted|told|wondered|exclaimed|yelled|joked)\b"
)


def paragraph_spans(text: str) -> list[Span]:
    """Find the paragraphs: what stands between blank lines, without the white space around it."""
    return list(_paragraphs(text, 0, len(text)))


def sentence_spans(text: str, within: Span | None = None) -> list[Span]:
    """Find the sentences, in order, disjoint, none across a paragraph border; together they hold all that is not space.

    A closing quotation mark belongs to the sentence that it ends, and “Why?” he asked. is one sentence.

    Args:
        text: normalised text.
        within: only this part of it; a sentence that reaches beyond is clipped. None means all.
    """
    sentences = (
        sentence for paragraph in _touched_paragraphs(text, within) for sentence in _sentences(text, paragraph)
    )
    if within is None:
        return list(sentences)
    clipped = (
        _stripped(text, max(sentence.start, within.start), min(sentence.end, within.end)) for sentence in sentences
    )
    return [sentence for sentence in clipped if sentence]


def _paragraphs(text: str, start: int, end: int) -> Iterator[Span]:
    for gap in _PARAGRAPH_BREAK.finditer(text, start, end):
        if span := _stripped(text, start, gap.start()):
            yield span
        start = gap.end()
    if span := _stripped(text, start, end):
        yield span


def _touched_paragraphs(text: str, within: Span | None) -> Iterator[Span]:
    """The whole paragraphs of which ``within`` holds a part; looks no further than their borders."""
    if within is None:
        return _paragraphs(text, 0, len(text))
    before = text.rfind("\n\n", 0, within.start)
    after = text.find("\n\n", within.end)
    return _paragraphs(text, max(before, 0), len(text) if after < 0 else after)


def _stripped(text: str, start: int, end: int) -> Span | None:
    """The span without the white space at its borders; None when nothing is left."""
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return Span(start, end) if start < end else None


def _sentences(text: str, paragraph: Span) -> Iterator[Span]:
    start = paragraph.start
    for stop in _SENTENCE_END.finditer(text, paragraph.start, paragraph.end):
        span = _stripped(text, start, stop.end())
        has_words = span is not None and span.start < stop.start()  # an ellipsis in front belongs to what it opens
        if span and has_words and stop.end() < paragraph.end and _ends_sentence(text, start, stop, paragraph.end):
            yield span
            start = stop.end()
    if span := _stripped(text, start, paragraph.end):
        yield span


def _ends_sentence(text: str, start: int, stop: re.Match[str], limit: int) -> bool:
    """Judge one stop mark by the words before and after it."""
    mark, closers = stop["mark"], stop["closers"]
    if mark is None:  # the Chinese and Japanese marks are used for nothing else
        return True
    following = _NEXT_WORD.match(text, stop.end(), limit)
    if following is None or following["word"][0].islower():
        return False
    spaced = text[stop.start() - 1].isspace()
    if "…" in mark or ".." in mark or (spaced and mark == "."):
        return following["word"] != "I" and not (spaced and not _starts_anew(following))
    if mark != ".":
        return not (closers and _ASKED.match(text, stop.end(), limit))
    before = _WORD_BEFORE.search(text, max(start, stop.start() - 40), stop.start())
    if before is None or (closers and closers[0] not in ")]"):
        return True
    return _period_ends(before[0], following, opens_sentence=before.start() == start)


def _starts_anew(following: re.Match[str]) -> bool:
    """Say whether the next word is one that mostly opens a sentence, and no initial ("A. Smith")."""
    return following["word"] in _STARTERS and not following["dot"]


def _period_ends(word: str, following: re.Match[str], *, opens_sentence: bool) -> bool:
    """Say whether a lone period after ``word`` ends a sentence and is not part of an abbreviation."""
    after = following["word"]
    if word in _ALWAYS_GO_ON:
        return False
    if word in _NUMBERED:
        return not after[0].isdigit()
    if word.isdigit():
        return not opens_sentence and after not in _GERMAN_MONTHS
    if word in ("a.m", "p.m"):
        return after not in _CALENDAR and not _TIME_ZONE.fullmatch(after)
    if _DOTTED.fullmatch(word) or word in _MAY_END or (len(word) == 1 and word.isupper()):
        return _starts_anew(following) or following[0].lstrip()[0] in '"“'
    return True


# --- words -----------------------------------------------------------------------------------------------------------

# Letters to Unicode of which no letter is left when they are folded: the modifier apostrophe, the sound marks of
# half-width kana, and vowel signs that are encoded with a space of their own. They only go on with a word.
_SOUNDLESS = "\u02bc\u037a\ufc5e-\ufc63\ufe70\ufe72\ufe74\ufe76\ufe78\ufe7a\ufe7c\ufe7e\uff9e\uff9f"
# Marks that \w leaves out although they are parts of words: combining accents, Hebrew and Arabic points, Indic and
# South-East Asian vowel signs, and the joiners between them.
_MARKS = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    "\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u0900-\u0903\u093a-\u094f\u0951-\u0957\u0962\u0963"
    "\u0981-\u0983\u09bc-\u09cd\u0a01-\u0a03\u0a3c-\u0a51\u0abc-\u0acd\u0b01-\u0b03\u0b3c-\u0b57\u0bbe-\u0bcd"
    "\u0c00-\u0c04\u0c3e-\u0c56\u0c81-\u0c83\u0cbc-\u0cd6\u0d00-\u0d03\u0d3b-\u0d4d\u0dca-\u0ddf\u0e31\u0e34-\u0e3a"
    "\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ecd\u102b-\u103e\u17b4-\u17d3\u1ab0-\u1aff\u1dc0-\u1dff\u200c\u200d"
    "\u20d0-\u20ff\ufe20-\ufe2f"
)
_LETTER = f"(?:[^\\W_{_SOUNDLESS}][{_MARKS}{_SOUNDLESS}]*)"
_WORD = re.compile(f"{_LETTER}+(?:(?:['’ʼ\\-‐‑]{_LETTER}|(?<=\\d)[.,](?=\\d){_LETTER}){_LETTER}*)*")


def word_spans(text: str) -> list[Span]:
    """Find the words: letters and digits of any script, with the apostrophes and hyphens inside them.

    ``Moscow’s``, ``NATO-like`` and ``1,250.5`` are one word each; ``U.S.`` is two. A word begins with a character
    that still has a letter or digit when it is folded, so no word is compared as nothing.
    """
    return [Span(*match.span()) for match in _WORD.finditer(text)]


def words_in(text: str) -> list[str]:
    """The words that :func:`word_spans` finds, for whoever does not need their places."""
    return _WORD.findall(text)


# --- quotations ------------------------------------------------------------------------------------------------------

_PAIRS = {"“": "”", "„": "“”", "«": "»", "»": "«", "‘": "’", "‚": "‘’", "‹": "›", '"': '"', "'": "'"}
_SINGLE = "‘'"  # their closing mark is also the apostrophe
_QUOTE_MARK = re.compile(f"[{''.join(_PAIRS)}]")
_STRAIGHT = re.compile('"')
_OF_KIND = {mark: re.compile(f"[{mark}{closers}]") for mark, closers in _PAIRS.items()}
_LETTERS = re.compile(r"[^\W\d_]")
_LOWER_WORD = re.compile(r"\s[^\W\d_A-Z]")
_QUOTE_END = re.compile(r"[,.!?]['’](?!\w)")


def quotation_spans(text: str, within: Span | None = None) -> list[Span]:
    """Find the outermost quotations, marks included, in order and disjoint; a quotation inside another is part of it.

    No span crosses a paragraph border: a quotation that runs over several paragraphs gives one span for each, and the
    ones without a closing mark reach to the end of their paragraph. A mark that is never closed and not taken up by
    the next paragraph reaches to the end of its sentence; a single one is an apostrophe.

    Args:
        text: normalised text.
        within: only quotations that share a code point with this span (they are not clipped). None means all.
    """
    found = (span for paragraph in _touched_paragraphs(text, within) for span in _quotations(text, paragraph))
    return [span for span in found if within is None or span.overlaps(within)]


def _quotations(text: str, paragraph: Span) -> Iterator[Span]:
    marks = _Marks(text, paragraph)
    position = letter = paragraph.start
    while mark := _QUOTE_MARK.search(text, position, paragraph.end):
        position = mark.end()
        if not _opens(text, mark.start(), paragraph) or (end := marks.end_of(mark.start())) is None:
            continue
        if letter < position:
            found = _LETTERS.search(text, position, paragraph.end)
            letter = found.start() if found else paragraph.end
        if letter < end:
            yield Span(mark.start(), end)
            position = end


def _opens(text: str, position: int, paragraph: Span) -> bool:
    """Say whether the mark at ``position`` can open a quotation; “ and « always do, the others by their neighbours."""
    mark = text[position]
    if mark in "“„«":
        return True
    before = text[position - 1] if position > paragraph.start else " "
    after = text[position + 1] if position + 1 < paragraph.end else " "
    return not after.isspace() and (before.isspace() or before in "([{—–-/“„«‘\"'…:")


class _Marks:
    """The quotation marks of one paragraph; each kind is read once, however many quotations it seems to open."""

    def __init__(self, text: str, paragraph: Span) -> None:
        self._text = text
        self._paragraph = paragraph
        self._ends: dict[str, dict[int, int]] = {}

    def end_of(self, opening: int) -> int | None:
        """Where the quotation ends that the mark at ``opening`` opens; None when the mark opens none."""
        mark = self._text[opening]
        if mark not in self._ends:
            self._ends[mark] = self._read(mark)
        end = self._ends[mark].get(opening)
        if end is None and mark == "“":  # closed by the keyboard's mark
            at = bisect_right(self._straight, opening)
            end = self._straight[at] + 1 if at < len(self._straight) else None
        return self._unclosed_end(opening) if end is None and mark in '“"„«' else end

    def _read(self, mark: str) -> dict[int, int]:
        """Every place of a mark that is closed -> behind its closing mark, or behind a nested one's for want of it.

        Read from the end, with the depth of nesting so far: a quotation ends where it is first one less.
        """
        ends: dict[int, int] = {}
        shallower: dict[int, int] = {}  # depth -> the next place that has it
        depth, closing, again = 0, -1, -1  # the next place that closes anything, that has the mark again
        places = [found.start() for found in _OF_KIND[mark].finditer(self._text, *self._borders)]
        for place in reversed(places):
            closes = self._text[place] in _PAIRS[mark] and not self._is_apostrophe(mark, place, again)
            is_mark = self._text[place] == mark
            if is_mark and closing >= 0:
                ends[place] = shallower.get(depth - 1, closing) + 1
            shallower[depth] = place
            depth += 1 if closes else -1 if is_mark else 0
            closing = place if closes else closing
            again = place if is_mark else again
        return ends

    def _is_apostrophe(self, mark: str, place: int, again: int) -> bool:
        """Say whether a single closing mark is an apostrophe: in a word, or a plural's, with a closing mark to come."""
        if mark not in _SINGLE:
            return False
        text, limit = self._text, self._paragraph.end
        following = text[place + 1] if place + 1 < limit else " "
        if following.isalnum():
            return True
        before = text[place - 1] if place > self._paragraph.start else " "
        if before.isspace():  # ’90s, ’em
            return not following.isspace()
        if before != "s" or not _LOWER_WORD.match(text, place + 1, limit):
            return False
        at = bisect_right(self._quote_ends, place)
        return at < len(self._quote_ends) and (again < 0 or mark == "'" or self._quote_ends[at] < again)

    def _unclosed_end(self, opening: int) -> int:
        following = self._text[self._paragraph.end : self._paragraph.end + 3].lstrip()
        if following[:1] == self._text[opening]:
            return self._paragraph.end
        return self._sentence_ends[bisect_right(self._sentence_ends, opening)]

    @property
    def _borders(self) -> tuple[int, int]:
        return self._paragraph.start, self._paragraph.end

    @cached_property
    def _straight(self) -> list[int]:
        return [found.start() for found in _STRAIGHT.finditer(self._text, *self._borders)]

    @cached_property
    def _quote_ends(self) -> list[int]:
        return [found.start() for found in _QUOTE_END.finditer(self._text, *self._borders)]

    @cached_property
    def _sentence_ends(self) -> list[int]:
        return [sentence.end for sentence in _sentences(self._text, self._paragraph)]


# --- comparing and counting ------------------------------------------------------------------------------------------

_FOLDED = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛ʼ′‹›`´", "'"),
        **dict.fromkeys("“”„‟″«»", '"'),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        **{"ø": "o", "đ": "d", "ł": "l", "ı": "i", "æ": "ae", "œ": "oe"},
    }
)


_BEYOND_ASCII = re.compile("[^\x00-\x7f]")


def fold(text: str) -> str:
    """Make text that is compared and never shown: case, diacritics, kinds of quotation marks and dashes are levelled.

    The length changes (“ß” becomes “ss”, “…” three periods, a lone accent nothing), so positions in folded text mean
    nothing in the original. Every character is folded by itself: the whole is what its parts are, one after the other.
    """
    levelled = text.casefold().translate(_FOLDED)
    return levelled if levelled.isascii() else _BEYOND_ASCII.sub(_bare, levelled)


def _bare(match: re.Match[str]) -> str:
    return _without_marks(match[0])


@lru_cache(maxsize=4096)
def _without_marks(character: str) -> str:
    return "".join(one for one in unicodedata.normalize("NFKD", character) if not unicodedata.combining(one))


def utf16_offset(text: str, position: int) -> int:
    """Count the UTF-16 units before the code point at ``position``, which is how JavaScript counts.

    Raises:
        ValueError: ``position`` lies outside the text (its end is inside).
    """
    if not 0 <= position <= len(text):
        raise ValueError(f"position {position} is outside a text of {len(text)} code points")
    return position + sum(character > "\uffff" for character in text[:position])
