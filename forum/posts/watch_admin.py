"""The watch list. It stands here, and not with its table, because it is tried on past posts."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from forum.guard.admin import SettledAdmin, subject_of
from forum.guard.models import WatchEntry
from forum.guard.rules import forget_rules
from forum.house.history import record_changes
from forum.posts.watch_trial import try_out

# What decides on what is found: whoever changes it tries it again.
DECIDING = {"kind", "pattern", "does"}
CHANGED = gettext_lazy("It finds something else now: try it, and switch it on again.")


@admin.register(WatchEntry)
class WatchEntryAdmin(SettledAdmin):
    """An entry is switched on where it was tried, and nowhere else."""

    list_display = ["pattern", "kind", "does", "is_on", "reason"]
    list_filter = ["is_on", "kind", "does"]
    fields = ["kind", "pattern", "does", "reason", "is_on"]
    readonly_fields = ["is_on"]

    def get_urls(self) -> Any:
        view = self.admin_site.admin_view(trial)
        return [
            path("<row:pk>/trial/", view, name="guard_watchentry_trial"),
            *super().get_urls(),
        ]

    def save_model(self, request: HttpRequest, obj: WatchEntry, form: Any, change: Any) -> None:
        if obj.is_on and DECIDING & set(form.changed_data):
            obj.is_on = False
            messages.warning(request, CHANGED)
        super().save_model(request, obj, form, change)

    def response_add(self, _request: HttpRequest, obj: Any, _url: Any = None) -> HttpResponse:
        return HttpResponseRedirect(_trial_url(obj))

    def response_change(self, _request: HttpRequest, obj: Any) -> HttpResponse:
        return HttpResponseRedirect(_trial_url(obj))

    def switch(self, request: HttpRequest, entry: WatchEntry) -> None:
        was, entry.is_on = entry.is_on, request.POST.get("on") == "yes"
        entry.save(update_fields=["is_on"])
        record_changes(
            by=request.user, subject=subject_of(entry), before={"on": was},
            after={"on": entry.is_on},
        )  # fmt: skip
        forget_rules()
        messages.success(request, _("It is on.") if entry.is_on else _("It is off."))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return admin.ModelAdmin.has_add_permission(self, request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return admin.ModelAdmin.has_delete_permission(self, request, obj)

    def delete_model(self, request: HttpRequest, obj: WatchEntry) -> None:
        super().delete_model(request, obj)
        forget_rules()


@require_http_methods(["GET", "HEAD", "POST"])
def trial(request: HttpRequest, pk: int) -> HttpResponse:
    """What an entry would have found; and its switch."""
    desk: Any = admin.site.get_model_admin(WatchEntry)
    entry = desk.get_object(request, str(pk))
    if not desk.has_change_permission(request, entry):
        raise PermissionDenied
    if entry is None:
        raise Http404("No such entry.")
    if request.method == "POST":
        desk.switch(request, entry)
        return HttpResponseRedirect(_trial_url(entry))
    context = {
        **admin.site.each_context(request),
        "title": _("What “%(entry)s” finds") % {"entry": entry},
        "entry": entry,
        "trial": try_out(entry),
        "opts": desk.opts,
    }
    return TemplateResponse(request, "admin/guard/watchentry/trial.html", context)


def _trial_url(entry: WatchEntry) -> str:
    return reverse("admin:guard_watchentry_trial", args=[entry.pk])
