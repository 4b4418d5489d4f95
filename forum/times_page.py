"""By which clock a member reads: of the times on pages, and of when their letters come."""

from zoneinfo import ZoneInfo, available_timezones

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from forum.accounts.actions import choose_zone
from forum.guard.actions import run_once
from forum.guard.forms import KeyedForm

# Of the others some are older names of these, and some no place.
PLACES = (
    "Africa/", "America/", "Antarctica/", "Asia/", "Atlantic/", "Australia/", "Europe/", "Indian/",
    "Pacific/", "UTC",
)  # fmt: skip


def zones() -> list[tuple[str, str]]:
    """By their names, as people know them."""
    names = sorted(name for name in available_timezones() if name.startswith(PLACES))
    return [(name, name.replace("_", " ")) for name in names]


class TimesForm(KeyedForm):
    time_zone = forms.ChoiceField(
        label=gettext_lazy("Your time zone"),
        required=False,
        help_text=gettext_lazy("Times are told by it, and digests come at seven in its morning."),
        error_messages={"invalid_choice": gettext_lazy("Choose one of the zones in the list.")},
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        field: forms.ChoiceField = self.fields["time_zone"]  # type: ignore[assignment]
        field.choices = [("", _("My browser’s, and the site’s for letters")), *zones()]

    def clean_time_zone(self) -> str:
        name: str = self.cleaned_data["time_zone"]
        return ZoneInfo(name).key if name else ""


@require_http_methods(["GET", "HEAD", "POST"])
def own_times(request: HttpRequest) -> HttpResponse:
    member = request.user
    form = TimesForm(request.POST or None, initial={"time_zone": member.time_zone})  # type: ignore[union-attr]
    if request.method == "POST" and form.is_valid():
        zone = form.cleaned_data["time_zone"]

        def work() -> str:
            choose_zone(member=member, time_zone=zone)  # type: ignore[arg-type]
            messages.success(request, _("Saved."))
            return reverse("own-times")

        key = form.cleaned_data["form_key"]
        return redirect(run_once(user=member, key=key, action=f"zone:{zone}", work=work))
    status = 400 if form.is_bound else 200
    return TemplateResponse(request, "accounts/own_times.html", {"form": form}, status=status)
