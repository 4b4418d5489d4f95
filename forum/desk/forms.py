from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from essays.drafting import moment_in
from forum.guard.forms import KeyedForm

NOTE_LENGTH = 300


def zones() -> list[str]:
    """By the names that people know them by: a place in a part of the world."""
    known = available_timezones()
    return ["UTC", *sorted(name for name in known if "/" in name and not name.startswith("Etc/"))]


class ImpactForm(KeyedForm):
    """What is said of a draft as a whole; of its claims, `Decisions` reads what was said."""

    note = forms.CharField(
        label=_("Note for the revision"),
        max_length=NOTE_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "class": "short", "dir": "auto"}),
        help_text=_("Readers find it in the list of revisions."),
    )
    # The saving of the draft that this page shows.
    seen = forms.IntegerField(widget=forms.HiddenInput)


class ScheduleForm(forms.Form):
    """When a draft is published, as a clock on a wall shows it."""

    # It stands within the form that publishes at once, and then may stay empty.
    use_required_attribute = False

    at = forms.CharField(
        label=_("Publish it at"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}),
        error_messages={"required": _("Say when: a day and a time.")},
    )
    zone = forms.CharField(
        label=_("By the clocks of"),
        widget=forms.TextInput(attrs={"list": "zones", "autocomplete": "off"}),
        help_text=_("A place: Europe/London, Asia/Kolkata. UTC is one, too."),
        error_messages={"required": _("Say by the clocks of which place.")},
    )

    def clean_at(self) -> datetime:
        try:
            at = datetime.fromisoformat(self.cleaned_data["at"])
        except ValueError:
            raise ValidationError(_("Write a day and a time: 2027-03-01T09:00.")) from None
        return at.replace(tzinfo=None)

    def clean_zone(self) -> str:
        zone: str = self.cleaned_data["zone"]
        if zone not in available_timezones():
            raise ValidationError(_("No clocks are known of this place."))
        return zone

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        at, zone = cleaned.get("at"), cleaned.get("zone")
        if at and zone and moment_in(at, zone) <= timezone.now():
            now = timezone.now().astimezone(ZoneInfo(zone))
            there = {"time": f"{now:%H:%M}", "day": date_format(now, "d F Y")}
            self.add_error("at", _("That is past: it is %(time)s there, on %(day)s.") % there)
        return cleaned
