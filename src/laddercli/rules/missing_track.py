"""A ladder has a track for individual contributors and one for managers.

Where management is the only way up, people ask for reports because they want to grow, not because they want to lead.
Two parallel tracks take that reason away. (Source: the article on dual product management tracks.)

Not flagged: a hybrid track counts for both; shared files have no tracks; with `policy.parity: waived` this is an info.

Bad:
    tracks:
      - id: ic
        kind: ic
Good:
    tracks:
      - id: ic
        kind: ic
      - id: manager
        kind: manager
"""

from __future__ import annotations

from collections.abc import Iterator

from laddercli.findings import Place, Problem, flag
from laddercli.reading import Reading

CATEGORY = "structure"
SEVERITY = "error"
WAIVABLE = True

_NAMES = {"ic": "individual contributors", "manager": "managers"}


def check(reading: Reading) -> Iterator[Problem]:
    """Each kind of track that the ladder has none of."""
    if reading.is_shared:
        return
    kinds = {track.kind for track in reading.tracks}
    for kind, name in _NAMES.items():
        if not kinds & {kind, "hybrid"}:
            place = Place(reading.ladder.place.file, ("tracks",))
            help = f"add a track with `kind: {kind}`, or say `policy: {{parity: waived}}` with the reason"
            yield flag(place, f"there is no track for {name}", help=help, key=True, arguments=(kind,))
