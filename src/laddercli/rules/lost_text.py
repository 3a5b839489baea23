"""No text is cut off by a ` #` in it.

In a YAML file, a space and a `#` begin a comment: `Closes bugs such as #3 within a week.` ends before the `#` unless
the text stands in quotes, and no program tells. A comment on the same line as a text looks just like that.
(Source: YAML 1.2.2, section 6.6.)

Not flagged: a comment on a line of its own, or after a text in quotes; a comment after a single word, an id, a number
or a date; `# `, with the space, behind a whole sentence with its final stop; what tells a program something, such as
`# ladder: ignore[…]`.

Bad:
    - Closes bugs such as #3 within a week.
Good:
    - 'Closes bugs such as #3 within a week.'
    - Closes bugs within a week.  # agreed with support
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from laddercli.amendments import Fix, Reclaim
from laddercli.findings import Problem, flag
from laddercli.reading import Reading, Remark

CATEGORY = "structure"
SEVERITY = "warning"
FIX = "unsafe"
READS_REMARKS = True

_HELP = "put the text in quotes; if this is meant as a comment, put it on a line of its own above"
_DIRECTIVE = re.compile(r"#+\s*(?:ladder\s*:|yamllint\b|noqa\b|prettier-|cspell:|yaml-language-server:|pragma:)")
# Scripts that put no spaces between words: there, a few characters in a row are no single word any more.
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]{5}")
# A sign with a space behind it, as comments have one.
_OPENS_COMMENT = re.compile(r"#+\s")
_ENDS_SENTENCE = re.compile(r"[.!?…。！？][\"'”’)\]*_]*\Z")
_AMOUNT = re.compile(
    r"\d[\d.,']*\d{2}|\d ?(?:[km]|tsd|mn|thousand|million|grand|mil)\b|\d ?[만천백]|[$€£¥₩₹₪]|percentile|\bp\d\d"
    r"|\b(?:usd|eur|gbp|chf|cad|aud|sek|nok|dkk|pln|inr|brl|krw|jpy|euros?|dollars?|pounds?)\b",
    re.IGNORECASE,
)
_SHOWN = 40


def check(reading: Reading) -> Iterator[Problem]:
    """Each comment that follows unquoted prose on its line."""
    for remark in reading.remarks:
        if _is_prose(remark.prose) and not _is_comment(remark):
            end = len(remark.prose)
            yield flag(
                remark.place,
                f"{_quoted(remark)} is a comment here and no part of the text",
                help=_HELP,
                within=(end, end),
                arguments=(remark.comment,),
                fix=Fix("put the text in quotes, with what looks like a comment", (Reclaim(remark.place),)),
            )


def _is_prose(text: str) -> bool:
    """Whether a text is more than one word, and more than numbers."""
    if len(text.split()) > 1:
        return any(map(str.isalpha, text))
    return not text.isascii() and _UNSPACED.search(text) is not None


def _is_comment(remark: Remark) -> bool:
    """Whether it speaks to a program, or stands behind a whole sentence as comments do."""
    if _DIRECTIVE.match(remark.comment):
        return True
    return bool(_OPENS_COMMENT.match(remark.comment) and _ENDS_SENTENCE.search(remark.prose.rstrip()))


def _quoted(remark: Remark) -> str:
    """The beginning of the comment. An amount in it might be pay."""
    comment = remark.comment.replace("`", "'")
    if _AMOUNT.search(comment):
        return "what follows the ` #`"
    if len(comment) > _SHOWN:
        comment = f"{comment[:_SHOWN].rsplit(maxsplit=1)[0]} …"
    return f"`{comment}`"
