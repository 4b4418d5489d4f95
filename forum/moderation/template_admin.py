from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from forum.moderation.models import ReasonTemplate
from forum.moderation.templates import keep_template


@admin.register(ReasonTemplate)
class ReasonTemplateAdmin(admin.ModelAdmin):
    """Words that moderators begin a decision with. None is deleted: it is no longer offered."""

    list_display = ["title", "rule", "outcome", "is_offered"]
    list_filter = ["outcome", "is_offered"]
    search_fields = ["title", "text"]

    def save_model(
        self, request: HttpRequest, obj: ReasonTemplate, _form: Any, _change: Any
    ) -> None:
        keep_template(by=request.user, template=obj)

    def has_delete_permission(
        self, _request: HttpRequest, _obj: ReasonTemplate | None = None
    ) -> bool:
        return False
