"""What those who may be logged in as follow before the debate begins: it reaches their inboxes,
their pages of what they follow are not empty, and one of them has chosen digests."""

from collections.abc import Mapping

from taggit.models import Tag

from essays.models import Essay
from forum.accounts.models import User
from forum.demonstration.members import JOINED
from forum.notifications.choosing import choose
from forum.notifications.following import set_following
from forum.notifications.kinds import NoticeKind, Way
from forum.notifications.models import Follow, FollowKind, NewsSettings

# Each by the name that its address has.
FOLLOWED: dict[str, tuple[tuple[FollowKind, str], ...]] = {
    "demo_member": (
        (FollowKind.ESSAY, "the-horse-collar"),
        (FollowKind.DISCUSSION, "what-is-morality"),
        (FollowKind.TAG, "class"),
        (FollowKind.MEMBER, "perpetua_lamplight"),
    ),
    "demo_other": (
        (FollowKind.ESSAY, "was-the-ussr-communist"),
        (FollowKind.TAG, "nationalism"),
        (FollowKind.MEMBER, "octavian_sprott"),
    ),
    "demo_moderator": ((FollowKind.DISCUSSION, "british-values"),),
    "demo_second_moderator": ((FollowKind.ESSAY, "british-values"),),
    "demo_editor": (
        (FollowKind.TAG, "peasantry"),
        (FollowKind.MEMBER, "cosmo_nettlebed"),
    ),
}
DIGESTS = {
    "demo_member": {
        NoticeKind.POST: Way.DAILY,
        NoticeKind.COUNTERPOINT: Way.DAILY,
        NoticeKind.STANDING: Way.WEEKLY,
        NoticeKind.MEMBER: Way.WEEKLY,
    }
}


def follow_all(people: Mapping[str, User]) -> None:
    """Once: whatever somebody changed as one of them since stays as it is."""
    for name, followed in FOLLOWED.items():
        member = people[name]
        if Follow.objects.filter(member=member).exists():
            continue
        for kind, thing in followed:
            set_following(
                member=member, kind=kind, thing=_find(kind, thing), follows=True, now=JOINED
            )
    for name, ways in DIGESTS.items():
        if not NewsSettings.objects.filter(member=people[name]).exists():
            chosen = {kind.value: way.value for kind, way in ways.items()}
            choose(member=people[name], ways=chosen, follows_own=True, wants_letters=True)


def _find(kind: FollowKind, name: str) -> int:
    if kind == FollowKind.TAG:
        return Tag.objects.get(slug=name).pk
    if kind == FollowKind.MEMBER:
        return User.objects.get(username=name).pk
    return Essay.objects.get(slug=name).pk
