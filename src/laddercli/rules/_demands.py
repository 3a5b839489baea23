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
_OPENING = re.compile(
    rf"(?:\A|[.!?:;…][\"')\]*_]*\s|\n)[^\w\n]*(?:(?:{_ADVERB},?|and|but)\s+)?"
    rf"(?:{_SUBJECT}\s+)?(?:{_MODAL}\s+)?(?:{_ADVERB}\s+)*\Z|"
    rf"(?:,|;|\band|\bbut)\s+(?:i|you)\s+(?:{_ADVERB}\s+)*\Z"
)
_REACH = 80


def is_demand(text: Text) -> bool:
    """Whether a person is held to the text: a criterion, or the summary of a cell or of a level."""
    if text.kind == "summary":
        return text.measure is not None or text.level is not None
    return text.kind == "criterion"


def opens(text: Text, start: int) -> bool:
    """Whether the words at ``start`` open a sentence, or follow its subject, so that they say what the person does."""
    return _OPENING.search(text.folded, max(0, start - _REACH), start) is not None
