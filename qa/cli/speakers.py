"""``qa speakers``: who says anything in the archive, and which spellings are one person."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, Annotated

import typer

from qa.cli.command import AsJson, change_archive, open_archive, print_body, print_line, read_settings
from qa.cli.verbs import verb

if TYPE_CHECKING:
    from qa.people import Profile

__all__ = ["speakers"]

speakers = typer.Typer(help="List speakers, or say which spellings are one.", rich_markup_mode=None)

_HELP = "A name as printed, or a slug as `qa speakers` shows it."
Name = Annotated[str, typer.Argument(metavar="NAME", help=_HELP)]
Other = Annotated[str, typer.Argument(metavar="OTHER", help=_HELP)]


@speakers.callback(invoke_without_command=True)
def list_(
    context: typer.Context,
    find: Annotated[str, typer.Option("--find", metavar="NAME", help="How a word of the name begins.")] = "",
    limit: Annotated[
        int, typer.Option(min=1, max=100_000, metavar="NUMBER", help="Most speakers that are listed.")
    ] = 50,
    offset: Annotated[int, typer.Option(min=0, metavar="NUMBER", help="Speakers that are passed over.")] = 0,
    as_json: AsJson = False,
) -> None:
    """List speakers, who says most first."""
    if context.invoked_subcommand is not None:
        return
    with open_archive(read_settings(), "qa speakers") as assistant:
        page, total = assistant.speakers(find, limit=limit, offset=offset)
    if as_json:
        from qa.output.statements import SpeakerListBody

        print_body(SpeakerListBody.from_page(page, total, limit=limit, offset=offset))
    else:
        from qa.cli.rendering import console, render_speakers

        console().print(render_speakers(page, total))


@verb(speakers, "qa speakers merge 'Tomas Reck' 'T. Reck'")
def merge(into: Name, other: Other, as_json: AsJson = False) -> None:
    """Make OTHER the same speaker as NAME, in every article of today and later."""
    profile = change_archive(read_settings(), "qa speakers merge", lambda archive: archive.merge_speakers(into, other))
    _print_profile(profile, as_json)


@verb(speakers, "qa speakers split 'T. Reck'")
def split(spelling: Name, as_json: AsJson = False) -> None:
    """Make a spelling a speaker of its own again."""
    profile = change_archive(read_settings(), "qa speakers split", lambda archive: archive.split_speaker(spelling))
    _print_profile(profile, as_json)


@verb(speakers, "qa speakers doctor")
def doctor(
    limit: Annotated[
        int, typer.Option(min=1, max=100_000, metavar="NUMBER", help="Most proposals that are listed.")
    ] = 50,
    as_json: AsJson = False,
) -> None:
    """Propose which speakers may be one and which spellings somebody else's, with the reasons; change nothing."""
    with open_archive(read_settings(), "qa speakers doctor") as assistant:
        found = assistant.speaker_proposals()
    if as_json:
        from qa.output.statements import ProposalListBody

        print_body(ProposalListBody.of(found, limit))
        return
    for one in found[:limit]:
        asked = [one.name, one.other] if one.how == "merge" else [one.other]
        command = " ".join(["qa speakers", one.how, *map(shlex.quote, asked)])
        print_line(f"{one.how} {one.other} ({one.statements}): {one.reason}\n  $ {command}")
    print_line(f"{len(found)} proposal{'' if len(found) == 1 else 's'}; each is a guess: look before you decide.")


def _print_profile(profile: Profile, as_json: bool) -> None:
    if as_json:
        from qa.output.statements import SpeakerBody

        print_body(SpeakerBody.from_profile(profile))
        return
    noun = "statement" if profile.statements == 1 else "statements"
    print_line(f"{profile.name} ({profile.slug}), {profile.statements} {noun}: {', '.join(profile.spellings)}")
