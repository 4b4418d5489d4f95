"""The site's own words and signs, for templates. Built in: no template has to load it."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from django import template
from django.template import loader
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from forum.lib.browsers import browser_words
from forum.lib.house import house
from forum.lib.media_names import image_named
from forum.lib.rendering import trusted
from forum.lib.static import static

register = template.Library()

# In the order in which a sentence about an essay names them, where their numbers are equal.
STANDING_WORDS = {
    "stands": "Stands",
    "unchallenged": "Unchallenged",
    "unanswered": "Unanswered",
    "contested": "Contested",
    "refuted": "Refuted",
    "conceded": "Conceded",
}
# In the order in which the key explains them: from the least tried to the most.
KEY_ORDER = ("unchallenged", "stands", "unanswered", "contested", "refuted", "conceded")

RELATION_WORDS = {
    "rebuts": "Rebuts",
    "undercuts": "Undercuts",
    "supports": "Supports",
    "concedes": "Concedes",
}

RELATION_HELP = {
    "rebuts": "It is false.",
    "undercuts": "The reason given does not carry it.",
    "supports": "Here is another reason for it.",
    "concedes": "It is granted.",
}

# In pixels: about as high as the name beside it.
LOGO_HEIGHT = 28

# Figures to nine are words in a sentence; above that, digits read faster.
COUNT_WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


@register.simple_tag
def icon(name: str, extra: str = "") -> str:
    """One sign of the sprite. `extra` is a class, for the ink: `is-refuted`."""
    return _sign(static("icons.svg"), name, f"i {extra}" if extra else "i")


@lru_cache(maxsize=512)
def _sign(sprite: str, name: str, classes: str) -> str:
    return format_html(
        '<svg class="{}" aria-hidden="true"><use href="{}#{}"/></svg>', classes, sprite, name
    )


@register.simple_tag
def site_name() -> str:
    return house().name


@register.simple_tag
def site_tagline() -> str:
    return house().tagline


@register.simple_tag
def site_sign_up() -> str:
    return house().sign_up


@register.simple_tag
def site_sheet() -> str:
    """The address of the site's own colours; empty where they are as they come."""
    known = house()
    return reverse("house:stylesheet", args=[known.look]) if known.has_colours else ""


@register.simple_tag
def site_sign() -> str:
    """What stands before the name: the site's logo, or our sign."""
    logo = image_named(house().logo)
    if logo is None:
        return icon("mark")
    # Its width at the height that it is shown in, by which nothing moves when it arrives.
    width = max(1, round(logo.width * LOGO_HEIGHT / logo.height))
    return format_html(
        '<img class="logo" src="{}" alt="" width="{}" height="{}">', logo.address, width,
        LOGO_HEIGHT,
    )  # fmt: skip


# Stands in a kept masthead for the address to come back to.
_HERE = "__here__"


@register.simple_tag(takes_context=True)
def masthead(context: template.Context) -> str:
    """The head of the page; a page that is kept for many gives its own in its context."""
    given: str | None = context.get("masthead_html")
    return given or masthead_of(context.get("request"), context.get("section") or "")


def masthead_of(request: Any, section: str) -> str:
    manner = getattr(request, "viewing", "")
    head = _masthead_of(request, section)
    return trusted(_viewing_line(_dress(), manner) + head) if manner else head


@lru_cache(maxsize=8)
def _viewing_line(_dress: tuple[str, ...], manner: str) -> str:
    return loader.get_template("components/_viewing.html").render({"manner": manner})


def _masthead_of(request: Any, section: str) -> str:
    """Kept by what it shows: most of it never changes."""
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated:
        return _members_masthead(
            _dress(), section, user.get_absolute_url(), user.name,
            user.unread_notices, user.is_moderator, user.is_staff, user.roles_wait, user.time_zone,
        )  # fmt: skip
    path = request.path if request is not None else "/"
    here = "" if path.startswith("/accounts/") else f"?next={quote(path)}"
    return trusted(_visitors_masthead(_dress(), section).replace(_HERE, here))


def _dress() -> tuple[str, ...]:
    """What all mastheads show that may change while the process runs."""
    return static("icons.svg"), house().look, house().sign_up


@lru_cache(maxsize=1024)
def _members_masthead(
    _dress: tuple[str, ...],
    section: str,
    address: str,
    name: str,
    unread: int,
    is_moderator: bool,  # noqa: FBT001
    is_staff: bool,  # noqa: FBT001
    roles_wait: bool,  # noqa: FBT001
    time_zone: str,
) -> str:
    user = {
        "get_absolute_url": address, "name": name, "unread_notices": unread,
        "is_moderator": is_moderator, "is_staff": is_staff, "roles_wait": roles_wait,
        "time_zone": time_zone,
    }  # fmt: skip
    fragment = loader.get_template("components/_masthead.html")
    return fragment.render({"user": user, "section": section})


@lru_cache(maxsize=32)
def _visitors_masthead(_dress: tuple[str, ...], section: str) -> str:
    fragment = loader.get_template("components/_masthead.html")
    return fragment.render({"user": None, "section": section, "here": _HERE})


@register.filter
def standing_word(label: str) -> str:
    return STANDING_WORDS.get(label, label)


@register.filter
def relation_word(relation: str) -> str:
    return RELATION_WORDS.get(relation, relation)


@register.filter
def relation_help(relation: str) -> str:
    return RELATION_HELP.get(relation, "")


@register.simple_tag
def standing_labels() -> tuple[str, ...]:
    return KEY_ORDER


@register.filter
def count_word(number: int) -> str:
    """4 → "four", 14 → "14"."""
    return COUNT_WORDS[number] if 0 <= number < len(COUNT_WORDS) else f"{number:,}"


@register.filter
def counted(number: int, nouns: str) -> str:
    """4 with "reply,replies" → "four replies"; one noun takes an s."""
    one, _, many = nouns.partition(",")
    return f"{count_word(number)} {one if number == 1 else many or one + 's'}"


def _ranked(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    present = [(label, counts.get(label, 0)) for label in STANDING_WORDS if counts.get(label, 0)]
    return sorted(present, key=lambda pair: -pair[1])


@register.filter
def ledger_sentence(counts: Mapping[str, int]) -> str:
    """Standings counted → "three stand, two are unchallenged, one is refuted, one conceded"."""
    parts = []
    spoken = ""
    for label, number in _ranked(counts):
        if label == "stands":
            verb, word = "", "stands" if number == 1 else "stand"
        else:
            verb, word = "is" if number == 1 else "are", label
        # A verb that was just said is left out.
        said = f"{verb} " if verb and verb != spoken else ""
        parts.append(f"{count_word(number)} {said}{word}")
        spoken = verb
    return ", ".join(parts)


@register.filter
def strip_summary(labels: Iterable[str]) -> str:
    """What a row of signs says to whoever cannot see it: "4 claims: 3 stand, 1 contested"."""
    counts: dict[str, int] = {}
    for label in labels:
        counts[label] = counts.get(label, 0) + 1
    total = sum(counts.values())
    each = [
        f"{counts[label]} {'stand' if label == 'stands' and counts[label] > 1 else label}"
        for label in KEY_ORDER
        if label in counts
    ]
    return f"{total} {'claim' if total == 1 else 'claims'}: {', '.join(each)}"


@register.filter
def browser(user_agent: str) -> str:
    """What a session runs on, as its owner would call it: "Firefox on Windows"."""
    return browser_words(user_agent)


def _day_words(when: date) -> str:
    return f"{when.day} {when:%B}"


def _local(when: date) -> date:
    return timezone.localtime(when) if isinstance(when, datetime) else when


@register.filter
def day(when: date | None) -> str:
    """10 February 2026, as a <time>."""
    if when is None:
        return ""
    local = _local(when)
    return format_html(
        '<time datetime="{}">{} {}</time>', f"{local:%Y-%m-%d}", _day_words(local), local.year
    )


@register.filter
def moment(when: datetime | None) -> str:
    """3 March, 20:11, as a <time>; the year is said where it is not this one."""
    if when is None:
        return ""
    local = timezone.localtime(when)
    year = "" if local.year == timezone.localdate().year else f" {local.year}"
    return format_html(
        '<time datetime="{}">{}{}, {}</time>',
        local.isoformat(timespec="minutes"),
        _day_words(local),
        year,
        f"{local:%H:%M}",
    )
