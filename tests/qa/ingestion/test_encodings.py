from __future__ import annotations

import pytest

from qa.errors import SourceError
from qa.ingestion.encodings import decode, decode_page

SPANISH = "La alcaldesa de Peñalba, Inés Muñoz, dijo que “nadie” leyó el contrato — y cerró la sesión."
RUSSIAN = "Мэр города заявила, что мост закроют до осени, потому что никто не читал договор."
POLISH = "Burmistrz powiedziała w środę, że most zostanie zamknięty aż do jesieni."
CHINESE = "市长周三表示，这座桥将关闭到秋天，因为没有人读过合同。"
FRENCH = "La maire a déclaré mercredi que le pont resterait fermé jusqu’à l’automne, « faute de lecteurs »."


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (SPANISH, "cp1252"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8-r"),
        (POLISH, "cp1250"),
        (CHINESE, "gb18030"),
        (FRENCH, "mac_roman"),
        (FRENCH, "utf-8"),
        (FRENCH, "utf-16"),
    ],
)
def test_an_encoding_that_nobody_declares_is_told_by_the_bytes(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding), "bridge.txt") == text


@pytest.mark.parametrize("text", ["Café", "Nuñez said no", "It’s over", "The £5m plan", "“No,” she said."])
def test_a_few_western_words_are_read_as_windows_1252(text: str) -> None:
    assert decode(text.encode("cp1252"), "bridge.txt") == text


@pytest.mark.parametrize(
    "data", ["O’Brien".encode("mac_roman"), "Żółć".encode("cp1250"), "“No,” she said.".encode("mac_roman")]
)
def test_a_few_words_that_would_be_mojibake_are_refused(data: bytes) -> None:
    with pytest.raises(SourceError, match="encoding"):
        decode(data, "bridge.txt")


@pytest.mark.parametrize("odd", ["\ufffd", "\x85", "\x92"])
def test_utf_8_that_was_damaged_before_is_still_utf_8(odd: str) -> None:
    assert decode(f"{SPANISH} {odd}".encode(), "bridge.txt") == f"{SPANISH} {odd}"


def test_what_comes_with_the_bytes_counts_before_what_they_look_like() -> None:
    assert decode("Ö".encode("cp850"), "bridge.txt", declared="cp850") == "Ö"
    assert decode(SPANISH.encode(), "bridge.txt", declared="iso-8859-1") == SPANISH  # an old label on UTF-8
    assert decode("“No”".encode("cp1252"), "bridge.txt", declared="latin1") == "“No”"  # as browsers read it
    assert decode(RUSSIAN.encode("cp1251"), "bridge.txt", declared="no-such-charset") == RUSSIAN


def test_a_page_says_its_encoding_unless_its_server_does() -> None:
    page = '<html><head><meta charset="{}"></head><p>Ö</p>'
    assert "Ö" in decode_page(page.format("cp850").encode("cp850"), "page.html")
    assert "Ö" in decode_page(page.format("utf-8").encode("cp850"), "page.html", declared="cp850")


def test_letters_behind_escapes_are_read_as_declared_although_they_would_be_ascii() -> None:
    assert decode("国会は閉会した。".encode("iso-2022-jp"), "page", declared="ISO-2022-JP") == "国会は閉会した。"
