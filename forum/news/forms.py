from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from forum.guard.forms import KeyedForm
from forum.lib.converters import GREATEST_ID
from forum.lib.keyset import CURSOR
from forum.notifications.kinds import KINDS, Way, way_of
from forum.notifications.models import FollowKind, NewsSettings
from forum.notifications.muting import Silence


class FollowingListForm(forms.Form):
    """What the address of the list asks for."""

    kind = forms.ChoiceField(required=False, choices=FollowKind.choices)
    after = forms.RegexField(CURSOR, required=False)


class EndingForm(forms.Form):
    """One follow, or all of a kind."""

    follow = forms.IntegerField(required=False, min_value=1, max_value=GREATEST_ID)
    kind = forms.ChoiceField(required=False, choices=FollowKind.choices)

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = self.cleaned_data
        if bool(said.get("follow")) == bool(said.get("kind")):
            raise forms.ValidationError(_("Say which, or all of which kind."), code="which")
        return said


class NewsForm(KeyedForm):
    """By which way each kind of news comes."""

    wants_letters = forms.BooleanField(
        required=False,
        label=gettext_lazy("Write to me"),
        help_text=gettext_lazy(
            "Without it no letter comes, whatever is chosen below; all of it is on the site."
        ),
    )
    follows_own = forms.BooleanField(
        required=False,
        label=gettext_lazy("Follow what I answer"),
        help_text=gettext_lazy("A claim that I mark or answer, and a discussion that I write in."),
    )

    def __init__(self, *args: Any, stored: NewsSettings, **kwargs: Any) -> None:
        initial = {
            "wants_letters": stored.letters_stopped_at is None,
            "follows_own": stored.follows_own,
            **{kind.value: way_of(kind, stored.ways).value for kind in KINDS},
        }
        super().__init__(*args, initial=initial, **kwargs)
        for kind, rules in KINDS.items():
            ways = [way for way in Way.choices if rules.may_be_off or way[0] != Way.OFF]
            self.fields[kind.value] = forms.ChoiceField(
                choices=ways,
                label=rules.words,
                help_text="" if rules.may_be_off else _("This one is always told on the site."),
                error_messages={"invalid_choice": _("Choose one of the ways in the list.")},
            )

    def rows(self) -> list[forms.BoundField]:
        """The kinds, in the order of the registry."""
        return [self[kind.value] for kind in KINDS]

    def ways(self) -> dict[str, str]:
        return {kind.value: self.cleaned_data[kind.value] for kind in KINDS}


class MuteForm(KeyedForm):
    how = forms.ChoiceField(
        label=gettext_lazy("What you want of them"),
        choices=[
            (
                Silence.MUTE.value,
                gettext_lazy(
                    "Mute: what they write is folded, and no news of what they do comes to you."
                ),
            ),
            (
                Silence.BLOCK.value,
                gettext_lazy(
                    "Block: the same, and your name is not offered to them when they mention"
                    " somebody."
                ),
            ),
            (
                Silence.NONE.value,
                gettext_lazy("Neither: you read and hear of them as of everybody."),
            ),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose one of the three.")},
    )


class MutedListForm(forms.Form):
    """What the address of the list asks for."""

    after = forms.RegexField(CURSOR, required=False)


class MuteEndingForm(forms.Form):
    mute = forms.IntegerField(min_value=1, max_value=GREATEST_ID)
