from typing import Any

from django.contrib import admin
from django.db import models, transaction
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from forum.guard.models import HoldRule, Limit, Threshold
from forum.guard.rules import forget_rules
from forum.guard.usual import Per, usual
from forum.house.history import record_changes
from forum.lib.seeded_words import as_read
from forum.lib.site_language import in_site_language

LEVELS = ["most_member", "most_regular", "most_trusted"]


SUBJECT_LENGTH = 60


def subject_of(row: models.Model) -> str:
    """How the history names it: “limit post-account”."""
    return in_site_language(lambda: f"{row._meta.verbose_name} {row}")[:SUBJECT_LENGTH]


class SettledAdmin(admin.ModelAdmin):
    """The rows are the program's; what stands in them is the site's, with a history."""

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: Any) -> None:
        names = form.changed_data if change else list(form.fields)
        with transaction.atomic():
            super().save_model(request, obj, form, change)
            record_changes(
                by=request.user, subject=subject_of(obj),
                before={name: form.initial.get(name) for name in names},
                after={name: form.cleaned_data[name] for name in names},
            )  # fmt: skip
        forget_rules()

    @admin.display(description=_("about"))
    def shown_about(self, obj: Any) -> str:
        return as_read(obj.about)

    def has_add_permission(self, _request: HttpRequest) -> bool:
        return False

    def has_delete_permission(
        self, _request: HttpRequest, _obj: models.Model | None = None
    ) -> bool:
        return False


@admin.register(Limit)
class LimitAdmin(SettledAdmin):
    list_display = ["name", "shown_about", "most", *LEVELS, "seconds"]
    fields = ["name", "shown_about", "most", *LEVELS, "seconds"]
    readonly_fields = ["name", "shown_about"]

    def get_fields(self, request: HttpRequest, obj: Limit | None = None) -> Any:
        """Addresses and the site have no trust level."""
        fields = super().get_fields(request, obj)
        if obj is None or usual(obj.name).per == Per.ACCOUNT:
            return fields
        return [name for name in fields if name not in LEVELS]


@admin.register(Threshold)
class ThresholdAdmin(SettledAdmin):
    """What is changed here holds from the next time that levels are taken up: daily."""

    list_display = ["level", "days_member", "days_read", "posts", "accurate_reports", "quiet_days"]


@admin.register(HoldRule)
class HoldRuleAdmin(SettledAdmin):
    list_display = ["name", "shown_about", "is_on", "threshold", "words"]
    fields = ["name", "shown_about", "is_on", "threshold", "words"]
    readonly_fields = ["name", "shown_about"]
