"""What formats cannot hold of a text, made into something that they can."""

import json
import re
from typing import Any

# XML 1.0 has no way to write these, not even escaped.
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# Ends of lines for some readers of JSON Lines, though not for JSON.
_OTHER_LINE_ENDS = {ord(end): f"\\u{ord(end):04x}" for end in "\x85\u2028\u2029"}


def xml_text(text: str) -> str:
    return _NOT_IN_XML.sub("\ufffd", text)


def one_line(text: str) -> str:
    """White space and control characters as single spaces."""
    return " ".join("".join(c if c.isprintable() or c.isalnum() else " " for c in text).split())


def json_line(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.translate(_OTHER_LINE_ENDS)


def json_file(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()
