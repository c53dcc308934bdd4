"""A host's ``robots.txt`` -> which of its addresses a program of ours may ask for, and how long it waits.

As RFC 9309 (https://www.rfc-editor.org/rfc/rfc9309) has it: the groups that name us count, else those for all; the
longest rule that fits an address decides, and ``Allow`` where two are equal; ``*`` and ``$`` mean what they do there.
``Crawl-delay`` is not in it and widely used. What this does not know: how the file was fetched.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import quote, unquote, urlsplit

__all__ = ["EVERYTHING", "NOTHING", "Rules", "rules_of"]

_MOST_BYTES = 500 * 1024  # as the RFC asks for at least
_LONGEST_DELAY_S = 60.0


@dataclass(frozen=True, slots=True)
class Rules:
    """What one program may ask of one host: (allowed, the rule's path), and seconds between two requests."""

    rules: tuple[tuple[bool, str], ...] = ()
    delay_s: float = 0.0

    def allow(self, address: str) -> bool:
        """Whether this address of the host may be asked for."""
        parts = urlsplit(address)
        path = _plain(parts.path or "/") + (f"?{_plain(parts.query)}" if parts.query else "")
        fitting = [(len(rule), allowed) for allowed, rule in self.rules if _fits(rule, path)]
        return max(fitting)[1] if fitting else True


EVERYTHING = Rules()
NOTHING = Rules(((False, "/"),))


@dataclass
class _Group:
    names: list[str] = field(default_factory=list)
    rules: list[tuple[bool, str]] = field(default_factory=list)
    delay_s: float = 0.0
    begun: bool = False


def rules_of(body: bytes, name: str) -> Rules:
    """Read a ``robots.txt`` for the program ``name``; lines that say nothing known are passed over."""
    groups: list[_Group] = []
    for line in body[:_MOST_BYTES].decode("utf-8-sig", "replace").splitlines():
        key, mark, value = line.partition("#")[0].partition(":")
        key, value = key.strip().lower(), value.strip()
        if not mark:
            continue
        if key == "user-agent":
            if not groups or groups[-1].begun:
                groups.append(_Group())
            groups[-1].names.append(value.lower())
        elif groups:
            _note(groups[-1], key, value)
    ours = [group for group in groups if name.lower() in group.names] or [one for one in groups if "*" in one.names]
    rules = tuple(rule for group in ours for rule in group.rules)
    return Rules(rules, max((group.delay_s for group in ours), default=0.0))


def _note(group: _Group, key: str, value: str) -> None:
    group.begun = group.begun or key in {"allow", "disallow", "crawl-delay"}
    if key in {"allow", "disallow"} and value:
        group.rules.append((key == "allow", _plain(value)))
    elif key == "crawl-delay" and re.fullmatch(r"\d{1,6}(\.\d{1,6})?", value):
        group.delay_s = min(_LONGEST_DELAY_S, float(value))


def _fits(rule: str, path: str) -> bool:
    """Whether a rule fits the beginning of a path; not by a pattern, since a rule can be made to take for ever."""
    *pieces, last = rule.removesuffix("$").split("*")
    at = 0
    for number, piece in enumerate(pieces):
        found = path.find(piece, at) if number else (0 if path.startswith(piece) else -1)
        if found < 0:
            return False
        at = found + len(piece)
    if not rule.endswith("$"):
        return path.find(last, at) >= 0 if pieces else path.startswith(last)
    return path == last if not pieces else path.endswith(last) and len(path) - len(last) >= at


def _plain(part: str) -> str:
    """One spelling of a path, so that ``%7E`` and ``~`` are one."""
    return quote(unquote(part), safe="/%*$&+,;=:@!'()?~[]")
