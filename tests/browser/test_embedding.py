"""A page of another site that embeds a statement, and tries to embed more."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from qa.output.links import card_href
from tests.browser.conftest import OpenPage, check_looks
from tests.web.archive import MERZ, PESKOV, berlin, said_by_merz
from web.views.frames import MOST

pytestmark = [pytest.mark.browser, pytest.mark.slow]

[_, PEACE, _] = [str(card_href(one.statement)) for one in said_by_merz(MERZ).citations if one.statement]  # type: ignore[arg-type]


@contextmanager
def embedding(page: Page, body: str, scheme: str) -> Iterator[Page]:
    """Open a page of another server with ``body``, in light or dark by its own style."""
    html = f'<!doctype html><html style="color-scheme:{scheme}"><title>Other</title><body>{body}'

    class Other(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(html.encode())

        def log_request(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Other) as other:
        Thread(target=other.serve_forever, daemon=True).start()
        page.goto(f"http://127.0.0.1:{other.server_address[1]}/")
        yield page
        other.shutdown()


@pytest.mark.parametrize(("scheme", "ink"), [("light", "rgb(0, 0, 0)"), ("dark", "rgb(255, 255, 255)")])
@pytest.mark.parametrize("asked", [True, False], ids=["as the page asks", "as the browser is"])
def test_a_statement_stands_in_another_page_in_its_light(
    chromium: Browser, awkward_site: str, scheme: Literal["light", "dark"], ink: str, asked: bool
) -> None:
    system: Literal["light", "dark"] = "light" if asked else scheme
    with chromium.new_context(color_scheme=system) as context:
        page = context.new_page()
        refused: list[str] = []
        page.on("console", lambda message: refused.append(message.text))
        card = f"{awkward_site}{PEACE}{'?scheme=' + scheme if asked else ''}"
        frame = page.request.get(f"{awkward_site}/oembed", params={"url": card}).json()["html"]
        with embedding(page, frame, scheme):
            inside = page.frame_locator("iframe")
            expect(inside.locator("blockquote")).to_have_text("“We want peace,” […] “and we want it to last.”")
            expect(inside.locator("blockquote")).to_have_css("color", ink)
            expect(inside.locator("blockquote")).to_have_css("border-left-width", "3px")  # its style is let through
            fits = page.frames[1].evaluate("document.documentElement.scrollHeight <= window.innerHeight")
            assert fits, "the height that oEmbed gives is enough"
            with context.expect_page() as opened:
                inside.locator("a").click()
            expect(opened.value.locator("h1")).to_have_text(berlin.title)
        assert refused == []


@pytest.mark.parametrize("path", ["/", f"/?q={PESKOV}", PEACE, f"/articles/{berlin.id}"])
def test_no_other_page_can_be_framed(chromium: Browser, awkward_site: str, path: str) -> None:
    with chromium.new_context() as context:
        page = context.new_page()
        refused: list[str] = []
        page.on("console", lambda message: refused.append(message.text))
        frame = f'<iframe src="{escape(awkward_site + path)}"></iframe>'
        with embedding(page, frame, "light"):
            expect(page.frame_locator("iframe").locator("main")).to_have_count(0)
        assert any("frame-ancestors" in text for text in refused), refused


def test_a_frame_is_small_on_the_wire(chromium: Browser, awkward_site: str) -> None:
    with chromium.new_context() as context:
        assert len(context.request.get(f"{awkward_site}{PEACE}/embed").body()) <= MOST


@pytest.mark.parametrize("path", [PEACE, f"{PEACE}/embed"])
def test_a_card_is_accessible_and_never_wider_than_the_window(
    awkward_site: str, open_page: OpenPage, path: str
) -> None:
    page = open_page(f"{awkward_site}{path}")
    parts = ("landmark-one-main", "page-has-heading-one", "region") if path.endswith("/embed") else ()
    check_looks(page, without=parts)
