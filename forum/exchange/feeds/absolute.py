"""Stored HTML as it can be read away from the site."""

import re

from forum.lib.html_text import units

# Our own HTML quotes every attribute with these; a text that looks like one is no tag.
_ADDRESS = re.compile(r'(?<=\s)(href|src)="(/(?!/)|#)')
_SET = re.compile(r'(?<=\s)srcset="([^"]*)"')
_TAG = re.compile(r"<[a-z][^>]*>")


def absolute(html: str, site: str, page: str) -> str:
    """`site` has no slash at its end; `page` is the whole address of where the HTML stands."""

    def address(found: re.Match[str]) -> str:
        before = page if found[2] == "#" else site
        return f'{found[1]}="{before}{found[2]}'

    def candidates(found: re.Match[str]) -> str:
        each = (part.strip() for part in found[1].split(","))
        return f'srcset="{", ".join(site + one if one[:1] == "/" else one for one in each)}"'

    def tag(found: re.Match[str]) -> str:
        return _SET.sub(candidates, _ADDRESS.sub(address, found[0]))

    return "".join(
        _TAG.sub(tag, unit.raw) if unit.kind in {"open", "void", "aside"} else unit.raw
        for unit in units(html)
    )
