"""Members to whom letters can be sent, and what lies in the outbox for them."""

from allauth.account.models import EmailAddress

from forum.notifications.actions import notify
from forum.notifications.choosing import choose
from forum.notifications.models import Letter
from tests.factories import make_user


def make_reader(username="", *, ways=None, **fields):
    """With a confirmed address, and news by the ways that the test is about."""
    user = make_user(username, **fields)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    if ways:
        choose(member=user, ways=ways, follows_own=True, wants_letters=True)
    return user


def at_once(*kinds):
    return dict.fromkeys(kinds or ("answered", "mentioned"), "at_once")


def tell(recipient, **said):
    said = {
        "kind": "answered", "sentence": "rebuts your claim.", "url": "/how-standing-works/",
    } | said  # fmt: skip
    return notify(recipient=recipient, **said)


def outbox():
    return list(Letter.objects.order_by("pk").values_list("state", "tries", "reason"))
