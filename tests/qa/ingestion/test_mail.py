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


def test_html_that_cannot_be_read_is_the_messages_error_and_not_a_fault_of_ours(tmp_path: Path) -> None:
    file = tmp_path / "broken.eml"
    file.write_bytes(message("", marked=f"<p>{BODY}</p><![x[").as_bytes())
    assert "the message cannot be read" in read_error(file).reason


@pytest.mark.parametrize("data", [b"", b"\n\n", b"Dear reader,\n\nFrom me to you\n"])
def test_a_file_without_a_message_is_no_mailbox(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "letters.mbox"
    file.write_bytes(data)
    assert "no mailbox" in read_error(file).reason
