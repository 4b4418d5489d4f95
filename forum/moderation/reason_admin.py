from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest

from forum.moderation.models import ReportReason
from forum.moderation.permissions import can_keep_reason
from forum.moderation.report_reasons import keep_reason


class ReasonForm(forms.ModelForm):
    class Meta:
        model = ReportReason
        fields = ["name", "text", "rule", "gravity", "asks_for_words", "place", "is_offered"]

    def clean_is_offered(self) -> bool:
        is_offered: bool = self.cleaned_data["is_offered"]
        others = ReportReason.objects.offered().exclude(pk=self.instance.pk).count()
        verdict = can_keep_reason(ReportReason(is_offered=is_offered), others=others)
        if not verdict:
            raise forms.ValidationError(verdict.reason, code="last")
        return is_offered


@admin.register(ReportReason)
class ReportReasonAdmin(admin.ModelAdmin):
    """Why posts may be reported. None is deleted: it is no longer offered."""

    form = ReasonForm
    list_display = ["name", "rule", "gravity", "place", "is_offered"]
    list_select_related = ["rule"]
    list_filter = ["is_offered"]

    def save_model(self, request: HttpRequest, obj: ReportReason, _form: Any, _change: Any) -> None:
        keep_reason(by=request.user, reason=obj)

    def has_delete_permission(
        self, _request: HttpRequest, _obj: ReportReason | None = None
    ) -> bool:
        return False
