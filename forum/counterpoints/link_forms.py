from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from forum.counterpoints.forms import TextLines
from forum.counterpoints.link_choice import find_offered
from forum.counterpoints.models import LinkKind
from forum.counterpoints.models.claim_link import WORDS_LENGTH
from forum.guard.forms import KeyedForm


class LinkForm(KeyedForm):
    """Which other claim, what it has to do with this one, and why."""

    other = forms.CharField(
        label=gettext_lazy("The other claim"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose the other claim.")},
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("What has this claim to do with it?"),
        choices=LinkKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what it has to do with it.")},
    )
    words = forms.CharField(
        label=gettext_lazy("Why, in a sentence"),
        required=False,
        max_length=WORDS_LENGTH,
        widget=TextLines(2, is_short=True),
        help_text=gettext_lazy("It helps whoever has to confirm it. May be left out."),
    )

    def __init__(self, *args: Any, offered: Iterable[Any], **options: Any) -> None:
        super().__init__(*args, **options)
        self.offered = list(offered)
        self.fields["other"].widget.choices = [(one.pk, one) for one in self.offered]

    def clean_other(self) -> Any:
        found = find_offered(self.cleaned_data["other"])
        if found is None:
            raise forms.ValidationError(_("This claim is not here any more."), code="gone")
        return found
