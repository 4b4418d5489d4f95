from django import forms

from forum.guard.forms import KeyedForm
from forum.guard.models import WatchEntry


class WatchEntryForm(KeyedForm, forms.ModelForm):
    """What is looked for in every post, and what is done where it is found."""

    class Meta:
        model = WatchEntry
        fields = ["kind", "pattern", "does", "reason"]
        widgets = {
            "pattern": forms.TextInput(attrs={"dir": "auto"}),
            "reason": forms.TextInput(attrs={"dir": "auto"}),
        }
