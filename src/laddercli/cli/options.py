"""The options that several commands have, each said once."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import Annotated, Any

import typer

from laddercli.display import visible
from laddercli.errors import LadderError
from laddercli.findings import closest
from laddercli.reporters import FORMATS
from laddercli.visibility import AUDIENCES

COLORS = ("auto", "always", "never")


def one_of(choices: Iterable[str]) -> Any:
    """A check that a value is one of the choices. typer's own would build a type for each of them at every start."""
    words = tuple(choices)

    def check(value: str | None) -> str | None:
        if value is None or value in words:
            return value
        meant = closest(value, words)
        hint = f" Did you mean {meant!r}?" if meant else ""
        raise typer.BadParameter(f"{value!r} is not one of {', '.join(words)}.{hint}")

    return check


def completes(choices: Iterable[str]) -> Any:
    """Completion of fixed words in a shell."""
    words = tuple(choices)
    return lambda incomplete: [word for word in words if word.startswith(incomplete)]


def choice(*flags: str, words: Iterable[str], help: str) -> Any:
    """An option that takes one of a few words, and completes them."""
    known = tuple(words)
    return typer.Option(
        *flags, metavar="|".join(known), help=help, callback=one_of(known), autocompletion=completes(known)
    )


Color = Annotated[str, choice("--color", words=COLORS, help="When to use color. NO_COLOR and FORCE_COLOR count, too.")]
Audience = Annotated[
    str,
    choice(
        "--audience",
        words=AUDIENCES,
        help="Who will read this. Pay and notes are shown to those who may see them.",
    ),
]
ConfigPath = Annotated[
    str | None, typer.Option("--config", metavar="PATH", help="Use this configuration for every file.")
]
NoConfig = Annotated[bool, typer.Option("--no-config", help="Look for no configuration.")]
Verbose = Annotated[
    int,
    typer.Option("-v", "--verbose", count=True, show_default=False, help="Say which files are read; -vv: tracebacks."),
]


Paths = Annotated[
    list[str] | None,
    typer.Argument(metavar="PATHS", help="Files and folders, or - for standard input. Default: the configured ones."),
]
FindingFormats = Annotated[
    list[str] | None,
    typer.Option(
        "-f",
        "--output-format",
        metavar="FORMAT[=FILE]",
        help=f"{', '.join(FORMATS[:-1])} or {FORMATS[-1]}; with =FILE into a file. May be given several times.",
        autocompletion=completes(FORMATS),
    ),
]
StdinFilename = Annotated[
    str | None, typer.Option("--stdin-filename", metavar="PATH", help="What to call the text that `-` reads.")
]
AllowEmpty = Annotated[bool, typer.Option("--allow-empty", help="Finding no ladder at all is fine.")]
Quiet = Annotated[
    int, typer.Option("-q", "--quiet", count=True, show_default=False, help="Findings only; -qq: nothing at all.")
]

IMPACTS = ("major", "minor", "patch")
MinImpact = Annotated[str, choice("--min-impact", words=IMPACTS, help="Show nothing that weighs less.")]

PAGE_FORMATS = ("text", "markdown", "json")
PageFormat = Annotated[str, choice("-f", "--output-format", words=PAGE_FORMATS, help="How to print it.")]


def discovery(config: str | None, no_config: bool) -> Any:
    """How files are found in this run: with a named configuration, without any, or each folder with its own."""
    from laddercli.config import Config, load
    from laddercli.discovery import Discovery

    if no_config and config:
        raise LadderError("--config and --no-config exclude each other")
    if no_config:
        return Discovery(Config(os.getcwd()))
    named = config or os.environ.get("LADDER_CONFIG")
    return Discovery(load(named) if named else None)


def ladders_for_completion() -> list[Any]:
    """Every valid ladder of the configuration. Completion never complains, so whatever is wrong is passed over."""
    from laddercli.loader import Loader

    found = []
    try:
        loader = Loader()
        for file in discovery(None, False).files([]):
            try:
                found.append(loader.load(file))
            except LadderError:
                continue
    except (LadderError, OSError):
        pass
    return found


def complete_levels(incomplete: str) -> list[tuple[str, str]]:
    """Ids of levels with their titles; with the ladder in front once a colon is typed or ids are ambiguous. Behind an
    `@`, branches and tags."""
    if "@" in incomplete:
        return complete_revisions(incomplete)
    ladders = ladders_for_completion()
    ids = [level_id for ladder in ladders for level_id in ladder.levels]
    names = []
    for ladder in ladders:
        for level_id, (_, level) in ladder.levels.items():
            full = f"{ladder.id}:{level_id}"
            name = full if ":" in incomplete or ids.count(level_id) > 1 else level_id
            names.append((name, _shown(level.title)))
    return [(name, title) for name, title in names if name.startswith(incomplete)]


def complete_ladders(incomplete: str) -> list[tuple[str, str]]:
    """Ids of ladders with their titles; behind an `@`, branches and tags."""
    if "@" in incomplete:
        return complete_revisions(incomplete)
    return [(each.id, _shown(each.title)) for each in ladders_for_completion() if each.id.startswith(incomplete)]


def complete_revisions(incomplete: str) -> list[tuple[str, str]]:
    """Branches and tags behind the last `@`, the latest first; only those that a shell takes as they are."""
    from laddercli.repository import Repository

    before, _, beginning = incomplete.rpartition("@")
    try:
        with Repository.at(os.curdir) as repository:
            found = repository.names()
    except (LadderError, OSError):
        found = []
    return [(f"{before}@{name}", "") for name in found if name.startswith(beginning) and _is_plain(name)]


def _is_plain(name: str) -> bool:
    return all(character.isalnum() or character in "._/+-" for character in name)


def complete_measures(incomplete: str) -> list[tuple[str, str]]:
    """Ids of measures with their names."""
    found = {measure.id: measure.name for ladder in ladders_for_completion() for measure in ladder.measures}
    return [(name, _shown(title)) for name, title in found.items() if name.startswith(incomplete)]


def _shown(title: str) -> str:
    """A title beside a name, on one line; typer reads such text as markup of rich."""
    from rich.markup import escape

    return escape(" ".join(visible(title).split()))


# Down here, because its completion has to be there first.
Measures = Annotated[
    list[str] | None,
    typer.Option(
        "-m",
        "--measure",
        metavar="MEASURE",
        help="Only this measure. May be given several times.",
        autocompletion=complete_measures,
    ),
]
