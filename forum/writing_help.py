"""How posts are written: each example as it is typed, and as the site renders it."""

from functools import cache
from typing import NamedTuple

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from forum.lib.markdown import MAX_NESTING
from forum.lib.rendering import POST_LIMITS, render_post, trusted

EXAMPLES = (
    ("Paragraphs", "One paragraph.\n\nAn empty line begins the next."),
    ("Stress", "The *harness*, they say, was **not** the cause."),
    ("A quotation", "> The horse choked before the collar came.\n\nSo it is said; by whom?"),
    ("A link", "See [what was said of it](/discussion/)."),
    ("A list", "- horses\n- oxen"),
    ("Numbers", "1. The claim is about harness.\n2. The figures are about horses."),
    ("A small table", "| year | ploughs |\n|---|--:|\n| 1086 | 81 |\n| 1279 | 117 |"),
    ("Struck out", "It was ~~1846~~ 1847."),
    ("Something as it is typed", "The field is called `yield_per_acre`."),
    ("Another member", "As @wren_oddfellow has said above."),
    ("A sign that should mean nothing", "The five \\*stars\\* stay stars."),
)


class Example(NamedTuple):
    title: str
    source: str
    html: str


@cache
def examples() -> list[Example]:
    return [Example(title, source, trusted(render_post(source).html)) for title, source in EXAMPLES]


@login_not_required
@require_safe
def how_to_write(request: HttpRequest) -> HttpResponse:
    context = {
        "examples": examples(),
        "characters": f"{POST_LIMITS.characters:,}",
        "links": POST_LIMITS.links,
        "nesting": MAX_NESTING,
    }
    return TemplateResponse(request, "forum/how_to_write.html", context)
