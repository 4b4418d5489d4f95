from datetime import datetime

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from forum.accounts.models import EDITORS, MODERATORS, RESEARCHERS, User, confirm_by_hand
from forum.accounts.permissions import can_change_name, can_change_roles
from forum.house.history import record_changes
from forum.lib.verdict import ensure

ROLES = (MODERATORS, EDITORS, RESEARCHERS)
# As the groups say; the keepers are named one by one.
GROUP_COLUMNS = ["is_moderator", "is_editor", "is_staff"]


@transaction.atomic
def give_role(*, user: User, role: str, by: User | None) -> User:
    ensure(can_change_roles(by))
    before = roles_of(user)
    user.groups.add(_group(role))
    return record_roles(sync_roles(user), before, by=by)


@transaction.atomic
def take_role(*, user: User, role: str, by: User | None) -> User:
    ensure(can_change_roles(by))
    before = roles_of(user)
    user.groups.remove(_group(role))
    return record_roles(sync_roles(user), before, by=by)


def sync_roles(user: User) -> User:
    """Make the columns say what the groups say. Whoever changes a member's groups calls it."""
    held = set(user.groups.values_list("name", flat=True))
    user.is_moderator = MODERATORS in held
    user.is_editor = EDITORS in held
    # Editors work in the admin; of the others only the keepers do.
    user.is_staff = user.is_editor or user.is_superuser
    user.save(update_fields=GROUP_COLUMNS)
    return user


def roles_of(user: User) -> dict[str, bool]:
    held = set(user.groups.values_list("name", flat=True))
    return {role: role in held for role in ROLES} | {"keepers": user.is_superuser}


def record_roles(user: User, before: dict[str, bool], *, by: User | None) -> User:
    """By number: the history names nobody who may one day be erased."""
    record_changes(by=by, subject=f"member {user.pk}", before=before, after=roles_of(user))
    return user


@transaction.atomic
def change_name(*, member: User, display_name: str, about: str) -> User:
    """Of the person alone: whoever calls it sees to what shows the name."""
    ensure(can_change_name(member))
    member.display_name, member.about = display_name, about
    member.save(update_fields=["display_name", "about"])
    return member


@transaction.atomic
def confirm_address(*, user: User, by: User | None) -> bool:
    """Where no letter can be sent. False if there is no address, or another account has it."""
    ensure(can_change_roles(by))
    taken = EmailAddress.objects.filter(email__iexact=user.email, verified=True)
    if not user.is_active or taken.exclude(user=user).exists():
        return False
    return confirm_by_hand(user)


def note_reading(member: User, now: datetime) -> None:
    """They read a debate today: counted once a day, however often their browser tells it."""
    # By the site's clock: nobody reads on two days by changing theirs.
    today = timezone.localdate(now, timezone.get_default_timezone())
    if member.last_read_on == today:
        return
    rows = User.objects.filter(pk=member.pk).exclude(last_read_on=today)
    rows.update(days_read=F("days_read") + 1, last_read_on=today)


@transaction.atomic
def choose_zone(*, member: User, time_zone: str) -> User:
    """Empty: their browser's."""
    member.time_zone = time_zone
    member.save(update_fields=["time_zone"])
    return member


@transaction.atomic
def choose_language(*, member: User, language: str) -> User:
    member.language = language
    member.save(update_fields=["language"])
    return member


@transaction.atomic
def choose_keys(*, member: User, uses_keys: bool) -> User:
    member.uses_keys = uses_keys
    member.save(update_fields=["uses_keys"])
    return member


def _group(role: str) -> Group:
    if role not in ROLES:
        raise ValueError(f"There is no role {role!r}.")
    return Group.objects.get_or_create(name=role)[0]
