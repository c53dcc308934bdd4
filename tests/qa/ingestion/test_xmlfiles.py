from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from qa.errors import SourceError
from qa.types import Article
from tests.qa.ingestion.reading import paragraphs, read, read_error, read_one

NITF = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE nitf SYSTEM "nitf-3-6.dtd">
<nitf xml:lang="en"><head><title>ferry-1</title><docdata><doc-id id-string="FER-1"/><date.issue norm="20260112T0930Z"/>
</docdata><pubdata name="The Harrow Wire"/></head>
<body><body.head><hedline><hl1>Ferry to close</hl1><hl2>The island loses its boat</hl2></hedline>
<byline>By <person>Odile Brandreth</person></byline><dateline><location>HARROWMERE</location></dateline></body.head>
<body.content><block><p>The council <em>voted</em> on
Monday.</p><media><media-caption>A boat</media-caption></media><p>Nobody cheered.</p></block></body.content></body>
</nitf>"""
ITEM = """<newsItem guid="urn:newsml:wire.example:2026:{n}" xml:lang="en"><itemMeta><itemClass qcode="ninat:text"/>
<provider literal="wire"><name>The Harrow Wire</name></provider><versionCreated>2026-01-13T10:00:00Z</versionCreated>
<firstCreated>2026-01-12T10:00:00Z</firstCreated><pubStatus qcode="stat:{status}"/></itemMeta>
<contentMeta><by>Odile Brandreth</by><headline role="hld:short">Ferry</headline>
<headline role="hld:main">Ferry to close {n}</headline><language tag="en"/></contentMeta>
<contentSet><inlineData contenttype="text/plain">The council voted {n}. Nobody cheered.</inlineData>
<inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head>
<body><p>The council voted {n}.</p><p>Nobody cheered.</p></body></html></inlineXML></contentSet></newsItem>"""
PICTURE = """<newsItem guid="urn:p"><itemMeta><itemClass qcode="ninat:picture"/></itemMeta>
<contentSet><remoteContent href="a.jpg"/></contentSet></newsItem>"""
WXR = """<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:wp="http://wordpress.org/export/1.2/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>The Harrow Courier</title><language>en-GB</language>
<wp:author><wp:author_login>ob</wp:author_login><wp:author_display_name>Odile Brandreth</wp:author_display_name>
</wp:author>{items}</channel></rss>"""
POST = """<item><title>Ferry &amp; bridge</title><link>https://courier.example/{n}</link><dc:creator>ob</dc:creator>
<content:encoded><![CDATA[{text}]]></content:encoded><excerpt:encoded>short</excerpt:encoded>
<wp:post_id>{n}</wp:post_id><wp:post_date>2026-01-12 09:30:00</wp:post_date><wp:status>{status}</wp:status>
<wp:post_type>{kind}</wp:post_type><wp:post_password>{password}</wp:post_password></item>"""
BOMB = '<!DOCTYPE nitf [<!ENTITY a "ha">{}]><nitf><body><body.content><p>&b7;</p></body.content></body></nitf>'


def written(folder: Path, text: str) -> Path:
    file = folder / "wire.xml"
    file.write_text(text, encoding="utf-8")
    return file


def message(*items: str) -> str:
    inside = "".join(items)
    return f'<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet>{inside}</itemSet></newsMessage>'


def post(n: int, text: str, status: str = "publish", kind: str = "post", password: str = "") -> str:
    return POST.format(n=n, text=text, status=status, kind=kind, password=password)


def test_nitf_is_read_with_its_head_and_without_captions(tmp_path: Path) -> None:
    file = written(tmp_path, NITF)
    article = read_one(file)
    assert paragraphs(article) == ["The island loses its boat", "The council voted on Monday.", "Nobody cheered."]
    assert (article.title, article.byline, article.outlet) == ("Ferry to close", "Odile Brandreth", "The Harrow Wire")
    assert (article.published, article.dateline) == (date(2026, 1, 12), "HARROWMERE")
    assert article.url == f"{file.as_uri()}#FER-1"


def test_of_a_nitf_byline_the_persons_are_taken_and_rows_are_paragraphs(tmp_path: Path) -> None:
    titled = "<person>Odile Brandreth</person><byttl>Harrow Wire Writer</byttl>"
    nitf = NITF.replace("<person>Odile Brandreth</person>", titled)
    nitf = nitf.replace("<p>Nobody", "<table><tr><td>Boats</td><td>two</td></tr></table><p>Nobody")
    article = read_one(written(tmp_path, nitf))
    assert article.byline == "Odile Brandreth"
    assert paragraphs(article)[2:] == ["Boats | two", "Nobody cheered."]


NOTE = "Corrects the number of boats in the second paragraph."


@pytest.mark.parametrize(("note", "kept"), [(NOTE, [NOTE]), ("Eds: adds photos.", [])])
def test_a_note_that_tells_of_a_correction_is_the_last_paragraph(tmp_path: Path, note: str, kept: list[str]) -> None:
    item = ITEM.format(n=1, status="usable").replace("</itemMeta>", f"<edNote>{note}</edNote></itemMeta>")
    told = paragraphs(read_one(written(tmp_path, message(item))))
    assert told == ["The council voted 1.", "Nobody cheered.", *kept]
    nitf = NITF.replace("<docdata>", f'<docdata><ed-msg info="{note}"/>')
    told = paragraphs(read_one(written(tmp_path, nitf)))
    assert told == ["The island loses its boat", "The council voted on Monday.", "Nobody cheered.", *kept]


def test_of_a_newsml_item_one_rendering_is_taken_and_pictures_are_passed_over(tmp_path: Path) -> None:
    file = written(tmp_path, message(ITEM.format(n=1, status="usable"), PICTURE, ITEM.format(n=2, status="usable")))
    found = read(file)
    articles = [each for each in found if isinstance(each, Article)]
    assert [each.title for each in articles] == ["Ferry to close 1", "Ferry to close 2"]
    assert len(found) == 2
    assert paragraphs(articles[0]) == ["The council voted 1.", "Nobody cheered."]
    assert (articles[0].byline, articles[0].outlet) == ("Odile Brandreth", "The Harrow Wire")
    assert articles[0].published == date(2026, 1, 12)
    assert articles[0].modified is not None
    assert articles[0].modified.day == 13


def test_a_cancelled_item_is_an_error_and_the_next_one_follows(tmp_path: Path) -> None:
    canceled, usable = ITEM.format(n=1, status="canceled"), ITEM.format(n=2, status="usable")
    error, article = read(written(tmp_path, message(canceled, usable)))
    assert isinstance(error, SourceError)
    assert "canceled" in error.reason
    assert isinstance(article, Article)


def test_a_message_of_pictures_alone_says_so(tmp_path: Path) -> None:
    assert "none of its items" in read_error(written(tmp_path, message(PICTURE))).reason


def test_of_a_wordpress_export_published_posts_are_articles(tmp_path: Path) -> None:
    text = "<!-- wp:paragraph -->The council voted.\n\nNobody <b>cheered</b>. [gallery ids=1]\n"
    text += "[caption id=a]A boat[/caption]"
    others = [post(2, "A.", status="draft"), post(3, "B.", kind="page"), post(4, "C.", password="x")]
    article = read_one(written(tmp_path, WXR.format(items="".join([post(1, text), *others]))))
    assert paragraphs(article) == ["The council voted.", "Nobody cheered."]
    assert (article.title, article.byline) == ("Ferry & bridge", "Odile Brandreth")
    assert (article.outlet, article.published) == ("The Harrow Courier", date(2026, 1, 12))
    assert article.url == "https://courier.example/1"


@pytest.mark.parametrize(
    ("content", "read"),
    [
        ('[caption id="a" width="300"]<a href="x"><img src="a.jpg" /></a> A boat[/caption]\n\nThe end.', ["The end."]),
        ('[caption id="a"]<img src="a.jpg" /> The council met.\n\nThe end.', ["The council met.", "The end."]),
        ('[gallery ids="1,2"]\n\n[gallery]\n\nThe end.', ["The end."]),
        ("[embed]https://v.example/1[/embed]\n\nhttps://v.example/2\n\n[youtube https://v.example/3]", None),
        ("[contact-form-7 id=4]\n[toc]\n[tweet 1234567890]\n[ad /]\n\nThe end.", ["The end."]),
        ('[box]It stays [tip text="a [b]"]here[/tip].[/box]\n\nThe [b]end[/b].', ["It stays here.", "The end."]),
        ("“It was [probably] the [vice-president], [sic], [in May],” she said [1].", None),
        ("<figure><img src='a.jpg'/><figcaption>A boat</figcaption></figure><p>The end.</p>", ["The end."]),
        (
            "<div class='wp-caption'><img src='a'><p class='wp-caption-text'>A boat</p></div><p>The end.</p>",
            ["The end."],
        ),
        ("<figure><blockquote>No.</blockquote><figcaption>The mayor</figcaption></figure>", ["No.", "The mayor"]),
        ("<img src='a.jpg'><figcaption>The council met.<p>The end.</p>", ["The council met.", "The end."]),
        ("<img><p class='caption'>One.</p><p class='caption'>Two.</p>", ["One.", "Two."]),
    ],
)
def test_shortcodes_and_captions_go_and_the_words_between_shortcodes_stay(
    tmp_path: Path, content: str, read: list[str] | None
) -> None:
    """An editor's brackets are no shortcodes; what is left open, or is all of the text, is no caption."""
    text = f"The council voted.\n\n{content}"
    wanted = read if read is not None else [] if "embed" in content else [content]
    assert paragraphs(read_one(written(tmp_path, WXR.format(items=post(1, text))))) == ["The council voted.", *wanted]


def test_an_export_that_is_cut_off_gives_what_is_whole_and_says_so(tmp_path: Path) -> None:
    whole = WXR.format(items=post(1, "The council voted.") + post(2, "Nobody \x0bcheered."))
    article, error = read(written(tmp_path, whole[: whole.index("<wp:post_id>2")]))
    assert isinstance(article, Article)
    assert isinstance(error, SourceError)
    assert "cut off" in error.reason


def test_a_post_without_text_is_one_error_with_its_line(tmp_path: Path) -> None:
    error, article = read(written(tmp_path, WXR.format(items=post(1, "") + "\n" + post(2, "The council voted."))))
    assert isinstance(error, SourceError)
    assert error.line
    assert "no text" in error.reason
    assert isinstance(article, Article)


def test_an_export_of_more_items_than_the_limit_is_left_there(tmp_path: Path) -> None:
    file = written(tmp_path, WXR.format(items="".join(post(n, f"The council voted {n}.") for n in range(5))))
    found = read(file, records=3)
    assert len(found) == 4
    assert isinstance(found[3], SourceError)
    assert "MAX_RECORDS" in found[3].remedy


@pytest.mark.parametrize("place", ["&b7;", ""])
def test_a_document_that_declares_entities_is_refused(tmp_path: Path, place: str) -> None:
    grown = "".join(f'<!ENTITY b{n} "{f"&b{n - 1};" * 20 if n else "&a;"}">' for n in range(8))
    assert "entities" in read_error(written(tmp_path, BOMB.format(grown).replace("&b7;", place))).reason


def test_a_document_that_names_another_file_does_not_get_it(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret")
    xml = f'<!DOCTYPE nitf [<!ENTITY a SYSTEM "{(tmp_path / "secret.txt").as_uri()}">]><nitf><p>&a;</p></nitf>'
    assert "entities" in read_error(written(tmp_path, xml)).reason


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "not XML"),
        ("plain words", "not XML"),
        ("<nitf><body>", "not XML"),
        ("<nitf><body/></nitf>", "no text"),
        ("<feed><entry/></feed>", "whose root is “feed”"),
        ("<nitf>" + "<p>" * 400 + "</p>" * 400 + "</nitf>", "not XML"),
        (WXR.format(items=""), "none of its 0 items"),
    ],
)
def test_what_is_no_such_xml_is_an_error(tmp_path: Path, text: str, reason: str) -> None:
    assert reason in read_error(written(tmp_path, text)).reason


def test_a_document_beyond_the_limit_of_a_page_is_not_parsed(tmp_path: Path) -> None:
    big = NITF.replace("Nobody cheered.", "Nobody cheered. " * 30_000)
    error = read_error(written(tmp_path, big), file_mib=10, page_mib=0)
    assert "MAX_PAGE_MIB" in error.remedy


@pytest.mark.parametrize(
    ("root", "command"), [("rss", "qa feeds add"), ("feed", "qa feeds add"), ("opml", "qa feeds import")]
)
def test_the_error_of_a_saved_feed_names_the_command_for_feeds(tmp_path: Path, root: str, command: str) -> None:
    file = tmp_path / "a.xml"
    file.write_text(f"<{root}><channel/></{root}>", encoding="utf-8")
    assert command in read_error(file).remedy
