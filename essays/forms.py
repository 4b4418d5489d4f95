from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from essays import permissions
from essays.images import missing_from
from essays.known_tags import why_no_tag
from essays.models import Draft, Essay, Openness
from essays.models.essay import REASON_LENGTH
from forum.lib.markdown import says_something, without_hidden
from forum.lib.one_line import one_line
from forum.lib.rendering import Unrenderable, render_essay

WIDE = {"size": 100}


class EssayForm(forms.ModelForm):
    """An essay on the editing desk: its details, and the Markdown of its next revision."""

    source = forms.CharField(
        label=gettext_lazy("Text"),
        strip=False,
        widget=forms.Textarea(attrs={"rows": 40, "cols": 100}),
        help_text=(
            gettext_lazy(
                "Markdown. A change is kept as a draft; before it is published, you see what "
                "it does to"
                " every claim."
            )
        ),
    )
    note = forms.CharField(
        max_length=300,
        required=False,
        label=gettext_lazy("What changed"),
        help_text=gettext_lazy("For readers of the history."),
        widget=forms.TextInput(attrs=WIDE),
    )
    # The revision and the draft that the editor began from: nobody overwrites what they have not
    # seen.
    seen = forms.CharField(widget=forms.HiddenInput)

    discussion_state = forms.ChoiceField(
        label=gettext_lazy("Discussion"), choices=Openness.choices, required=False
    )
    claims_state = forms.ChoiceField(
        label=gettext_lazy("Claims"), choices=Openness.choices, required=False
    )
    reason = forms.CharField(
        max_length=REASON_LENGTH,
        required=False,
        widget=forms.TextInput(attrs=WIDE),
        help_text=gettext_lazy("Readers see it beside what is closed or slowed down."),
    )
    slow_for = forms.IntegerField(
        min_value=1,
        max_value=24 * 60,
        required=False,
        label=gettext_lazy("Minutes between two posts"),
        help_text=gettext_lazy("While slowed down."),
    )
    is_retired = forms.BooleanField(
        required=False,
        label=gettext_lazy("Retired"),
        help_text=gettext_lazy(
            "It leaves the lists, and nothing can be added; all of it stays readable."
        ),
    )
    why_retired = forms.CharField(
        max_length=REASON_LENGTH,
        required=False,
        label=gettext_lazy("Why it was retired"),
        widget=forms.TextInput(attrs=WIDE),
    )
    leads_to = forms.ModelChoiceField(
        queryset=Essay.objects.order_by("title"),
        required=False,
        label=gettext_lazy("Leads to"),
        help_text=gettext_lazy(
            "Its address sends readers on to this essay; its revisions and claims stay."
        ),
    )

    class Meta:
        model = Essay
        fields = [
            "title", "slug", "author_name", "author", "summary", "tags", "published_at", "series",
            "series_place",
        ]  # fmt: skip
        widgets = {"summary": forms.Textarea(attrs={"rows": 3, "cols": 100})}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        essay, draft = self.instance, self._draft()
        revision = essay.current_revision
        newest = draft or revision
        said = {
            "source": newest.source if newest else "",
            "note": draft.note if draft else "",
            "seen": _seen(revision, draft),
            "discussion_state": essay.discussion_openness,
            "claims_state": essay.claims_openness,
            "reason": essay.openness_reason,
            "slow_for": essay.slow_minutes,
            "is_retired": essay.retired_at is not None,
            "why_retired": essay.retired_reason,
            "leads_to": essay.redirects_to_id,
        }
        for name, value in said.items():
            self.initial.setdefault(name, value)
        # An editor without the right to change gets the page without the fields.
        if "leads_to" in self.fields and essay.pk is not None:
            choices: Any = self.fields["leads_to"]
            choices.queryset = choices.queryset.exclude(pk=essay.pk)

    def _draft(self) -> Draft | None:
        if self.instance.pk is None:
            return None
        return Draft.objects.filter(essay=self.instance).first()

    def clean_title(self) -> str:
        return _readable(self.cleaned_data["title"])

    def clean_author_name(self) -> str:
        return _readable(self.cleaned_data["author_name"])

    def clean_summary(self) -> str:
        return _readable(self.cleaned_data["summary"])

    def clean_source(self) -> str:
        # As a browser sends it and as a fixture says it, the same text is the same.
        source = "\n".join(self.cleaned_data["source"].splitlines()).rstrip("\n")
        current = self.instance.current_revision
        if current is not None and current.source.rstrip("\n") == source:
            return current.source
        try:
            rendered = render_essay(source)
        except Unrenderable as error:
            raise ValidationError(str(error), code="unrenderable") from error
        if not rendered.text:
            raise ValidationError(_("An essay has words."), code="wordless")
        if missing := missing_from(rendered.html):
            raise ValidationError(
                _(
                    "Nobody has uploaded %(missing)s: add it under Images, and take the "
                    "Markdown from "
                    "there."
                )
                % {"missing": ", ".join(missing)},
                code="image",
            )
        return source

    def clean_tags(self) -> Any:
        tags = self.cleaned_data["tags"]
        for tag in tags or []:
            if fault := why_no_tag(tag):
                raise ValidationError(fault, code="tag")
        return tags

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        self._check_openness(cleaned)
        newest = self._newest()
        if cleaned.get("seen") != newest:
            # The next try knows of it: then it is the editor's choice, and loses nothing.
            self.data = {**self.data.dict(), self.add_prefix("seen"): newest}  # type: ignore[attr-defined]
            raise ValidationError(
                _(
                    "Somebody else saved a draft or published a revision while you were "
                    "writing. Your "
                    "text is kept below, and nothing was saved: look at theirs on the essay’s "
                    "page or "
                    "in another window, bring the two together, and save again."
                ),
                code="overtaken",
            )
        return cleaned

    def _check_openness(self, cleaned: dict[str, Any]) -> None:
        states = {cleaned.get("discussion_state"), cleaned.get("claims_state")} - {"", None}
        if states - {Openness.OPEN} and not cleaned.get("reason", "").strip():
            self.add_error("reason", _("Say why: readers see it beside what is closed or slow."))
        if cleaned.get("is_retired") and not cleaned.get("why_retired", "").strip():
            self.add_error("why_retired", _("Say why: readers see it on the essay’s page."))
        if cleaned.get("leads_to") and not cleaned.get("is_retired"):
            self.add_error("leads_to", _("Only a retired essay leads to another one."))
        elif other := cleaned.get("leads_to"):
            verdict = permissions.can_lead_to(self.instance, other)
            if not verdict:
                self.add_error("leads_to", verdict.reason)

    def _newest(self) -> str:
        """Under a lock until the transaction of the admin ends, so that it is still true then."""
        if self.instance.pk is None:
            return _seen(None, None)
        essay = Essay.objects.select_for_update(of=("self",)).get(pk=self.instance.pk)
        return _seen(essay.current_revision, self._draft())


def _readable(said: str) -> str:
    words = one_line(without_hidden(said))
    if not says_something(words):
        raise ValidationError(_("There is nothing to read in it."), code="says_nothing")
    return words


def _seen(revision: Any, draft: Draft | None) -> str:
    return f"{revision.number if revision else 0}.{draft.version if draft else 0}"


def draft_version(seen: str) -> int:
    """Of what an editor began from: which saving of the draft that was, 0 for none."""
    return int(seen.partition(".")[2])
