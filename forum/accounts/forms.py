"""The part of the sign-up form that is our own; allauth builds its forms upon it."""

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from forum.accounts.models import Manner, User
from forum.accounts.names import clean_display_name

DISPLAY_NAME_LENGTH = 60


class SignupForm(forms.Form):
    display_name = forms.CharField(
        label=_("Name"),
        required=False,
        max_length=DISPLAY_NAME_LENGTH,
        help_text=(
            _(
                "As it will stand beside what you write; it need not be your own. "
                "Leave it empty to go by your user name."
            )
        ),
        error_messages={
            "max_length": _(
                "A name may have %(limit_value)d characters; this one has %(show_value)d."
            )
        },
        widget=forms.TextInput(attrs={"autocomplete": "nickname", "dir": "auto"}),
    )

    # From the link of an invitation; allauth asks the adapter whether it is good.
    invitation = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_display_name(self) -> str:
        return clean_display_name(self.cleaned_data["display_name"])

    def signup(self, _request: HttpRequest, user: User) -> None:
        user.display_name = self.cleaned_data["display_name"]
        user.save(update_fields=["display_name"])


class ViewingForm(forms.Form):
    manner = forms.ChoiceField(
        choices=Manner.choices, error_messages={"required": _("Choose as whom you want to see it.")}
    )
