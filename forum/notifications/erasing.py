"""What others were told of somebody who left, and who wanted to be told."""

from forum.accounts.models import User
from forum.notifications.models import Follow, Happening, Notice


def forget_words_of(member: User) -> None:
    """That something was answered, and where, still stands; what was said is gone."""
    for told in (Notice, Happening):
        told.objects.filter(actor=member).update(excerpt="")


def forget_words_about(about: str) -> None:
    """What the site itself told of a thing, by whose words it was named."""
    for told in (Notice, Happening):
        told.objects.filter(about=about, actor=None).update(excerpt="")


def forget_followers(member: User) -> None:
    Follow.objects.filter(kind="member", thing=member.pk).delete()
