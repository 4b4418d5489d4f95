from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from forum.guard.forms import KeyedForm
from forum.guard.models import WatchDoes, WatchEntry, WatchKind


class WatchEntryForm(KeyedForm, forms.ModelForm):
    """What is looked for in every post, and what is done where it is found."""

    class Meta:
        model = WatchEntry
        fields = ["kind", "pattern", "does", "reason"]
        labels = {
            "kind": _("What kind of thing"),
            "pattern": _("What is looked for"),
            "does": _("What is done where it is found"),
            "reason": _("Reason"),
        }
        widgets = {
            "pattern": forms.TextInput(attrs={"dir": "auto"}),
            "reason": forms.TextInput(attrs={"dir": "auto"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("kind", WatchKind.choices), ("does", WatchDoes.choices)):
            self.fields[name].choices = [  # type: ignore[attr-defined]
                (value, capfirst(label)) for value, label in choices
            ]
