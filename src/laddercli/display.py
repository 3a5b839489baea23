"""How text from a file may appear in a terminal: whatever could steer the terminal is shown instead of obeyed."""

from __future__ import annotations

import re

# Control characters but tab and newline, the marks that reorder text, line separators, halves of characters.
_STEERING = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff\ufff9-\ufffb]"
)


def visible(text: str) -> str:
    """The text with every steering character written as its escape, such as ``\\x1b``."""
    return _STEERING.sub(_escape, text) if _STEERING.search(text) else text


def one_line(text: str) -> str:
    """The text on one line, for file names and source lines: newlines and tabs are shown as well."""
    return visible(text).replace("\n", "\\n").replace("\t", " ")


_LOG_COMMAND = re.compile(r"##(?=(?:vso)?\[)", re.IGNORECASE)


def without_commands(text: str) -> str:
    """The text without what a CI log would take for a command of its own, wherever in a line it stands."""
    return _LOG_COMMAND.sub("# #", text) if "##" in text else text


_LINE_COMMAND = re.compile(r"^(\s*):(?=:)", re.MULTILINE)


def without_line_commands(text: str) -> str:
    """The text without lines that GitHub would take for a command because they begin with two colons."""
    return _LINE_COMMAND.sub(r"\1: ", text) if "::" in text else text


def file_name(path: str) -> str:
    """A path at the start of a line, where `::` would begin a command for GitHub."""
    return one_line(f"./{path}" if path.lstrip().startswith("::") else path)


def inert_json(text: str) -> str:
    """JSON text that means the same and steers nothing: neither a terminal nor, by `##[`, the log of a CI job."""
    if _STEERING.search(text):
        text = _STEERING.sub(lambda match: f"\\u{ord(match.group()):04x}", text)
    return text.replace("##", "#\\u0023") if "##" in text else text


def _escape(match: re.Match[str]) -> str:
    code = ord(match.group())
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


def count(number: int, noun: str, plural: str | None = None) -> str:
    """A number with its noun, such as "1 file" or "2 files"."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"
