"""`/mcp`: the tools of :mod:`web.tool_server` over HTTP (MCP's streamable HTTP).

Promises: each request stands alone, is answered with JSON and leaves nothing behind, so that no session and no open
stream has to be bounded; no other site's page has a browser call a tool (``Origin``, ``Sec-Fetch-Site``), beside what
holds for every address (``Host``, size, time, the line of answers). What this does not know: what the tools do.
"""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from web.admission import Admission
from web.problems import OtherSite
from web.site import Site

__all__ = ["PATH", "route"]

PATH = "/mcp"


class _ToolCalls:
    """The application at this address.

    Args:
        admission: what tells a request of our own page from another's.
    """

    def __init__(self, admission: Admission) -> None:
        self._admission = admission

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        headers = Headers(scope=scope)
        if ("origin" in headers or "sec-fetch-site" in headers) and not self._admission.is_own(scope):
            raise OtherSite
        site: Site = scope["app"].state.site
        await (await run_in_threadpool(_Answering))(site, scope, receive, send)


class _Answering:
    """The library, which takes half a second to load and is not loaded before somebody calls a tool."""

    def __init__(self) -> None:
        from mcp.server.streamable_http_manager import StreamableHTTPSessionManager

        from web.tool_server import tools_of

        self._manager = StreamableHTTPSessionManager
        self._tools_of = tools_of

    async def __call__(self, site: Site, scope: Scope, receive: Receive, send: Send) -> None:
        base = f"{scope['scheme']}://{Headers(scope=scope).get('host', '')}"
        manager = self._manager(app=self._tools_of(site, base), stateless=True, json_response=True)
        async with manager.run():
            await manager.handle_request(scope, receive, send)


def route(admission: Admission) -> Route:
    """Make the route of this address; there is nothing to GET, since nothing is told that was not asked."""
    return Route(PATH, _ToolCalls(admission), methods=["POST"], include_in_schema=False)
