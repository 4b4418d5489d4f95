"""In which of the site's languages a page is said.

What a member settled comes first, then what this browser was told, then what it asks for.
"""

import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any, NamedTuple

from django.conf import settings
from django.http import parse_cookie
from django.utils import translation
from django.utils.translation.trans_real import parse_accept_lang_header

# So long a browser knows what was chosen in it: seconds.
COOKIE_AGE = 365 * 24 * 3600
# What a page depends on where nobody is known.
ASKED_BY = ("Cookie", "Accept-Language")


View = Callable[..., Any]


class Spoken(NamedTuple):
    """A language of the site, under its own name."""

    code: str
    name: str
    tag: str
    direction: str
    is_present: bool


def said_for_all(view: View) -> View:
    """In the site's own language: what is kept for everybody, or read by programs."""

    @wraps(view)
    def in_own_language(*args: Any, **kwargs: Any) -> Any:
        with translation.override(settings.LANGUAGE_CODE):
            return view(*args, **kwargs)

    return in_own_language


def codes() -> Sequence[str]:
    return [code for code, _ in settings.LANGUAGES]


def is_spoken(code: str) -> bool:
    return code in codes()


def speaking(code: str) -> translation.override:
    """In that language; in the site's own where it is none of ours, or none was settled."""
    return translation.override(code if is_spoken(code) else settings.LANGUAGE_CODE)


def language_asked_for(chosen: str, accepted: str) -> str:
    """By a cookie's value and the header Accept-Language; both may say anything."""
    if is_spoken(chosen):
        return chosen
    # Django keeps the header's parts by the whole of it, and takes none that is too long.
    for code, _ in parse_accept_lang_header(accepted.lower()):
        try:
            return translation.get_supported_language_variant(code)
        except LookupError:
            continue
    return settings.LANGUAGE_CODE


def language_of_visitor(environ: dict[str, Any]) -> str:
    """By the headers alone, before there is a request."""
    name = settings.LANGUAGE_COOKIE_NAME
    cookies = environ.get("HTTP_COOKIE", "")
    chosen = parse_cookie(cookies).get(name, "") if name in cookies else ""
    return language_asked_for(chosen, environ.get("HTTP_ACCEPT_LANGUAGE", ""))


def tag_of(code: str) -> str:
    """As HTML has it: en-GB."""
    language, _, region = code.partition("-")
    return f"{language}-{region.upper()}" if region else language


def present() -> str:
    return translation.get_language() or settings.LANGUAGE_CODE


def present_tag() -> str:
    return tag_of(present())


def direction() -> str:
    return direction_of(present())


def direction_of(code: str) -> str:
    return "rtl" if code.partition("-")[0] in settings.LANGUAGES_BIDI else "ltr"


def direction_of_text(text: str) -> str:
    """By its first letter that has one, as browsers tell it by `dir=auto`; they would count in
    what the page says among the words of an essay."""
    for letter in text:
        kind = unicodedata.bidirectional(letter)
        if kind in {"L", "R", "AL"}:
            return "ltr" if kind == "L" else "rtl"
    return "ltr"


def direction_of_most(text: str) -> str:
    """In which direction most of its letters run; "" where none says."""
    kinds = Counter(map(unicodedata.bidirectional, text))
    leftwards = kinds["R"] + kinds["AL"]
    if not leftwards and not kinds["L"]:
        return ""
    return "rtl" if leftwards > kinds["L"] else "ltr"


def spoken() -> list[Spoken]:
    now = present()
    return [
        Spoken(code, str(name), tag_of(code), direction_of(code), code == now)
        for code, name in settings.LANGUAGES
    ]
