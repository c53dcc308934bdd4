"""robots.txt as RFC 9309 has it."""

from __future__ import annotations

import time

import pytest

from qa.ingestion.robots import EVERYTHING, NOTHING, rules_of

SITE = "https://gazette.example"


def _allows(body: str, path: str, name: str = "OnRecord") -> bool:
    return rules_of(body.encode(), name).allow(SITE + path)


@pytest.mark.parametrize(
    ("rule", "path", "allowed"),
    [
        ("Disallow: /", "/a", False),
        ("Disallow:", "/a", True),
        ("Disallow: /private", "/private/a", False),
        ("Disallow: /private", "/public", True),
        ("Disallow: /\nAllow: /news", "/news/a", True),
        ("Allow: /news\nDisallow: /news", "/news", True),
        ("Disallow: /news\nAllow: /news/free", "/news/free/a", True),
        ("Disallow: /*.pdf$", "/a/b.pdf", False),
        ("Disallow: /*.pdf$", "/a/b.pdf?x=1", True),
        ("Disallow: /*?print", "/a?print=1", False),
        ("Disallow: /a*b*c", "/axxbxxc/d", False),
        ("Disallow: /a*b*c", "/axxcxxb", True),
        ("Disallow: /caf%C3%A9", "/café", False),
        ("Disallow: /x # a comment", "/x", False),
        ("Disallow: /ab$", "/ab", False),
        ("Disallow: /ab$", "/abc", True),
        ("Disallow: /a*$", "/abc", False),
    ],
)
def test_the_longest_rule_decides(rule: str, path: str, allowed: bool) -> None:
    assert _allows(f"User-agent: *\n{rule}", path) is allowed


def test_the_groups_that_name_us_count_before_those_for_all() -> None:
    body = "User-agent: *\nDisallow: /\n\nUser-agent: other\nUser-Agent: onrecord\nDisallow: /x\nCrawl-delay: 5"
    assert _allows(body, "/a")
    assert not _allows(body, "/x")
    assert not _allows(body, "/a", "somebody")
    assert rules_of(body.encode(), "OnRecord").delay_s == 5


def test_two_groups_of_one_name_are_one() -> None:
    body = "User-agent: onrecord\nDisallow: /a\nUser-agent: *\nDisallow: /\nUser-agent: onrecord\nDisallow: /b"
    assert (_allows(body, "/a"), _allows(body, "/b"), _allows(body, "/c")) == (False, False, True)


def test_what_is_no_robots_file_forbids_nothing() -> None:
    for body in (b"", b"<html>not found</html>", b"\xff\xfe\x00", b"Disallow: /"):
        assert rules_of(body, "OnRecord").allow(f"{SITE}/a")
    assert EVERYTHING.allow(SITE)
    assert not NOTHING.allow(SITE)


def test_a_delay_is_bounded() -> None:
    assert rules_of(b"User-agent: *\nCrawl-delay: 99999", "OnRecord").delay_s == 60
    assert rules_of(b"User-agent: *\nCrawl-delay: soon", "OnRecord").delay_s == 0


def test_no_rule_takes_for_ever() -> None:
    rules = rules_of(b"User-agent: *\nDisallow: /" + b"*a" * 2_000 + b"$", "OnRecord")
    begun = time.monotonic()
    assert rules.allow(f"{SITE}/{'a' * 1_900}b")
    assert time.monotonic() - begun < 5
