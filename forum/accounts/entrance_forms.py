"""allauth's forms in our own words. They stand apart from forms.py, which allauth imports first."""

from typing import Any

from allauth.account import forms as allauth_forms
from allauth.core import context
from django import forms
from django.contrib.auth.password_validation import (
    MinimumLengthValidator,
    get_default_password_validators,
)
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

AGAIN = gettext_lazy("The same once more")
NO_ADDRESS = gettext_lazy(
    "This is not a whole e-mail address, such as name@example.org. We need it to send you a letter."
)


def passphrase_hint() -> str:
    lengths = [
        validator.min_length
        for validator in get_default_password_validators()
        if isinstance(validator, MinimumLengthValidator)
    ]
    if not lengths:
        return _("Four dull words do very well.")
    least = max(lengths)
    return ngettext(
        "%(number)s character or more. Four dull words do very well.",
        "%(number)s characters or more. Four dull words do very well.",
        least,
    ) % {"number": least}


def word(field: forms.Field, label: str, help_text: str = "") -> None:
    """Give a field its label and its help; what stands inside an empty box explains nothing."""
    field.label, field.help_text = label, help_text
    field.widget.attrs.pop("placeholder", None)
    field.error_messages["required"] = _("This cannot stay empty.")


def word_address(field: forms.Field, help_text: str = "") -> None:
    word(field, _("E-mail"), help_text)
    field.error_messages |= {"required": _("We need an e-mail address."), "invalid": NO_ADDRESS}
    for validator in field.validators:
        if hasattr(validator, "message") and getattr(validator, "code", "") == "invalid":
            validator.message = NO_ADDRESS


def word_passphrases(form: forms.Form, *, label: str = "") -> None:
    word(form.fields["password1"], label or _("Passphrase"), passphrase_hint())
    if "password2" in form.fields:
        word(form.fields["password2"], str(AGAIN))


class TypedTwice(forms.Form):
    def add_error(self, field: str | None, error: Any) -> None:
        # What a field finds by itself is an error; that they differ, allauth says in plain words.
        if field == "password2" and not isinstance(error, forms.ValidationError):
            error = _("These are two different passphrases.")
        super().add_error(field, error)


class LoginForm(allauth_forms.LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        word(self.fields["login"], _("E-mail or user name"))
        self.fields["login"].widget.attrs["autocomplete"] = "username"
        word(self.fields["password"], _("Passphrase"))
        word(self.fields["remember"], _("Keep me logged in on this device"))


class SignupForm(TypedTwice, allauth_forms.SignupForm):
    field_order = ["username", "display_name", "email", "password1", "password2"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        word(
            self.fields["username"],
            _("User name"),
            _(
                "For mentions and for the address of your page: letters, digits, dots, hyphens and "
                "underscores. It stays."
            ),
        )
        word_address(self.fields["email"], _("We send one letter, to see that it is yours."))
        word_passphrases(self)
        self.fields["invitation"].initial = context.request.GET.get("invitation", "")


class AddEmailForm(allauth_forms.AddEmailForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        word_address(self.fields["email"], _("We send a letter there, to see that it is yours."))


class ChangePasswordForm(TypedTwice, allauth_forms.ChangePasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        word(self.fields["oldpassword"], _("Your passphrase now"))
        word_passphrases(self, label=_("The new one"))


class ResetPasswordForm(allauth_forms.ResetPasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        word_address(self.fields["email"], _("The one that your account was made with."))


class ResetPasswordKeyForm(TypedTwice, allauth_forms.ResetPasswordKeyForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        word_passphrases(self, label=_("The new one"))


class SetPasswordForm(TypedTwice, allauth_forms.SetPasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        word_passphrases(self)


class ReauthenticateForm(allauth_forms.ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        word(self.fields["password"], _("Passphrase"))
