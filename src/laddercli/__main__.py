"""Where the command `ladder` starts.

Start-up is most of a run, so this module imports next to nothing: the version is answered without typer, the
collector of cyclic garbage rests (a run is short, and its trees hold no cycles), and the process ends without
taking the interpreter apart.
"""

from __future__ import annotations

import contextlib
import gc
import os
import sys


def main() -> None:
    """Run the command line and end the process with its exit code."""
    gc.disable()
    # A stream that the caller has closed (`>&-`) is None. Nobody reads there, so it may as well lead nowhere.
    sys.stdout = sys.stdout or open(os.devnull, "w")  # noqa: SIM115
    sys.stderr = sys.stderr or open(os.devnull, "w")  # noqa: SIM115
    code = 0
    try:
        code = _run(sys.argv[1:])
        sys.stdout.flush()
    except KeyboardInterrupt:
        code = 130
    except (BrokenPipeError, ValueError):
        pass  # a reader that has gone away is no error
    except OSError as error:
        if code != 2:
            sys.stderr.write(f"error: cannot write: {error.strerror}\n")
        code = 2
    _end(code)


def _run(arguments: list[str]) -> int:
    if arguments in (["--version"], ["-V"]):
        from laddercli import __version__

        sys.stdout.write(f"ladder {__version__}\n")
        return 0
    # Looking for plugins of pydantic reads the metadata of every installed package; ladder uses none.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "1")
    from laddercli.cli.app import run

    return run(arguments)


def _end(code: int) -> None:
    """Leave at once: everything is written."""
    with contextlib.suppress(OSError, ValueError):
        sys.stderr.flush()
    os._exit(code)


if __name__ == "__main__":
    main()
