"""allauth's form of whoever comes by an account elsewhere for the first time, in our words."""

from typing import Any

from allauth.socialaccount import forms as allauth_forms
from django.utils.translation import gettext as _

from forum.accounts.entrance_forms import word, word_address
from forum.accounts.openid import invitation_of


class OpenIDSignupForm(allauth_forms.SignupForm):
    field_order = ["username", "display_name", "email"]

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
        word_address(
            self.fields["email"],
            _("Another than the one you come with has to be confirmed by a letter."),
        )
        self.fields["invitation"].initial = invitation_of(self.sociallogin)
