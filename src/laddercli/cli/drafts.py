"""New texts of files: shown as differences, or put in place of the old ones."""

from __future__ import annotations

import difflib
import os
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from laddercli.cli.output import print_text
from laddercli.display import count, file_name, visible

if TYPE_CHECKING:
    from laddercli.discovery import Source
    from laddercli.judging import Mended

_BOM = "\ufeff"
_COLORS = {"+": "32", "-": "31", "@": "36"}
_LINE = re.compile(r"[^\n]*\n|[^\n]+")


def differences(drafts: Mapping[str, str], sources: Sequence[Source], *, color: bool) -> str:
    """What would change in all files."""
    given = {source.name: source.text for source in sources}
    return "".join(difference(name, _old(name, given.get(name)), new, color=color) for name, new in drafts.items())


def difference(name: str, old: str, new: str, *, color: bool) -> str:
    """What would change in a file, as `patch` reads it; empty when nothing would."""
    return "".join(_difference(file_name(name), old, new, color))


def _difference(name: str, old: str, new: str, color: bool) -> Iterator[str]:
    """What could steer a terminal or a CI job is shown and not obeyed."""
    for index, line in enumerate(difflib.unified_diff(_LINE.findall(old), _LINE.findall(new), name, name)):
        shown = visible(line.removesuffix("\n"))
        if os.environ.get("GITHUB_ACTIONS") and shown.lstrip().startswith("::"):
            shown = shown.replace("::", ": :", 1)
        code = "1" if index < 2 else _COLORS.get(line[0])
        yield f"\x1b[{code}m{shown}\x1b[0m\n" if color and code else f"{shown}\n"
        if not line.endswith("\n"):
            yield "\\ No newline at end of file\n"


def _old(name: str, given: bytes | None) -> str:
    from laddercli.files import read

    return (read(name) if given is None else given).decode("utf-8", "replace").removeprefix(_BOM)


def put(drafts: Mapping[str, str], sources: Sequence[Source]) -> None:
    """Write each text: to its file as a whole, or to stdout what came from standard input."""
    from laddercli.files import read, replace

    for source in sources:
        if source.text is not None:
            draft = drafts.get(source.name)
            print_document(source.text if draft is None else draft.encode())
    from_stdin = {source.name for source in sources if source.text is not None}
    for name, text in drafts.items():
        if name not in from_stdin:
            bom = _BOM if read(name).startswith(_BOM.encode()) else ""
            replace(name, bom + text)


def print_document(text: bytes) -> None:
    """Write a text to stdout as it is: it is on its way into a file, unless a terminal shows it."""
    if sys.stdout.isatty():
        print_text(visible(text.decode("utf-8", "replace")))
        return
    sys.stdout.flush()
    sys.stdout.buffer.write(text)
    sys.stdout.buffer.flush()


def say_mended(mended: Mended, verb: str, quiet: int) -> None:
    """Tell on stderr how much was mended, or would be."""
    if mended.number and not quiet:
        files = ", ".join(os.path.relpath(name) for name in mended.drafts) if len(mended.drafts) < 4 else ""
        where = files or count(len(mended.drafts), "file")
        sys.stderr.write(visible(f"{verb} {count(mended.number, 'finding')} in {where}.\n"))
