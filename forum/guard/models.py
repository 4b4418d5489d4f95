from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from forum.accounts.models import MEMBER, REGULAR, TRUSTED
from forum.guard.patterns import LEAST_LETTERS, is_domain, letters_in
from forum.guard.trust import LEVELS

DAY = 86_400
# More than that in one span, and the limit is none.
MOST_EVER = 1_000_000
SOME = [MinValueValidator(1), MaxValueValidator(MOST_EVER)]


class FormKey(models.Model):
    """One use of a write form: the same key sent twice gives the first result."""

    key = models.UUIDField()
    action = models.CharField(max_length=80)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+"
    )
    session_key = models.CharField(max_length=40, blank=True)
    result_url = models.CharField(max_length=300, blank=True)
    used_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "key", "action"],
                condition=Q(user__isnull=False),
                name="form_key_once_a_member",
            ),
            models.UniqueConstraint(
                fields=["session_key", "key", "action"],
                condition=Q(user=None),
                name="form_key_once_a_session",
            ),
        ]
        indexes = [models.Index(fields=["used_at"], name="form_key_age")]

    def __str__(self) -> str:
        return f"{self.action} {self.key}"


class Limit(models.Model):
    """How often something may be done by one person, or from one address, in a span of time."""

    name = models.SlugField(max_length=40, unique=True, editable=False)
    about = models.CharField(max_length=200, editable=False)
    most = models.PositiveIntegerField(_("times"), validators=SOME)
    # By trust level, where it counts what one account does: empty is as many as the level below.
    most_member = models.PositiveIntegerField(
        _("times, of members"), null=True, blank=True, validators=SOME
    )
    most_regular = models.PositiveIntegerField(
        _("times, of regulars"), null=True, blank=True, validators=SOME
    )
    most_trusted = models.PositiveIntegerField(
        _("times, of the trusted"), null=True, blank=True, validators=SOME
    )
    seconds = models.PositiveIntegerField(
        _("in seconds"), validators=[MinValueValidator(1), MaxValueValidator(DAY)]
    )

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(most__gt=0, seconds__gt=0), name="limit_allows_some"
            ),
            models.CheckConstraint(
                # What is NULL is neither: a level without a number of its own passes.
                condition=Q(most_member__gt=0) & Q(most_regular__gt=0) & Q(most_trusted__gt=0),
                name="limit_allows_each_level_some",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Threshold(models.Model):
    """What a trust level asks of a member, with all that the levels below it ask."""

    level = models.PositiveSmallIntegerField(
        unique=True,
        editable=False,
        choices=[(level, LEVELS[level]) for level in (MEMBER, REGULAR, TRUSTED)],
    )
    days_member = models.PositiveIntegerField(_("days since they signed up"))
    days_read = models.PositiveIntegerField(_("days on which they read a debate"))
    posts = models.PositiveIntegerField(_("posts that stand"))
    accurate_reports = models.PositiveIntegerField(_("reports that were followed"))
    quiet_days = models.PositiveIntegerField(_("days without a sanction, after one"))

    class Meta:
        ordering = ["level"]
        constraints = [
            models.CheckConstraint(
                condition=Q(level__gte=MEMBER, level__lte=TRUSTED), name="threshold_of_a_level"
            )
        ]

    def __str__(self) -> str:
        return self.get_level_display()


RULE_LENGTH = 120


class HoldRule(models.Model):
    """A stated rule that holds posts back until a moderator has read them."""

    NAMES = ("first-posts", "new-links", "similar", "too-quick")

    name = models.SlugField(max_length=40, unique=True, editable=False)
    about = models.CharField(max_length=200, editable=False)
    is_on = models.BooleanField(_("on"), default=False)
    threshold = models.PositiveIntegerField(validators=[MaxValueValidator(MOST_EVER)])
    words = models.CharField(
        _("the rule in words"),
        max_length=RULE_LENGTH,
        help_text=_(
            "What the author is told, and the moderators: “A first post is read before it"
            " is public”."
        ),
    )

    class Meta:
        ordering = ["name"]
        verbose_name = _("holding rule")

    def __str__(self) -> str:
        return self.name


class WatchKind(models.TextChoices):
    WORDS = "words", _("words")
    LINK = "link", _("part of a link")
    DOMAIN = "domain", _("site, with all below its name")


class WatchDoes(models.TextChoices):
    HOLD = "hold", _("hold the post for a moderator")
    REPORT = "report", _("let it stand, and report it")
    REFUSE = "refuse", _("refuse it")


class WatchEntry(models.Model):
    """Something that is looked for in every post, and what is done where it is found."""

    kind = models.CharField(max_length=6, choices=WatchKind, default=WatchKind.WORDS)
    pattern = models.CharField(
        max_length=200,
        help_text=_(
            "Capitals and accents do not matter. A star stands for any letters of a word, or"
            " for anything in a link."
        ),
    )
    does = models.CharField(max_length=6, choices=WatchDoes, default=WatchDoes.HOLD)
    reason = models.CharField(
        max_length=RULE_LENGTH, help_text=_("What the author is told, in a sentence.")
    )
    is_on = models.BooleanField(
        _("on"),
        default=False,
        help_text=_("Save it switched off first, and test it on past posts."),
    )
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["kind", "pattern"]
        verbose_name_plural = _("watch list")
        constraints = [
            models.UniqueConstraint(fields=["kind", "pattern"], name="watched_once"),
        ]

    def __str__(self) -> str:
        return self.pattern

    def clean(self) -> None:
        self.pattern = self.pattern.strip()
        if self.kind == WatchKind.DOMAIN and not is_domain(self.pattern):
            raise ValidationError({"pattern": _("A site has a name such as spam.example.")})
        if letters_in(self.pattern) < LEAST_LETTERS:
            raise ValidationError(
                {
                    "pattern": gettext(
                        "At least %(number)s letters: less would be found everywhere."
                    )
                    % {"number": LEAST_LETTERS}
                }
            )


class Tally(models.Model):
    """How often somebody did it in the span that begins at `since`, in seconds since 1970.

    `subject` is a digest: nobody's address is kept.
    """

    name = models.CharField(max_length=40)
    subject = models.CharField(max_length=64)
    since = models.BigIntegerField()
    until = models.BigIntegerField()
    # How many times there may be, as of the last of them.
    most = models.PositiveIntegerField(default=0)
    count = models.PositiveIntegerField()

    class Meta:
        verbose_name_plural = _("tallies")
        constraints = [
            models.UniqueConstraint(fields=["name", "subject", "since"], name="tally_once_a_span")
        ]
        indexes = [models.Index(fields=["until"], name="tally_age")]

    def __str__(self) -> str:
        return f"{self.name}: {self.count}"
