"""From a fix to a changed text, and the proof that the text says what the fix meant and nothing else.

``patch`` turns what is to change in the ladder into edits of the file. ``apply`` puts the edits of many patches into
one text. ``prove`` reads that text again: its data must be the old data with the amendments done to it, its comments
and the author's own ``x-`` entries the old ones. ``mend`` does both, and leaves out what cannot be proved.

- ``patches``: a fix as edits; ``entries`` those that come and go, ``writing`` how their texts are written
- ``ways``, ``spots``: where in the tree, and where in the text
- ``edits``: many edits in one text
- ``meaning``: what the data must be afterwards
- ``proof``: whether it is
"""

from __future__ import annotations

from laddercli.fixes.edits import apply
from laddercli.fixes.patches import patch
from laddercli.fixes.proof import Mended, mend, prove

__all__ = ["Mended", "apply", "mend", "patch", "prove"]
