"""Labels within a sentence: most languages write them small there, some keep their capitals."""

from django.utils.translation import get_language

# German writes every noun with a capital, wherever it stands.
KEEPING_CAPITALS = frozenset({"de"})


def small(label: object) -> str:
    """ "Hidden" → "hidden", in the language that is spoken now."""
    language = (get_language() or "").partition("-")[0]
    return str(label) if language in KEEPING_CAPITALS else str(label).lower()
