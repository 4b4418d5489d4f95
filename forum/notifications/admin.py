from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy, ngettext

from forum.notifications.models import Letter
from forum.notifications.sending import try_again


@admin.register(Letter)
class LetterAdmin(admin.ModelAdmin):
    """The outbox, to look into: what failed, why, and what waits. What it says is nobody's."""

    list_display = ["id", "recipient", "way", "state", "due_at", "tries", "reason"]
    list_filter = ["state", "way"]
    list_select_related = ["recipient"]
    ordering = ["-id"]
    show_full_result_count = False
    fields = [
        "recipient", "way", "state", "created_at", "due_at", "tries", "reason", "held_until",
        "ended_at",
    ]  # fmt: skip
    actions = ["send_again"]

    @admin.action(
        description=gettext_lazy("Try the chosen ones again that were given up"),
        permissions=["view"],
    )
    def send_again(self, request: HttpRequest, letters: "QuerySet[Letter]") -> None:
        number = try_again(letters)
        self.message_user(
            request,
            ngettext("%(number)s will be tried again.", "%(number)s will be tried again.", number)
            % {"number": number},
            messages.SUCCESS,
        )

    def has_add_permission(self, _request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        return False
