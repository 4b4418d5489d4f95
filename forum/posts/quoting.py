"""What a reader selected in a post, as the beginning of an answer to it."""

import re

# As much as an address carries everywhere, and more than anybody should quote.
LONGEST_QUOTE = 1_500
ACTIVE = re.compile(r"[\\`*_\[\]<>&~|]")
# What makes a list, a heading or a rule where a line begins with it.
OPENING = re.compile(r"^(\s*)([#+=:-]|\d+(?=[.)]))")


def quoted(text: str) -> str:
    """The words as Markdown's quotation, followed by room to write; they mean nothing but
    themselves. Empty for no words.
    """
    lines = [line.strip() for line in text[:LONGEST_QUOTE].splitlines()]
    words = "\n".join(_plain(line) for line in lines).strip()
    if not words:
        return ""
    return "\n".join(f"> {line}".rstrip() for line in words.split("\n")) + "\n\n"


def _plain(line: str) -> str:
    line = ACTIVE.sub(r"\\\g<0>", line)
    found = OPENING.match(line)
    if found is None:
        return line
    start = found.group(2)
    if start.isdigit():
        return f"{start}\\{line[found.end() :]}"
    return f"\\{line.lstrip()}"
