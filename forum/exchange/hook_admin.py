from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy, ngettext

from forum.exchange.hook_models import Delivery, Happening, Webhook
from forum.exchange.hook_sending import send_again
from forum.exchange.hooks import add_webhook, change_webhook
from forum.exchange.permissions import can_keep_hooks
from forum.lib.look_up import LookUpAdmin
from forum.lib.outbound import Unsendable, check_address
from forum.lib.verdict import ensure


class WebhookForm(forms.ModelForm):
    happenings = forms.MultipleChoiceField(
        label=gettext_lazy("Is told that"), choices=Happening.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one thing that it is told of.")},
    )  # fmt: skip

    class Meta:
        model = Webhook
        fields = ["name", "url", "happenings", "is_active"]

    def clean_url(self) -> str:
        url: str = self.cleaned_data["url"].strip()
        try:
            check_address(url)
        except Unsendable as why:
            raise forms.ValidationError(str(why), code="unsendable") from None
        return url


@admin.register(Webhook)
class WebhookAdmin(admin.ModelAdmin):
    form = WebhookForm
    list_display = ["name", "url", "is_active", "created_at"]
    readonly_fields = ["secret", "created_at", "created_by"]

    def get_fields(self, _request: HttpRequest, obj: Any = None) -> Any:
        if obj is None:
            return ["name", "url", "happenings"]
        return ["name", "url", "happenings", "is_active", *self.readonly_fields]

    def save_model(self, request: HttpRequest, obj: Webhook, form: Any, change: Any) -> None:
        told = {name: form.cleaned_data[name] for name in form.fields}
        if change:
            change_webhook(by=request.user, webhook=obj, **told)
        else:
            obj.pk = add_webhook(by=request.user, **told).pk


@admin.register(Delivery)
class DeliveryAdmin(LookUpAdmin):
    """What was told to whom, what failed and why, and what waits."""

    list_display = ["id", "webhook", "happening", "state", "tries", "due_at", "reason"]
    list_filter = ["state", "happening", "webhook"]
    list_select_related = ["webhook"]
    ordering = ["-id"]
    actions = ["again"]

    @admin.action(description=gettext_lazy("Send the chosen ones again"), permissions=["view"])
    def again(self, request: HttpRequest, deliveries: "QuerySet[Delivery]") -> None:
        ensure(can_keep_hooks(request.user))
        number = send_again(deliveries)
        self.message_user(
            request,
            ngettext("%(number)s will be sent again.", "%(number)s will be sent again.", number)
            % {"number": number},
            messages.SUCCESS,
        )
