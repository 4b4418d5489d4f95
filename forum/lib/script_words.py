"""What scripts say, for pages in other languages than English: see static/js/words.js."""

from functools import lru_cache

from django.utils.html import json_script
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_noop as _

WORDS = (
    _("Challenge this"),
    _("Selected: “%(words)s”. At the end of the paragraph: Challenge this."),
    _("Nothing is chosen yet."),
    _("Choose sentences that stand next to each other."),
    _("Chosen: “%(words)s”"),
    _("The draft could not be kept: is there a connection?"),
    _("Keep"),
    _("Preview"),
    _("Members"),
    _("%(number)s names: arrows to choose"),
    _("Your browser gave no passkey. You can try again."),
    _("Your browser does a small sum …"),
    _("Your browser has done its sum."),
    _("Quote and answer"),
    _("Sentence numbers"),
)


def script_words() -> str:
    return _block(get_language())


@lru_cache(maxsize=16)
def _block(_language: str | None) -> str:
    """Empty where there is nothing to translate."""
    translated = {words: gettext(words) for words in WORDS}
    said = {words: other for words, other in translated.items() if other != words}
    return json_script(said, "script-words") if said else ""
