"""``qa mcp``: the archive as tools of a language model's program, which starts this command and talks to it over stdio.

Promises: nothing but the protocol goes to standard output; tools are bounded in time as on the pages; ends when its
input does. What it does not know: the tools (:mod:`web.tools`).
"""

from __future__ import annotations

from typing import Annotated

import typer

from qa.cli.command import open_archive, read_settings

__all__ = ["mcp"]


def mcp(
    address: Annotated[
        str | None,
        typer.Option(
            metavar="ADDRESS",
            help="Where `qa serve` answers, for permalinks; else as QA_WEB__HOST and QA_WEB__PORT say.",
        ),
    ] = None,
) -> None:
    """Give a language model's program tools that read the archive (MCP over standard input and output)."""
    import anyio

    from web.serving import address_of
    from web.site import Site
    from web.tool_server import serve_stdio

    settings = read_settings()
    base = (address or address_of(settings.web.host, settings.web.port)).rstrip("/")
    site = Site(lambda: open_archive(settings, "qa mcp"), settings.web)
    try:
        anyio.run(serve_stdio, site, base)
    finally:
        site.close()
