"""The files that come with the program: the published format, its starter, and ladders to look at."""

from __future__ import annotations

import os

_HERE = os.path.dirname(os.path.abspath(__file__))


def path(name: str) -> str:
    """Where a file that ships with the program lies, such as ``ladder/template.yaml``.

    An installed package carries the folders ``ladder`` and ``ladders`` in its ``data``; a checkout has them at its top.
    """
    installed = os.path.join(_HERE, "data", *name.split("/"))
    return installed if os.path.exists(installed) else os.path.join(_HERE[: -len("/src/laddercli")], *name.split("/"))
