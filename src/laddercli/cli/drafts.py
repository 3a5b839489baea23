"""New texts of files: shown as differences, or put in place of the old ones."""

from __future__ import annotations

import difflib
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from laddercli.cli.output import print_text
from laddercli.display import count, visible

if TYPE_CHECKING:
    from laddercli.discovery import Source
    from laddercli.judging import Mended

_BOM = "\ufeff"
_COLORS = {"+": "32", "-": "31", "@": "36"}


def differences(drafts: Mapping[str, str], sources: Sequence[Source], *, color: bool) -> str:
    """What would change, as `diff -u` and git show it."""
    given = {source.name: source.text for source in sources}
    lines = [line for name, new in drafts.items() for line in _lines(name, _old(name, given.get(name)), new)]
    return "".join(f"{_painted(line) if color else line}\n" for line in lines)


def _lines(name: str, old: str, new: str) -> Iterator[str]:
    for line in difflib.unified_diff(_split(old), _split(new), name, name, lineterm=""):
        yield visible(line.replace("\r", "␍") if line.endswith("\r") else line)


def _split(text: str) -> list[str]:
    """The lines of a text; a last line without its end says so, as in git."""
    lines = text.split("\n")
    if lines[-1] == "":
        return lines[:-1]
    return [*lines, "\\ No newline at end of file"]


def _painted(line: str) -> str:
    color = _COLORS.get(line[:1])
    return f"\x1b[{color}m{line}\x1b[0m" if color and not line.startswith(("+++", "---")) else line


def _old(name: str, given: bytes | None) -> str:
    from laddercli.files import read

    return (read(name) if given is None else given).decode("utf-8", "replace").removeprefix(_BOM)


def put(drafts: Mapping[str, str], sources: Sequence[Source]) -> None:
    """Write each text: to its file as a whole, or to stdout what came from standard input."""
    from laddercli.files import read, replace

    for source in sources:
        if source.text is not None:
            print_text(drafts.get(source.name, source.text.decode("utf-8", "replace")))
    from_stdin = {source.name for source in sources if source.text is not None}
    for name, text in drafts.items():
        if name not in from_stdin:
            bom = _BOM if read(name).startswith(_BOM.encode()) else ""
            replace(name, bom + text)


def say_mended(mended: Mended, verb: str, quiet: int) -> None:
    """Tell on stderr how much was mended, or would be."""
    if mended.number and not quiet:
        files = ", ".join(os.path.relpath(name) for name in mended.drafts) if len(mended.drafts) < 4 else ""
        where = files or count(len(mended.drafts), "file")
        sys.stderr.write(visible(f"{verb} {count(mended.number, 'finding')} in {where}.\n"))
