"""What browsers call themselves, in the words of those who use them."""

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
    "Mac OS X": "a Mac",
    "Linux": "Linux",
}


def browser_words(user_agent: str) -> str:
    """ "Firefox on Windows"; what cannot be told is left out."""
    # A headless one is still the same browser.
    named = user_agent.replace("HeadlessChrome", "Chrome")
    browser = _first(BROWSERS, named) or "A browser"
    system = _first(SYSTEMS, named)
    return f"{browser} on {system}" if system else browser


def _first(words: dict[str, str], user_agent: str) -> str:
    return next((word for sign, word in words.items() if sign in user_agent), "")
