from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from forum.guard.models import Limit, Threshold
from forum.guard.usual import Per, usual

LEVELS = ["most_member", "most_regular", "most_trusted"]


@admin.register(Limit)
class LimitAdmin(admin.ModelAdmin):
    """The limits are the program's; how much each allows is the site's."""

    list_display = ["name", "about", "most", *LEVELS, "seconds"]
    fields = ["name", "about", "most", *LEVELS, "seconds"]
    readonly_fields = ["name", "about"]

    def get_fields(self, request: HttpRequest, obj: Limit | None = None) -> Any:
        """Addresses and the site have no trust level."""
        fields = super().get_fields(request, obj)
        if obj is None or usual(obj.name).per == Per.ACCOUNT:
            return fields
        return [name for name in fields if name not in LEVELS]

    def has_add_permission(self, _request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, _request: HttpRequest, _obj: Limit | None = None) -> bool:
        return False


@admin.register(Threshold)
class ThresholdAdmin(admin.ModelAdmin):
    """The levels are the program's; what each asks for is the site's. It holds from the next time
    that levels are taken up: daily."""

    list_display = ["level", "days_member", "days_read", "posts", "accurate_reports", "quiet_days"]

    def has_add_permission(self, _request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, _request: HttpRequest, _obj: Threshold | None = None) -> bool:
        return False
