"""A visitor's page around its posts. What it says besides them differs little from reader to
reader and from page to page, so it is rendered once for each thing that it says, and filled."""

from collections import OrderedDict
from threading import Lock
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.templatetags.static import static

from forum.lib.rendering import trusted

# A few kB each.
MOST = 512
# Stands where the posts go. No writer can forge it: the sanitiser lets no comment through.
GAP = "<!--posts-->"


class Shell:
    """The pages of one template. `slot` is the name under which it shows the posts."""

    def __init__(self, template: str, slot: str) -> None:
        self.template, self.slot = template, slot
        self.kept: OrderedDict[tuple[Any, ...], list[str]] = OrderedDict()
        self.lock = Lock()

    def fill(
        self, request: HttpRequest, context: dict[str, Any], says: tuple[Any, ...]
    ) -> HttpResponse:
        """`says` is all of the context that the template shows, the posts and the path apart."""
        posts = context[self.slot]
        # The address of a static file changes with what is in it.
        key = (static("css/site.css"), request.path, bool(posts), *says)
        halves = self.kept.get(key)
        if halves is None:
            shown = {**context, self.slot: trusted(GAP) if posts else posts}
            halves = render_to_string(self.template, shown, request).split(GAP)
            self._keep(key, halves)
        return HttpResponse(posts.join(halves))

    def _keep(self, key: tuple[Any, ...], halves: list[str]) -> None:
        with self.lock:
            self.kept[key] = halves
            while len(self.kept) > MOST:
                self.kept.popitem(last=False)
