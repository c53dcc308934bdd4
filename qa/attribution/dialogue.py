"""Lines that begin with who speaks -> whole answers: interviews, records of courts and parliaments.

A *label* is what stands before the colon at the head of a line: a name ("ILSE GRANDISON:"), a letter ("Q.", "A:"), an
office with a name ("The Minister for Transport (Sir Edwin Crake):"). Labels that alternate and ask make a dialogue,
and what follows an answer up to the next label belongs to it; a single label counts where the network has read it as
one and the words show that somebody speaks: they are quoted, in the first person, an answer, or an office's. Letters
stand for the two whom other labels, the headline or the lines above the first question name. Promise: no line that only
looks like a label speaks, be it a note ("Update:"), a link ("Ferries:What to know") or an entry of a list ("Ilse Varn:
Varn won in 2019"). The word to look for: transcript, interview, label.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from qa import deadline
from qa.attribution.capitals import CAPITALS, find_names, split_name
from qa.attribution.drafts import Draft, Page, claimed
from qa.attribution.lexicon import DOCUMENTS, NOT_PEOPLE, ROLES
from qa.attribution.masking import find_quotations, mask_quotations, touching
from qa.attribution.phrases import is_capitalised
from qa.attribution.places import is_place
from qa.text import fold
from qa.types import Resolution, Span

__all__ = ["spoken"]

_LINE = re.compile(r"[^\n]+")
_LETTER = re.compile(r"(?P<label>[QA]|Question|Answer)(?P<cue>\s?[.:])\s+(?=\S)")
_LABEL = re.compile(rf"(?P<label>[{CAPITALS}][^\n:?!“”\"]{{1,90}}?)\s?(?P<cue>:)\s+(?=\S)")
_PARENTHESIS = re.compile(r"\s*\(([^()]*)\)")
_SMALL = frozenset(("of", "for", "the", "and", "de", "von", "van", "to"))
_NO_LABELS = DOCUMENTS | {
    *("update", "updated", "photo", "photos", "picture", "note", "correction", "editor", "watch", "read", "more"),
    *("related", "source", "sources", "video", "caption", "credit", "contact", "date", "time", "where", "when", "what"),
    *("why", "who", "how", "tickets", "price", "warning", "breaking", "exclusive", "analysis", "opinion"),
}
_ASKER = re.compile(r"\b(?:question|interviewer|moderator|reporter|journalist|host)\b", re.IGNORECASE)
_TO = re.compile(
    r"\b(?:interview(?:s|ed|ing)?|questions?|q ?& ?a|q and a|conversation|chat|talk(?:s|ed|ing)?|sp(?:eaks?|oke)|"
    r"answers?)\b[^.]{0,40}?\b(?:with|to|for|from|by)\s*\Z",
    re.IGNORECASE,
)
_OWN_WORDS = re.compile(
    r"\b(?:I|[Ww]e|[Mm]y|[Oo]ur|me|us)(?:[’'](?:m|ve|re|d|ll))?\b"
    r"|\A(?:Yes|No|Yeah|Well|Sure|Absolutely|Of course)\b[,.!]"
)
# What a paper says to its readers: "Join our channel".
_INVITES = re.compile(r"(?:Join|Sign|Subscribe|Follow|Get|See|Read|Click|Check|Listen|Watch|Download|Take|Try)\b")
_LONGEST_LABEL = 9  # words
_SHORTEST = 3  # letters; fewer in capitals are initials
_SURE = 0.9


@dataclass(frozen=True, slots=True)
class Turn:
    """A line that begins with a label, and what is said in it and in the lines that go on."""

    label: Span
    cue: Span
    content: tuple[Span, ...]
    letter: str = ""

    def asks(self, text: str) -> bool:
        """Whether it ends in a question."""
        return self.content[-1].of(text).rstrip('”" ')[-1:] == "?"


def spoken(page: Page, drafts: list[Draft]) -> list[Draft]:
    """Give the lines of a dialogue to those who speak in them."""
    turns = list(_turns(page))
    talking = _talking(page, turns)
    known = _Known(page, turns)
    pair = _pair(page, turns, known) if any(turn.letter for turn in turns) else {}
    network = _by_turn(drafts, turns)
    found: list[Draft] = []
    for turn in turns:
        deadline.check()
        read = network.get(turn.label, [])
        dialogue = turn.label in talking
        speaks = _answers(page, turn) or _speaks(page, turn.label, turn.content)
        if not dialogue and (turn.letter or not read or not speaks):
            continue
        letter = turn.letter
        stands_for, named = pair.get(letter, (None, None)) if letter else _meant(page, turn, known)
        role = bool(_ASKER.fullmatch(turn.label.of(page.text)))
        how = Resolution.TITLE if letter else None if stands_for is None else Resolution.NAMED
        found.append(
            Draft(
                turn.label,
                turn.cue,
                turn.content,
                _SURE if dialogue else max(read[0].confidence, 0.6),
                stands_for=stands_for,
                named=named,
                said=True,
                unknown=bool(letter or role) and not (stands_for or named),
                how=how or (Resolution.NAMED if named else None),
            )
        )
    labels = {one.source for one in found}
    replaced = {id(one) for label in labels if label for one in network.get(label, ())}
    rest = [
        one
        for one in drafts
        if id(one) not in replaced and one.source not in labels - {None} and not _is_note(page, one)
    ]
    return [*claimed(rest, [part for one in found for part in one.content]), *found]


def _by_turn(drafts: Sequence[Draft], turns: Sequence[Turn]) -> dict[Span, list[Draft]]:
    """The drafts that read each turn, by its label."""
    whole = {Span(turn.label.start, turn.content[-1].end): turn for turn in turns}
    regions = list(whole)
    reading: dict[Span, list[Draft]] = {}
    for draft in drafts:
        near = {region for part in draft.content for region in touching(regions, part)}
        for turn in (whole[region] for region in near):
            if _reads(draft, turn):
                reading.setdefault(turn.label, []).append(draft)
    return reading


def _reads(draft: Draft, turn: Turn) -> bool:
    """Whether a draft has the turn's label for a source or its colon for a cue."""
    labelled = draft.source is not None and draft.source.overlaps(turn.label)
    return (labelled or (draft.cue is not None and draft.cue.overlaps(turn.cue))) and any(
        one.overlaps(part) for one in draft.content for part in turn.content
    )


def _turns(page: Page) -> Iterator[Turn]:
    """Read the labelled lines; a line without a label goes on a turn only where another turn follows."""
    last: Turn | None = None
    going: list[Span] = []
    for line in _LINE.finditer(page.text):
        label = _labelled(page, line)
        if label is None:
            going.append(Span(*line.span()))
            continue
        if last:
            yield _with(last, going, page)
        last, going = label, []
    if last:
        yield last


def _with(turn: Turn, going: Sequence[Span], page: Page) -> Turn:
    """A turn with the paragraphs that go on: those that tell of nobody's speech in the third person.

    A question right above the next label is whoever's who asks there, not the end of an answer.
    """
    if going and going[-1].of(page.text).endswith("?") and not turn.asks(page.text):
        going = going[:-1]
    if any("“" in one.of(page.masked) or one.of(page.text)[0] in "([*" for one in going):
        return turn
    return Turn(turn.label, turn.cue, (*turn.content, *going), turn.letter)


def _labelled(page: Page, line: re.Match[str]) -> Turn | None:
    letter = _LETTER.match(page.text, *line.span())
    match = letter or _LABEL.match(page.text, *line.span())
    if match is None or not (letter or _is_label(match["label"])) or match.end() >= line.end():
        return None
    cue = match["cue"]
    at = Span(match.end("cue") - len(cue.strip()), match.end("cue"))
    content = Span(match.end(), line.end())
    return Turn(Span(*match.span("label")), at, (content,), letter["label"][0] if letter else "")


def _is_label(label: str) -> bool:
    """Whether words before a colon can be somebody: capitals, particles, and no word that heads a note."""
    bare = _PARENTHESIS.sub("", label)
    words = bare.split()
    if not words or len(words) > _LONGEST_LABEL or is_place(bare) or is_place(bare.title()):
        return False
    if any(fold(word).strip(".,’'s") in _NO_LABELS for word in words):
        return False
    return all(is_capitalised(word) or word in _SMALL or word.isdigit() for word in words)


def _talking(page: Page, turns: Sequence[Turn]) -> set[Span]:
    """The labels of a dialogue's turns: those who ask or answer a question, wherever they speak."""
    named = {turn.label: _called(page, turn) for turn in turns}
    pairs = [
        (one, other) for one, other in pairwise(turns) if one.asks(page.text) and named[one.label] != named[other.label]
    ]
    names = {named[turn.label] for pair in pairs for turn in pair}
    return {turn.label for turn in turns if named[turn.label] in names or (names and turn.letter)}


def _called(page: Page, turn: Turn) -> str:
    """What a label calls somebody, in one spelling: "ILSE GRANDISON" and "Grandison" are one."""
    bare = _PARENTHESIS.sub("", turn.label.of(page.text)).split() or [turn.label.of(page.text)]
    return fold(bare[-1])


def _speaks(page: Page, label: Span, content: Sequence[Span]) -> bool:
    """Whether words behind a label are somebody's: quoted, in the first person, an answer, or those of an office.

    Whoever is named in them is told about.
    """
    if any(True for part in content for _ in touching(page.quotations, part)):
        return True
    bare = [fold(word).strip(".,()’'") for word in label.of(page.text).split()]
    words = {fold(word).strip(".,;:’'") for part in content for word in part.of(page.text).split()}
    if bare[-1] in words:
        return False
    if _INVITES.match(content[0].of(page.text)):
        return False
    return bool(ROLES & set(bare)) or any(_OWN_WORDS.search(part.of(page.text)) for part in content)


def _answers(page: Page, turn: Turn) -> bool:
    """Whether the line above a turn asks a question, with or without a label."""
    above = page.text[: turn.label.start].rstrip()
    return above[-1:] == "?" and len(above.rpartition("\n")[2].split()) > 2


def _is_note(page: Page, draft: Draft) -> bool:
    """Whether a draft takes the head of a line for a speaker whose words nothing shows to be spoken."""
    if draft.cue is None or not draft.cue.of(page.text).endswith(":"):
        return False
    begins = page.text.rfind("\n", 0, draft.cue.start) + 1
    ends = page.text.find("\n", draft.cue.end)
    if begins == draft.cue.end - 1:
        return False
    label = Span(begins, draft.cue.end - 1)
    if (
        (draft.cue.of(page.text) != ":" and not _is_label(label.of(page.text)))
        or "“" in label.of(page.masked)
        or len(label.of(page.text).split()) > _LONGEST_LABEL
    ):
        return False
    behind = all(draft.cue.end <= one.start and (ends < 0 or one.start < ends) for one in draft.content)
    return behind and not _speaks(page, label, draft.content)


class _Known:
    """The full names that a page has, read once: in its labels, its head and its text."""

    def __init__(self, page: Page, turns: Sequence[Turn]) -> None:
        self._page = page
        self.labels = [
            " ".join(map(_cased, split_name(label)[1]))
            for label in dict.fromkeys(turn.label.of(page.text) for turn in turns)
        ]
        self.head = (*_names(page.article.title), *_names(page.article.byline or ""))

    @cached_property
    def text(self) -> list[str]:
        """Those in the text, each once."""
        return list(dict.fromkeys(_names(self._page.masked)))


def _meant(page: Page, turn: Turn, known: _Known) -> tuple[Span | None, str | None]:
    """Where a label has its name, or the name that it shortens: "ILSE GRANDISON" is Ilse Grandison."""
    label = turn.label.of(page.text)
    for inside in _PARENTHESIS.finditer(label):
        if set(map(fold, _PARENTHESIS.sub("", label).split())) & ROLES and len(_names(inside[1])) == 1:
            return Span(*inside.span(1)).shifted(turn.label.start), None
    title, name = split_name(_PARENTHESIS.sub("", label))
    words = [fold(word) for word in name]
    if not words:
        return None, None
    for read in (lambda: known.labels, lambda: known.head, lambda: known.text):
        same = {one for one in read() if not one.isupper() and " " in one and _is_called(one, words)}
        if len(same) == 1:
            return _where(page, same.pop())
    if label.isupper() and not any(word in NOT_PEOPLE for word in words) and (title or len(words) > 1):
        return None, " ".join(_cased(word) for word in name)
    return None, None


def _where(page: Page, name: str) -> tuple[Span | None, str | None]:
    """The place of a name in the text, where its role may stand beside it; the name alone where only a head has it."""
    at = re.search(rf"\b{re.escape(name)}\b", page.masked)
    return (Span(*at.span()), None) if at else (None, name)


def _is_called(name: str, words: Sequence[str]) -> bool:
    own = fold(name).split()
    return own == list(words) or (len(words) == 1 and own[-1] == words[0])


def _cased(word: str) -> str:
    """A word in capitals as names are written: "O’NEILL-HALL" -> "O’Neill-Hall"."""
    if not word.isupper() or len(word.strip(".")) < _SHORTEST:
        return word
    return re.sub(r"[^\W\d_]+", lambda part: part[0].capitalize(), word)


def _names(text: str) -> list[str]:
    """Full names in a text, in order."""
    masked = mask_quotations(text, find_quotations(text))
    return [" ".join(one.words) for one in find_names(masked) if len(one.words) > 1]


def _pair(page: Page, turns: Sequence[Turn], known: _Known) -> dict[str, tuple[Span | None, str | None]]:
    """Whom "Q" and "A" stand for: those whom other labels show asking and answering, else whom the head names."""
    asking, answering = Counter[Span](), Counter[Span]()
    first: dict[str, Span] = {}
    for turn in turns:
        if not turn.letter and not _ASKER.search(turn.label.of(page.text)):
            key = first.setdefault(fold(turn.label.of(page.text)).split()[-1], turn.label)
            (asking if turn.asks(page.text) else answering)[key] += 1
    found: dict[str, tuple[Span | None, str | None]] = {}
    for letter, ones, others in (("Q", asking, answering), ("A", answering, asking)):
        named = [one for one, count in ones.most_common() if count > others[one]]
        if len(named) == 1:
            turn = next(turn for turn in turns if turn.label == named[0])
            where, name = _meant(page, turn, known)
            found[letter] = (where or (None if name else turn.label), name)
    asker, answerer = _in_head(page, turns[0].label.start)
    if "A" not in found and answerer:
        found["A"] = _where(page, answerer)
    if "Q" not in found and asker:
        found["Q"] = _where(page, asker)
    return found


def _in_head(page: Page, end: int) -> tuple[str | None, str | None]:
    """Who asks and who answers, by the headline, the byline and what stands above the first label."""
    byline = _names(page.article.byline or "")
    asker = byline[0] if len(byline) == 1 else None
    title, above = page.article.title, page.masked[:end]
    for text in (title, above):
        names = [one for one in dict.fromkeys(_names(text)) if one != asker]
        if len(names) == 1 and text is title:
            others = [one for one in dict.fromkeys(_names(above)) if one not in (names[0], asker)]
            return asker or (others[0] if len(others) == 1 else None), names[0]
        asked = [one for one in names if _TO.search(text[: text.find(one)])]
        if len(asked) == 1:
            others = [one for one in names if one != asked[0]]
            return asker or (others[0] if len(others) == 1 else None), asked[0]
        if len(names) == 1:
            return asker, names[0]
    return asker, None
