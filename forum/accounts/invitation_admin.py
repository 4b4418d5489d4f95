from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from forum.accounts.admissions import invitation_path, invite, take_invitation_back
from forum.accounts.models import Invitation

LEAST_DAYS, MOST_DAYS, USUAL_DAYS = 1, 90, 14


class InvitationForm(forms.ModelForm):
    days = forms.IntegerField(
        label=gettext_lazy("Good for how many days"), min_value=LEAST_DAYS, max_value=MOST_DAYS,
        initial=USUAL_DAYS,
    )  # fmt: skip

    class Meta:
        model = Invitation
        fields = ["note"]


@admin.register(Invitation)
class InvitationAdmin(admin.ModelAdmin):
    """Keepers make a link here, hand it on themselves, and see who came by it."""

    list_display = ["note", "made_at", "expires_at", "used_by", "used_at"]
    list_select_related = ["used_by"]
    search_fields = ["note", "used_by__username"]
    actions = ["take_back"]

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: Any = None, **told: Any
    ) -> Any:
        if not change:
            told["form"] = InvitationForm
        return super().get_form(request, obj, change, **told)

    def get_fields(self, _request: HttpRequest, obj: Any = None) -> Any:
        if obj is None:
            return ["note", "days"]
        return ["note", "link", "made_by", "made_at", "expires_at", "used_by", "used_at"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return [] if obj is None else self.get_fields(request, obj)

    @admin.display(description=gettext_lazy("Link"))
    def link(self, invitation: Invitation) -> str:
        if not invitation.is_good():
            return _("None any more: it was used, taken back, or is too old.")
        return f"{settings.SITE_ADDRESS}{invitation_path(invitation)}"

    def save_model(self, request: HttpRequest, obj: Invitation, form: Any, change: Any) -> None:
        made = invite(
            by=request.user, note=form.cleaned_data["note"], days=form.cleaned_data["days"]
        )
        obj.pk, obj.made_at, obj.expires_at = made.pk, made.made_at, made.expires_at

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: Any = None) -> Any:
        """To its own page, where its link stands."""
        return redirect("admin:accounts_invitation_change", obj.pk)

    @admin.action(
        description=gettext_lazy("Take back those chosen that nobody used"), permissions=["change"]
    )
    def take_back(self, request: HttpRequest, invitations: "QuerySet[Invitation]") -> None:
        for invitation in invitations:
            take_invitation_back(by=request.user, invitation=invitation)

    def has_delete_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        return False
