"""The page of a search, put together. Around its results it says little that the words change, so
it is rendered once for all searches that are narrowed alike, and what differs is filled in.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from html import escape
from typing import Any
from urllib.parse import quote_plus

from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.text import Truncator

from forum.lib.rendering import trusted
from forum.lib.shells import Shell, marker
from forum.search import addresses
from forum.search.addresses import NUMBERS, Asked, Numbers
from forum.search.forms import Narrowing
from forum.templatetags.look import masthead_of

SECTION = "search"
TITLE_LENGTH = 60
SHELL = Shell(
    "search/search.html",
    gaps=(
        "masthead_html", "results_html", "nothing_html", "count_html",
        "title_html", "query_html", "query_url", "after", *NUMBERS,
    ),
)  # fmt: skip

# Of a tag that is offered: its name and its address.
Offered = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page shows of what was found."""

    asked: Asked
    is_first: bool
    results: Sequence[str]
    # What the address of the next page says; empty on the last.
    after: str
    numbers: Numbers
    count_html: str = ""
    nothing_html: str = ""
    tags: tuple[Offered, ...] = ()


def respond(request: HttpRequest, narrowing: Narrowing, shown: Shown) -> HttpResponse:
    fills = {"masthead_html": masthead_of(request, SECTION), **_fills(shown)}
    if not narrowing.is_sound or get_messages(request):
        return TemplateResponse(request, SHELL.template, _context(narrowing, shown) | fills)
    return SHELL.fill(
        lambda: _context(narrowing, _blank(shown)), (*narrowing.given, *_says(shown)), fills
    )


def _fills(shown: Shown) -> dict[str, str]:
    text = shown.asked.query.text
    return {
        "results_html": trusted("".join(shown.results)),
        "nothing_html": shown.nothing_html,
        "count_html": shown.count_html,
        "title_html": trusted(escape(Truncator(text).chars(TITLE_LENGTH))),
        "query_html": trusted(escape(text)),
        # In addresses these two are as safe as they are.
        "query_url": trusted(quote_plus(text)),
        "after": trusted(quote_plus(shown.after)),
        **shown.numbers,
    }


def _blank(shown: Shown) -> Shown:
    """With gaps where the words would make a difference."""
    query = shown.asked.query
    return replace(
        shown,
        asked=replace(
            shown.asked, query=replace(query, text=marker("query_url") if query.text else "")
        ),
        after=marker("after") if shown.after else "",
        numbers={name: marker(name) if number else "" for name, number in shown.numbers.items()},
    )


def _context(narrowing: Narrowing, shown: Shown) -> dict[str, Any]:
    asked = shown.asked
    return {
        "section": SECTION, "form": narrowing.form, "asked": asked, "query": asked.query,
        "is_first": shown.is_first, "tags": shown.tags,
        "first_url": asked.address(),
        "next_url": asked.address(after=shown.after) if shown.after else "",
        "chosen": addresses.chosen(asked),
        "kinds": addresses.kinds(asked, shown.numbers),
        "standings": addresses.standings(asked, shown.numbers),
        "orders": addresses.orders(asked),
    }  # fmt: skip


def _says(shown: Shown) -> tuple[Any, ...]:
    """All that the page says but for what is filled in, and what the fields say."""
    asked = shown.asked
    tag = asked.filters.tag
    return (
        bool(asked.query), asked.query.is_cut, asked.order, shown.is_first, shown.tags,
        tag and (tag.name, tag.slug),
    )  # fmt: skip
