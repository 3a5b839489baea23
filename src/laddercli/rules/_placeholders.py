"""Texts that stand where somebody has yet to write something."""

from __future__ import annotations

import re
from functools import cache

from laddercli.reading import WORD

_STUB = re.compile(r"\W*(?:(?:TODO|TBD|TBA|TBC|FIXME|XXX)\b|[Ll]orem ipsum\b)")
_LISTED = """
tbd, tba, tbc, n a, na, not applicable, none, nothing, to do, wip, work in progress, to be defined, to be determined,
to be decided, to be done, to be written, to be added, to be filled, to be filled in, to be completed, to be
announced, to be confirmed, coming soon, coming later, placeholder, placeholder text, change me, lorem ipsum, same,
same as above, same as below, same as before, same as previous, same as previous level, same as level above, same as
level below, same as the previous level, same as the level above, same as the level below, same for all levels, the
same as above, as above, as below, as before, see above, see below, ditto, idem, unchanged, no change,
pendiente, pendiente de definir, por definir, por determinar, por escribir, por completar, sin definir, igual que
arriba, pendente, a definir, a determinar, a completar, por preencher,
à définir, à compléter, à venir, à déterminer, en cours de rédaction, en attente, idem ci dessus, da definire, da
completare,
noch offen, noch zu definieren, zu definieren, zu ergänzen, wird ergänzt, wird noch ergänzt, folgt, folgt noch,
ausstehend, siehe oben, siehe unten, wie oben,
추후 작성, 추후 작성 예정, 추후 결정, 추후 정의, 작성 예정, 작성 중, 미정, 위와 같음, 위와 동일,
未定, 検討中, 準備中, 作成中, 待定, 待补充, 待補充, 同上
"""
_PHRASES = frozenset(" ".join(phrase.split()) for phrase in _LISTED.split(","))
_LONGEST_REFERENCE = 50
_REFERENCES = ("same as ", "the same as ", "as ", "see ")
_LONGEST = max(map(len, _PHRASES)) + 10


def is_placeholder(text: str) -> bool:
    """Whether a text only says that something is to come, or is said elsewhere. The word TODO does so in capitals:
    in Portuguese and Spanish, `todo` says something."""
    if _STUB.match(text) or _refers(text):
        return True
    return len(text) <= _LONGEST and _plain(text) in _PHRASES


def _refers(text: str) -> bool:
    """Whether a text only names a level that says it: "same as Senior", "see IC3"."""
    if len(text) > _LONGEST_REFERENCE or not text.lstrip("(*_ ").lower().startswith(_REFERENCES):
        return False
    return _reference().fullmatch(text) is not None


@cache
def _reference() -> re.Pattern[str]:
    # A level is named by its id or by its title; after "same as", any name is one.
    rank = (
        r"(?i:(?:junior|mid|middle|senior|staff|principal|lead|director|manager|expert|head|associate)\b"
        r"|(?:level|grade)[ -]?\d+|[a-z]{1,4}-?\d+)"
    )
    return re.compile(
        r"\W*(?i:(?:the )?same as|as|see)(?i: (?:for|at|in|the|a|an|level|grade|track))*"
        rf" (?:{rank}|(?<=[Ss]ame as )[A-Z][\w-]*)"
        rf"(?:[ /]+(?:{rank}|(?i:and|or|level|above|below)\b|[A-Z][\w-]*|\d+)){{0,3}}\W*"
    )


def _plain(text: str) -> str:
    words = " ".join(WORD.findall(text.lower()))
    # Dots and dashes alone say nothing, other signs may.
    return words or ("" if text.strip(" \t\n.…-–—_*?/") else "tbd")
