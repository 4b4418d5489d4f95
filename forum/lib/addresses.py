"""Which addresses people may link to, judged by our own rule and no library's."""

import re
import unicodedata
from functools import lru_cache

from forum.lib.media_names import image_at

MAX_LENGTH = 2_000

_WEB = re.compile(
    r"https?://(?:[a-z0-9_-]+(?:\.[a-z0-9_-]+)*\.?|\[[0-9a-f:.]+\])(?::[0-9]{1,5})?(?:[/?#].*)?",
    re.IGNORECASE,
)
_MAIL = re.compile(r"mailto:[a-z0-9_.+%'-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)*(?:\?.*)?", re.IGNORECASE)
# One slash only: two would name another host under the page's own scheme.
_ON_THIS_SITE = re.compile(r"(?:/(?!/)|#).*")

# Control, format, surrogate, private, unassigned; white space of every sort.
_ODD_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zs", "Zl", "Zp"})


# Of these, what there is in ASCII; and the stroke that some browsers read as a slash.
_ODD_ASCII = re.compile(r"[\x00-\x20\x7f\\]")


def is_odd(address: str) -> bool:
    """Holds a character that browsers read in more than one way, or that readers cannot see."""
    if _ODD_ASCII.search(address):
        return True
    if address.isascii():
        return False
    return any(unicodedata.category(char) in _ODD_CATEGORIES for char in address)


@lru_cache(maxsize=1_000)
def is_allowed(address: str) -> bool:
    """Asked of addresses as they will stand in the page: encoded, hence plain ASCII."""
    if len(address) > MAX_LENGTH or not address.isascii() or is_odd(address):
        return False
    return any(form.fullmatch(address) for form in (_WEB, _MAIL, _ON_THIS_SITE))


def is_own_media(address: str) -> bool:
    return image_at(address) is not None
