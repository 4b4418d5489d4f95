"""What browsers call themselves, in the words of those who use them."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

# Most claim to be several; the first of these that is named is what it is.
BROWSERS = {
    "Edg": "Edge",
    "OPR/": "Opera",
    "SamsungBrowser/": "Samsung Internet",
    "Firefox/": "Firefox",
    "FxiOS/": "Firefox",
    "Chrome/": "Chrome",
    "CriOS/": "Chrome",
    "Safari/": "Safari",
}
SYSTEMS = {
    "Windows": "Windows",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Android": "Android",
    "CrOS": "ChromeOS",
    "Mac OS X": gettext_lazy("a Mac"),
    "Linux": "Linux",
}


def browser_words(user_agent: str) -> str:
    """ "Firefox on Windows"; what cannot be told is left out."""
    # A headless one is still the same browser.
    named = user_agent.replace("HeadlessChrome", "Chrome")
    browser = _first(BROWSERS, named) or _("A browser")
    system = _first(SYSTEMS, named)
    if not system:
        return browser
    return _("%(browser)s on %(system)s") % {"browser": browser, "system": system}


def _first(words: Mapping[str, Any], user_agent: str) -> str:
    return str(next((word for sign, word in words.items() if sign in user_agent), ""))
