from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from forum.counterpoints.models import Side
from forum.counterpoints.stances import SAME_SIDE
from forum.guard.forms import KeyedForm


def _side(label: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=Side.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose one of the three.")},
    )


class ChangedMindForm(KeyedForm):
    """From what to what a counterpoint changed a member's mind about its claim."""

    before = _side(gettext_lazy("Where did you stand before?"))
    after = _side(gettext_lazy("And where do you stand now?"))

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if "before" in cleaned and cleaned["before"] == cleaned.get("after"):
            self.add_error("after", forms.ValidationError(SAME_SIDE, code="same"))
        return cleaned
