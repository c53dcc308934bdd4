"""The page "Add" in a browser: with scripts and without, and another site that tries."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count, islice
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser, expect

from qa.settings import WebSettings
from tests.browser.conftest import OpenPage, check_looks
from tests.conftest import fresh_settings
from tests.serving import serving
from web.app import create_app

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PATIENCE_MS = 120_000
BOTH_WAYS = pytest.mark.parametrize("javascript", [True, False], ids=["scripts", "no scripts"])
ROWS = 12
_ferries = count()


@pytest.fixture(scope="module")
def editable_site(tmp_path_factory: pytest.TempPathFactory, compiled_models: Path) -> Iterator[str]:
    """An archive of these tests' own that is open on this machine."""
    settings = fresh_settings(tmp_path_factory.mktemp("editable") / "data", compiled_models)
    with serving(create_app(settings.model_copy(update={"web": WebSettings(edit=True)}))) as address:
        yield address


@pytest.fixture
def rows(tmp_path: Path) -> Path:
    """Articles that no other test has put in, and a row that is none."""
    path = tmp_path / "ferries.jsonl"
    articles = [
        {
            "headline": f"Ferry {ferry} is late",
            "content": f"Ferry {ferry} is late again, harbour master Alma Reiss said on Monday.",
        }
        for ferry in islice(_ferries, ROWS)
    ]
    path.write_text("\n".join(map(json.dumps, [*articles, {"content": ""}])), encoding="utf-8")
    return path


@BOTH_WAYS
def test_files_go_in_and_their_page_ends_by_itself(
    editable_site: str, open_page: OpenPage, javascript: bool, rows: Path
) -> None:
    page = open_page(editable_site, javascript=javascript)
    page.get_by_role("link", name="Add", exact=True).click()
    page.get_by_label("Files").set_input_files(rows)
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page).to_have_url(re.compile(r"/add/jobs/[\w-]+$"))
    expect(page.locator("h1")).to_have_text("Done", timeout=PATIENCE_MS)
    expect(page.locator(".came")).to_contain_text(f"{ROWS} new")
    expect(page.locator(".failures li")).to_contain_text(f"ferries.jsonl, line {ROWS + 1}")
    page.get_by_role("link", name="Ask", exact=True).first.click()
    page.get_by_label("Your question").fill("What did Alma Reiss say?")
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.locator("section.turn mark").first).to_contain_text("late again")


def test_its_pages_are_accessible_and_never_wider_than_the_window(
    editable_site: str, open_page: OpenPage, rows: Path
) -> None:
    page = open_page(f"{editable_site}/add", expected=("422 (Unprocessable",))
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("nothing was given")

    check_looks(page)
    page.get_by_label("Files").set_input_files(rows)
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.locator("#job")).to_be_visible()
    check_looks(page)
    expect(page.locator("h1")).to_have_text("Done", timeout=PATIENCE_MS)
    check_looks(page)
    ways = page.locator(".masthead li")  # narrow by now
    assert len({way.bounding_box()["y"] for way in ways.all()}) == 1, "they stand in one line"  # type: ignore[index]
    page.get_by_role("link", name="Add more").click()
    expect(page.locator(".jobs li").first).to_contain_text(f"{ROWS} new")
    check_looks(page)


def test_no_page_of_another_site_puts_anything_in(editable_site: str, chromium: Browser) -> None:
    """Not even one of this machine, which browsers count to the same site, and whose requests carry the cookies."""
    form = f"""<!doctype html><title>x</title><form action="{editable_site}/add" method="post"
        enctype="multipart/form-data"><textarea name="text">Mayor Otto Brandl said nothing.</textarea></form>
        <script>document.forms[0].submit()</script>"""

    class Other(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(form.encode())

        def log_request(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Other) as other:
        Thread(target=other.serve_forever, daemon=True).start()
        with chromium.new_context() as context:
            page = context.new_page()
            page.goto(f"{editable_site}/add")
            jobs = page.locator(".jobs li").count()
            page.goto(f"http://127.0.0.1:{other.server_address[1]}/")
            expect(page).to_have_url(f"{editable_site}/add")
            expect(page.locator("h1")).to_have_text("This came from another site")
            page.goto(f"{editable_site}/add")
            expect(page.locator(".jobs li")).to_have_count(jobs)
        other.shutdown()
