"""Plain words as Markdown that shows exactly these words."""

import re
from collections.abc import Sequence

from forum.lib import addresses

# What has a meaning anywhere in a line: `&` only where it begins a character's name, `~` only in
# twos, a colon only where it makes an address.
_MARK = r"[\\`*_\[<]|&(?=#?\w+;)|~(?=~)|(?<=~)~|:(?=//)|(?<=mailto):"
# An address may end amid a character's name.
_MARKS_IN_ADDRESS = re.compile(rf"{_MARK}|&", re.IGNORECASE)
_MARKS_AND_ADDRESSES = re.compile(
    rf"(?P<address>\bhttps?://[\w.:/?#@!$&*+,;=%~-]+[\w/#=])|{_MARK}", re.IGNORECASE
)
# An address whose link shows the very same characters.
_SIMPLE_ADDRESS = re.compile(r"https?://(?!\S*xn--)[a-z0-9.-]+(?::\d+)?(?:[/?#][\w./?#&=+,;~-]*)?")
# What has a meaning where a line begins.
_MARK_AT_START = re.compile(
    r"^(?P<before>[ \t]*)(?:(?P<mark>[-+=#>:|])|(?P<number>\d{1,9})(?=[.)](?:\s|$)))", re.MULTILINE
)


def inline(words: str) -> str:
    return _MARKS_AND_ADDRESSES.sub(_escaped, words)


def unlinked(words: str) -> str:
    """The same for words that are a link's already."""
    return _MARKS_IN_ADDRESS.sub(r"\\\g<0>", words)


def _escaped(match: re.Match[str]) -> str:
    found = match[0]
    if not match["address"]:
        return f"\\{found}"
    if _SIMPLE_ADDRESS.fullmatch(found) and found.isascii() and addresses.is_allowed(found):
        return f"<{found}>"
    return unlinked(found)


def at_start(words: str) -> str:
    """Escaped words, so that the first mark of a line makes no list, quotation or heading."""
    return _MARK_AT_START.sub(_escaped_at_start, words)


def _escaped_at_start(match: re.Match[str]) -> str:
    mark = f"{match['number']}\\" if match["number"] else f"\\{match['mark']}"
    return f"{match['before']}{mark}"


def paragraph(lines: Sequence[str]) -> str:
    """Lines that stay lines."""
    return "\\\n".join(at_start(inline(line)) for line in lines)
