from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from qa.ingestion.addresses import login_of, web_address, without_login

# RFC 3986, with a host that is a name or an IPv6 address; brackets may also stand behind the host, as in browsers.
WELL_FORMED = re.compile(
    r"https?://(?:[a-z0-9._-]+|\[[0-9a-f:.]+\])(?::\d{1,5})?"
    r"(?:[/?#](?:[\w.~!$&'()*+,;=:@/?#[\]-]|%[0-9A-F]{2})*)?",
    re.ASCII | re.IGNORECASE,
)
anything = st.text(st.characters(), max_size=30)
pieces = st.sampled_from([*"%/\\?#@:[]&='\"<>` \t\x1b\x7f\x9b", "%41", "\u202e", "ü", "ß", "\ud800", "a", "1"])


@pytest.mark.parametrize(
    "address",
    [
        "https://courier.example/ferry",
        "http://courier.example:8080/a/b.html?id=1&x=%C3%BC;y#part-2",
        "https://courier.example/a'b(c)[d]~!$*+,=@",
        "https://[2001:db8::1]:80/x",
        "https://xn--mnchen-3ya.example/",
    ],
)
def test_a_well_formed_address_stays_as_it_is(address: str) -> None:
    assert web_address(address) == address


@pytest.mark.parametrize(
    ("raw", "address"),
    [
        ("https://x/\x1b[31mRED", "https://x/%1B[31mRED"),
        ('https://x/a b"><script>', "https://x/a%20b%22%3E%3Cscript%3E"),
        (" \x00HTTPS://Courier.\nExample/A ", "https://courier.example/A"),
        ("https://münchen.example/ä?ö#ü", "https://xn--mnchen-3ya.example/%C3%A4?%C3%B6#%C3%BC"),
        ("https://good.example\\@evil.example/", "https://good.example/@evil.example/"),
        ("https://user:word@courier.example/@user:1", "https://courier.example/@user:1"),
        ("https://x/?a\\b", "https://x/?a%5Cb"),
        ("https://x/100%/%zz%41", "https://x/100%25/%25zz%41"),
        ("https://x/\u202egpj", "https://x/%E2%80%AEgpj"),
    ],
)
def test_what_no_url_holds_is_encoded_as_in_a_browser(raw: str, address: str) -> None:
    assert web_address(raw) == address


@pytest.mark.parametrize(
    "raw",
    [
        "",
        "ferry",
        "javascript:alert(1)",
        "ftp://x/a",
        "https://",
        "https:///a",
        "http://[bad/x",
        "https://[fe80::1%25eth0]/",
        "https://a b/",
        "https://a..b/",
        "https://x:port/",
        "https://x:99999/",
        "https://x/\ud800",
        "https://straße.example/",  # the standard library knows only the older IDNA, which makes it another host
    ],
)
def test_what_is_no_address_of_the_web_is_none(raw: str) -> None:
    assert web_address(raw) is None


@given(
    st.builds(
        "{}{}{}".format,
        st.sampled_from(["https://", "HTTP://", "http:/\\", "https://x.example/", "https://x.example?", ""]),
        anything,
        st.lists(pieces, max_size=8).map("".join),
    )
)
@example("https://[::1%@]/")
def test_an_address_is_well_formed_and_stays_so_or_there_is_none(raw: str) -> None:
    address = web_address(raw)
    if address is not None:
        assert WELL_FORMED.fullmatch(address)
        assert urlsplit(address).hostname
        assert web_address(address) == address


@pytest.mark.parametrize(
    ("address", "login", "rest"),
    [
        ("https://mara:ink@courier.example/a?b", ("mara", "ink"), "https://courier.example/a?b"),
        ("https://mara@courier.example", ("mara", ""), "https://courier.example"),
        ("http://m%40x:a%2Fb%3A:c@[::1]:80/x", ("m@x", "a/b::c"), "http://[::1]:80/x"),
        ("http://a@b:ink@courier.example/@x", ("a@b", "ink"), "http://courier.example/@x"),
        ("ftp://mara:ink@courier.example/", ("mara", "ink"), "ftp://courier.example/"),
    ],
)
def test_an_address_is_told_from_its_login(address: str, login: tuple[str, str], rest: str) -> None:
    assert (login_of(address), without_login(address)) == (login, rest)


@pytest.mark.parametrize(
    "source",
    ["https://courier.example/@mara", "https://courier.example:8/a@b", "http://[::1]:8/@a", "a@b.txt", "/x@y://z", ""],
)
def test_what_has_no_login_stays_as_it_is(source: str) -> None:
    assert (login_of(source), without_login(source)) == (None, source)


@pytest.mark.parametrize("password", ["in/k", "in?k", "in#k", "in/k@ink"])
def test_a_password_with_a_bare_delimiter_is_not_shown_either(password: str) -> None:
    assert without_login(f"https://mara:{password}@courier.example/a") == "https://courier.example/a"
