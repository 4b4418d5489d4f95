from django import forms
from django.utils.translation import gettext_lazy as _

from forum.accounts.forms import DISPLAY_NAME_LENGTH
from forum.accounts.names import clean_display_name
from forum.guard.forms import KeyedForm

ABOUT_LENGTH = 300


class NameForm(KeyedForm):
    display_name = forms.CharField(
        label=_("Name"),
        required=False,
        max_length=DISPLAY_NAME_LENGTH,
        help_text=_("As it stands beside what you write. Empty: you go by your user name."),
        error_messages={
            "max_length": _(
                "A name may have %(limit_value)d characters; this one has %(show_value)d."
            )
        },
        widget=forms.TextInput(attrs={"autocomplete": "nickname", "dir": "auto"}),
    )
    about = forms.CharField(
        label=_("About you"),
        required=False,
        max_length=ABOUT_LENGTH,
        help_text=_("A sentence or two on your page, for everybody to read. You need not say any."),
        error_messages={
            "max_length": _(
                "There is room for %(limit_value)d characters; this has %(show_value)d."
            )
        },
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto", "class": "short"}),
    )

    def clean_display_name(self) -> str:
        return clean_display_name(self.cleaned_data["display_name"])

    def clean_about(self) -> str:
        return " ".join(self.cleaned_data["about"].split())
