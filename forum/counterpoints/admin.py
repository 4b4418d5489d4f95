from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from forum.counterpoints.models import Claim


@admin.register(Claim)
class ClaimAdmin(admin.ModelAdmin):
    """To look things up: a standing follows from the debate and is never set by hand."""

    list_display = ["pk", "essay", "number", "label", "label_since", "statement"]
    list_filter = ["label"]
    list_select_related = ["essay", "opening"]
    search_fields = ["essay__title"]
    ordering = ["-pk"]
    show_full_result_count = False
    fields = [
        "essay", "number", "passage", "statement", "label", "label_since", "strength",
        "decided_by", "rebuts", "undercuts", "supports", "concedes", "created_at",
    ]  # fmt: skip

    @admin.display(description="Statement")
    def statement(self, claim: Claim) -> str:
        return claim.statement

    def has_add_permission(self, _request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        return False
