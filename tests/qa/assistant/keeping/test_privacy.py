"""The umask, in whatever order those end who keep an archive private."""

from __future__ import annotations

import os

from qa.assistant.keeping.privacy import Umask


def test_the_umask_is_as_it_was_only_when_the_last_has_ended() -> None:
    before = os.umask(0o027)
    try:
        umask = Umask()
        umask.close()
        umask.close()
        umask.open()
        assert _now() == 0o077
        umask.open()
        assert _now() == 0o027
    finally:
        os.umask(before)


def _now() -> int:
    now = os.umask(0o077)
    os.umask(now)
    return now
