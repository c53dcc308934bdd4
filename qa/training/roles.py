"""News articles -> questions about who is what, answered by the words that stand beside a name.

News names people with their roles: "Kremlin spokesman Dmitry Peskov", "Ann Low, the head of the port authority, said".
Each such place gives a row for the training of the reader: "Who is the Kremlin spokesman?" with the name as its answer,
or "Who is Dmitry Peskov?" with the role as its. Question sets hold few questions of this kind, and people who look into
an archive ask little else.

What this does not know: grammar. A role ends where a name begins, so that "Sunday captain Ann Low" may be a role; such
rows are few. A passage that names two people for one role gives none.

    python -m qa.training.roles ARCHIVE.jsonl.gz --output news_roles.jsonl.gz
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from qa.text import fold
from qa.training.negatives import passages_of

__all__ = ["questions_in", "rows_of"]

MOST_OF_ONE = 3  # rows of one question, over all articles

_TITLE = (
    r"(?:(?:[Pp]rime|[Ff]oreign|[Dd]efen[cs]e|[Ff]inance|[Ii]nterior|[Hh]ealth|[Jj]ustice|[Ee]ducation) [Mm]inister"
    r"|(?:[Vv]ice|[Dd]eputy|[Aa]ssistant|[Ss]pecial|[Cc]hief) (?:[Pp]resident|[Ee]nvoy|[Ee]xecutive|[Jj]ustice"
    r"|[Ss]ecretary|[Mm]inister|[Dd]irector|[Oo]fficer|[Cc]hief)"
    r"|[Aa]ttorney [Gg]eneral|[Ss]pokes(?:man|woman|person)|[Pp]resident|[Cc]hancellor|[Mm]inister"
    r"|[Ss]ecretary(?: of [Ss]tate)?|CEO|[Dd]irector|[Cc]hair(?:man|woman)?|[Cc]oach|[Mm]ayor"
    r"|[Gg]overnor|[Cc]ommissioner|[Aa]mbassador|[Ee]nvoy|[Ll]eader|[Cc]aptain|[Ff]ounder|[Cc]hief"
    r"|[Pp]rosecutor|[Aa]ttorney|[Mm]anager|[Ss]peaker|[Pp]rofessor|[Aa]nalyst|[Ee]ditor"
    r"|[Qq]uarterback|[Gg]oalkeeper|[Aa]dviser|[Hh]ead|[Oo]wner|[Pp]rincipal|[Ss]uperintendent"
    r"|[Ss]heriff|[Cc]urator|[Ss]inger|[Aa]ctor|[Aa]ctress|[Aa]uthor|[Dd]oorman|[Ww]inner)"
)
_PART = r"(?!General\b|Executive\b)[A-Z][a-zA-Z]*[a-z](?:[-’'](?!s\b)[A-Z]?[a-z]+)?"
_NAME = rf"{_PART}(?: [A-Z]\.)?(?: (?:de|van|von|al|bin|der|la))?(?: {_PART}){{1,2}}"
_OF = r"(?:U\.S\.|(?!The|A|An|And|But|In|On|At|As|For|With|While|When|If|Former|Mr|Mrs|Ms|Dr)[A-Z][\w&.-]*)(?:[’']s?)?"
_BEFORE = re.compile(
    rf"(?<!and )(?<!of )(?<!& )\b(?P<role>{_OF}(?: {_OF}){{0,2}}(?: [a-z]+)? {_TITLE}),? (?P<name>{_NAME})\b"
)
_AFTER = re.compile(
    rf"\b(?P<name>{_NAME}), (?:the |an? )?(?P<role>(?:[\w’'-]+ ){{0,3}}{_TITLE}"
    rf" (?:of|at|for) (?:the )?[A-Z][\w’'&.-]*(?: (?:of |and |for )?[A-Z][\w’'&.-]*){{0,4}})(?=[,.])"
)
_BARE = re.compile(_TITLE)
_WHO = (
    "Who is the {}?",
    "who is the {}",
    "Who's the {}?",
    "What is the name of the {}?",
    "who is {}",
    "Who was the {}?",
)
_WHAT = ("Who is {}?", "who is {}", "What is {}'s job?", "What is the role of {}?", "who's {}")


def questions_in(passage: str) -> Iterator[tuple[str, int, str]]:
    """Yield (question, start of its answer, answer) for the roles of a passage; one question has one answer."""
    every = [match for pattern in (_BEFORE, _AFTER) for match in pattern.finditer(passage)]
    found = [match for match in every if not _BARE.fullmatch(match["role"])]
    for match in found:
        role, name = match["role"], match["name"]
        rivals = {fold(other["name"]) for other in found if fold(other["role"]) == fold(role)}
        if len(rivals) == 1:
            owned = re.match(r"[A-Z][\w.-]*[’']", role)
            asked = [form.replace("the {}", "{}") if owned else form for form in _WHO]
            yield _drawn(asked, role).format(role), match.start("name"), name
        if sum(fold(other["name"]) == fold(name) for other in found) == 1:
            yield _drawn(_WHAT, name).format(name), match.start("role"), role


def _drawn(forms: Sequence[str], seed: str) -> str:
    """One of the forms, always the same for the same seed."""
    return forms[hashlib.sha256(seed.encode()).digest()[0] % len(forms)]


def rows_of(articles: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield rows as the question-answering sets have them, in the order of the articles."""
    asked: dict[str, int] = {}
    for article in articles:
        for passage in passages_of(article["content"]):
            for question, start, answer in questions_in(passage):
                asked[question] = asked.get(question, 0) + 1
                if asked[question] <= MOST_OF_ONE:
                    named = hashlib.sha256(f"{question}\n{passage}".encode()).hexdigest()[:16]
                    yield {
                        "id": f"news_roles:{named}",
                        "dataset": "news_roles",
                        "title": "",
                        "context": passage,
                        "question": question,
                        "answers": [{"text": answer, "start": start}],
                        "split": "train",
                    }


def main(arguments: Sequence[str] | None = None) -> None:
    """Write the rows of an archive."""
    parser = argparse.ArgumentParser(prog="python -m qa.training.roles", description=__doc__)
    parser.add_argument("archive", type=Path, help="articles as JSON Lines (gz) with `content`")
    parser.add_argument("--output", type=Path, required=True)
    chosen = parser.parse_args(arguments)
    with gzip.open(chosen.archive, "rt", encoding="utf-8") as lines, gzip.open(chosen.output, "wt") as output:
        for row in rows_of(map(json.loads, lines)):
            output.write(json.dumps(row, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
