"""A page around its posts. What it says besides them differs little from reader to reader and from
page to page, so it is rendered once for each thing that it says, and its gaps are filled.

It is rendered without the request: nothing of the reader who came first can stay in it.
"""

import re
import secrets
from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.utils import timezone

from forum.lib.house import edition
from forum.lib.languages import present
from forum.lib.newest import Newest
from forum.lib.rendering import trusted
from forum.lib.static import static

# Characters, of all pages of one template.
MOST = 8_000_000
# Made anew in each process, so that no writer can know it.
SECRET = secrets.token_hex(12)
GAP = re.compile(rf"gap-{SECRET}-(\w+)")


def dress() -> tuple[str, ...]:
    """What else decides how a kept piece looks: the site's sheet and settings, and the language and
    the clock of whoever reads.
    """
    # The address of a static file changes with what is in it.
    sheet = static("css/site.css")
    return sheet, edition(), present(), timezone.get_current_timezone_name()


def marker(name: str) -> str:
    """What is filled under this name, wherever the context has it: in an address that it makes."""
    return trusted(f"gap-{SECRET}-{name}")


class Shell:
    """The pages of one template. `gaps` are the names under which it shows what differs."""

    def __init__(self, template: str, gaps: tuple[str, ...]) -> None:
        self.template, self.gaps = template, gaps
        # Text and the names of gaps, by turns.
        self.kept: Newest[list[Any]] = Newest(MOST)

    def fill(
        self,
        make_context: Callable[[], dict[str, Any]],
        says: tuple[Any, ...],
        fills: Mapping[str, str | bytes],
    ) -> HttpResponse:
        """`says` is all of the context that the template shows; `fills` is HTML, gap by gap: in
        bytes what is large and kept, for it goes out as it is.

        An empty fill is no gap: the template may say something else there.
        """
        open_gaps = tuple(name for name in self.gaps if fills[name])
        key = (*dress(), open_gaps, *says)
        parts = self.kept.get(key)
        if parts is None:
            markers = {name: marker(name) for name in open_gaps}
            whole = render_to_string(self.template, {**make_context(), **fills, **markers})
            parts = GAP.split(whole)
            parts[::2] = [_sent(text) for text in parts[::2]]
            self.kept.put(key, parts, len(whole))
        filled = parts.copy()
        filled[1::2] = [_sent(fills[name]) for name in parts[1::2]]
        return HttpResponse(b"".join(filled))

    def at_once(
        self,
        request: HttpRequest,
        make_context: Callable[[], dict[str, Any]],
        fills: Mapping[str, str | bytes],
    ) -> TemplateResponse:
        """For a page that says what no other will: a message, say."""
        shown = {
            name: trusted(fill.decode()) if isinstance(fill, bytes) else fill
            for name, fill in fills.items()
        }
        return TemplateResponse(request, self.template, make_context() | shown)


def _sent(html: str | bytes) -> bytes:
    return html if isinstance(html, bytes) else html.encode()
