"""allauth's forms for the second step and for passkeys, in our own words."""

from typing import Any

from allauth.mfa.base import forms as code_forms
from allauth.mfa.webauthn import forms as passkey_forms
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from forum.accounts.entrance_forms import word

NAME_LENGTH = 60
NAME_HINT = gettext_lazy("To tell it from others that you may add: “laptop”, “telephone”.")
CODE_HINT = gettext_lazy("The six digits that your app shows, or one of your recovery codes.")


def _word_name(field: forms.Field) -> None:
    word(field, _("Its name"), str(NAME_HINT))
    field.max_length = NAME_LENGTH  # type: ignore[attr-defined]
    field.widget.attrs |= {"maxlength": NAME_LENGTH, "autocomplete": "off", "dir": "auto"}


class AddPasskeyForm(passkey_forms.AddWebAuthnForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word_name(self.fields["name"])
        # Each passkey logs in by itself: one that only adds a step is what the app is for.
        self.fields["passwordless"] = forms.BooleanField(
            initial=True, required=False, widget=forms.HiddenInput
        )

    def clean_name(self) -> str:
        return super().clean_name()[:NAME_LENGTH]

    def clean(self) -> dict[str, Any]:
        self.cleaned_data["passwordless"] = True
        cleaned: dict[str, Any] = super().clean()
        return cleaned


class NamePasskeyForm(passkey_forms.EditWebAuthnForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word_name(self.fields["name"])

    def clean_name(self) -> str:
        return str(self.cleaned_data["name"])[:NAME_LENGTH]


class CodeForm(code_forms.AuthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        word(self.fields["code"], _("Code"), str(CODE_HINT))


class CodeAgainForm(code_forms.ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        word(self.fields["code"], _("Code"), str(CODE_HINT))
