from django.contrib import admin
from django.http import HttpRequest

from forum.guard.models import Limit


@admin.register(Limit)
class LimitAdmin(admin.ModelAdmin):
    """The limits are the program's; how much each allows is the site's."""

    list_display = ["name", "about", "most", "seconds"]
    fields = ["name", "about", "most", "seconds"]
    readonly_fields = ["name", "about"]

    def has_add_permission(self, _request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, _request: HttpRequest, _obj: Limit | None = None) -> bool:
        return False
