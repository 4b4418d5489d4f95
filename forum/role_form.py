from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from forum.accounts.actions import ROLES
from forum.accounts.models import User
from forum.accounts.role_words import NAMES

ACTS = (("give", gettext_lazy("Give it")), ("take", gettext_lazy("Take it away")))


class RoleForm(forms.Form):
    """One person, one role, by name: nothing wider is given here."""

    username = forms.CharField(label=gettext_lazy("User name"), max_length=150)
    role = forms.ChoiceField(
        label=gettext_lazy("Role"), choices=[(role, NAMES[role]) for role in ROLES]
    )
    act = forms.ChoiceField(
        label=gettext_lazy("What to do"), choices=ACTS, widget=forms.RadioSelect
    )

    def clean_username(self) -> User:
        told = self.cleaned_data["username"].strip().removeprefix("@")
        member = User.objects.named([told]).first()
        if member is None:
            raise forms.ValidationError(_("Nobody here has this user name."), code="nobody")
        return member
