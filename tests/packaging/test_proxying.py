"""The proxy that docs/deploying.md shows, run in front of a real server: what visitors and programs get through it."""

from __future__ import annotations

import base64
import getpass
import hashlib
import re
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import httpx2
import openai
import pytest

from qa.settings import WebSettings, load_settings
from tests.serving import serving
from tests.web.archive import MERZ, FakeArchive, berlin
from tests.web.linked_data import CONTEXT
from web.app import create_app

NGINX = shutil.which("nginx", path="/usr/sbin:/usr/bin:/usr/local/sbin:/usr/local/bin")
OPENSSL = shutil.which("openssl")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(NGINX is None or OPENSSL is None, reason="nginx or openssl is not installed"),
]

PAGE = Path(__file__).resolve().parents[2] / "docs" / "deploying.md"
NAME, READER, READS, WRITES = "news.example", "ada", "a token to read with", "a token to write with"
MIB = 1024 * 1024
# What Debian's nginx.conf has around a server block, as far as it matters to what is behind it.
AROUND = """
daemon off; user {user}; worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/error.log;
events {{ worker_connections 256; }}
http {{
    gzip on; access_log off;
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
    {servers}
}}
"""


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port: int = taken.getsockname()[1]
    return port


def configured(folder: Path, behind: str, secure: int, plain: int) -> str:
    """The page's configuration, with this machine's ports and files in the place of those that it names."""
    [servers] = re.findall(r"```nginx\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    for named, here in {
        "listen 443 ssl;": f"listen 127.0.0.1:{secure} ssl;",
        "listen 80;": f"listen 127.0.0.1:{plain};",
        "http://127.0.0.1:8000": behind,
        "/etc/ssl/news.pem": f"{folder}/news.pem",
        "/etc/ssl/news.key": f"{folder}/news.key",
        "/etc/nginx/onrecord.users": f"{folder}/users",
    }.items():
        assert named in servers
        servers = servers.replace(named, here)
    return AROUND.format(folder=folder, servers=servers, user=getpass.getuser())


@pytest.fixture(scope="module")
def through(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[httpx2.Client, httpx2.Client]]:
    """A visitor who has logged in, and one who has not, of the server behind the proxy, by its public name."""
    folder = tmp_path_factory.mktemp("proxy")
    names = ["-subj", f"/CN={NAME}", "-addext", f"subjectAltName=DNS:{NAME}"]
    kind = ["-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"]
    files = ["-out", f"{folder}/news.pem", "-keyout", f"{folder}/news.key"]
    subprocess.run([str(OPENSSL), "req", *kind, *names, *files], check=True, capture_output=True)
    hashed = base64.b64encode(hashlib.sha1(b"secret").digest()).decode()
    (folder / "users").write_text(f"{READER}:{{SHA}}{hashed}\n")
    secure, plain = free_port(), free_port()
    web = WebSettings(trusted_hosts=NAME, read_token=READS, write_token=WRITES, edit=True)
    with serving(create_app(load_settings(web=web), FakeArchive())) as behind:
        (folder / "nginx.conf").write_text(configured(folder, behind, secure, plain))
        command = [str(NGINX), "-p", str(folder), "-c", f"{folder}/nginx.conf", "-e", f"{folder}/error.log"]
        proxy = subprocess.Popen(command)
        try:
            until_it_listens(secure, folder / "error.log")
            trusting = ssl.create_default_context(cafile=f"{folder}/news.pem")
            address = f"https://{NAME}:{secure}"
            with _client(address, trusting, (READER, "secret")) as reader, _client(address, trusting, None) as stranger:
                reader.headers["X-Plain-Port"] = str(plain)
                yield reader, stranger
        finally:
            proxy.terminate()
            proxy.wait(30)


def _client(address: str, trusting: ssl.SSLContext, login: tuple[str, str] | None) -> httpx2.Client:
    return httpx2.Client(base_url=address, auth=login, transport=_Here(trusting), timeout=60, trust_env=False)


class _Here(httpx2.BaseTransport):
    """Goes to this machine for every name, as a name server would have it, and holds TLS to the name."""

    def __init__(self, trusting: ssl.SSLContext) -> None:
        self._transport = httpx2.HTTPTransport(verify=trusting)

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        named = request.url.host
        request.headers.setdefault("Host", named)
        request.url = request.url.copy_with(host="127.0.0.1")
        request.extensions = {**request.extensions, "sni_hostname": named}
        return self._transport.handle_request(request)

    def close(self) -> None:
        self._transport.close()


def until_it_listens(port: int, log: Path) -> None:
    end = time.monotonic() + 60
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            assert time.monotonic() < end, log.read_text() if log.exists() else "it does not listen"
            time.sleep(0.05)
        else:
            return


Clients = tuple[httpx2.Client, httpx2.Client]


def test_pages_need_the_login_and_programs_their_token(through: Clients) -> None:
    reader, stranger = through
    assert reader.get("/").status_code == 200
    assert stranger.get("/").status_code == 401
    assert stranger.get(f"/articles/{berlin.id}", headers={"Authorization": f"Bearer {READS}"}).status_code == 401
    for path in ("/api/articles", "/v1/models"):
        assert stranger.get(path).status_code == 401
        assert stranger.get(path, headers={"Authorization": f"Bearer {READS}"}).status_code == 200


def test_plain_http_leads_to_https(through: Clients) -> None:
    port = through[0].headers["X-Plain-Port"]
    led = httpx2.get(f"http://127.0.0.1:{port}/articles?text=x", headers={"Host": NAME}, trust_env=False)
    assert (led.status_code, led.headers["location"]) == (301, f"https://{NAME}/articles?text=x")


def test_every_whole_address_is_the_one_that_the_visitor_uses(through: Clients) -> None:
    reader, stranger = through
    here = str(reader.base_url).rstrip("/")
    card = re.search(r'href="(/s/[^"/#?]+)"', reader.get("/", params={"q": MERZ}).text)
    assert card
    page = reader.get(card[1]).text
    assert f'property="og:url" content="{here}{card[1]}"' in page
    assert f"src=&#34;{here}{card[1]}/embed&#34;" in page
    embedding = reader.get("/oembed", params={"url": here + card[1]}).json()
    assert f'src="{here}{card[1]}/embed"' in embedding["html"]
    annotated = reader.get(card[1], headers={"Accept": "application/ld+json"})
    assert annotated.status_code == 401, "what programs read needs the token, at the pages' addresses too"
    signed = {"Authorization": f"Bearer {READS}"}
    document = stranger.get(f"/api/articles/{berlin.id}/statements?format=annotations", headers=signed).json()
    assert document["@context"] == CONTEXT
    assert document["id"].startswith(f"{here}/api/")
    assert f'href="{here}/feed.atom' in reader.get("/feed.atom").text


def test_the_openai_client_streams_through_it(through: Clients) -> None:
    stranger = through[1]
    here = str(stranger.base_url).rstrip("/")
    client = openai.OpenAI(base_url=f"{here}/v1", api_key=READS, max_retries=0, http_client=stranger)
    asked = client.chat.completions.create(model="on-record", messages=[{"role": "user", "content": MERZ}], stream=True)
    deltas = [one.choices[0].delta for one in asked]
    assert len([delta for delta in deltas if delta.content]) > 3
    [annotations] = [delta.annotations for delta in deltas if getattr(delta, "annotations", None)]  # type: ignore[attr-defined]
    assert annotations[0]["url_citation"]["url"].startswith(f"{here}/articles/")


def test_as_much_as_may_be_put_in_passes_and_more_is_refused_as_too_large(through: Clients) -> None:
    stranger, limit = through[1], WebSettings().max_upload_mib
    headers = {"Authorization": f"Bearer {WRITES}", "Content-Type": "application/zip"}
    taken = stranger.post("/api/articles", content=bytes(limit * MIB), headers=headers)
    assert taken.status_code != 413, taken.text
    refused = stranger.post("/api/articles", content=bytes(limit * MIB + 1), headers=headers)
    assert refused.status_code == 413
    question = stranger.post("/api/answer", content=bytes(MIB), headers=headers | {"Content-Type": "application/json"})
    assert (question.status_code, question.json()["type"]) == (413, "/problems/body-too-large")


def test_a_conversation_as_long_as_it_may_be_passes(through: Clients) -> None:
    reader, longest = through[0], WebSettings().max_question_chars
    asked = [f"Wer ist {number} {'ü' * (longest - 20)}?" for number in range(8)]
    shown = reader.get("/", params={"q": asked})
    assert shown.status_code == 200, shown.text[:500]
    again = reader.get("/", params={"q": asked[-1:]}, headers={"Referer": str(shown.url)})
    assert again.status_code == 200


def test_nothing_is_packed_for_another_sites_request(through: Clients) -> None:
    """Debian's nginx packs pages by itself, which would give the lengths of a private archive's words away (0017)."""
    crossed = through[0].get("/", params={"q": MERZ}, headers={"Sec-Fetch-Site": "cross-site"})
    assert crossed.status_code == 200
    assert "content-encoding" not in crossed.headers


def test_editing_that_is_for_this_machine_alone_is_closed_to_whoever_comes_through_it(through: Clients) -> None:
    for host in (NAME, "localhost", "127.0.0.1"):
        page = through[0].get("/add", headers={"Host": host})
        assert page.status_code in {200, 403}, host
        assert "<textarea" not in page.text, host


def test_refusals_and_headers_of_ours_reach_the_visitor(through: Clients) -> None:
    reader = through[0]
    other = reader.get("/", headers={"Host": "elsewhere.example"})
    assert (other.status_code, other.json()["type"]) == (421, "/problems/host-unknown")
    page = reader.get("/")
    assert page.headers["content-security-policy"]
    assert len(page.headers.get_list("content-security-policy")) == 1
    tag = reader.get(f"/articles/{berlin.id}").headers["etag"]
    assert reader.get(f"/articles/{berlin.id}", headers={"If-None-Match": tag}).status_code == 304


def test_a_browser_s_own_page_may_call_the_tools_and_no_other_site_s(through: Clients) -> None:
    stranger = through[1]
    call = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
    headers = {"Authorization": f"Bearer {READS}", "Accept": "application/json, text/event-stream"}
    own = stranger.post("/mcp", json=call, headers=headers | {"Origin": str(stranger.base_url).rstrip("/")})
    assert own.status_code == 200, own.text
    assert stranger.post("/mcp", json=call, headers=headers | {"Origin": "https://other.example"}).status_code == 403
