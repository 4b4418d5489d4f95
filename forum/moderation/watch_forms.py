from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from forum.guard.forms import KeyedForm
from forum.guard.models import WatchEntry


class WatchEntryForm(KeyedForm, forms.ModelForm):
    """What is looked for in every post, and what is done where it is found."""

    class Meta:
        model = WatchEntry
        fields = ["kind", "pattern", "does", "reason"]
        labels = {
            "kind": _("Kind"),
            "pattern": _("Pattern"),
            "does": pgettext_lazy("of an entry of the watch list", "Does"),
            "reason": _("Reason"),
        }
        widgets = {
            "pattern": forms.TextInput(attrs={"dir": "auto"}),
            "reason": forms.TextInput(attrs={"dir": "auto"}),
        }
