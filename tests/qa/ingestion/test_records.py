from __future__ import annotations

import gzip
import json
import re
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qa.corrections import notices_in
from qa.errors import SourceError
from qa.types import Article
from tests.qa.ingestion.reading import paragraphs, read, read_error, read_one

ROW = {"id": "a/1", "url": "https://courier.example/1", "outlet": "courier.example", "headline": "Ferry to close"}
ROW |= {"publish_date": "2026-01-12", "content": "The council voted.\n\nNobody cheered."}
SCHEMA = {
    "@context": "https://schema.org",
    "@type": "NewsArticle",
    "mainEntityOfPage": {"@type": "WebPage", "@id": "https://courier.example/2"},
    "headline": "Ferry to close",
    "articleBody": "The council voted.",
    "datePublished": "2026-01-12T23:30:00-05:00",
    "dateModified": "2026-01-13T10:00:00Z",
    "author": [{"@type": "Person", "name": "Odile Brandreth"}, {"@type": "Person", "name": "Piet Marlowe-Ash"}],
    "publisher": {"@type": "Organization", "name": "The Courier"},
    "inLanguage": "en-GB",
}
NINJS_1 = {
    "uri": "https://wire.example/3",
    "headline": "Ferry to close",
    "body_xhtml": "<h2>Vote</h2><p>The council voted &amp; left.</p><script>track()</script><p>Nobody\ncheered.</p>",
    "firstcreated": "2026-01-12T10:00:00Z",
    "versioncreated": "2026-01-13T10:00:00Z",
    "byline": "Odile Brandreth",
    "located": "Harrowmere",
    "language": "de",
    "copyrightholder": "The Wire",
}
NINJS_2 = {
    "uri": "urn:newsml:wire.example:4",
    "headlines": [{"role": "short", "value": "Ferry"}, {"role": "main", "value": "Ferry to close"}],
    "bodies": [{"role": "main", "contenttype": "text/plain", "value": "The council voted."}],
    "versionCreated": "2026-01-12T10:00:00Z",
    "by": "Odile Brandreth",
    "providers": [{"name": "The Wire"}],
}


def written(folder: Path, *records: Any, name: str = "rows.jsonl") -> Path:
    file = folder / name
    file.write_text("".join((r if isinstance(r, str) else json.dumps(r)) + "\n" for r in records), encoding="utf-8")
    return file


def test_a_row_of_the_archive_tool_is_read(tmp_path: Path) -> None:
    article = read_one(written(tmp_path, ROW))
    assert (article.url, article.outlet, article.title) == (ROW["url"], "courier.example", "Ferry to close")
    assert article.published == date(2026, 1, 12)
    assert paragraphs(article) == ["The council voted.", "Nobody cheered."]


def test_a_schema_org_article_is_read(tmp_path: Path) -> None:
    article = read_one(written(tmp_path, SCHEMA))
    assert article.url == "https://courier.example/2"
    assert article.byline == "Odile Brandreth, Piet Marlowe-Ash"
    assert article.outlet == "The Courier"
    assert article.published == date(2026, 1, 12)  # the day in the newspaper's own time zone
    assert article.modified == datetime(2026, 1, 13, 10, tzinfo=UTC)
    assert article.language == "en"


@pytest.mark.parametrize("author", ["Odile Brandreth", {"name": "Odile Brandreth"}, [{"name": "Odile Brandreth"}]])
def test_an_author_may_be_written_in_three_ways(tmp_path: Path, author: object) -> None:
    assert read_one(written(tmp_path, {**SCHEMA, "author": author})).byline == "Odile Brandreth"


def test_ninjs_1_with_xhtml_is_read(tmp_path: Path) -> None:
    article = read_one(written(tmp_path, NINJS_1))
    assert paragraphs(article) == ["Vote", "The council voted & left.", "Nobody cheered."]
    assert (article.published, article.modified) == (date(2026, 1, 12), datetime(2026, 1, 13, 10, tzinfo=UTC))
    assert (article.dateline, article.language, article.outlet) == ("Harrowmere", "de", "The Wire")
    assert article.url == "https://wire.example/3"


def test_ninjs_2_with_its_lists_is_read(tmp_path: Path) -> None:
    file = written(tmp_path, NINJS_2)
    article = read_one(file)
    assert (article.title, article.text) == ("Ferry to close", "The council voted.")
    assert (article.byline, article.outlet) == ("Odile Brandreth", "The Wire")
    assert article.url == f"{file.as_uri()}#urn:newsml:wire.example:4"


@pytest.mark.parametrize(
    ("note", "kept"),
    [
        ("<p>CORRECTION: Tamble Crossings employs 48 people, not 84.</p>", True),
        ("Moves on general news services.", False),
        (True, False),
    ],
)
def test_a_note_for_readers_is_kept_and_one_for_editors_is_not(tmp_path: Path, note: object, kept: bool) -> None:
    article = read_one(written(tmp_path, {**NINJS_2, "ednote": note}))
    told = ["The council voted.", "CORRECTION: Tamble Crossings employs 48 people, not 84."]
    assert paragraphs(article) == told[: 1 + kept]
    assert len(notices_in(article)) == kept


def test_a_record_without_an_address_is_found_at_its_id_or_its_line(tmp_path: Path) -> None:
    file = written(
        tmp_path, {"id": "a b", "content": "One."}, {"content": "Two."}, {"url": "javascript:x", "content": "3."}
    )
    urls = [found.url for found in read(file) if isinstance(found, Article)]
    assert urls == [f"{file.as_uri()}#a%20b", f"{file.as_uri()}#L2", f"{file.as_uri()}#javascript:x"]


def test_a_record_of_a_list_is_found_at_its_id_or_its_place(tmp_path: Path) -> None:
    file = written(tmp_path, [{"id": "a", "content": "One."}, {"content": "Two."}], name="rows.json")
    urls = [found.url for found in read(file) if isinstance(found, Article)]
    assert urls == [f"{file.as_uri()}#a", f"{file.as_uri()}#item-2"]


def test_an_address_is_stored_as_a_browser_would_write_it(tmp_path: Path) -> None:
    raw = ["https://x/\x1b[31mRED", 'https://x/a b"><script>', "http://[bad/x", "https://x/\ud800"]
    file = written(tmp_path, *({"url": url, "content": "The bridge is closed."} for url in raw))
    urls = [found.url for found in read(file) if isinstance(found, Article)]
    home = file.as_uri()
    assert urls == ["https://x/%1B[31mRED", "https://x/a%20b%22%3E%3Cscript%3E", f"{home}#L3", f"{home}#L4"]


def test_a_malformed_address_gives_way_to_the_next_field_that_holds_one(tmp_path: Path) -> None:
    row = {"url": "http://[bad/x", "link": "https://courier.example/1", "content": "The bridge is closed."}
    assert read_one(written(tmp_path, row)).url == "https://courier.example/1"


def test_a_bad_line_is_reported_and_the_next_one_follows(tmp_path: Path) -> None:
    file = written(
        tmp_path,
        ROW,
        "{bad",
        "",
        "[1]",
        {**ROW, "content": ""},
        {**ROW, "publish_date": "soon"},
        {**ROW, "content": 5},
        ROW,
    )
    found = read(file)
    errors = [error for error in found if isinstance(error, SourceError)]
    assert [isinstance(one, Article) for one in found] == [True, False, False, False, False, False, True]
    assert [error.line for error in errors] == [2, 4, 5, 6, 7]
    assert [error.source for error in errors] == [str(file)] * 5
    assert "not JSON" in errors[0].reason
    assert "not an object" in errors[1].reason
    assert "no text" in errors[2].reason
    assert "publish_date 'soon' is not a date" in errors[3].reason


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        ('{"content": "It rained.", "views": ' + "9" * 5_000 + "}", "too many digits"),
        ("[" * 5_000, "nested too deeply"),
        (json.dumps({"content": "<p>It rained. <![x[ y"}), "markup"),
        (json.dumps({"content": "It rained.", "date": [[["soon"]]] * 100}), "is not a date"),
    ],
)
@pytest.mark.parametrize("name", ["rows.jsonl", "rows.json"])
def test_a_hostile_record_is_an_error_and_costs_only_itself(tmp_path: Path, bad: str, reason: str, name: str) -> None:
    lines = name.endswith("jsonl")
    error, *articles = read(written(tmp_path, bad, *([ROW] if lines else []), name=name))
    assert isinstance(error, SourceError)
    assert reason in error.reason
    assert error.line == (1 if lines else None)
    assert [isinstance(one, Article) for one in articles] == [True] * lines


def test_a_field_nested_beyond_any_format_says_nothing(tmp_path: Path) -> None:
    deep = json.loads("[" * 400 + '"Odile Brandreth"' + "]" * 400)
    assert read_one(written(tmp_path, {**ROW, "author": deep})).byline is None


def test_a_lone_surrogate_is_replaced_in_text_and_told_apart_in_an_id(tmp_path: Path) -> None:
    row = dict.fromkeys(("headline", "byline", "outlet", "dateline", "language"), "a\ud800")
    row["content"] = "It rained\ud800."
    file = written(tmp_path, {**row, "id": "a\ud800"}, {**row, "id": "a\ud801"})
    one, other = read(file)
    assert isinstance(one, Article)
    assert isinstance(other, Article)
    assert one.text == "It rained\ufffd."
    assert {one.title, one.byline, one.outlet, one.dateline} == {"a\ufffd"}
    assert one.language == "en"
    assert one.url.isascii()
    assert one.url != other.url


@pytest.mark.parametrize("name", ["self.jsonl", "self.json", "self.txt", "self.md", "self.html", "self.jsonl.gz"])
def test_a_link_to_itself_is_an_error(tmp_path: Path, name: str) -> None:
    (tmp_path / name).symlink_to(name)
    assert read_error(tmp_path / name).reason == "too many levels of symbolic links"


strings = st.one_of(
    st.text(st.characters(), max_size=20),
    st.sampled_from(["\ud800", "\x1b[31m", "http://[bad", "https://x/\ud800", "2026-01-12", "<p>a<![x[b", "en-GB"]),
)
values = st.recursive(
    st.one_of(strings, st.none(), st.booleans(), st.integers(), st.floats()),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.sampled_from(["name", "value", "@id", "role"]), inner)
    ),
    max_leaves=5,
)
names = sorted({*ROW, *SCHEMA, *NINJS_1, *NINJS_2, "modified", "standfirst", "dateline", "link", "@id"})


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.dictionaries(st.sampled_from(names), values, max_size=6), strings)
def test_whatever_a_record_says_it_can_be_stored_and_shown_or_is_an_error(
    tmp_path: Path, record: dict[str, object], body: str
) -> None:
    first, last = read(written(tmp_path, {"content": body, **record}, ROW))
    assert isinstance(last, Article)
    if isinstance(first, SourceError):
        assert first.line == 1
        return
    assert re.fullmatch("[a-z]{2,8}", first.language)
    assert re.fullmatch(r"(?:https?://[^/?#]|file:///)[!-~]+", first.url)
    assert not set(first.url) & set('"<>\\')
    first.text.encode()
    for line in (first.title, first.byline, first.outlet, first.dateline):
        assert line is None or not re.search(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029]", line)


def test_a_line_in_another_encoding_costs_only_itself(tmp_path: Path) -> None:
    file = written(tmp_path, ROW)
    file.write_bytes(b'{"content": "nul \x00"}\n' + file.read_bytes())
    error, article = read(file)
    assert isinstance(error, SourceError)
    assert error.line == 1
    assert isinstance(article, Article)


def test_gzip_is_read_and_a_cut_off_file_says_where_it_ends(tmp_path: Path) -> None:
    rows = "".join(json.dumps({**ROW, "content": f"Text {n}. {n * 7919}"}) + "\n" for n in range(500))
    data = gzip.compress(rows.encode())
    file = tmp_path / "rows.jsonl.gz"
    file.write_bytes(data)
    assert sum(isinstance(one, Article) for one in read(file)) == 500
    file.write_bytes(data[: len(data) // 2])
    *articles, error = read(file)
    assert all(isinstance(one, Article) for one in articles)
    assert isinstance(error, SourceError)
    assert error.line == len(articles) + 1
    file.write_bytes(b"no gzip")
    assert "reading failed" in read_error(file).reason


@pytest.mark.parametrize(
    ("content", "texts"),
    [
        (SCHEMA, 1),
        ([SCHEMA, {**SCHEMA, "articleBody": "Another text."}], 2),
        ({"@graph": [{"@type": "WebSite"}, SCHEMA]}, 1),
    ],
)
def test_a_json_file_holds_one_record_or_several(tmp_path: Path, content: object, texts: int) -> None:
    found = read(written(tmp_path, content, name="one.json"))
    assert sum(isinstance(one, Article) for one in found) == len(found) == texts


def test_a_json_file_that_is_none_is_an_error_with_its_line(tmp_path: Path) -> None:
    error = read_error(written(tmp_path, "{", '"a": }', name="bad.json"))
    assert error.line == 2
    assert "nested too deeply" in read_error(written(tmp_path, "[" * 100_000, name="deep.json")).reason


def test_fields_of_ninjs_3_are_read_as_they_are_spelt_there(tmp_path: Path) -> None:
    """Its names are in camel case, and its byline is `by`."""
    plain = {"role": "text", "contentType": "text/plain", "value": "The council voted. Nobody cheered."}
    table = "<table><tr><td>For</td><td>9</td></tr></table>"
    picture = "<figure><img src='a'><figcaption>A boat</figcaption></figure>"
    html = f"{picture}<p>The council voted.</p>{table}<p>Nobody cheered.</p>"
    marked = {"role": "html", "contentType": "text/html", "value": html}
    ninjs = {"uri": "urn:n:1", "headlines": [{"role": "main", "value": "Vote"}], "by": "By Odile Brandreth"}
    article = read_one(
        written(tmp_path, {**ninjs, "bodies": [plain, marked], "versionCreated": "2026-01-12T10:00:00Z"})
    )
    assert paragraphs(article) == ["The council voted.", "For | 9", "Nobody cheered."]
    assert (article.byline, article.published) == ("Odile Brandreth", date(2026, 1, 12))


def test_an_author_within_a_node_is_read(tmp_path: Path) -> None:
    node = {"title": "Vote", "content": "<p>The council voted.</p>", "author": {"node": {"name": "Odile Brandreth"}}}
    answer = {"data": {"posts": {"edges": [{"node": node}]}}}
    assert read_one(written(tmp_path, answer, name="answer.json")).byline == "Odile Brandreth"


def test_of_bodies_in_several_formats_one_is_taken_whatever_their_role(tmp_path: Path) -> None:
    plain = {"role": "main", "contenttype": "text/plain", "value": "The council voted. Nobody cheered."}
    marked = {"role": "main", "contenttype": "text/html", "value": "<p>The council voted.</p><p>Nobody cheered.</p>"}
    article = read_one(written(tmp_path, {**NINJS_2, "bodies": [plain, marked]}))
    assert paragraphs(article) == ["The council voted.", "Nobody cheered."]


def test_what_its_provider_has_cancelled_is_no_article(tmp_path: Path) -> None:
    assert "canceled" in read_error(written(tmp_path, {**NINJS_1, "pubstatus": "canceled"})).reason


def test_a_json_feed_says_for_its_items_what_they_do_not_say(tmp_path: Path) -> None:
    items = [
        {"id": "1", "url": "https://courier.example/1", "title": "One", "content_html": "<p>The council voted.</p>"},
        {"id": "2", "title": "Two", "content_text": "Nobody cheered.", "date_published": "2026-01-12T10:00:00Z"},
    ]
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "The Courier", "items": items}
    feed["authors"] = [{"name": "Odile Brandreth"}]
    one, two = read(written(tmp_path, feed, name="feed.json"))
    assert isinstance(one, Article)
    assert isinstance(two, Article)
    assert (one.text, one.outlet, one.byline, one.url) == (
        "The council voted.",
        "The Courier",
        "Odile Brandreth",
        "https://courier.example/1",
    )
    assert (two.text, two.published) == ("Nobody cheered.", date(2026, 1, 12))


@pytest.mark.parametrize(
    "wrapped",
    [
        lambda rows: {"articles": rows},
        lambda rows: {"status": "ok", "response": {"docs": rows, "tags": [{"text": "ferry"}]}},
        lambda rows: {"hits": {"hits": [{"_id": "1", "_source": row} for row in rows]}},
        lambda rows: {"data": {"news": {"edges": [{"node": row} for row in rows]}}},
        lambda rows: [{"id": "1", "attributes": row} for row in rows],
    ],
)
def test_records_are_found_in_their_wrapping(tmp_path: Path, wrapped: Any) -> None:
    rows = [{**ROW, "url": f"https://courier.example/{n}", "content": f"The council voted {n}."} for n in range(2)]
    found = read(written(tmp_path, wrapped(rows), name="answer.json"))
    assert [each.text for each in found if isinstance(each, Article)] == [
        "The council voted 0.",
        "The council voted 1.",
    ]
    assert len(found) == 2


def test_fields_beside_a_wrapped_record_are_its_own(tmp_path: Path) -> None:
    hit = {"webTitle": "Ferry", "webPublicationDate": "2026-01-12T10:00:00Z", "fields": {"bodyText": "They voted."}}
    article = read_one(written(tmp_path, {"response": {"results": [hit]}}, name="answer.json"))
    assert (article.title, article.text, article.published) == ("Ferry", "They voted.", date(2026, 1, 12))


def test_json_that_holds_no_article_is_one_error(tmp_path: Path) -> None:
    assert "no text" in read_error(written(tmp_path, {"tags": [{"text": "ferry"}]}, name="tags.json")).reason
