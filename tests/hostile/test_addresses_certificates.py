"""A name that leads to a checked address is still held to its certificate."""

from __future__ import annotations

import shutil
import socket
import ssl
import subprocess
import threading
from pathlib import Path

import pytest

from qa.errors import SourceError
from qa.protocols import Draft
from tests.hostile.newspapers import OUTSIDE, TEXT, fetch, talking

OPENSSL = shutil.which("openssl")
pytestmark = pytest.mark.skipif(OPENSSL is None, reason="there is no openssl to make a certificate with")


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A certificate for secure.example, signed by itself, and its key."""
    folder = tmp_path_factory.mktemp("certificate")
    made, key = folder / "certificate.pem", folder / "key.pem"
    names = ["-subj", "/CN=secure.example", "-addext", "subjectAltName=DNS:secure.example"]
    kind = ["-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"]
    command = [str(OPENSSL), "req", *kind, *names, "-out", str(made), "-keyout", str(key)]
    subprocess.run(command, check=True, capture_output=True)
    return made, key


def _answer(context: ssl.SSLContext, connection: socket.socket) -> None:
    with context.wrap_socket(connection, server_side=True) as secured:
        secured.recv(4_096)
        body = TEXT.encode()
        head = f"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: {len(body)}\r\n\r\n"
        secured.sendall(head.encode() + body)


def _fetch(name: str, certificate: tuple[Path, Path]) -> Draft | SourceError:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate)

    def talk(connection: socket.socket, done: threading.Event) -> None:
        _answer(context, connection)

    with talking(talk, OUTSIDE) as where:
        port = where.rpartition(":")[2]
        return fetch(f"https://{name}:{port}/", resolver=lambda host, port: [OUTSIDE])


def test_the_name_of_the_address_is_what_the_certificate_is_checked_for(
    certificate: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
    found = _fetch("secure.example", certificate)
    assert isinstance(found, Draft), found
    refused = _fetch("other.example", certificate)
    assert isinstance(refused, SourceError)
    assert "CERTIFICATE_VERIFY_FAILED" in refused.reason


def test_a_certificate_of_nobody_known_is_refused(certificate: tuple[Path, Path]) -> None:
    assert "CERTIFICATE_VERIFY_FAILED" in str(_fetch("secure.example", certificate))
