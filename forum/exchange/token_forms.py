from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from forum.exchange.models import Token
from forum.exchange.permissions import can_hold_token
from forum.exchange.tokens import is_researcher


class IssueForm(forms.ModelForm):
    class Meta:
        model = Token
        fields = ["owner", "name", "purpose", "hourly_limit"]

    def clean_owner(self) -> Any:
        owner = self.cleaned_data["owner"]
        verdict = can_hold_token(owner, is_researcher=is_researcher(owner))
        if not verdict:
            raise forms.ValidationError(verdict.reason, code="refused")
        return owner


class TokenForm(forms.ModelForm):
    revoke = forms.BooleanField(
        required=False, label=_("Revoke it"),
        help_text=_("For good, and at once. Whoever needs one again is given another."),
    )  # fmt: skip

    class Meta:
        model = Token
        fields = ["hourly_limit"]
