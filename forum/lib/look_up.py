from typing import Any

from django.contrib import admin
from django.http import HttpRequest


class LookUpAdmin(admin.ModelAdmin):
    """Pages to look things up, however many there are, and to change nothing."""

    show_full_result_count = False

    def has_add_permission(self, _request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        return False
