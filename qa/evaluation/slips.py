"""Questions about a news archive, each with a slip in one word -> what is answered without it, with it, with it mended.

    QA_DATA_DIR=FOLDER python -m qa.evaluation.slips [QUESTIONS.jsonl] [--half tune|report] [--seed 7]
                       [--output docs/results/slips-DATE.md] [--show]

Every question that the archive answers (as :mod:`qa.evaluation.news` has them) is asked three times: as it stands; with
one letter of one word wrong, and nothing mended; the same, read as ever. The word is one of four letters and more
without a digit, a third of the time one that questions are made of where there is one, chosen by the seed, and so is
the slip: a letter dropped, doubled, exchanged with the next, or replaced by any other. Counted are also slips that
became the word that was meant, another, or none ("stood").

What this does not know: which slips people make.
"""

from __future__ import annotations

import argparse
import random
import string
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from qa.assistant import Assistant
from qa.evaluation.filing import commit, deliver, machine
from qa.evaluation.gate import reader_digest
from qa.evaluation.news import ANSWERABLE, HALVES, QUESTIONS, Told, judge, read_questions
from qa.questions import STOP_WORDS
from qa.settings import load_settings
from qa.text import fold, word_spans

__all__ = ["Slip", "main", "render", "slipped"]

_LEAST = 4  # letters of a word in which a slip is made
_KINDS = ("dropped", "doubled", "exchanged", "replaced")


@dataclass(frozen=True, slots=True)
class Slip:
    """A question with a slip: the word as it was meant and as it is typed, and which kind of slip it is."""

    text: str
    meant: str
    typed: str
    kind: str


def slipped(question: str, chance: random.Random) -> Slip | None:
    """Make one slip in one word of a question; None where no word is long enough."""
    spans = [span for span in word_spans(question) if len(word := span.of(question)) >= _LEAST and word.isalpha()]
    asking = [span for span in spans if fold(span.of(question)) in STOP_WORDS]
    telling = [span for span in spans if span not in asking]
    if not spans:
        return None
    span = chance.choice(asking if asking and (not telling or chance.random() < 1 / 3) else telling)
    meant, kind = span.of(question), chance.choice(_KINDS)
    typed = meant
    while typed == meant:
        at = chance.randrange(1, len(meant) - 1)
        before, letter, after = meant[:at], meant[at], meant[at + 1 :]
        typed = {
            "dropped": before + after,
            "doubled": before + letter * 2 + after,
            "exchanged": before + after[0] + letter + after[1:],
            "replaced": before + chance.choice(string.ascii_lowercase) + after,
        }[kind]
        kind = chance.choice(_KINDS) if typed == meant else kind
    return Slip(question[: span.start] + typed + question[span.end :], meant, typed, kind)


def render(told: Sequence[tuple[Slip, Told, Told, Told, str | None]], articles: int) -> str:
    """Write what was counted as a page of Markdown; of each: slip, as it stands, unmended, mended, the word read."""
    return "\n".join(
        [
            f"# A slip in one word of a question, {datetime.now(UTC):%Y-%m-%d}",
            "",
            f"{machine()}; commit {commit()}; reader `{reader_digest()[:16]}`; {articles} articles; "
            f"{len(told)} answerable questions.",
            "",
            "| asked | answered | right | of those answered, wrong |",
            "|---|---|---|---|",
            f"| as it stands | {_counted([one for _, one, *_ in told])} |",
            f"| with a slip, nothing mended | {_counted([one for _, _, one, *_ in told])} |",
            f"| with a slip, mended | {_counted([one for *_, one, _ in told])} |",
            "",
            "| slip | made | read as meant | as another word | stood |",
            "|---|---|---|---|---|",
            *(
                _became(kind, [one for one in told if kind in ("**all**", one[0].kind)])
                for kind in (*_KINDS, "**all**")
            ),
            "",
        ]
    )


def _counted(told: Sequence[Told]) -> str:
    given = [one for one in told if one.said is not None]
    right = sum(one.right for one in given)
    return f"{len(given)} | {right} | {len(given) - right}"


def _became(kind: str, told: Sequence[tuple[Slip, Told, Told, Told, str | None]]) -> str:
    became = Counter("stood" if read is None else str(fold(read) == fold(slip.meant)) for slip, *_, read in told)
    return f"| {kind} | {len(told)} | {became['True']} | {became['False']} | {became['stood']} |"


def main(arguments: Sequence[str] | None = None) -> None:
    """Ask the questions and print the page, or write it with ``--output``."""
    parser = argparse.ArgumentParser(prog="python -m qa.evaluation.slips", description=main.__doc__)
    parser.add_argument("questions", nargs="?", type=Path, default=QUESTIONS)
    parser.add_argument("--half", choices=HALVES)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--show", action="store_true", help="list what was not read as it was meant")
    parser.add_argument("--output", type=Path, help="write the page here instead of printing it")
    options = parser.parse_args(arguments)
    chance = random.Random(options.seed)  # noqa: S311  # no secret
    rows = [row for row in read_questions(options.questions, options.half) if row["kind"] == ANSWERABLE]
    told = []
    settings = load_settings()
    off = settings.model_copy(update={"answering": settings.answering.model_copy(update={"mend_slips": False})})
    with Assistant.open(settings) as assistant, Assistant.open(off) as unmended:
        for row in rows:
            if (slip := slipped(row["question"], chance)) is None:
                continue
            mended = assistant.ask(slip.text)
            read = next((one.value for one in mended.question.carried if one.words == slip.typed), None)
            as_it_stands, as_typed = assistant.ask(row["question"]), unmended.ask(slip.text)
            told.append((slip, judge(row, as_it_stands), judge(row, as_typed), judge(row, mended), read))
        page = render(told, assistant.status().articles)
    for slip, *_, read in told:
        if options.show and (read is None or fold(read) != fold(slip.meant)):
            sys.stdout.write(f"{slip.kind} {slip.meant} -> {slip.typed}: {read or 'stood'}\n")
    deliver(page, options.output)


if __name__ == "__main__":
    main()
