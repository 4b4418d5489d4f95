from django import forms

from forum.accounts.actions import ROLES
from forum.accounts.models import User

ACTS = (("give", "Give it"), ("take", "Take it away"))


class RoleForm(forms.Form):
    """One person, one role, by name: nothing wider is given here."""

    username = forms.CharField(label="User name", max_length=150)
    role = forms.ChoiceField(label="Role", choices=[(role, role) for role in ROLES])
    act = forms.ChoiceField(label="What to do", choices=ACTS, widget=forms.RadioSelect)

    def clean_username(self) -> User:
        told = self.cleaned_data["username"].strip().removeprefix("@")
        member = User.objects.named([told]).first()
        if member is None:
            raise forms.ValidationError("Nobody here has this user name.", code="nobody")
        return member
