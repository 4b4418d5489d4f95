"""Names the markup in Markdown that a page does not carry, and says what becomes of it."""

import re
from collections.abc import Callable, Iterator, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from essays.manuscripts import escaping
from essays.manuscripts.pieces import Doubt
from forum.lib import addresses

SHOWN = gettext_noop("It will be shown as text.")
ONLY_LINK = gettext_noop("Only the link is kept.")
NOT_HERE = gettext_noop("It is not on this site: its words and its address are kept as text.")
LEADS_NOWHERE = gettext_noop("It may not be a link here: it will be shown as text.")

_CODE = re.compile(r"(?<!`)(`+)(?!`)(?:(?!\1).|\1`+)+?\1(?!`)", re.DOTALL)
_TAG = re.compile(r"<(?:(!--)|([a-zA-Z][\w:-]*)(?=[\s/>])[^<>]*>?)")
_HANDLER = re.compile(r"\s(on[a-z]+)\s*=", re.IGNORECASE)
_LABEL = r"((?:[^\[\]\\]|\\.)*)"
_TARGET = r"""\(\s*<?([^\s<>()]*(?:\([^\s<>()]*\)[^\s<>()]*)*)>?(?:\s+(?:"[^"]*"|'[^']*'))?\s*\)"""
_LINK = re.compile(rf"(?<!!)\[{_LABEL}\]{_TARGET}")
_IMAGE = re.compile(rf"(?<!\\)!\[{_LABEL}\]{_TARGET}")
_IMAGE_BY_NAME = re.compile(rf"(?<!\\)!(\[{_LABEL}\])(?:\[([^\[\]]*)\])?(?!\()")
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)


def named_in(source: str, line: int) -> Iterator[Doubt]:
    """Tags, which are text to us, and addresses that are none."""
    shown = source
    if "`" in source:
        shown = _CODE.sub(lambda match: "\n" * match[0].count("\n"), source)
    for match in _TAG.finditer(shown) if "<" in shown else ():
        where = line + shown.count("\n", 0, match.start())
        yield Doubt(SHOWN, where, named="<!-- -->" if match[1] else f"<{match[2].lower()}>")
        for handler in _HANDLER.findall(match[0]):
            yield Doubt(SHOWN, where, named=handler.lower())
    for match in _LINK.finditer(shown) if "](" in shown else ():
        if match[2] and not addresses.is_allowed(match[2]) and match[2].isascii():
            where = line + shown.count("\n", 0, match.start())
            yield Doubt(LEADS_NOWHERE, where, named=kind_of_link(match[2]))


def kind_of_link(address: str) -> str:
    scheme = _SCHEME.match(address)
    if scheme and scheme[1].lower() not in {"http", "https", "mailto"}:
        return _("A link to “%(scheme)s:”") % {"scheme": scheme[1].lower()}
    return _("A link to “%(address)s”") % {"address": address[:60]}


def with_own_images(source: str, line: int, defined: Mapping[str, str]) -> tuple[str, list[Doubt]]:
    """The source with links in place of images that are not this site's.

    `defined`: the addresses that images may name instead, by their names in small letters.
    """
    if "![" not in source:
        return source, []
    doubts: list[Doubt] = []
    source = _IMAGE.sub(_replacing(line, doubts), source)
    return _IMAGE_BY_NAME.sub(_replacing_named(line, doubts, defined), source), doubts


def _line_of(match: re.Match[str], line: int) -> int:
    return line + match.string.count("\n", 0, match.start())


def _replacing(line: int, doubts: list[Doubt]) -> Callable[[re.Match[str]], str]:
    def replaced(match: re.Match[str]) -> str:
        words, address = " ".join(match[1].split()), match[2]
        where = _line_of(match, line)
        if addresses.is_own_media(address):
            return match[0]
        if is_elsewhere(address):
            doubts.append(Doubt(ONLY_LINK, where, named=_("An image from another host")))
            return f"[{words}](<{address}>)" if words else f"<{address}>"
        doubts.append(
            Doubt(NOT_HERE, where, named=_("An image at “%(address)s”") % {"address": address[:60]})
        )
        return f"{words} ({escaping.inline(address)})".strip()

    return replaced


def _replacing_named(
    line: int, doubts: list[Doubt], defined: Mapping[str, str]
) -> Callable[[re.Match[str]], str]:
    def replaced(match: re.Match[str]) -> str:
        address = defined.get((match[3] or match[2]).casefold(), "")
        if not address or addresses.is_own_media(address):
            return match[0]
        doubts.append(
            Doubt(ONLY_LINK, _line_of(match, line), named=_("An image from another host"))
        )
        return match[0].removeprefix("!")

    return replaced


def is_elsewhere(address: str) -> bool:
    return addresses.is_allowed(address) and not address.startswith(("/", "#"))
