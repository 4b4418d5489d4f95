"""How posts are written: each example as it is typed, and as the site renders it."""

from functools import cache
from typing import NamedTuple

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import get_language, gettext_lazy
from django.views.decorators.http import require_safe

from forum.lib.markdown import MAX_NESTING
from forum.lib.nouns import digits
from forum.lib.rendering import POST_LIMITS, render_post, trusted

EXAMPLES = (
    (gettext_lazy("Paragraphs"), gettext_lazy("One paragraph.\n\nAn empty line begins the next.")),
    (gettext_lazy("Stress"), gettext_lazy("The *harness*, they say, was **not** the cause.")),
    (
        gettext_lazy("A quotation"),
        gettext_lazy("> The horse choked before the collar came.\n\nSo it is said; by whom?"),
    ),
    (gettext_lazy("A link"), gettext_lazy("See [what was said of it](/discussion/).")),
    (gettext_lazy("A list"), gettext_lazy("- horses\n- oxen")),
    (
        gettext_lazy("Numbers"),
        gettext_lazy("1. The claim is about harness.\n2. The figures are about horses."),
    ),
    (
        gettext_lazy("A small table"),
        gettext_lazy("| year | ploughs |\n|---|--:|\n| 1086 | 81 |\n| 1279 | 117 |"),
    ),
    (gettext_lazy("Struck out"), gettext_lazy("It was ~~1846~~ 1847.")),
    (
        gettext_lazy("Something as it is typed"),
        gettext_lazy("The field is called `yield_per_acre`."),
    ),
    (gettext_lazy("Another member"), gettext_lazy("As @wren_oddfellow has said above.")),
    (
        gettext_lazy("A sign that should mean nothing"),
        gettext_lazy("The five \\*stars\\* stay stars."),
    ),
)


class Example(NamedTuple):
    title: str
    source: str
    html: str


def examples() -> list[Example]:
    return _examples(get_language())


@cache
def _examples(_language: str | None) -> list[Example]:
    typed = [(str(title), str(source)) for title, source in EXAMPLES]
    return [Example(title, source, trusted(render_post(source).html)) for title, source in typed]


@login_not_required
@require_safe
def how_to_write(request: HttpRequest) -> HttpResponse:
    context = {
        "examples": examples(),
        "characters": digits(POST_LIMITS.characters),
        "links": POST_LIMITS.links,
        "nesting": MAX_NESTING,
    }
    return TemplateResponse(request, "forum/how_to_write.html", context)
