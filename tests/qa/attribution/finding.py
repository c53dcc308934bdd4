"""What either attributor finds in a fixed set of texts, and the file that holds it to the version of the code.

    python -m tests.qa.attribution.finding

writes the file anew. It refuses where other statements are found than before by the same version of the code.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from qa.assistant.keeping.attributing import ATTRIBUTION
from qa.attribution import RuleAttributor, TokenAttributor
from qa.attribution.version import VERSION
from qa.protocols import Attributor
from qa.types import Article, Span
from tests.newsprint import HARBOUR, article

FOUND = Path(__file__).with_name("found.json")
CONSTRUCTIONS = Path(__file__).with_name("constructions.txt")
COMMAND = "python -m tests.qa.attribution.finding"

Found = dict[str, int | str | list[str]]


def texts() -> list[Article]:
    """The fixed set, in own words."""
    return [article(text) for text in (HARBOUR, *CONSTRUCTIONS.read_text(encoding="utf-8").split("---\n"))]


def found_by(attributor: Attributor) -> list[str]:
    """Each statement in one line, without its confidence: the last digits of that are a processor's."""
    return [
        " | ".join(
            [
                " ".join(_words(one.source, of)),
                str(one.speaker and (one.speaker.name, one.speaker.role, one.speaker.resolution.value)),
                " ".join(_words(one.cue, of)),
                " … ".join(_words(one.content, of)),
                f"{one.form.value}, {one.kind.value}",
            ]
        )
        for of in texts()
        for one in attributor.attribute(of)
    ]


def found_now() -> Found:
    """What is found by the code as it is, with what it depends on."""
    token = TokenAttributor(ATTRIBUTION, threads=1)
    return {
        "version": VERSION,
        "weights": token.weights_digest,
        "texts": hashlib.sha256("".join(one.text for one in texts()).encode()).hexdigest(),
        "rules": found_by(RuleAttributor()),
        "model": found_by(token),
    }


def unannounced(before: Found, now: Found) -> list[str]:
    """Which attributors find something else although neither version nor weights nor texts have changed."""
    if (before["version"], before["texts"]) != (now["version"], now["texts"]):
        return []
    same_weights = before["weights"] == now["weights"]
    return [name for name in ("rules", "model") if before[name] != now[name] and (name == "rules" or same_weights)]


def read() -> Found:
    """The file."""
    content: Found = json.loads(FOUND.read_text(encoding="utf-8"))
    return content


def _words(spans: Sequence[Span], of: Article) -> list[str]:
    return [span.of(of.text) for span in spans]


def main() -> int:
    """Write the file, or say why not."""
    now = found_now()
    if FOUND.is_file() and (changed := unannounced(read(), now)):
        sys.stderr.write(f"{', '.join(changed)}: other statements by the same version. Raise qa.attribution.version.\n")
        return 1
    FOUND.write_text(json.dumps(now, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
