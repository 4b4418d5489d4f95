from datetime import datetime
from typing import Any, NoReturn

from django.conf import settings
from django.contrib.auth.models import AbstractUser, UserManager
from django.core.validators import RegexValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forum.accounts.names import shown_name
from forum.lib.numbered import address_by

MODERATORS = "moderators"
EDITORS = "editors"
RESEARCHERS = "researchers"

# Trust levels: how far the site knows an account. The numbers are stored, and compared.
NEW, MEMBER, REGULAR, TRUSTED = range(4)

username_validators = [
    RegexValidator(
        r"^[\w.-]+\Z",
        message=_("Letters, digits, dots, hyphens and underscores only."),
        code="invalid",
    )
]


# Fewer letters would offer nearly everybody, more names than these nobody reads.
NAME_BEGUN = 2
NAMES_OFFERED = 8


# What a member may beyond the others. Whoever asks, asks for these.
ROLE_COLUMNS = ("is_moderator", "is_editor", "is_staff", "is_superuser")


class UserQuerySet(models.QuerySet["User"]):
    def named(self, usernames: list[str]) -> "UserQuerySet":
        """Those whom a text mentions; capitals do not matter."""
        rule = models.Q(pk__in=[])
        for username in usernames:
            rule |= models.Q(username__iexact=username)
        return self.filter(rule, is_active=True)

    def beginning_with(self, start: str) -> "UserQuerySet":
        """A few to mention, whose name begins so; none before there are two letters."""
        start = start.strip()
        if len(start) < NAME_BEGUN or "\x00" in start:
            return self.none()
        rule = models.Q(username__istartswith=start) | models.Q(display_name__istartswith=start)
        return self.filter(rule, is_active=True).order_by("username")[:NAMES_OFFERED]


class SiteUserManager(UserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    def create_superuser(self, username: str, *args: Any, **fields: Any) -> "User":
        """By whoever installs the site: no letter has to come before they can log in."""
        user: User = super().create_superuser(username, *args, **fields)
        confirm_by_hand(user)
        return user


class User(AbstractUser):
    """A person. What they wrote is kept apart, so that erasing one empties only the person."""

    # Not a column: their roles are laid down until they log in with two steps. See second_step.py.
    roles_wait = False
    # Nor is this: how many seconds the form was open that brings what they write. None: no form.
    wrote_in: float | None = None

    display_name = models.CharField(
        max_length=60, blank=True, help_text=_("The name that readers see beside what you write.")
    )
    about = models.CharField(max_length=300, blank=True)
    # Columns rather than group look-ups: the masthead and every permission ask for them.
    is_moderator = models.BooleanField(default=False, editable=False)
    is_editor = models.BooleanField(default=False, editable=False)
    trust_level = models.PositiveSmallIntegerField(default=NEW)
    # Days on which they read a debate, as their browser told; the last of them.
    days_read = models.PositiveIntegerField(default=0, editable=False)
    last_read_on = models.DateField(null=True, editable=False)
    silenced_until = models.DateTimeField(null=True, blank=True)
    suspended_until = models.DateTimeField(null=True, blank=True)
    # Until then a moderator reads what they write before anybody else does.
    held_until = models.DateTimeField(null=True, blank=True)
    # Suspended for good.
    banned_at = models.DateTimeField(null=True, blank=True)
    # The person is gone: what is left of the row holds together what they wrote, without a name.
    erased_at = models.DateTimeField(null=True, blank=True, editable=False)
    # Signed up where somebody has to let them in, and nobody has yet.
    awaits_approval = models.BooleanField(default=False, editable=False)
    # By whose clock they read; empty: their browser's.
    time_zone = models.CharField(max_length=40, blank=True)
    # In which language the site speaks to them; empty: whichever their browser asks for.
    language = models.CharField(max_length=10, blank=True)
    # Whether single keys do something on a page: who speaks to a computer presses them unawares.
    uses_keys = models.BooleanField(default=True)
    is_demonstration = models.BooleanField(default=False, editable=False)
    # Totals, kept right in the transaction that changes them.
    unread_notices = models.PositiveIntegerField(default=0, editable=False)
    post_count = models.PositiveIntegerField(default=0, editable=False)
    counterpoint_count = models.PositiveIntegerField(default=0, editable=False)
    # Whose posts fold for this member: kept with the table of mutes.
    muted = models.JSONField(default=list, editable=False)
    # Members who say that a counterpoint of theirs changed their mind.
    minds_changed = models.PositiveIntegerField(default=0, editable=False)

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]

    objects = SiteUserManager()  # type: ignore[misc]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                models.functions.Lower("username"), name="username_whatever_the_capitals"
            )
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, **options: Any) -> None:
        """Roles that are laid down for the moment are not taken away by it."""
        if self.roles_wait:
            named = options.get("update_fields") or [
                field.name for field in self._meta.concrete_fields if not field.primary_key
            ]
            options["update_fields"] = [name for name in named if name not in ROLE_COLUMNS]
        super().save(**options)

    @property
    def name(self) -> str:
        return shown_name(self.display_name, self.username)

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return address_by("member", self.username)

    def is_silenced(self, now: datetime | None = None) -> bool:
        return self.silenced_until is not None and self.silenced_until > (now or timezone.now())

    def is_held(self, now: datetime | None = None) -> bool:
        return self.held_until is not None and self.held_until > (now or timezone.now())

    @property
    def is_banned(self) -> bool:
        return self.banned_at is not None

    def is_suspended(self, now: datetime | None = None) -> bool:
        """For a time, or for good."""
        if self.is_banned:
            return True
        return self.suspended_until is not None and self.suspended_until > (now or timezone.now())


class Invitation(models.Model):
    """A way in for one person, where signing up is by invitation. Its link is not in the table."""

    note = models.CharField(
        _("for whom"),
        max_length=100,
        help_text=_("For the keepers: nobody who is invited sees it."),
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.SET_NULL,
        related_name="+",
    )  # fmt: skip
    made_at = models.DateTimeField(editable=False)
    expires_at = models.DateTimeField(editable=False)
    used_by = models.OneToOneField(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.SET_NULL,
        related_name="invitation",
    )  # fmt: skip
    used_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.note

    def is_good(self, now: datetime | None = None) -> bool:
        return self.used_at is None and self.expires_at > (now or timezone.now())


class Manner(models.TextChoices):
    VISITOR = "visitor", _("As a visitor")
    MEMBER = "member", _("As a plain member")


class Viewing(models.Model):
    """That one of the staff began to see the site as others do. Never changed, never deleted."""

    who = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    manner = models.CharField(max_length=7, choices=Manner)
    begun_at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(manner__in=Manner.values), name="viewing_as_visitor_or_member"
            )
        ]

    def __str__(self) -> str:
        return f"{self.who_id}: {self.manner}"

    def save(self, **options: Any) -> None:
        if not self._state.adding:
            self._refuse()
        super().save(**{**options, "force_insert": True})

    def delete(self, *_args: Any, **_options: Any) -> NoReturn:
        self._refuse()

    @staticmethod
    def _refuse() -> NoReturn:
        raise TypeError("Who looked, and when, is neither changed nor deleted.")


def confirm_by_hand(user: User) -> bool:
    """Their address counts as theirs, though no letter has shown it. False if they have none."""
    from allauth.account.models import EmailAddress  # noqa: PLC0415 — which needs this model first

    if not user.email:
        return False
    EmailAddress.objects.update_or_create(
        user=user, email=user.email, defaults={"verified": True, "primary": True}
    )
    return True
