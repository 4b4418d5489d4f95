"""What members chose about news: by which way each kind comes, and whether letters come at all."""

from collections.abc import Collection, Mapping
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from forum.accounts.models import User
from forum.lib.prepared import Prepared
from forum.notifications.kinds import DIGESTS, KINDS, LETTER_WAYS, NoticeKind, Way, way_of
from forum.notifications.models import NewsSettings
from forum.notifications.muting import is_muted

# Of what letters can be stopped: a kind of news, the letters of one rhythm, or all of them.
ALL = "all"
STOPPABLE = (*NoticeKind.values, *DIGESTS, ALL)


def settings_of(member: User) -> NewsSettings:
    """As stored, or as they are for whoever chose nothing."""
    return NewsSettings.objects.filter(pk=member.pk).first() or NewsSettings(member=member)


# No member's id.
NOBODY = 0

_chosen = Prepared(
    lambda members, actor: User.objects.filter(pk__in=members).values_list(
        "pk",
        "language",
        "time_zone",
        "news_settings__ways",
        "news_settings__letters_stopped_at",
        is_muted(actor),
    )
)


class Wish(NamedTuple):
    """How a member is told: by kind, which way; in which language, by which clock."""

    ways: dict[str, Way]
    language: str = ""
    time_zone: str = ""


def wishes_of(
    members: Collection[int], kinds: Collection[str], actor: User | None = None
) -> dict[int, Wish]:
    """By member, for news of what `actor` did; one query."""
    by = actor.pk if actor is not None else NOBODY
    rows = _chosen(members=sorted(members), actor=by) if members else []
    wishes = {member: Wish(_ways(kinds, {})) for member in members}
    for member, language, zone, chosen, stopped_at, mutes in rows:
        ways = _ways(kinds, chosen or {}, stops=stopped_at is not None, mutes=mutes)
        wishes[member] = Wish(ways, language, zone)
    return wishes


def ways_chosen(
    members: Collection[int], kinds: Collection[str], actor: User | None = None
) -> dict[int, dict[str, Way]]:
    """The same, of the ways alone."""
    return {member: wish.ways for member, wish in wishes_of(members, kinds, actor).items()}


def _ways(
    kinds: Collection[str], chosen: dict[str, str], *, stops: bool = False, mutes: bool = False
) -> dict[str, Way]:
    ways = {kind: way_of(kind, chosen) for kind in kinds}
    if mutes:
        # What has to be told is told, whoever did it.
        ways = {
            kind: Way.OFF if KINDS[NoticeKind(kind)].may_be_off else way
            for kind, way in ways.items()
        }
    if stops:
        return {kind: Way.SITE if way in LETTER_WAYS else way for kind, way in ways.items()}
    return ways


@transaction.atomic
def choose(
    *, member: User, ways: Mapping[str, str], follows_own: bool, wants_letters: bool
) -> NewsSettings:
    """Say for every kind by which way it comes. What has to be told comes to the site at least."""
    stored = _locked(member)
    stored.ways = {kind: way_of(kind, dict(ways)).value for kind in KINDS if kind in ways}
    stored.before = {}
    stored.follows_own = follows_own
    if wants_letters:
        stored.letters_stopped_at = None
    elif stored.letters_stopped_at is None:
        stored.letters_stopped_at = timezone.now()
    stored.save()
    return stored


@transaction.atomic
def stop_letters(*, member: User, what: str) -> NewsSettings:
    """No letters of a kind, of a rhythm, or at all; the news stays on the site. Twice is once."""
    stored = _locked(member)
    if what == ALL:
        stored.letters_stopped_at = stored.letters_stopped_at or timezone.now()
    for kind in _kinds_in(what, stored.ways):
        stored.before[kind] = way_of(kind, stored.ways).value
        stored.ways[kind] = Way.SITE.value
    stored.save()
    return stored


@transaction.atomic
def resume_letters(*, member: User, what: str) -> NewsSettings:
    """Take that back: what was stopped comes as it did before."""
    stored = _locked(member)
    if what == ALL:
        stored.letters_stopped_at = None
    for kind, way in list(stored.before.items()):
        if what in {kind, way}:
            stored.ways[kind] = stored.before.pop(kind)
    stored.save()
    return stored


def _kinds_in(what: str, ways: dict[str, str]) -> list[str]:
    if what in NoticeKind.values:
        return [what] if way_of(what, ways) in LETTER_WAYS else []
    return [kind.value for kind in KINDS if way_of(kind, ways) == what]


def _locked(member: User) -> NewsSettings:
    NewsSettings.objects.get_or_create(member=member)
    return NewsSettings.objects.select_for_update().get(pk=member.pk)
