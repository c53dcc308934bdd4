"""Names of organisations -> which capitals stand for which of them.

"CDC" is the Centers for Disease Control and Prevention where the archive has one body alone that the letters can stand
for: its initials, or those of what stands before an "and". Promise: where several could be meant, the letters are the
one's that nearly all articles name, or nobody's; a body that only one article names is nobody's long name.

What it does not know: letters that are no initials ("the Fed"), and bodies whose long name no article prints.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence

from qa.types import Naming

__all__ = ["same_bodies"]

_FEWEST_LETTERS = 3
_LEAST, _SHARE = 2, 0.8  # articles with the long name, and their share of those with any name that has the initials
_ACRONYM = re.compile(r"(?:[A-Z]\.?){3,}")
_WORD = re.compile(r"(?:[A-Z]\.)+|[\w&]+(?:[’'][\w]+)*")


def same_bodies(told: Mapping[str, Sequence[Naming]], fixed: Collection[str] = ()) -> list[tuple[str, str]]:
    """Find pairs of a long name and the capitals that stand for it.

    Args:
        told: every organisation's folded name, with how articles name it so.
        fixed: names of which a user has decided who they are; they are in no pair.
    """
    long: dict[str, dict[str, int]] = defaultdict(dict)  # initials -> names that have them -> articles
    for key, each in told.items():
        for letters in set(_initials(each[0].name)):
            long[letters][key] = sum(one.articles for one in each)
    pairs = []
    for key, each in told.items():
        letters = each[0].name.replace(".", "")
        if key in fixed or not _ACRONYM.fullmatch(each[0].name) or letters not in long:
            continue
        owner = max(long[letters], key=lambda name: long[letters][name])
        if owner not in fixed and long[letters][owner] >= max(_LEAST, _SHARE * sum(long[letters].values())):
            pairs.append((owner, key))
    return pairs


def _initials(name: str) -> Iterator[str]:
    """The initials of the words with a capital, of all and of those before "and", where they are three or more."""
    words = _WORD.findall(name)
    for some in (words, words[: words.index("and")] if "and" in words else []):
        letters = "".join(word.replace(".", "") if "." in word else word[0] for word in some if word[0].isupper())
        if len(some) > 1 and len(letters) >= _FEWEST_LETTERS:
            yield letters
