from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from forum.accounts.models import User
from forum.guard.forms import KeyedForm

KEEP, REMOVE = "keep", "remove"
WAIT, NOW = "wait", "now"
KEEP_WORDS = gettext_lazy(
    "Keep it, under “A former member”. Answers go on making sense; no standing moves."
)
REMOVE_WORDS = gettext_lazy(
    "Remove the text. A line stays in each place, with the answers to it, and claims on which you"
    " argued are weighed again without you."
)


class DepartureForm(KeyedForm):
    posts = forms.ChoiceField(
        label=gettext_lazy("What is to be done with what you wrote"),
        choices=[
            (KEEP, KEEP_WORDS),
            (REMOVE, REMOVE_WORDS),
        ],
        initial=KEEP,
        widget=forms.RadioSelect,
    )
    when = forms.ChoiceField(label=gettext_lazy("When"), widget=forms.RadioSelect, initial=WAIT)
    username = forms.CharField(
        label=gettext_lazy("Your user name, to confirm"),
        error_messages={
            "required": gettext_lazy("Type your user name: it is what you are about to give up.")
        },
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
    )

    def __init__(self, *args: Any, member: User, days: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.member = member
        when: Any = self.fields["when"]
        when.choices = [
            (
                WAIT,
                ngettext(
                    "In %(days)s day. Until then you can come back and keep the account.",
                    "In %(days)s days. Until then you can come back and keep the account.",
                    days,
                )
                % {"days": days},
            ),
            (NOW, _("At once. Nothing of it can be taken back.")),
        ]
        self.order_fields(["posts", "when", "username", "form_key"])

    def clean_username(self) -> str:
        given: str = self.cleaned_data["username"].strip().removeprefix("@")
        if given.casefold() != self.member.username.casefold():
            raise forms.ValidationError(
                _("Your user name is %(username)s: type it as it is.")
                % {"username": self.member.username},
                code="other_name",
            )
        return given
