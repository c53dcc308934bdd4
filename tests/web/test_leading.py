"""Every link, form and picture of a page leads to something, over the sample archive."""

from __future__ import annotations

from urllib.parse import quote, urljoin, urlsplit

import pytest
from bs4 import BeautifulSoup
from fastapi.testclient import TestClient

from qa.settings import Settings
from web.app import create_app

QUESTIONS = [
    "Who is the Kremlin spokesman?",
    "What did Merz say about the security guarantees?",
    "Compare Merz and Zelensky on the guarantees",
    "Who denies the meeting?",
    "what did macron say",
    "ferry",
]
PAGES = ["/", "/articles", "/speakers", "/compare", "/verify?quotation=a+very+important+step", "/feeds", "/api"]


@pytest.mark.slow
def test_every_link_of_every_kind_of_page_leads_to_something(served_settings: Settings) -> None:
    asked = [*PAGES, *(f"/?q={quote(question)}" for question in QUESTIONS)]
    found: dict[str, str] = {}
    with TestClient(create_app(served_settings), "http://localhost", raise_server_exceptions=False) as client:
        client.headers["accept"] = "text/html"
        for _ in range(2):  # the pages that are known, then one of each kind that they lead to
            for page in asked:
                found |= {address: found.get(address, page) for address in _led_to(client, page)}
            kinds = {
                tuple(urlsplit(each).path.split("/")[1:2] + urlsplit(each).path.split("/")[3:]): each for each in found
            }
            asked = list(kinds.values())
        broken = {each: page for each, page in found.items() if client.get(each).status_code >= 400}
    assert len(found) > 100
    assert broken == {}


def _led_to(client: TestClient, page: str) -> list[str]:
    """The addresses on this server that a page names."""
    response = client.get(page)
    if "html" not in response.headers.get("content-type", ""):
        return []
    read = BeautifulSoup(response.text, "html.parser")
    named = [str(tag[name]) for name in ("href", "src") for tag in read.select(f"[{name}]")]
    whole = [urlsplit(urljoin(f"http://localhost{page}", each)) for each in named]
    return [each._replace(scheme="", netloc="", fragment="").geturl() for each in whole if each.netloc == "localhost"]
