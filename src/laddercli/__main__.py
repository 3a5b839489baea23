"""Where the command `ladder` starts.

Start-up is most of a run, so this module imports next to nothing: the version is answered without typer, the
collector of cyclic garbage rests (a run is short, and its trees hold no cycles), and the process ends without
taking the interpreter apart.
"""

from __future__ import annotations

import gc
import os
import sys


def main() -> None:
    """Run the command line and end the process with its exit code."""
    gc.disable()
    if sys.argv[1:] in (["--version"], ["-V"]):
        from laddercli import __version__

        print(f"ladder {__version__}")
        code = 0
    else:
        from laddercli.cli.app import run

        code = run(sys.argv[1:])
    _end(code)


def _end(code: int) -> None:
    """Leave at once, after everything is written. A reader that has gone away is no error."""
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except (BrokenPipeError, ValueError):
        pass
    except OSError:
        code = code or 2  # a full disk behind a redirection
    os._exit(code)


if __name__ == "__main__":
    main()
