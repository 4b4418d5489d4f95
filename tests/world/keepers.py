"""Pages for who keeps the site."""

from allauth.account.models import EmailAddress
from django.urls import reverse

from tests.factories import make_user
from tests.world.pages import EDITOR, MEMBER, MODERATOR, Page
from tests.world.words import LONG, RIGHT_TO_LEFT


def house_pages() -> list[Page]:
    return [
        Page("seeing as others do", reverse("accounts:viewings"), EDITOR),
        Page("seeing as others do, member", reverse("accounts:viewings"), MEMBER, status=403),
    ]


def admission_pages() -> list[Page]:
    """Of somebody with a long name who waits to be let in."""
    waiting = make_user(
        "waiting", display_name=f"{RIGHT_TO_LEFT} {LONG[:40]}", awaits_approval=True
    )
    EmailAddress.objects.create(user=waiting, email=waiting.email, verified=True, primary=True)
    return [
        Page("new members", reverse("admissions"), MODERATOR),
        Page("new members, member", reverse("admissions"), MEMBER, status=403),
    ]
