"""Every kind of news, in one place: what it is called, and by which way it comes unless said
otherwise. A new kind is a line of `NoticeKind` and a line of `KINDS`; no table has to change.
"""

from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


class NoticeKind(models.TextChoices):
    ANSWERED = "answered", _("Answered")
    MENTIONED = "mentioned", _("Mentioned")
    DECIDED = "decided", _("Decided")
    REVISED = "revised", _("Revised")
    CREDITED = "credited", _("Credited")
    LINKED = "linked", _("Linked")
    TRUST = "trust", _("Trust")
    WRITTEN = "written", _("Message")
    # Of what a member follows.
    CLAIM = "claim", _("New claim")
    COUNTERPOINT = "counterpoint", _("New counterpoint")
    STANDING = "standing", _("Standing changed")
    POST = "post", _("New post")
    ESSAY = "essay", _("New essay")
    MEMBER = "member", _("From a member")


class Way(models.TextChoices):
    """How news comes. By every way but `off` it also lies in the inbox."""

    OFF = "off", _("Not at all")
    SITE = "site", _("On the site")
    AT_ONCE = "at_once", _("Letter at once")
    DAILY = "daily", _("Daily letter")
    WEEKLY = "weekly", _("Weekly letter")


# Letters for which news gathers.
DIGESTS = (Way.DAILY.value, Way.WEEKLY.value)
LETTER_WAYS = frozenset({Way.AT_ONCE, Way.DAILY, Way.WEEKLY})


class Tab(models.TextChoices):
    """The inbox's lists."""

    ANSWERED = "answered", _("Answers")
    DECIDED = "decided", _("Decisions")
    MENTIONED = "mentioned", _("Mentions")
    REVISED = "revised", _("Revisions")
    FOLLOWED = "followed", _("Followed")


@dataclass(frozen=True, slots=True)
class Rules:
    """Of one kind: how the settings name it, its list, its way, and whether it may be off."""

    # Said in the language of whoever reads them.
    words: Any
    tab: Tab
    way: Way
    may_be_off: bool = True


# In the order of the settings' page.
KINDS: dict[NoticeKind, Rules] = {
    NoticeKind.ANSWERED: Rules(_("Somebody answers you"), Tab.ANSWERED, Way.DAILY),
    NoticeKind.MENTIONED: Rules(_("Somebody mentions you"), Tab.MENTIONED, Way.DAILY),
    NoticeKind.DECIDED: Rules(
        # Whoever is judged has to be able to know it, and to appeal in time.
        _("A moderator decides on something that you wrote or reported"),
        Tab.DECIDED, Way.AT_ONCE, may_be_off=False,
    ),
    NoticeKind.WRITTEN: Rules(
        _("The moderators write to you, or, if you are one, a member to them"),
        Tab.DECIDED, Way.AT_ONCE, may_be_off=False,
    ),
    NoticeKind.REVISED: Rules(
        _("Words that you answered, or an essay that you follow, are revised"),
        Tab.REVISED, Way.DAILY,
    ),
    NoticeKind.CREDITED: Rules(
        _("You are credited with a correction of an essay"), Tab.REVISED, Way.DAILY
    ),
    NoticeKind.LINKED: Rules(
        _("A claim that you marked or follow is linked with another"), Tab.FOLLOWED, Way.SITE
    ),
    NoticeKind.TRUST: Rules(
        _("The site trusts you more than before, or less"), Tab.DECIDED, Way.SITE
    ),
    NoticeKind.CLAIM: Rules(_("A claim is marked in an essay"), Tab.FOLLOWED, Way.SITE),
    NoticeKind.COUNTERPOINT: Rules(_("A claim gets a counterpoint"), Tab.FOLLOWED, Way.SITE),
    NoticeKind.STANDING: Rules(_("A claim changes its standing"), Tab.FOLLOWED, Way.SITE),
    NoticeKind.POST: Rules(_("Somebody writes in a discussion"), Tab.FOLLOWED, Way.SITE),
    NoticeKind.ESSAY: Rules(_("An essay with a tag appears"), Tab.FOLLOWED, Way.SITE),
    NoticeKind.MEMBER: Rules(_("A member writes something"), Tab.FOLLOWED, Way.SITE),
}  # fmt: skip


def kinds_of(tab: str) -> list[str]:
    """The kinds of one of the inbox's lists; of none, all of them."""
    return [kind.value for kind, rules in KINDS.items() if tab in {"", rules.tab.value}]


def way_of(kind: str, chosen: dict[str, str]) -> Way:
    """By which way a kind comes, as far as its member has chosen."""
    rules = KINDS[NoticeKind(kind)]
    way = Way(chosen.get(kind, rules.way))
    return Way.SITE if way == Way.OFF and not rules.may_be_off else way
