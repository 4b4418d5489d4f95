from typing import Any, NoReturn

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from forum.lib.house import House

# A word in the masthead of a telephone.
NAME_LENGTH = 30
TAGLINE_LENGTH = 100
# A decision that waits longer than that before anybody is told of it is none.
LONGEST_UNDO = 120
# Of a member's e-mail address, by the standard.
ADDRESS_LENGTH = 254


class SignUp(models.TextChoices):
    OPEN = "open", _("Open: whoever confirms an address is a member")
    APPROVED = "approved", _("Approved: a moderator or a keeper lets each one in")
    INVITED = "invited", _("Invited: only by a link that a keeper has made")


def name_by_default() -> str:
    return House().name


def tagline_by_default() -> str:
    return House().tagline


def minutes_by_default() -> int:
    return House().undo_minutes


def asks_by_default() -> bool:
    return House().asks_staff_for_second_step


class Settings(models.Model):
    """What was settled: one row, and none as long as all is as it comes."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    name = models.CharField(_("name of the site"), max_length=NAME_LENGTH, default=name_by_default)
    tagline = models.CharField(
        max_length=TAGLINE_LENGTH,
        blank=True,
        default=tagline_by_default,
        help_text=_("One sentence, at the foot of every page and where others name the site."),
    )
    contact = models.EmailField(
        _("contact address"),
        max_length=ADDRESS_LENGTH,
        blank=True,
        help_text=_("Public: it stands on the page “Contact”."),
    )
    accent_light = models.CharField(
        _("accent on light pages"),
        max_length=7,
        blank=True,
        help_text=_("Of links, focus and what is new, say #1b3fd8. Empty: the colour as it comes."),
    )
    accent_dark = models.CharField(
        _("accent on dark pages"), max_length=7, blank=True, help_text=_("The same, say #9db3ff.")
    )
    logo = models.CharField(max_length=80, blank=True, editable=False)
    sign_up = models.CharField(_("new accounts"), max_length=8, choices=SignUp, default=SignUp.OPEN)
    asks_for_work = models.BooleanField(
        _("let browsers do a sum"),
        default=False,
        help_text=_(
            "Before somebody signs up: a second for a person, much for whoever makes a "
            "thousand accounts. It needs JavaScript."
        ),
    )
    undo_minutes = models.PositiveSmallIntegerField(
        _("minutes in which a decision can be undone"),
        default=minutes_by_default,
        validators=[MaxValueValidator(LONGEST_UNDO)],
        help_text=_("Nobody is told of a moderator’s decision before. 0: at once."),
    )
    asks_staff_for_second_step = models.BooleanField(
        _("ask staff for a second step"),
        default=asks_by_default,
        help_text=_(
            "Keepers, editors and moderators without an authenticator app or a passkey are "
            "plain members until they have one."
        ),
    )

    class Meta:
        verbose_name = verbose_name_plural = _("settings of the site")
        constraints = [
            models.CheckConstraint(condition=Q(id=1), name="settings_are_one_row"),
            models.CheckConstraint(
                condition=Q(sign_up__in=SignUp.values), name="settings_know_the_way_in"
            ),
        ]

    def __str__(self) -> str:
        return gettext("Settings of the site")


class Change(models.Model):
    """That something of the site was settled anew: by whom, when, and how it was before.

    Never changed, never deleted.
    """

    # What was changed ("settings", "rule 3"), and what of it.
    subject = models.CharField(max_length=60)
    part = models.CharField(max_length=60)
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["subject", "-id"], name="house_change_by_subject")]

    def __str__(self) -> str:
        return f"{self.subject}: {self.part}"

    def save(self, **options: Any) -> None:
        if not self._state.adding:
            self._refuse()
        super().save(**{**options, "force_insert": True})

    def delete(self, *_args: Any, **_options: Any) -> NoReturn:
        self._refuse()

    @staticmethod
    def _refuse() -> NoReturn:
        raise TypeError("What was settled, and when, is neither changed nor deleted.")


class PageName(models.TextChoices):
    RULES = "rules", _("Rules")
    PRIVACY = "privacy", _("Privacy")
    CONTACT = "contact", _("Contact")


class Page(models.Model):
    """The words of one of the site's own pages; while there are none, those that it came with."""

    name = models.CharField(max_length=7, choices=PageName, unique=True, editable=False)
    source = models.TextField(_("text"), blank=True, help_text=_("Markdown, as essays take it."))
    edited_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(name__in=PageName.values), name="page_is_one_of_the_sites"
            )
        ]

    def __str__(self) -> str:
        return str(self.get_name_display())
