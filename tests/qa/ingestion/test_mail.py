from __future__ import annotations

import time
from datetime import date
from email.message import EmailMessage
from pathlib import Path

import pytest

from qa.errors import SourceError
from qa.ingestion.quoted_mail import own_words
from qa.types import Article
from tests.qa.ingestion.reading import paragraphs, read, read_error, read_one

BODY = "The bridge stays shut until the autumn, the mayor said."
REASONS = [
    "The harbour board of Osterhaven voted on Tuesday to close it, and gave last winter’s storms as its reason.",
    "“We cannot wait for the next one,” its chairwoman told reporters at the town hall, where forty people had come.",
    "Repairs will cost 2.4 million crowns, and the ferry to Lindenhoe leaves from the west pier meanwhile.",
]


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


def read_text(tmp_path: Path, text: str, subject: str = "Re: Bridge", marked: str | None = None) -> Article:
    file = tmp_path / "mail.eml"
    file.write_bytes(message(text, subject, marked).as_bytes())
    return read_one(file)


def marked(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in text.split("\n"))


WROTE = "On Fri, Oct 3, 2025 at 9:12 AM Piet Hoorn\n<piet@paper.example> wrote:"
OUTLOOK = "From: Piet Hoorn <piet@paper.example>\nSent: Friday, October 3, 2025 9:12 AM\nTo: Odile\nSubject: Bridge"
GERMAN = "Von: Piet Hoorn\nGesendet: Freitag, 3. Oktober 2025 09:12\nAn: Odile\nBetreff: Brücke"


@pytest.mark.parametrize(
    "below",
    [
        f"{WROTE}\n\n> Is it shut?\n>\n> Piet\n",
        "Am 03.10.25 um 09:12 schrieb Piet Hoorn:\n> Ist sie zu?\n",
        "Le 3 oct. 2025 à 09:12, Piet Hoorn <piet@paper.example> a écrit :\n\n> Est-il fermé ?\n",
        f"________________________________\n{OUTLOOK}\n\nIs it shut?\n",
        f"{GERMAN}\n\nIst sie zu?\n",
        "-----Original Message-----\nFrom: Piet Hoorn\n\nIs it shut?\n",
        "-- \nOdile Brandreth\nTown hall\n",
        "-- \nOdile Brandreth\n\nThis e-mail is confidential and meant for nobody but its addressee.\n",
        f"-- \nOdile Brandreth\nTown hall\n\n{WROTE}\n> Is it shut?\n> -- \n> Piet\n",
    ],
)
def test_what_it_quotes_and_the_signature_stay_out(tmp_path: Path, below: str) -> None:
    own = "\n\n".join([*REASONS, BODY])
    assert paragraphs(read_text(tmp_path, f"{own}\n\n{below}")) == [*REASONS, BODY]


@pytest.mark.parametrize("subject", ["Re: Bridge", "Bridge", "Fwd: Bridge"])
@pytest.mark.parametrize(
    "text",
    [
        f"Dear Piet,\n\n> Is it shut?\n\n{BODY}\n\n> For how long?\n\nUntil the autumn at least.\n",
        f"Is it shut?\n{marked(BODY)}\n\nFor how long?\n> Until the autumn at least.\n",
        f"{BODY}\n\nOn 3 October 2025 the mayor wrote:\n\n> I resign, and gladly.\n",
        f"{BODY}\n\nThe mayor wrote:\n\n> I resign, and gladly.\n",
        f"{WROTE}\n\n{marked(BODY)}\n\nIt is so, the mayor says.\n",
        f"{WROTE}\n\n> Is it shut?\n\n{BODY}\n\nOn Sat, Oct 4 at 9:12 AM Odile <o@x.example> wrote:\n> It is so.\n",
        f"Thanks, we shall print it.\n\n{WROTE}\n\n{marked(BODY)}\n> It is so.\n",
        f"My answers are below.\n\n{OUTLOOK}\n\nIs it shut?\n\n{BODY}\n\nFor how long?\n\nUntil the autumn.\n",
        f"A letter in the file reads:\n\nFrom: The mayor\nDate: 3 May\nSubject: The bridge\n\nShut it.\n\n{BODY}\n",
        f"{BODY}\n--\nThe weather:\n--\nIt rains.\n",
        f"{BODY}\n\n-- \n{BODY.replace('bridge', 'ferry')}\n\n{BODY.replace('bridge', 'pier')}\n",
    ],
)
def test_no_sentence_is_lost_where_it_may_be_the_articles(tmp_path: Path, subject: str, text: str) -> None:
    """Interviews in marked lines, whoever "wrote", answers between the lines of a mail below, rules of dashes."""
    found = read_text(tmp_path, text, subject).text
    sentences = [said for line in text.split("\n") if (said := line.lstrip("> ").strip())[-1:] in (".", "?")]
    assert [said for said in sentences if said not in found] == []
    assert len(sentences) > 1


@pytest.mark.parametrize(
    "head",
    [
        "---------- Forwarded message ---------\nFrom: Rose Pearby <rose@board.example>\n"
        "Date: Fri, Oct 3, 2025 at 9:12 AM\nSubject: Pier to close\n"
        "To: <odile@town.example>, Piet Hoorn\n <piet@paper.example>",
        "-------- Weitergeleitete Nachricht --------\nBetreff: \tPier to close\n"
        "Datum: \tFri, 3 Oct 2025 09:12:11 +0200\nVon: \tRose Pearby <rose@board.example>\nAn: \todile@town.example",
        "________________________________\nVon: Rose Pearby <rose@board.example>\n"
        "Gesendet: Freitag, 3. Oktober 2025 09:12\nAn: Odile Brandreth\nBetreff: Pier to close",
        "Begin forwarded message:\n\n> From: Rose Pearby <rose@board.example>\n> Subject: Pier to close\n"
        "> Date: 3 October 2025 at 09:12:11 CEST\n> To: odile@town.example\n>",
    ],
)
def test_a_release_that_was_forwarded_is_the_article_by_its_sender_of_its_day(tmp_path: Path, head: str) -> None:
    body = f"{BODY}\n\nNobody knows why.\n\n-- \nRose Pearby"
    for note, above in (("", []), ("FYI\n\n", ["FYI"])):
        text = f"{note}{head}\n{marked(body) if '> From' in head else chr(10) + body}\n"
        article = read_text(tmp_path, text, "WG: Pier to close")
        assert paragraphs(article) == [*above, BODY, "Nobody knows why."]
        told = (article.title, article.byline, article.outlet, article.published)
        assert told == ("Pier to close", "Rose Pearby", None, date(2025, 10, 3))


def test_a_message_that_is_attached_to_one_without_a_text_is_read(tmp_path: Path) -> None:
    outer = message(" ", "Fwd: news")
    outer.add_attachment(message(subject="Pier to close"))
    file = tmp_path / "mail.eml"
    file.write_bytes(outer.as_bytes())
    article = read_one(file)
    assert (article.title, paragraphs(article)) == ("Pier to close", [BODY])
    outer = message(" ")
    outer.add_attachment(b"PK", maintype="application", subtype="zip", filename="release.docx")
    file.write_bytes(outer.as_bytes())
    assert "release.docx" in read_error(file).remedy


def test_text_on_either_side_of_a_picture_is_read(tmp_path: Path) -> None:
    mail = message()
    mail.add_attachment(b"x", maintype="image", subtype="png", disposition="inline")
    mail.add_attachment("Nobody knows why.", disposition="inline")
    file = tmp_path / "mail.eml"
    file.write_bytes(mail.as_bytes())
    assert paragraphs(read_one(file)) == [BODY, "Nobody knows why."]


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


NEWSLETTER = f"""<html><head><title>n</title><style>.preheader {{display: none}}</style></head><body>
<div style="display:none;max-height:0">Today: the bridge &zwnj;&nbsp;</div><span class="preheader">In short</span>
<table><tr><td><a href="v">View this email in your browser</a></td></tr>
<tr><td style="font-size:0px"><div style="font-size:16px"><h2><a href="x">The bridge</a></h2>
<p>{BODY}</p></div></td></tr>
<tr><td>{REASONS[0]}</td><td>{REASONS[1]}</td></tr>
<tr><td style="display:none" class="phone">{REASONS[0]}</td></tr>
<tr><td><center>It rains &amp; blows.</center>
<div style="display:none">{REASONS[2]} {REASONS[2]} {REASONS[2]}</div></td></tr>
<tr><td><p>You are receiving this email because you signed up.</p><p><a href="u">Unsubscribe</a></p></td></tr>
</table></body></html>"""


@pytest.mark.parametrize("stub", ["", "Your program shows no HTML."])
def test_of_a_newsletter_what_its_reader_sees_is_read(tmp_path: Path, stub: str) -> None:
    """Without preheaders and ways out; what is hidden and stands nowhere else stays, columns are paragraphs."""
    article = read_text(tmp_path, stub, "Today", NEWSLETTER)
    assert paragraphs(article) == ["The bridge", BODY, *REASONS[:2], "It rains & blows.", " ".join([REASONS[2]] * 3)]


ASKED = "<div>Is it shut?</div>"
GMAIL = "On Fri, Oct 3, 2025 at 9:12 AM Piet &lt;<a href='mailto:p@x.example'>p@x.example</a>&gt; wrote:<br>"
FROM = (
    "<b>From:</b> Rose Pearby &lt;r@x.example&gt;<br><b>Sent:</b> Friday, October 3, 2025 9:12 AM<br><b>To:</b> O<br>"
)
OWN = "".join(f"<div>{said}</div>" for said in (*REASONS, BODY))


@pytest.mark.parametrize(
    "quoted",
    [
        f"<div class='gmail_quote'><div class='gmail_attr'>{GMAIL}</div>"
        f"<blockquote class='gmail_quote'>{ASKED}</blockquote></div>",
        f"<div class='moz-cite-prefix'>{GMAIL}</div><blockquote type='cite'>{ASKED}</blockquote>",
        f"<div><blockquote type='cite'><div>{GMAIL}</div>{ASKED}</blockquote></div>",
        f"<div class='yahoo_quoted'><div>{GMAIL}</div>{ASKED}</div>",
        f"<div id='Signature'>Odile</div><div id='appendonsend'></div><hr><div id='divRplyFwdMsg'>{FROM}"
        f"<b>Subject:</b> B</div>{ASKED}",
        "<span class='gmail_signature_prefix'>-- </span><br><div class='gmail_signature'>Odile<br>Town hall</div>",
    ],
)
def test_what_html_quotes_stays_out(tmp_path: Path, quoted: str) -> None:
    article = read_text(tmp_path, "", "Re: Bridge", f"<html><body>{OWN}{quoted}</body></html>")
    assert paragraphs(article) == [*REASONS, BODY]


@pytest.mark.parametrize(
    "body",
    [
        f"<blockquote type='cite'>{ASKED}</blockquote><div>{BODY}</div>"
        "<blockquote type='cite'><div>Why?</div></blockquote><p>{}</p>",
        f"<div class='gmail_quote'>{GMAIL}<blockquote class='gmail_quote'>{ASKED}</blockquote><p>{BODY}</p>"
        "<blockquote class='gmail_quote'>Why?</blockquote>{}</div>",
        f"<p>{BODY}</p><p>She was asked:</p><blockquote>Is it shut? Why?</blockquote><p>{{}}</p>",
        f"<p>See below.</p><div>{FROM}<b>Subject:</b> B</div><p>Is it shut?</p><p>{BODY}</p><p>Why?</p><p>{{}}</p>",
        f"<div>Begin forwarded message:</div><blockquote type='cite'><div>{FROM}</div><div><b>Subject: </b>B</div>"
        f"{ASKED}<div>{BODY}</div><div>Why?</div>{{}}</blockquote>",
    ],
)
def test_an_interview_and_a_release_in_html_are_whole(tmp_path: Path, body: str) -> None:
    found = read_text(tmp_path, "", "Re: Bridge", body.format(REASONS[2])).text
    assert all(said in found for said in ("Is it shut?", BODY, "Why?", REASONS[2]))


def test_lines_that_flow_are_joined_and_addresses_of_links_go(tmp_path: Path) -> None:
    mail = message(f"{BODY} See the \nplan<https://x.example/1>.\n\nLeave: https://x.example/unsubscribe\n")
    mail.set_param("format", "flowed")
    file = tmp_path / "mail.eml"
    file.write_bytes(mail.as_bytes())
    assert paragraphs(read_one(file)) == [f"{BODY} See the plan."]


def test_bytes_that_are_not_in_the_charset_that_is_named_are_decoded_by_what_they_are(tmp_path: Path) -> None:
    head = 'From: "Inés Muñoz" <i@town.example>\nSubject: Dimisión\nContent-Type: text/plain; charset=us-ascii\n'
    text = "El alcalde Íñigo Muñoz anuncia su dimisión.\n\n«Fui ingenuo», dijo ante la prensa de Peñalba."
    file = tmp_path / "latin.eml"
    file.write_bytes(f"{head}Content-Transfer-Encoding: 8bit\n\n{text}\n".encode("cp1252"))
    article = read_one(file)
    assert (article.title, article.byline, article.text) == ("Dimisión", "Inés Muñoz", text)


def test_html_that_is_broken_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    assert paragraphs(read_text(tmp_path, "", marked=f"<p>{BODY}</p><![x["))[0] == BODY
    deep = "<div>" * 300 + BODY + "</div>" * 300
    assert BODY in read_text(tmp_path, "", marked=deep).text


def test_a_mail_costs_in_proportion_to_its_length(tmp_path: Path) -> None:
    def seconds(lines: int) -> float:
        texts = ("From: x\n", "From: x\nDate: y\nSubject: z\n\n", "> a\n\nb\n", "-- \na\n")
        begun = time.process_time()
        for text in texts:
            own_words(text * lines, answering=True, forwarding=True)
        return time.process_time() - begun

    few, many = (min(seconds(lines) for _ in range(3)) for lines in (500, 8_000))
    assert many < 64 * max(few, 0.005)  # 16 in proportion, 256 by the square


@pytest.mark.parametrize("data", [b"", b"\n\n", b"Dear reader,\n\nFrom me to you\n"])
def test_a_file_without_a_message_is_no_mailbox(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "letters.mbox"
    file.write_bytes(data)
    assert "no mailbox" in read_error(file).reason
