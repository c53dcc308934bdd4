"""The Chroma index beyond the contract: what it stamps, what it refuses, what it never sends or stores."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from qa.errors import IndexStale, IndexUnavailable, SettingsError
from qa.indexing import ChromaIndex
from qa.indexing.chroma import _HNSW, _silent_settings

VECTORS = np.eye(4, dtype=np.float32)
IDS = ["a:0-1", "b:0-1", "c:0-1", "d:0-1"]


def opened(path: Path | None, *, url: str | None = None, digest: str = "one", **options: bool) -> ChromaIndex:
    return ChromaIndex.open(path, url, "passages", encoder_digest=digest, dimension=4, **options)


def test_an_index_in_a_folder_is_used_without_chromas_client_and_its_telemetry(tmp_path: Path) -> None:
    program = (
        "import sys, numpy as np, pathlib; from qa.indexing import ChromaIndex\n"
        "with ChromaIndex.open(pathlib.Path(sys.argv[1]), None, 'passages', encoder_digest='one', dimension=4, "
        "create=False) as index:\n"
        "    assert len(index.nearest(np.ones(4, dtype='float32'), 4)) == 4\n"
        "sys.exit(bool({'chromadb', 'httpx', 'opentelemetry'} & set(sys.modules)))\n"
    )
    with opened(tmp_path) as index:
        index.add(IDS, VECTORS)
    assert subprocess.run([sys.executable, "-c", program, str(tmp_path)], check=False).returncode == 0


@pytest.mark.slow
def test_the_engine_and_chromas_client_find_the_same_in_each_others_folders(tmp_path: Path) -> None:
    import chromadb

    vectors = np.random.default_rng(0).normal(size=(2_500, 4)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    ids = [f"{row}:0-1" for row in range(2_500)]
    with opened(tmp_path / "ours") as index:
        index.add(ids, vectors)
        found = index.nearest(vectors[7], 50)
    settings = _silent_settings()
    client = chromadb.PersistentClient(str(tmp_path / "ours"), settings=settings)
    query = client.get_collection("passages", embedding_function=None).query(
        query_embeddings=vectors[7:8], n_results=50, include=["distances"]
    )
    assert query["distances"] is not None
    assert found == [(id_, 1.0 - far) for id_, far in zip(query["ids"][0], query["distances"][0], strict=True)]
    theirs = chromadb.PersistentClient(str(tmp_path / "theirs"), settings=settings).create_collection(
        "passages",
        embedding_function=None,
        metadata={"schema": 1, "encoder": "one", "dimension": 4},
        configuration={"hnsw": _HNSW},
    )
    theirs.add(ids=ids, embeddings=vectors)
    with opened(tmp_path / "theirs", create=False) as index:
        assert index.ids() == set(ids)
        assert index.nearest(vectors[7], 3, among=ids[:20])[0][0] == ids[7]


def test_importing_the_stage_does_not_import_chroma() -> None:
    program = "import sys, qa.indexing; sys.exit('chromadb' in sys.modules or 'torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_vectors_are_there_after_the_index_is_opened_again(tmp_path: Path) -> None:
    with opened(tmp_path) as index:
        index.add(IDS, VECTORS)
    with opened(tmp_path, create=False) as index:
        assert index.ids() == set(IDS)
        ((id_, cosine),) = index.nearest(VECTORS[2], 1)
        assert (id_, round(cosine, 5)) == ("c:0-1", 1.0)


def test_another_encoder_is_refused_and_told_to_rebuild(tmp_path: Path) -> None:
    opened(tmp_path).close()
    with pytest.raises(IndexStale, match="has encoder 'one', not 'two'") as caught:
        opened(tmp_path, digest="two")
    assert "qa rebuild" in caught.value.remedy
    opened(tmp_path).close()


def test_a_fresh_index_replaces_another_encoders(tmp_path: Path) -> None:
    with opened(tmp_path) as index:
        index.add(IDS, VECTORS)
    with opened(tmp_path, digest="two", fresh=True) as index:
        assert index.count() == 0
        index.add(IDS[:1], VECTORS[:1])
    with opened(tmp_path, digest="two") as index:
        assert index.count() == 1


def test_a_reset_index_is_empty_and_usable(tmp_path: Path) -> None:
    with opened(tmp_path) as index:
        index.add(IDS, VECTORS)
        index.reset()
        assert index.ids() == set()
        index.add(IDS[:2], VECTORS[:2])
        assert index.nearest(VECTORS[0], 1)[0][0] == IDS[0]


def test_a_reset_index_leaves_no_old_graph_on_the_disk(tmp_path: Path) -> None:
    many = np.random.default_rng(0).normal(size=(1_500, 4)).astype(np.float32)
    with opened(tmp_path) as index:
        for _ in range(3):
            index.add([f"{row}:0-1" for row in range(1_500)], many)
            assert len([path for path in tmp_path.iterdir() if path.is_dir()]) == 1
            index.reset()
            assert [path for path in tmp_path.iterdir() if path.is_dir()] == []
        index.add(IDS, VECTORS)
        assert index.nearest(VECTORS[0], 1)[0][0] == IDS[0]


def test_a_missing_index_is_not_made_unless_asked_for(tmp_path: Path) -> None:
    with pytest.raises(IndexStale, match="There is no index") as caught:
        opened(tmp_path / "index", create=False)
    assert "qa rebuild" in caught.value.remedy
    assert not (tmp_path / "index").exists()
    opened(tmp_path).close()
    with pytest.raises(IndexStale, match="There is no index 'others'"):
        ChromaIndex.open(tmp_path, None, "others", encoder_digest="one", dimension=4, create=False)


def test_a_damaged_store_is_an_error_that_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "chroma.sqlite3").write_bytes(b"this is no database" * 1_000)
    with pytest.raises(IndexUnavailable) as caught:
        opened(tmp_path)
    assert str(tmp_path) in caught.value.message
    assert "qa rebuild" in caught.value.remedy


def test_an_index_that_was_dropped_meanwhile_is_stale(tmp_path: Path) -> None:
    with opened(tmp_path) as first, opened(tmp_path, fresh=True) as second:
        second.add(IDS, VECTORS)
        with pytest.raises(IndexStale, match="dropped"):
            first.count()


@pytest.mark.parametrize("url", ["localhost:8000", "ftp://host", "http://", "http://host:port"])
def test_an_address_that_is_none_is_a_settings_error(url: str) -> None:
    with pytest.raises(SettingsError, match="not the address"):
        opened(None, url=url)


def test_an_address_with_a_login_is_refused_and_not_shown() -> None:
    with pytest.raises(SettingsError, match="has a user or a password") as refused:
        opened(None, url="http://mara:ink@127.0.0.1:9")
    assert "ink" not in str(refused.value)


def test_a_server_that_does_not_answer_is_named() -> None:
    url = f"http://127.0.0.1:{free_port()}"
    with pytest.raises(IndexUnavailable, match=url) as caught:
        opened(None, url=url)
    assert "QA_INDEX__URL" in caught.value.remedy


def test_telemetry_is_off_whatever_the_environment_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANONYMIZED_TELEMETRY", "True")
    monkeypatch.setenv("CHROMA_OTEL_GRANULARITY", "all")
    monkeypatch.setenv("CHROMA_OTEL_COLLECTION_ENDPOINT", "http://127.0.0.1:9")
    monkeypatch.setenv("ALLOW_RESET", "True")
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".env").write_text("ANONYMIZED_TELEMETRY=True\nCHROMA_OTEL_GRANULARITY=all\n")
    settings = _silent_settings()
    assert settings.anonymized_telemetry is False
    assert settings.allow_reset is False
    assert not settings.chroma_otel_granularity
    assert not settings.chroma_otel_collection_endpoint


def test_the_embedded_index_opens_no_connection(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    with opened(tmp_path) as index:
        index.add(IDS, VECTORS)
        assert index.nearest(VECTORS[0], 4)[0][0] == IDS[0]


def test_nothing_but_ids_and_vectors_is_stored(tmp_path: Path) -> None:
    with opened(tmp_path) as index:
        index.add(IDS, VECTORS)
        stored = index._collection.get(include=["documents", "metadatas"])
    assert repr((stored["documents"], stored["metadatas"])) == repr(([None] * 4, [None] * 4))


def test_a_server_that_accepts_and_says_nothing_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qa.indexing.chroma._HEARTBEAT_S", 0.2)
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        with pytest.raises(IndexUnavailable, match=url):
            opened(None, url=url)


@pytest.mark.slow
def test_a_process_that_is_killed_while_adding_leaves_an_index_that_opens(tmp_path: Path) -> None:
    program = (
        "import sys, numpy as np, pathlib; from qa.indexing import ChromaIndex\n"
        "index = ChromaIndex.open(pathlib.Path(sys.argv[1]), None, 'passages', encoder_digest='one', dimension=4)\n"
        "for n in range(10_000):\n"
        "    index.add([f'{n}:{k}-{k + 1}' for k in range(50)], np.random.default_rng(n).normal(size=(50, 4))"
        ".astype('float32'))\n"
        "    print(n, flush=True)\n"
    )
    with subprocess.Popen([sys.executable, "-c", program, str(tmp_path)], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        done = [process.stdout.readline() for _ in range(45)]
        process.kill()
        process.wait()
    with opened(tmp_path) as index:
        assert {f"{n.strip()}:{k}-{k + 1}" for n in done for k in range(50)} <= index.ids()
        assert len(index.nearest(VECTORS[0], 100)) == 100


@pytest.mark.slow
def test_several_processes_may_read_one_embedded_index(tmp_path: Path) -> None:
    with opened(tmp_path) as index:
        index.add([f"{row}:0-1" for row in range(2_700)], np.random.default_rng(0).normal(size=(2_700, 4)).astype("f4"))
    program = (
        "import sys, numpy as np, pathlib; from qa.indexing import ChromaIndex\n"
        "index = ChromaIndex.open(pathlib.Path(sys.argv[1]), None, 'passages', encoder_digest='one', dimension=4)\n"
        "for n in range(500):\n"
        "    assert len(index.nearest(np.ones(4, dtype='float32'), 100)) == 100\n"
    )
    readers = [subprocess.Popen([sys.executable, "-c", program, str(tmp_path)]) for _ in range(3)]
    assert [reader.wait(60) for reader in readers] == [0, 0, 0]


@pytest.mark.slow
def test_the_graph_finds_nearly_all_true_neighbours(tmp_path: Path) -> None:
    rng = np.random.default_rng(3)
    topics = rng.normal(size=(200, 384))
    vectors = topics[rng.integers(0, 200, 10_000)] + rng.normal(scale=0.8, size=(10_000, 384))
    vectors = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
    ids = [f"{row:016x}:0-1" for row in range(10_000)]
    with ChromaIndex.open(tmp_path, None, "passages", encoder_digest="one", dimension=384) as index:
        index.add(ids, vectors)
        shares = []
        for question in vectors[:40]:
            best = {ids[row] for row in np.argpartition(-(vectors @ question), 100)[:100]}
            shares.append(len(best & {id_ for id_, _ in index.nearest(question, 100)}) / 100)
    assert np.mean(shares) >= 0.98


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


@pytest.fixture
def server(tmp_path: Path) -> Iterator[str]:
    port = free_port()
    command = [str(Path(sys.executable).parent / "chroma"), "run", "--path", str(tmp_path), "--host", "127.0.0.1"]
    quiet = {**os.environ, "ANONYMIZED_TELEMETRY": "False"}
    with subprocess.Popen(
        [*command, "--port", str(port)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=quiet
    ) as process:
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline and process.poll() is None:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
        process.kill()


@pytest.mark.slow
def test_a_real_chroma_server_is_used_by_its_address(server: str) -> None:
    rng = np.random.default_rng(0)
    vectors = rng.normal(size=(7_000, 4)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    ids = [f"{row:016x}:0-1" for row in range(7_000)]
    with opened(None, url=server) as writer, opened(None, url=server, create=False) as reader:
        writer.add(ids, vectors)
        assert reader.count() == 7_000
        assert reader.ids() == set(ids)
        assert reader.nearest(vectors[5], 1)[0][0] == ids[5]
        assert reader.nearest(vectors[5], 3, among=ids[:10])[0][0] == ids[5]
        assert reader.nearest(vectors[5], 3, among=[*ids[:1_200], "stranger"])[0][0] == ids[5]
        writer.remove(ids[:6])
        assert reader.nearest(vectors[5], 1)[0][0] != ids[5]
        with pytest.raises(IndexStale, match="qa rebuild"):
            opened(None, url=server, digest="two")
        opened(None, url=server, digest="two", fresh=True).close()
        with pytest.raises(IndexStale, match="dropped"):
            reader.count()
