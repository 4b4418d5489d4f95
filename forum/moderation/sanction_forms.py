"""The part of a decision's form that says what follows for a member."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forum.guard.forms import KeyedForm
from forum.moderation.models import ENDLESS, MESSAGE_LENGTH
from forum.moderation.sanction_words import MESSAGES

# Longer than this and the account had better be closed.
LONGEST_SANCTION = timedelta(days=366)
MINUTE_FORMAT = "%Y-%m-%dT%H:%M"


class SanctionForm(KeyedForm):
    """Needs a field `sanction`: its kinds, and something empty for none."""

    until = forms.DateTimeField(
        label=_("Until"),
        required=False,
        input_formats=[MINUTE_FORMAT],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MINUTE_FORMAT),
        help_text=_(
            "By your clock, if you chose a time zone in your settings, or else in UTC. Only for"
            " holding, silence and suspension."
        ),
    )
    message = forms.CharField(
        label=_("What the author is told of that"),
        required=False,
        max_length=MESSAGE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3, "class": "short", "dir": "auto"}),
        help_text=_("Only they read it. Left empty, it is what is always said of it: see below."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        kind, until = cleaned.get("sanction"), cleaned.get("until")
        if "sanction" in self.errors or "until" in self.errors:
            return cleaned
        if kind and kind not in ENDLESS:
            self._check_end(until)
        elif until:
            self.add_error(
                "until", _("A warning or a ban has no end; nothing more has none either.")
            )
        if not kind and cleaned.get("message"):
            self.add_error("message", _("Choose above what it is that they are told of."))
        return cleaned

    @property
    def messages(self) -> list[tuple[str, str]]:
        """What is always said of each."""
        return [(str(kind.label), str(words)) for kind, words in MESSAGES.items()]

    def _check_end(self, until: Any) -> None:
        now = timezone.now()
        if until is None:
            self.add_error("until", _("Say when it ends."))
        elif until <= now:
            self.add_error("until", _("This minute is past."))
        elif until > now + LONGEST_SANCTION:
            self.add_error("until", _("A year is the longest."))
