"""What a person at a level is held to, and where in a sentence the person's own verb may stand."""

from __future__ import annotations

import re

from laddercli.reading import Text

_TRADE = (
    "pm|gpm|manager|engineer|designer|developer|analyst|scientist|researcher|writer|specialist|director|lead|leader|"
    "architect|consultant|person|individual|employee|colleague"
)
_SUBJECT = rf"(?:i|you|he|she|they|we|(?:the|an?|this) (?:[\w-]+ ){{0,2}}(?:{_TRADE}))"
_ADVERB = r"(?:[a-z]+ly|also|often|always|already|still|now|both)"
_MODAL = r"(?:should|must|will|would|ha(?:s|ve) to|needs? to|(?:is|are) expected to)"
_BEGINNING = re.compile(rf"\W*(?:(?:{_ADVERB},?|and|but)\s+)?(?:{_SUBJECT}\s+)?(?:{_MODAL}\s+)?(?:{_ADVERB}\s+)*\W*")
_JOINED = re.compile(rf"(?:,|;|\band|\bbut)\s+(?:i|you)\s+(?:{_ADVERB}\s+)*\Z")
_STOPS = ".!?:;…\n"
_REACH = 80


def is_demand(text: Text) -> bool:
    """Whether a person is held to the text: a criterion, or the summary of a cell or of a level."""
    if text.kind == "summary":
        return text.measure is not None or text.level is not None
    return text.kind == "criterion"


def opens(text: Text, start: int) -> bool:
    """Whether the words at ``start`` open a sentence, or follow its subject, so that they say what the person does."""
    first = max(0, start - _REACH)
    before = text.folded[first:start]
    stop = max(map(before.rfind, _STOPS)) + 1
    if (stop or not first) and _BEGINNING.fullmatch(before, stop):
        return True
    return ("you " in before or "i " in before) and _JOINED.search(before) is not None
