"""The line of tags that blogs leave at the foot of an essay."""

import re

MOST_TAGS = 12
MOST_WORDS_IN_A_TAG = 4
LONGEST_TAG = 60
# Two bare words may be anybody's name.
FEWEST_BARE_TAGS = 3

_NAMED = re.compile(
    r"(?:tags|labels|tagged(?: with| as)?|filed under|categories|keywords)\s*:\s*", re.IGNORECASE
)
_HASHED = re.compile(r"(?:#[\w-]+[\s,]*)+")
_BARE = re.compile(r"[\w’'-]+(?:[ ,]+[\w’'-]+)*")
# Words of sentences, and of titles.
_NO_TAGS = {
    "a", "an", "the", "of", "and", "or", "but", "nor", "in", "on", "at", "to", "by", "for", "from",
    "with", "as", "is", "are", "was", "were", "be", "been", "it", "its", "this", "that", "these",
    "those", "he", "she", "we", "they", "you", "i", "not", "no", "so", "if", "than", "then", "into",
    "upon", "his", "her", "our", "their", "your", "my", "who", "what", "when", "where", "why",
    "how",
}  # fmt: skip


def named_tags(words: str) -> list[str]:
    """Of a line that says that it is one: `Tags: bread, salt`, `#bread #salt`."""
    named = _NAMED.match(words)
    if named:
        return _parted(words[named.end() :])
    return words.replace("#", " ").replace(",", " ").split() if _HASHED.fullmatch(words) else []


def bare_tags(words: str) -> list[str]:
    """Of a line that may be one: `bread Salt mills`. Some word of it has no capital."""
    if len(words) > MOST_TAGS * LONGEST_TAG or not _BARE.fullmatch(words):
        return []
    found = words.replace(",", " ").lower().split()
    if _NO_TAGS.intersection(found) or not any(word.islower() for word in words.split()):
        return []
    tags = _parted(words)
    return tags if len(tags) >= FEWEST_BARE_TAGS else []


def _parted(words: str) -> list[str]:
    parts = words.rstrip(".").split(",") if "," in words else words.split()
    tags = [" ".join(part.split()) for part in parts]
    tags = [tag for tag in tags if tag]
    is_sound = len(tags) <= MOST_TAGS and all(
        len(tag) <= LONGEST_TAG and len(tag.split()) <= MOST_WORDS_IN_A_TAG for tag in tags
    )
    return tags if is_sound else []
