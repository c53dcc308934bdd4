"""``qa feeds`` in processes of its own, alone and beside a server that owns the archive."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from qa.assistant.parts import Common
from qa.assistant.sharing.keeper import Keeper
from qa.settings import FeedSettings, Settings
from tests.newsroom import FERRY, Answer, Newsroom, item, newsroom, rss

pytestmark = pytest.mark.slow


@pytest.fixture
def room() -> Iterator[Newsroom]:
    with newsroom(feed=Answer(rss(item("/ferry", "Ferry closed", *FERRY)))) as here:
        yield here


def _qa(settings: Settings, *arguments: str, private: bool = True) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "qa.cli", "feeds", *arguments],
        env={
            **os.environ,
            "QA_DATA_DIR": str(settings.data_dir),
            "QA_INGESTION__PRIVATE_ADDRESSES": str(private).lower(),
            "QA_FEEDS__HOST_DELAY_S": "0",
            "PYTHONPATH": str(Path(__file__).parents[3]),
        },
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


def test_a_feed_is_added_polled_listed_and_removed(settings: Settings, room: Newsroom) -> None:
    feed = f"{room.address}/feed"
    assert "No feeds" in _qa(settings).stdout
    added = _qa(settings, "add", feed)
    assert added.returncode == 0, added.stderr
    assert f"Added: {feed} (RSS)." in added.stdout
    assert "The Marrow Gazette: 1 added." in added.stdout
    assert "already" in _qa(settings, "add", feed).stdout
    polled = _qa(settings, "poll")
    assert polled.stdout == "The Marrow Gazette: nothing new.\n"
    (listed,) = json.loads(_qa(settings, "list", "--json").stdout)["feeds"]
    assert (listed["address"], listed["counts"], listed["left"]) == (feed, {"added": 1}, 0)
    assert [one["title"] for one in listed["articles"]] == ["Ferry closed"]
    shown = _qa(settings).stdout
    assert "Ferry closed" in shown
    assert feed in shown
    assert "Its articles stay" in _qa(settings, "remove", feed).stdout
    gone = _qa(settings, "remove", feed)
    assert gone.returncode == 2
    assert "no feed here" in gone.stderr


def test_what_is_no_feed_is_not_added(settings: Settings, room: Newsroom) -> None:
    room.page("/ferry")
    for arguments, reason in (
        ([f"{room.address}/ferry"], "it is a page and no feed"),
        ([f"{room.address}/gone"], "404"),
        (["/etc/hostname"], "no http(s) address"),
    ):
        answer = _qa(settings, "add", *arguments)
        assert answer.returncode in {1, 2}
        assert reason in answer.stderr
    refused = _qa(settings, "add", f"{room.address}/feed", private=False)
    assert "QA_INGESTION__PRIVATE_ADDRESSES" in refused.stderr
    assert "No feeds" in _qa(settings).stdout


def test_a_feed_that_fails_is_left_alone_unless_it_is_named(settings: Settings, room: Newsroom) -> None:
    feed = f"{room.address}/feed"
    _qa(settings, "add", feed)
    room.answers["/feed"] = Answer(status=503, headers={"Retry-After": "7200"})
    first = _qa(settings, "poll")
    assert first.returncode == 1
    assert "503" in first.stderr
    room.answers["/feed"] = Answer(rss())
    asked = len(room.paths)
    left = _qa(settings, "poll")
    assert (left.returncode, len(room.paths)) == (0, asked)
    assert "not asked before" in left.stdout
    assert _qa(settings, "poll", feed).stdout == "The Marrow Gazette: nothing new.\n"


def test_lists_come_and_go_as_opml(settings: Settings, room: Newsroom, tmp_path: Path) -> None:
    file = tmp_path / "mine.opml"
    file.write_text(f'<opml><body><outline title="Marrow" xmlUrl="{room.address}/feed"/></body></opml>')
    assert "1 added, 0 there already" in _qa(settings, "import", str(file)).stdout
    assert "0 added, 1 there already" in _qa(settings, "import", str(file)).stdout
    exported = _qa(settings, "export").stdout
    assert f'text="Marrow" xmlUrl="{room.address}/feed"' in exported
    file.write_text(exported)
    assert json.loads(_qa(settings, "import", str(file), "--json").stdout)["added"] == []
    assert "1 added" in _qa(settings, "poll").stdout
    assert "no such file" in _qa(settings, "import", str(tmp_path / "none")).stderr.lower()


def test_a_server_takes_what_another_process_has_gathered(settings: Settings, room: Newsroom) -> None:
    served = settings.model_copy(update={"feeds": FeedSettings(poll=False)})
    keeper = Keeper(served, "qa serve", Common())
    keeper.start()
    try:
        added = _qa(settings, "add", f"{room.address}/feed")
        assert added.returncode == 0, added.stderr
        assert "1 added." in added.stdout
        assert {one.work.kind for one in keeper.jobs.newest()} == {"add_feeds", "take_feed"}
    finally:
        keeper.close()
