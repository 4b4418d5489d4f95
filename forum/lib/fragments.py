"""A piece of many pages, rendered once for each thing that it says.

It is rendered without the request: nothing of the reader who came first can stay in it.
"""

from collections.abc import Callable
from typing import Any

from django.template.loader import render_to_string

from forum.lib.newest import Newest
from forum.lib.rendering import trusted
from forum.lib.shells import dress

# A kB or two each.
MOST = 1_024


class Fragment:
    def __init__(self, template: str) -> None:
        self.template = template
        self.kept: Newest[str] = Newest(MOST)

    def html(self, context: dict[str, Any], says: tuple[Any, ...]) -> str:
        """`says` is all of the context that the template shows."""
        return self.made(lambda: context, says)

    def known(self, says: tuple[Any, ...], dressed: tuple[str, ...] = ()) -> str | None:
        """What was kept of it, if that was: for whoever has work to do before it can be made."""
        return self.kept.get((*(dressed or dress()), *says))

    def made(
        self,
        make_context: Callable[[], dict[str, Any]],
        says: tuple[Any, ...],
        dressed: tuple[str, ...] = (),
    ) -> str:
        """For a context that takes work; `says` is all that it is made of. Whoever asks for many
        at once looks up only once how they are `dressed`.
        """
        key = (*(dressed or dress()), *says)
        found = self.kept.get(key)
        if found is None:
            found = trusted(render_to_string(self.template, make_context()))
            self.kept.put(key, found)
        return found
