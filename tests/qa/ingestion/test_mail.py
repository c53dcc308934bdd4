from __future__ import annotations

from datetime import date
from email.message import EmailMessage
from pathlib import Path

import pytest

from qa.errors import SourceError
from qa.types import Article
from tests.qa.ingestion.reading import paragraphs, read, read_error, read_one

BODY = "The bridge stays shut until the autumn, the mayor said."


def message(text: str = BODY, subject: str = "Bridge shut", marked: str | None = None) -> EmailMessage:
    mail = EmailMessage()
    mail["From"] = "Odile Brandreth <odile@town.example>"
    mail["Subject"] = subject
    mail["Date"] = "Sat, 04 Oct 2025 23:18:41 -0500"
    mail["Message-ID"] = "<one@town.example>"
    if text:
        mail.set_content(text)
    if marked and text:
        mail.add_alternative(marked, subtype="html")
    elif marked:
        mail.set_content(marked, subtype="html")
    return mail


@pytest.mark.parametrize("name", ["release.eml", "saved.txt"])
def test_a_message_is_an_article_by_its_sender_of_its_day(tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    file.write_bytes(message(subject="Fwd: Re: Bridge shut").as_bytes())
    article = read_one(file)
    assert (article.title, article.byline, article.published) == ("Bridge shut", "Odile Brandreth", date(2025, 10, 4))
    assert paragraphs(article) == [BODY]


def test_what_it_quotes_and_the_signature_stay_out(tmp_path: Path) -> None:
    file = tmp_path / "reply.eml"
    file.write_bytes(message(f"{BODY}\n\nOn 3 Oct 2025, Piet Hoorn wrote:\n> Is it shut?\n").as_bytes())
    assert paragraphs(read_one(file)) == [BODY]
    file.write_bytes(message(f"{BODY}\n\n-- \nOdile Brandreth\nTown hall\n").as_bytes())
    assert paragraphs(read_one(file)) == [BODY]


def test_plain_text_comes_before_html_and_html_alone_is_read(tmp_path: Path) -> None:
    file = tmp_path / "letter.eml"
    file.write_bytes(message(marked="<p>Something else</p>").as_bytes())
    assert paragraphs(read_one(file)) == [BODY]
    file.write_bytes(message("", marked=f"<p>{BODY}</p><p>It rains &amp; blows.</p>").as_bytes())
    assert paragraphs(read_one(file)) == [BODY, "It rains & blows."]


def test_a_mailbox_is_read_message_by_message_and_a_bad_one_is_named_with_its_line(tmp_path: Path) -> None:
    empty = message(text=" ")
    box = b"".join(
        b"From a@b Sat Oct  4 23:18:41 2025\n" + each.as_bytes() + b"\n" for each in (message(), empty, message("Two."))
    )
    file = tmp_path / "letters.mbox"
    file.write_bytes(box)
    first, second, third = read(file)
    assert isinstance(first, Article)
    assert first.url == f"{file.as_uri()}#one@town.example"
    assert isinstance(second, SourceError)
    assert second.line == 1 + box[: box.index(b"From a@b", 1)].count(b"\n")
    assert isinstance(third, Article)
    assert paragraphs(third) == ["Two."]


def test_a_text_that_begins_with_a_label_is_no_mail(tmp_path: Path) -> None:
    file = tmp_path / "plain.txt"
    file.write_text(f"Subject: bridges\n\n{BODY}\n\nFrom: nobody\n")
    assert BODY in read_one(file).text
    file.with_suffix(".eml").write_bytes(b"")
    assert "no text" in read_error(file.with_suffix(".eml")).reason


def test_answers_between_quoted_lines_stay_and_the_questions_go(tmp_path: Path) -> None:
    file = tmp_path / "answers.eml"
    text = "Hello Piet,\n\nOn Fri, Oct 3, 2025 at 9:12 AM Piet Hoorn\n<piet@paper.example> wrote:\n\n> Is it shut?\n\n"
    file.write_bytes(message(f"{text}{BODY}\n\n> For how long?\n> Piet\n\nHe gave two reasons:\n\n> none\n").as_bytes())
    assert paragraphs(read_one(file)) == ["Hello Piet,", BODY, "He gave two reasons:"]


@pytest.mark.parametrize(
    "below",
    [
        "From: Piet Hoorn <piet@paper.example>\nSent: Friday, October 3\nTo: Odile\nSubject: Bridge\n\nShut?",
        "Von: Piet Hoorn\nGesendet: Freitag, 3. Oktober 2025\nAn: Odile\nBetreff: Brücke\n\nZu?",
        "-----Original Message-----\nFrom: Piet\n\nShut?",
    ],
)
def test_a_mail_that_stands_below_as_a_whole_stays_out_and_one_that_is_forwarded_alone_is_read(
    tmp_path: Path, below: str
) -> None:
    file = tmp_path / "reply.eml"
    file.write_bytes(message(f"{BODY}\n\n{below}\n").as_bytes())
    assert paragraphs(read_one(file)) == [BODY]
    head = below.partition("\n\n")[0]
    file.write_bytes(message(f"{head}\n\n{BODY}\n").as_bytes())
    assert paragraphs(read_one(file)) == [BODY]


def test_of_html_what_a_reader_sees_is_read(tmp_path: Path) -> None:
    """Without what is hidden, the head, links alone above and below the text, and the quoted mail."""
    file = tmp_path / "letter.eml"
    marked = f"""<html><head><title>n</title><style>p</style></head><body>
    <div style="display:none">Today: the bridge.</div><table><tr><td><a href="v">View in a browser</a></td></tr>
    <tr><td><h2>The bridge</h2><p>{BODY}</p><p><a href="x">He gave no day.</a></p></td></tr>
    <tr><td><p>You are receiving this email because you signed up.</p><p><a href="u">Leave</a> | <a href="s">Set</a></p>
    </td></tr></table>{{quoted}}</body></html>"""
    quoted = '<div class="gmail_quote">Piet wrote:<blockquote type="cite"><p>Is it shut?</p></blockquote></div>'
    for stub in ("", "Your program shows no HTML."):
        file.write_bytes(message(stub, marked=marked.format(quoted=quoted)).as_bytes())
        assert paragraphs(read_one(file)) == ["The bridge", BODY, "He gave no day."]
    file.write_bytes(message("", marked=f'<div class="gmail_quote"><p>{BODY}</p></div>').as_bytes())
    assert paragraphs(read_one(file)) == [BODY]


def test_cells_without_a_size_hold_text_that_has_one(tmp_path: Path) -> None:
    """As MJML lays out newsletters; a preheader of no size has none within."""
    file = tmp_path / "letter.eml"
    marked = f"""<div style="font-size:0px;line-height:1">Today: the bridge.</div><table><tr>
    <td style="font-size:0px;padding:10px"><div style="font-size:16px">{BODY}</div></td></tr></table>"""
    file.write_bytes(message("", marked=marked).as_bytes())
    assert paragraphs(read_one(file)) == [BODY]


def test_the_senders_own_words_right_above_who_wrote_stay(tmp_path: Path) -> None:
    file = tmp_path / "reply.eml"
    file.write_bytes(message(f"{BODY}\nOn Fri, 3 Oct 2025 Piet wrote:\n> Is it shut?\n\nIt is.\n").as_bytes())
    assert paragraphs(read_one(file)) == [BODY, "It is."]


@pytest.mark.parametrize(
    ("sender", "byline", "outlet"),
    [
        ('"Brandreth, Odile" <o@town.example>', "Odile Brandreth", None),
        ('"Odile Brandreth from The Tide" <o@tide.example>', "Odile Brandreth", "The Tide"),
        ("Town of Harrowmere <press@town.example>", None, "Town of Harrowmere"),
    ],
)
def test_who_sends_is_a_person_for_an_outlet_or_an_outlet(
    tmp_path: Path, sender: str, byline: str | None, outlet: str | None
) -> None:
    mail = message()
    mail.replace_header("From", sender)
    file = tmp_path / "letter.eml"
    file.write_bytes(mail.as_bytes())
    article = read_one(file)
    assert (article.byline, article.outlet) == (byline, outlet)


def test_bytes_that_are_not_in_the_charset_that_is_named_are_decoded_by_what_they_are(tmp_path: Path) -> None:
    head = 'From: "Inés Muñoz" <i@town.example>\nSubject: Dimisión\nContent-Type: text/plain; charset=us-ascii\n'
    text = "El alcalde Íñigo Muñoz anuncia su dimisión.\n\n«Fui ingenuo», dijo ante la prensa de Peñalba."
    file = tmp_path / "latin.eml"
    file.write_bytes(f"{head}Content-Transfer-Encoding: 8bit\n\n{text}\n".encode("cp1252"))
    article = read_one(file)
    assert (article.title, article.byline, article.text) == ("Dimisión", "Inés Muñoz", text)


def test_a_message_whose_text_is_attached_says_so(tmp_path: Path) -> None:
    mail = message(text=" ")
    mail.add_attachment(b"PK", maintype="application", subtype="zip", filename="release.docx")
    file = tmp_path / "attached.eml"
    file.write_bytes(mail.as_bytes())
    assert "release.docx" in read_error(file).remedy


def test_html_that_is_broken_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    file = tmp_path / "broken.eml"
    file.write_bytes(message("", marked=f"<p>{BODY}</p><![x[").as_bytes())
    assert paragraphs(read_one(file))[0] == BODY


@pytest.mark.parametrize("data", [b"", b"\n\n", b"Dear reader,\n\nFrom me to you\n"])
def test_a_file_without_a_message_is_no_mailbox(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "letters.mbox"
    file.write_bytes(data)
    assert "no mailbox" in read_error(file).reason
