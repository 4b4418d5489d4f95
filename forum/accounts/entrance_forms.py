"""allauth's forms in our own words. They stand apart from forms.py, which allauth imports first."""

from typing import Any

from allauth.account import forms as allauth_forms
from allauth.core import context
from django import forms
from django.contrib.auth.password_validation import (
    MinimumLengthValidator,
    get_default_password_validators,
)

AGAIN = "The same once more"
NO_ADDRESS = (
    "This is not a whole e-mail address, such as name@example.org. We need it to send you a letter."
)


def passphrase_hint() -> str:
    lengths = [
        validator.min_length
        for validator in get_default_password_validators()
        if isinstance(validator, MinimumLengthValidator)
    ]
    least = f"{max(lengths)} characters or more. " if lengths else ""
    return f"{least}Four dull words do very well."


def word(field: forms.Field, label: str, help_text: str = "") -> None:
    """Give a field its label and its help; what stands inside an empty box explains nothing."""
    field.label, field.help_text = label, help_text
    field.widget.attrs.pop("placeholder", None)
    field.error_messages["required"] = "This cannot stay empty."


def word_address(field: forms.Field, help_text: str = "") -> None:
    word(field, "E-mail", help_text)
    field.error_messages |= {"required": "We need an e-mail address.", "invalid": NO_ADDRESS}
    for validator in field.validators:
        if hasattr(validator, "message") and getattr(validator, "code", "") == "invalid":
            validator.message = NO_ADDRESS


def word_passphrases(form: forms.Form, *, label: str = "Passphrase") -> None:
    word(form.fields["password1"], label, passphrase_hint())
    if "password2" in form.fields:
        word(form.fields["password2"], AGAIN)


class LoginForm(allauth_forms.LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        word(self.fields["login"], "E-mail or user name")
        self.fields["login"].widget.attrs["autocomplete"] = "username"
        word(self.fields["password"], "Passphrase")
        word(self.fields["remember"], "Keep me logged in on this device")


class SignupForm(allauth_forms.SignupForm):
    field_order = ["username", "display_name", "email", "password1", "password2"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        word(
            self.fields["username"],
            "User name",
            "For mentions and for the address of your page: letters, digits, dots, hyphens and "
            "underscores. It stays.",
        )
        word_address(self.fields["email"], "We send one letter, to see that it is yours.")
        word_passphrases(self)
        self.fields["invitation"].initial = context.request.GET.get("invitation", "")


class AddEmailForm(allauth_forms.AddEmailForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        word_address(self.fields["email"], "We send a letter there, to see that it is yours.")


class ChangePasswordForm(allauth_forms.ChangePasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        word(self.fields["oldpassword"], "Your passphrase now")
        word_passphrases(self, label="The new one")


class ResetPasswordForm(allauth_forms.ResetPasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        word_address(self.fields["email"], "The one that your account was made with.")


class ResetPasswordKeyForm(allauth_forms.ResetPasswordKeyForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        word_passphrases(self, label="The new one")


class SetPasswordForm(allauth_forms.SetPasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        word_passphrases(self)


class ReauthenticateForm(allauth_forms.ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        word(self.fields["password"], "Passphrase")
