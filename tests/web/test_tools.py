"""The archive's tools, with the SDK's own client over HTTP and over stdio."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

import httpx
import httpx2
import pytest
from mcp import Client, MCPError, StdioServerParameters
from mcp.client.streamable_http import streamable_http_client
from mcp_types import CallToolResult, TextContent, TextResourceContents

from qa import deadline
from qa.errors import ArchiveLocked
from qa.output.tools import ArticleTextBody, CheckBody, PassagesBody, ReplyBody, SpokenBody
from qa.settings import Settings, WebSettings, load_settings
from qa.types import EVERYTHING, Outcome, Scope
from tests.serving import serving
from tests.web.archive import (
    BERLIN,
    COMPARED,
    DISPUTED,
    FERRY,
    MERZ,
    NOBODY,
    PESKOV,
    FakeArchive,
    berlin,
    ferry,
)
from tests.web.conftest import Visit
from web.app import create_app
from web.tools import TOOLS

T = TypeVar("T")
TOKEN = "a token to read with"
ERAS = ["legacy", "2026-07-28"]  # with a handshake and without one
INITIALIZE = {
    "jsonrpc": "2.0",
    "id": 1,
    "method": "initialize",
    "params": {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "test", "version": "1"}},
}
ACCEPTED = {"Accept": "application/json, text/event-stream"}


def run(scene: Callable[[], Awaitable[T]]) -> T:
    """Run a scene in a thread of its own: beside browser tests, Playwright's loop is running in this one."""

    async def awaited() -> T:
        return await scene()

    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, awaited()).result()


def text_of(result: CallToolResult) -> str:
    [content] = result.content
    assert isinstance(content, TextContent)
    return content.text


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with serving(create_app(load_settings(web=WebSettings()), FakeArchive())) as address:
        yield address


def call(address: str, name: str, arguments: dict[str, Any], era: str = ERAS[0]) -> CallToolResult:
    async def scene() -> CallToolResult:
        async with Client(f"{address}/mcp", mode=era) as client:
            return await client.call_tool(name, arguments)

    return run(scene)


@pytest.mark.parametrize("era", ERAS)
def test_the_tools_only_read_and_a_model_reads_of_them_in_a_minute(address: str, era: str) -> None:
    async def scene() -> None:
        async with Client(f"{address}/mcp", mode=era) as client:
            tools = (await client.list_tools()).tools
            if era == "legacy":  # the other one asks for nothing of the kind
                assert client.server_info
                assert client.server_info.name == "on-record"
                assert client.instructions
        assert [tool.name for tool in tools] == [
            "ask",
            "search_passages",
            "statements",
            "speakers",
            "verify_quotation",
            "get_article",
            "compare",
        ]
        for tool in tools:
            assert tool.annotations
            assert tool.annotations.read_only_hint
            assert tool.description
            assert len(tool.description) <= 120
        assert len(json.dumps([(tool.name, tool.description, tool.input_schema) for tool in tools])) < 6_000

    run(scene)


@pytest.mark.parametrize("era", ERAS)
@pytest.mark.parametrize("question", [PESKOV, MERZ, COMPARED, DISPUTED])
def test_an_answer_has_exact_offsets_and_permalinks(address: str, era: str, question: str) -> None:
    result = call(address, "ask", {"question": question}, era)
    assert not result.is_error
    reply = ReplyBody.model_validate(result.structured_content)
    assert reply.outcome == "answered"
    assert reply.citations
    for one in reply.citations:
        assert BERLIN[one.start : one.end] == one.cited_text
        assert one.article_id == berlin.id
        assert one.cited_text in text_of(result)
        assert one.href in text_of(result)
        page = httpx.get(one.href)
        assert page.status_code == 200
        assert 'id="c1"' in page.text


def test_of_a_long_list_so_many_are_given_as_are_asked_for_and_the_rest_is_counted(address: str) -> None:
    result = call(address, "statements", {"speaker": "Merz", "limit": 2})
    reply = ReplyBody.model_validate(result.structured_content)
    assert [one.number for one in reply.citations] == [1, 2]
    assert [one.speaker for one in reply.citations] == ["Friedrich Merz"] * 2
    assert reply.more == 1
    assert "1 more: http://127.0.0.1" in text_of(result)


def test_two_people_stand_beside_each_other(address: str) -> None:
    reply = ReplyBody.model_validate(call(address, "compare", {"a": "Merz", "b": "Zelensky"}).structured_content)
    assert {one.speaker for one in reply.citations} == {"Friedrich Merz", "Volodymyr Zelensky"}


@pytest.mark.parametrize(
    ("name", "arguments", "reason"),
    [
        ("ask", {"question": NOBODY}, "speaker_silent"),
        ("statements", {"speaker": "Habeck"}, "speaker_unknown"),
        ("statements", {"speaker": "Merz", "about": "immigration"}, "silent_on_topic"),
        ("compare", {"a": "Merz", "b": "Habeck"}, "speaker_unknown"),
    ],
)
def test_a_refusal_is_a_result_and_no_error(address: str, name: str, arguments: dict[str, str], reason: str) -> None:
    result = call(address, name, arguments)
    assert not result.is_error
    reply = ReplyBody.model_validate(result.structured_content)
    assert (reply.outcome, reply.reason, reply.citations) == ("not_in_archive", reason, [])
    assert reply.message
    assert text_of(result) == f"Not in this archive. {reply.message}"


def test_a_quotation_is_told_to_be_altered_and_how(address: str) -> None:
    result = call(address, "verify_quotation", {"quotation": "Show me the cash and I will show you the boat."})
    check = CheckBody.model_validate(result.structured_content)
    assert check.verdict == "altered"
    [piece] = check.pieces
    assert FERRY[piece.source.start : piece.source.end] == piece.source.cited_text
    assert (piece.differences[0].quoted, piece.differences[0].source) == ("cash", "money")
    assert text_of(result).startswith("Altered:")
    absent = call(address, "verify_quotation", {"quotation": "no such words"})
    assert CheckBody.model_validate(absent.structured_content).verdict == "absent"
    assert not absent.is_error


def test_passages_are_exact_and_need_not_answer(address: str) -> None:
    result = call(address, "search_passages", {"text": "the ferry", "limit": 2, "outlet": "Courier"})
    passages = PassagesBody.model_validate(result.structured_content).passages
    texts = {berlin.id: BERLIN, ferry.id: FERRY}
    assert [one.number for one in passages] == [1, 2]
    for one in passages:
        assert texts[one.article_id][one.start : one.end] == one.cited_text
        assert one.cited_text in text_of(result)


def test_speakers_are_listed_with_their_roles(address: str) -> None:
    result = call(address, "speakers", {"name": "merz"})
    spoken = SpokenBody.model_validate(result.structured_content)
    assert [(one.name, one.roles[0].title) for one in spoken.speakers] == [("Friedrich Merz", "German Chancellor")]


def test_a_long_article_is_read_stretch_by_stretch(address: str) -> None:
    read, start = "", 0
    while start < len(BERLIN):
        result = call(address, "get_article", {"article_id": berlin.id, "start": start, "length": 300})
        body = ArticleTextBody.model_validate(result.structured_content)
        assert (body.start, body.length) == (start, len(BERLIN))
        assert body.text in text_of(result)
        read, start = read + body.text, body.end
    assert read == BERLIN
    beyond = call(address, "get_article", {"article_id": berlin.id, "start": 9_999})
    assert ArticleTextBody.model_validate(beyond.structured_content).text == ""


@pytest.mark.parametrize(
    ("name", "arguments", "told"),
    [
        ("ask", {}, "question: Field required"),
        ("ask", {"question": PESKOV, "publisht": "2025"}, "publisht: Extra inputs are not permitted"),
        ("ask", {"question": "x" * 501}, "at most 500 are read"),
        ("ask", {"question": PESKOV, "after": "yesterday"}, "A date such as 2025-12-31 is needed."),
        ("ask", {"question": PESKOV, "after": "2026-01-01", "before": "2025-01-01"}, "The dates exclude everything"),
        ("search_passages", {"text": "x" * 501}, "at most 500 are read"),
        ("statements", {"limit": 51}, "less than or equal to 50"),
        ("verify_quotation", {"quotation": "…"}, "The quotation is empty."),
        ("get_article", {"article_id": "unknown"}, "No article with id 'unknown'"),
    ],
)
def test_what_whoever_calls_can_put_right_is_an_error_that_says_how(
    address: str, name: str, arguments: dict[str, Any], told: str
) -> None:
    result = call(address, name, arguments)
    assert result.is_error
    assert told in text_of(result)


def test_a_tool_that_is_not_there_is_an_error_of_the_protocol(address: str) -> None:
    async def scene() -> None:
        async with Client(f"{address}/mcp", mode=ERAS[0]) as client:
            with pytest.raises(MCPError, match="there are ask, search_passages"):
                await client.call_tool("remove", {})

    run(scene)


def test_what_only_the_operator_can_mend_names_no_path() -> None:
    archive = FakeArchive(fails=ArchiveLocked("/srv/secret", "qa ingest"))
    with serving(create_app(load_settings(web=WebSettings()), archive)) as address:
        result = call(address, "ask", {"question": PESKOV})
    assert result.is_error
    assert "/srv" not in text_of(result)
    assert "qa doctor" in text_of(result)


def test_a_fault_of_ours_is_told_in_general_words() -> None:
    archive = FakeArchive(fails=RuntimeError("of /srv/secret"))
    with serving(create_app(load_settings(web=WebSettings()), archive)) as address:
        result = call(address, "ask", {"question": PESKOV})
    assert result.is_error
    assert text_of(result) == "This is a fault of the server, and its log says more."


class Endless(FakeArchive):
    """Works until it is stopped."""

    def ask(self, text: str, scope: Scope = EVERYTHING, *, earlier: Sequence[str] = ()) -> Outcome:
        while True:
            deadline.check()
            time.sleep(0.01)


def test_tools_have_the_time_and_the_places_that_pages_have() -> None:
    limits = {"answer_timeout_s": 1.5, "max_concurrent": 1, "max_waiting": 0}
    with serving(create_app(load_settings(web=WebSettings.model_validate(limits)), Endless())) as address:

        async def scene() -> list[str]:
            async with Client(f"{address}/mcp", mode=ERAS[0]) as client:
                calls = (client.call_tool("ask", {"question": PESKOV}) for _ in range(2))
                return sorted(text_of(one) for one in await asyncio.gather(*calls))

        late, busy = run(scene)
    assert late == "There was no answer within 1.5 seconds."
    assert busy.startswith("Too many questions at once. Ask again in ")


@pytest.mark.parametrize("era", ERAS)
def test_articles_are_resources(address: str, era: str) -> None:
    async def scene() -> None:
        async with Client(f"{address}/mcp", mode=era) as client:
            listed = await client.list_resources()
            assert [one.title for one in listed.resources][1] == berlin.title
            assert listed.next_cursor is None
            [template] = (await client.list_resource_templates()).resource_templates
            assert template.uri_template == "onrecord://articles/{article_id}"
            [content] = (await client.read_resource(f"onrecord://articles/{berlin.id}")).contents
            assert isinstance(content, TextResourceContents)
            assert content.text == BERLIN
            for uri in ("onrecord://articles/unknown", "file:///etc/passwd"):
                with pytest.raises(MCPError):
                    await client.read_resource(uri)

    run(scene)


def test_all_articles_are_listed_page_by_page(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("web.tool_server.LISTED", 2)
    with serving(create_app(load_settings(web=WebSettings()), FakeArchive())) as address:

        async def scene() -> list[str]:
            async with Client(f"{address}/mcp", mode=ERAS[0]) as client:
                first = await client.list_resources()
                rest = await client.list_resources(cursor=first.next_cursor)
                assert rest.next_cursor is None
                with pytest.raises(MCPError, match="not a cursor"):
                    await client.list_resources(cursor="yesterday")
                return [one.uri for one in (*first.resources, *rest.resources)]

        assert len(set(run(scene))) == 3


def test_a_prompt_asks_to_quote_somebody_on_a_topic(address: str) -> None:
    async def scene() -> None:
        async with Client(f"{address}/mcp", mode=ERAS[0]) as client:
            assert [one.name for one in (await client.list_prompts()).prompts] == ["quote", "check_quotations"]
            [message] = (await client.get_prompt("quote", {"person": "Merz", "topic": "the talks"})).messages
            assert isinstance(message.content, TextContent)
            assert message.content.text.startswith("Quote Merz on the talks")
            with pytest.raises(MCPError, match="needs person"):
                await client.get_prompt("quote", {})

    run(scene)


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Origin": "http://localhost"}, 200),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "http://localhost"}, 200),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "http://localhost:6274"}, 403),
        ({"Origin": "null"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Host": "evil.example"}, 421),
        ({"Host": "evil.example", "Origin": "http://evil.example"}, 421),
    ],
)
def test_no_other_site_has_a_browser_call_a_tool(visit: Visit, headers: dict[str, str], status: int) -> None:
    response = visit(FakeArchive()).post("/mcp", json=INITIALIZE, headers=ACCEPTED | headers)
    assert response.status_code == status
    assert "x-frame-options" in response.headers


def test_there_is_nothing_to_get_and_a_body_has_its_limit(visit: Visit) -> None:
    client = visit(FakeArchive(), max_body_kib=1)
    assert client.get("/mcp", headers=ACCEPTED).status_code == 405
    assert client.delete("/mcp").status_code == 405
    assert client.post("/mcp", content=b"x" * 2_000, headers=ACCEPTED).status_code == 413


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"7", b'{"jsonrpc": "2.0", "id": 1, "method": "nothing"}', b"\xff"])
def test_what_is_no_message_is_refused(visit: Visit, body: bytes) -> None:
    response = visit(FakeArchive()).post("/mcp", content=body, headers=ACCEPTED | {"Content-Type": "application/json"})
    assert response.status_code in {200, 400}
    assert "error" in response.json()


def test_with_a_read_token_a_client_needs_it() -> None:
    with serving(create_app(load_settings(web=WebSettings(read_token=TOKEN)), FakeArchive())) as address:

        async def scene(token: str) -> int:
            headers = {"Authorization": f"Bearer {token}"}
            async with httpx2.AsyncClient(headers=headers) as http:
                transport = streamable_http_client(f"{address}/mcp", http_client=http)
                async with Client(transport, mode=ERAS[0]) as client:
                    return len((await client.list_tools()).tools)

        assert run(lambda: scene(TOKEN)) == len(TOOLS)
        with pytest.raises(BaseException, match=r"401|Unauthorized|unhandled errors"):
            run(lambda: scene("another"))


def test_nothing_of_the_protocol_is_loaded_before_somebody_calls_a_tool() -> None:
    code = "import sys, qa.cli, web.app; assert not {'mcp', 'mcp_types', 'openai'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True, timeout=120)


@pytest.mark.slow
@pytest.mark.parametrize("era", ["legacy", "auto"])
def test_over_stdio_the_sample_archive_is_asked_with_every_tool(corpus_settings: Settings, era: str) -> None:
    environment = {**os.environ, "QA_DATA_DIR": str(corpus_settings.data_dir)}
    arguments = ["-m", "qa.cli", "mcp", "--address", "https://archive.example/"]
    server = StdioServerParameters(command=sys.executable, args=arguments, env=environment)

    async def scene() -> None:
        async with Client(server, mode=era) as client:
            answer = await client.call_tool("ask", {"question": "Who is the Kremlin spokesman?"})
            [first, *_] = ReplyBody.model_validate(answer.structured_content).citations
            assert first.cited_text == "Dmitry Peskov"
            assert first.href.startswith(f"https://archive.example/articles/{first.article_id}?at=")
            article = await client.call_tool("get_article", {"article_id": first.article_id})
            text = ArticleTextBody.model_validate(article.structured_content).text
            assert text[first.start : first.end] == first.cited_text
            refusal = await client.call_tool("ask", {"question": "What did Macron say?"})
            assert not refusal.is_error
            assert ReplyBody.model_validate(refusal.structured_content).outcome == "not_in_archive"
            found = await client.call_tool("search_passages", {"text": "ferry closure", "limit": 3})
            passages = PassagesBody.model_validate(found.structured_content).passages
            assert len(passages) == 3
            said = await client.call_tool("statements", {"speaker": "Merz", "about": "guarantees"})
            assert ReplyBody.model_validate(said.structured_content).citations
            spoken = await client.call_tool("speakers", {"limit": 5})
            assert len(SpokenBody.model_validate(spoken.structured_content).speakers) == 5
            check = await client.call_tool("verify_quotation", {"quotation": first.sentence})
            assert CheckBody.model_validate(check.structured_content).verdict == "verbatim"
            both = await client.call_tool("compare", {"a": "Merz", "b": "Zelensky"})
            assert {one.speaker for one in ReplyBody.model_validate(both.structured_content).citations} == {
                "Friedrich Merz",
                "Volodymyr Zelensky",
            }
            assert str(corpus_settings.data_dir) not in "".join(map(text_of, (answer, article, refusal, found, said)))

    run(scene)


@pytest.mark.slow
def test_an_archive_that_is_empty_is_told_by_the_tool(settings: Settings) -> None:
    environment = {**os.environ, "QA_DATA_DIR": str(settings.data_dir)}
    server = StdioServerParameters(command=sys.executable, args=["-m", "qa.cli", "mcp"], env=environment)

    async def scene() -> CallToolResult:
        async with Client(server, mode=ERAS[0]) as client:
            return await client.call_tool("ask", {"question": PESKOV})

    result = run(scene)
    assert result.is_error
    assert "qa ingest" in text_of(result)
