"""`ladder git-textconv`: a ladder as facts, for git."""

from __future__ import annotations

import io
import sys
from typing import Annotated

import typer

from laddercli.cli.output import ends, print_text


@ends
def run(
    file: Annotated[str, typer.Argument(metavar="FILE", help="The file, or the copy of it that git hands over.")],
) -> int:
    """With this, git compares facts, one a line, such as
    `staff-pm › accountability › benchmark commitments-kept: >= 90` instead of lines of YAML.

    Once for a repository, in its file .gitattributes:

    \b
      ladders/*.yaml diff=ladder

    And once for each clone:

    \b
      git config diff.ladder.textconv "ladder git-textconv"

    Facts are sorted, so that text which only moved within the file is no difference. Comments, pay and notes are left
    out. A file that is no valid ladder is printed as it is, with pay and notes hidden. `git diff --no-textconv` shows
    the lines.

    Examples:
      ladder git-textconv ladders/product.yaml
    """
    from laddercli.document import MAX_BYTES
    from laddercli.facts import text
    from laddercli.files import read

    source = read(file)
    if len(source) > MAX_BYTES:  # no ladder, and shown as a whole all the same
        with open(file, "rb") as whole:
            source = whole.read()
    said = text(source, file)
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")  # git takes bytes, and compares them
    print_text(said)
    return 0
