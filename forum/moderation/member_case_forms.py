from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from forum.moderation.forms import reason_field, rule_field, template_field
from forum.moderation.models import REASON_LENGTH, Outcome, ReasonTemplate, SanctionKind
from forum.moderation.outcome_words import Explained
from forum.moderation.sanction_forms import SanctionForm

# A choice of its own: what was not chosen is not decided.
NONE = "none"
CHOICES = {
    NONE: Explained(_("Do nothing"), _("They read your reason, and nothing is kept from them.")),
    SanctionKind.WARN.value: Explained(
        _("Warn them"), _("It counts as a warning: nothing is kept from them.")
    ),
    SanctionKind.HOLD.value: Explained(
        _("Hold them for review"), _("What they write is read before it is public, until")
    ),
    SanctionKind.SILENCE.value: Explained(
        _("Silence them"), _("They may read, not write or vote, until")
    ),
    SanctionKind.SUSPEND.value: Explained(
        _("Suspend the account"), _("They take no part here until")
    ),
    SanctionKind.BAN.value: Explained(_("Ban them"), _("The same, for good.")),
}


class MemberDecisionForm(SanctionForm):
    """What follows for a member. There is no post to do anything to."""

    # Which profile was read: see actions.digest.
    seen = forms.CharField(widget=forms.HiddenInput, max_length=16)
    template = template_field(
        ReasonTemplate.objects.offered().of_members(),
        _("Fills in rule and reason; then you change what you like."),
    )
    sanction = forms.ChoiceField(
        label=_("Decision"),
        choices=list(CHOICES.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what follows for the member.")},
    )
    rule = rule_field()
    reason = reason_field(
        REASON_LENGTH,
        _(
            "Public, so name nobody. It stands in the log at once; the member gets it when it is"
            " final, minutes later."
        ),
    )
    lift = forms.BooleanField(
        label=_("End the sanction that was appealed against"),
        required=False,
        help_text=_("Without it the sanction goes on, and stays on their record."),
    )

    def __init__(self, *args: Any, may_sanction: bool, may_lift: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["message"].label = _("What the member is told of that")
        if not may_sanction:
            self.fields["sanction"].choices = [(NONE, CHOICES[NONE])]  # type: ignore[attr-defined]
            del self.fields["until"], self.fields["message"]
        if not may_lift:
            del self.fields["lift"]

    def clean_sanction(self) -> str:
        chosen: str = self.cleaned_data["sanction"]
        return "" if chosen == NONE else chosen

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        cleaned["outcome"] = Outcome.CENSURE if cleaned.get("sanction") else Outcome.ACQUIT
        return cleaned
