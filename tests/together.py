"""Which tests one worker runs after another where several run (xdist): they share what is dear or what is there once.

Under pytest 9.2 xdist's own marks for this do nothing, and nothing says so: it writes them into the name of a test,
which pytest no longer reads there. Hence a scheduler of its kind that goes by the path.
"""

from __future__ import annotations

from xdist.scheduler import LoadScopeScheduling

__all__ = ["Together"]

# One Chromium and its archive; one environment with the wheel and all that it needs.
_TOGETHER = ("tests/browser/", "tests/packaging/test_wheel.py")


class Together(LoadScopeScheduling):  # type: ignore[misc]  # it has no types
    """Gives each test to the next free worker, and those that belong together to one."""

    def _split_scope(self, nodeid: str) -> str:
        return next((path for path in _TOGETHER if nodeid.startswith(path)), nodeid)
