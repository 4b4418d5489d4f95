from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from forum.guard.forms import KeyedForm
from forum.lib.nouns import lazy_digits
from forum.lib.small_letters import small
from forum.moderation.models import (
    APPEAL_LENGTH,
    REASON_LENGTH,
    REASON_SHORTEST,
    REPORT_LENGTH,
    Outcome,
    ReasonTemplate,
    ReportReason,
    Rule,
    SanctionKind,
)
from forum.moderation.outcome_permissions import outcomes_for
from forum.moderation.outcome_words import words_for
from forum.moderation.sanction_forms import SanctionForm
from forum.posts.forms import PostForm
from forum.posts.models import Post

TOO_SHORT = _("Say in a sentence why: everybody can read it.")


class ReportForm(KeyedForm):
    # Which words of the post were read.
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    reason = forms.ChoiceField(
        label=_("What is wrong with it?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what is wrong with it.")},
    )
    text = forms.CharField(
        label=_("In your words"),
        required=False,
        max_length=REPORT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4, "class": "short"}),
        help_text=_("Only moderators read this."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = {one.key: one for one in ReportReason.objects.offered()}
        self.fields["reason"].choices = [  # type: ignore[attr-defined]
            (key, one.label) for key, one in self.offered.items()
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        chosen = self.offered.get(cleaned.get("reason", ""))
        if chosen is not None and chosen.asks_for_words and not cleaned.get("text"):
            self.add_error("text", _("Say what is wrong with it: the list has no word for it."))
        return cleaned

    def sent_about(self, seen: str) -> "ReportForm":
        """The same, about the words that the page now shows."""
        sent = self.data.copy()  # type: ignore[attr-defined]
        sent["seen"] = seen
        return ReportForm(sent)


def rule_field() -> forms.ModelChoiceField:
    """None is chosen until somebody chooses: else the first would stand for whoever did not."""
    return forms.ModelChoiceField(
        Rule.objects.in_force(), label=_("Rule"), empty_label=_("Choose a rule"),
        to_field_name="number", error_messages={"required": _("Choose the rule.")},
    )  # fmt: skip


def reason_field(longest: int, help_text: Any) -> forms.CharField:
    return forms.CharField(
        label=_("Reason"),
        min_length=REASON_SHORTEST,
        max_length=longest,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=help_text,
        error_messages={"required": TOO_SHORT, "min_length": TOO_SHORT},
    )


class TemplateSelect(forms.Select):
    """Each bears what it fills in, for a script; without one the server does it."""

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        template = getattr(value, "instance", None)
        if template is not None:
            option["attrs"] |= {
                "data-text": template.first_words, "data-outcome": template.outcome,
                "data-rule": str(template.rule.number),
            }  # fmt: skip
        return option


class TemplateChoices(forms.ModelChoiceField):
    widget = TemplateSelect

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj} ({small(obj.get_outcome_display())})"


def template_field(offered: Any, help_text: Any) -> TemplateChoices:
    return TemplateChoices(
        offered,
        label=_("Begin with"),
        required=False,
        empty_label=_("Words of your own"),
        help_text=help_text,
    )


class DecisionForm(SanctionForm):
    """Offers what can be decided of this post; a sanction only where one is allowed."""

    # Which words were read: see actions.digest.
    seen = forms.CharField(widget=forms.HiddenInput, max_length=16)
    outcome = forms.ChoiceField(
        label=_("Decision"),
        choices=Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what becomes of the post.")},
    )
    template = template_field(
        ReasonTemplate.objects.offered().of_posts(),
        _("Fills in decision, rule and reason; then you change what you like."),
    )
    rule = rule_field()
    reason = reason_field(
        REASON_LENGTH,
        _(
            "Public. It stands in the log at once; the author gets it when it is final, minutes"
            " later."
        ),
    )
    sanction = forms.ChoiceField(
        label=_("And its author"),
        required=False,
        choices=[
            ("", _("Nothing more")),
            (SanctionKind.WARN, _("Count it as a warning")),
            (SanctionKind.HOLD, _("Hold: read what they write before it is public, until")),
            (SanctionKind.SILENCE, _("Silence: may read, not write, until")),
            (SanctionKind.SUSPEND, _("Suspend the account until")),
            (SanctionKind.BAN, _("Ban: the same, for good")),
        ],
    )
    lock = forms.BooleanField(label=_("Lock the thread as well"), required=False)
    lift = forms.BooleanField(
        label=_("End the sanction that was appealed against"),
        required=False,
        help_text=_("Without it the sanction goes on, whatever becomes of the post."),
    )

    def __init__(
        self,
        *args: Any,
        post: Post,
        may_sanction: bool,
        may_lift: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        # Any outcome is read, so that a form sent twice is known again; only what fits is offered.
        self.fields["outcome"].widget.choices = [
            (outcome.value, words_for(outcome, post)) for outcome in outcomes_for(post)
        ]
        if not may_sanction:
            del self.fields["sanction"], self.fields["until"], self.fields["message"]
        if post.thread.is_locked:
            del self.fields["lock"]
        if not may_lift:
            del self.fields["lift"]


class AmendmentForm(PostForm):
    """What was hidden, mended."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["source"].help_text = _(
            "Markdown. A moderator reads it before anybody else does."
        )


class AppealForm(KeyedForm):
    text = forms.CharField(
        label=_("Why was the decision wrong?"),
        min_length=REASON_SHORTEST,
        max_length=APPEAL_LENGTH,
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
        help_text=format_lazy(
            _(
                "The moderator who reads this has not decided the case before."
                " Up to {number} characters."
            ),
            number=lazy_digits(APPEAL_LENGTH),
        ),
        error_messages={
            "required": _("Say in a sentence what was wrong with it."),
            "min_length": _("Say in a sentence what was wrong with it."),
        },
    )


class TogetherForm(KeyedForm):
    """The same for many cases, which the page has shown one by one."""

    outcome = forms.ChoiceField(choices=Outcome.choices, widget=forms.HiddenInput)
    rule = rule_field()
    reason = reason_field(
        REASON_LENGTH, _("Public. Every author gets it, and it stands in the log for each post.")
    )


class GroundsForm(KeyedForm):
    """By which rule, and why, where nothing else is to be chosen."""

    rule = rule_field()
    reason = reason_field(REASON_LENGTH, _("Public. Everybody can read it in the log."))
