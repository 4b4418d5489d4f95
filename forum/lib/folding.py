import unicodedata

# Letters that carry a stroke or join two others: Unicode does not take them apart.
_UNDIVIDED = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"}
)


def fold(text: str) -> str:
    """The form in which words are searched: lower case, no accents."""
    return _bare(_bare(text).casefold()).translate(_UNDIVIDED)


def _bare(text: str) -> str:
    if text.isascii():
        return text
    apart = unicodedata.normalize("NFKD", text)
    return "".join(char for char in apart if not unicodedata.combining(char))
