from django.core.validators import MinLengthValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from forum.lib.seeded_words import as_read
from forum.lib.site_language import in_site_language
from forum.moderation.models.decision import REASON_LENGTH, REASON_SHORTEST, Outcome
from forum.moderation.models.log import LogKind
from forum.moderation.models.rule import Rule
from forum.moderation.querysets import TemplateQuerySet

CHOICES = [
    (one.value, one.label)
    for one in (*Outcome, LogKind.LOCK, LogKind.SLOW, LogKind.MERGE, LogKind.ANCHOR)
]


class ReasonTemplate(models.Model):
    """Words for what is decided often. Whoever decides begins with them, and writes their own."""

    title = models.CharField(max_length=80, unique=True, help_text=_("As moderators choose it."))
    rule = models.ForeignKey(Rule, on_delete=models.PROTECT, related_name="templates")
    outcome = models.CharField(max_length=7, choices=CHOICES)
    text = models.TextField(
        max_length=REASON_LENGTH,
        validators=[MinLengthValidator(REASON_SHORTEST)],
        help_text=_("Public, once somebody decides with it."),
    )
    is_offered = models.BooleanField(
        default=True, help_text=_("Without it nobody can choose it any more; it stays here.")
    )

    objects = TemplateQuerySet.as_manager()

    class Meta:
        ordering = ["rule__number", "title"]

    def __str__(self) -> str:
        return as_read(self.title)

    @property
    def first_words(self) -> str:
        """With which a public reason begins: it is read by everybody, whoever decides."""
        return in_site_language(as_read, self.text)
