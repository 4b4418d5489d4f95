"""Pages of what is closed, slow, locked, retired or watched."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from essays.openness import retire, set_openness
from forum.counterpoints import actions as counterpoints
from forum.guard.models import WatchEntry
from forum.moderation.locking import lock_thread
from forum.moderation.models import Rule
from forum.moderation.slowing import slow_branch, slow_thread
from tests.factories import make_claim, make_comment, make_counterpoint, make_essay, make_moderator
from tests.world.pages import EDITOR, MEMBER, MODERATOR, Page
from tests.world.words import HOSTILE, LONG, RIGHT_TO_LEFT


def limited_pages(editor, member, essay) -> list[Page]:
    """An essay whose discussion is slow and whose claims are closed, and one that was retired."""
    closed, retired = make_essay("The Yoke", slug="the-yoke"), make_essay("The Ox", slug="the-ox")
    claims = [make_claim(each) for each in (closed, retired)]
    counterpoints.mark_key(by=editor, claim=claims[0], is_key=True)
    set_openness(
        by=editor, essay=closed, discussion="slow", claims="closed",
        reason=f"{LONG[:200]} {HOSTILE}", slow_minutes=60,
    )  # fmt: skip
    make_comment(closed, author=member)
    make_comment(retired)
    retire(by=editor, essay=retired, reason=HOSTILE)
    heated = make_claim(make_essay("The Goad", slug="the-goad"))
    moderator = make_moderator("slower", display_name=RIGHT_TO_LEFT)
    until = timezone.now() + timedelta(days=3)
    slow_thread(
        moderator=moderator, thread=heated.thread, minutes=90, rule=Rule.objects.first(),
        reason=f"{LONG[:200]} {HOSTILE}", until=until,
    )  # fmt: skip
    locked = make_comment(make_essay("The Bridle", slug="the-bridle"))
    lock_thread(
        moderator=moderator, thread=locked.thread, rule=Rule.objects.first(),
        reason=f"{LONG[:200]} {HOSTILE}", until=until,
    )  # fmt: skip
    renamed = make_essay(RIGHT_TO_LEFT, slug="renamed")
    retire(by=editor, essay=renamed, reason=RIGHT_TO_LEFT, redirects_to=essay)
    urls = {
        "closed essay": closed.get_absolute_url(),
        "claim of a closed essay": claims[0].get_absolute_url(),
        "claims of a closed essay": reverse("counterpoints:claims", args=["the-yoke"]),
        "slow discussion": reverse("discussion:thread", args=["the-yoke"]),
        "slow claim": heated.get_absolute_url(),
        "locked discussion": reverse("discussion:thread", args=["the-bridle"]),
        "retired essay": retired.get_absolute_url(),
        "claim of a retired essay": claims[1].get_absolute_url(),
        "discussion of a retired essay": reverse("discussion:thread", args=["the-ox"]),
        "revision of an essay that leads on": reverse("revision", args=["renamed", 1]),
        "map of an essay that leads on": reverse("counterpoints:map", args=["renamed"]),
    }
    pages = [Page(name, url) for name, url in urls.items()]
    for name in (
        "closed essay", "claim of a closed essay", "slow discussion", "locked discussion",
        "retired essay",
    ):  # fmt: skip
        pages.append(Page(f"{name}, member", urls[name], MEMBER))
    slowing = reverse("moderation:slow", args=[heated.thread_id])
    branch = make_counterpoint(heated, author=member, source=f"{LONG} {HOSTILE}")
    slow_branch(
        moderator=moderator, top=branch.post, minutes=120, rule=Rule.objects.first(),
        reason=f"{RIGHT_TO_LEFT} {HOSTILE}",
    )  # fmt: skip
    for way in ("slow", "unslow"):
        url = reverse(f"moderation:{way}-branch", args=[branch.pk])
        pages.append(Page(f"branch, {way}", url, MODERATOR))
    watched = WatchEntry.objects.create(pattern=LONG[:200], reason=f"{RIGHT_TO_LEFT} {HOSTILE}")
    pages += [
        Page("watch list", reverse("moderation:watch-list"), MODERATOR),
        Page("watch entry", reverse("moderation:watch-entry", args=[watched.pk]), MODERATOR),
        Page(
            "watch entry, removed",
            reverse("moderation:watch-removal", args=[watched.pk]),
            MODERATOR,
        ),
        Page("watch list, member", reverse("moderation:watch-list"), MEMBER, status=403),
        Page("slowing a thread", slowing, MODERATOR),
        Page(
            "slowing it no more", reverse("moderation:unslow", args=[heated.thread_id]), MODERATOR
        ),
        Page("slowing a thread, member", slowing, MEMBER, status=403),
    ]
    return [*pages, Page("claim of a closed essay, editor", claims[0].get_absolute_url(), EDITOR)]
