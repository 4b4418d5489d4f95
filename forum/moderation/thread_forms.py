"""What moderators do to threads and claims as wholes, each with a rule and a reason."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from essays.permissions import SLOWEST
from forum.guard.forms import KeyedForm
from forum.lib.moments import minute_words, next_minute
from forum.moderation.begun_forms import BegunForm
from forum.moderation.forms import reason_field, rule_field
from forum.moderation.models import LOCK_REASON_LENGTH, REASON_LENGTH, LogKind

# Chosen to leave an end as it is.
SO_FAR = "so-far"


class MeasureForm(BegunForm):
    """A measure that ends by itself, or holds until a moderator ends it."""

    lasts = forms.ChoiceField(
        label=_("For how long"),
        required=False,
        choices=[
            ("", _("Until a moderator ends it")),
            ("1", _("One hour")),
            ("8", _("Eight hours")),
            ("24", _("A day")),
            ("72", _("Three days")),
            ("168", _("A week")),
            ("720", _("Thirty days")),
        ],
        error_messages={"invalid_choice": _("Choose for how long.")},
    )
    rule = rule_field()

    def __init__(self, *args: Any, ends_at: datetime | None = None, **kwargs: Any) -> None:
        """`ends_at`: of one that is changed, when it ended so far."""
        super().__init__(*args, **kwargs)
        self.ends_at = ends_at
        if ends_at is not None:
            so_far = _("As it is: until %(moment)s") % {"moment": minute_words(ends_at)}
            lasts: Any = self.fields["lasts"]
            lasts.choices = [(SO_FAR, so_far), *lasts.choices]
            lasts.initial = SO_FAR

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        lasts = cleaned.pop("lasts", "")
        cleaned["until"] = self.ends_at if lasts == SO_FAR else _hours_from_now(lasts)
        return cleaned


def _hours_from_now(hours: str) -> datetime | None:
    """On the whole minute, as every banner says it."""
    return next_minute(timezone.now() + timedelta(hours=int(hours))) if hours else None


class LockForm(MeasureForm):
    done = LogKind.LOCK
    reason = reason_field(
        LOCK_REASON_LENGTH, _("Public. It stands in place of the reply form, and in the log.")
    )
    field_order = ["form_key", "template", "lasts", "rule", "reason"]


class SlowForm(MeasureForm):
    """How long a member waits between two posts in the thread."""

    done = LogKind.SLOW
    reason = reason_field(
        LOCK_REASON_LENGTH, _("Public. It stands above the thread, and in the log.")
    )
    minutes = forms.IntegerField(
        label=_("Minutes between two posts of one member"),
        min_value=1,
        max_value=SLOWEST,
        initial=30,
        error_messages={
            "min_value": _("One minute at least."),
            "max_value": _("One day at most: whoever has to wait longer is shut out."),
        },
    )
    field_order = ["form_key", "template", "minutes", "lasts", "rule", "reason"]


class MergerForm(BegunForm):
    """Into which claim, by which rule, and why."""

    done = LogKind.MERGE
    into = forms.CharField(widget=forms.HiddenInput)
    rule = rule_field()
    reason = reason_field(
        REASON_LENGTH, _("Public. Whoever marked the claims gets it, and it stands in the log.")
    )
    is_sure = forms.BooleanField(
        label=_(
            "I have read both claims. They can be parted again, with all that was said on each."
        ),
        error_messages={"required": _("Say that you have read both.")},
    )


class PartingForm(KeyedForm):
    """By which rule two claims are parted again, and why."""

    rule = rule_field()
    reason = reason_field(
        REASON_LENGTH, _("Public. Whoever marked the claims gets it, and it stands in the log.")
    )


class RelocationForm(BegunForm):
    """Where a branch goes, by which rule, and why."""

    done = LogKind.MOVE
    to = forms.CharField(widget=forms.HiddenInput, max_length=300)
    rule = rule_field()
    reason = reason_field(
        REASON_LENGTH, _("Public. It stands in the log at once; whoever wrote there gets it later.")
    )


class ReattachmentForm(BegunForm):
    """On which words of the newest revision, by which rule, and why."""

    done = LogKind.ANCHOR
    revision = forms.IntegerField(widget=forms.HiddenInput)
    span = forms.RegexField(
        regex=r"^[0-9]{1,7}-[0-9]{1,7}$",
        error_messages={"required": _("Choose the words."), "invalid": _("Choose the words.")},
    )
    rule = rule_field()
    reason = reason_field(
        REASON_LENGTH, _("Public. Whoever marked the claim gets it, and it stands in the log.")
    )

    def clean_span(self) -> tuple[int, int]:
        start, _, end = self.cleaned_data["span"].partition("-")
        return int(start), int(end)
