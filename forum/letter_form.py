from datetime import date, datetime

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from forum.accounts.models import User
from forum.accounts.permissions import can_leave
from forum.exchange.letters_asked import beginning_of, is_to_come
from forum.guard.forms import KeyedForm

EXPORT, KEEP, REMOVE = "export", "keep", "remove"
# As browsers send a day, whatever the language.
DAY = "%Y-%m-%d"
# Nobody had an account before; and a clock west of London shows no day before the first one.
FIRST_YEAR = 2000
NO_DAY = gettext_lazy("Write a day such as 2026-03-31.")


class LetterForm(KeyedForm):
    """What somebody asked for by letter, as a keeper reads it there."""

    username = forms.CharField(
        label=gettext_lazy("User name"),
        max_length=150,
        error_messages={"required": gettext_lazy("Say whose letter it is.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
    )
    came_on = forms.DateField(
        label=gettext_lazy("The day on which the letter came"),
        input_formats=[DAY],
        error_messages={"required": NO_DAY, "invalid": NO_DAY},
        widget=forms.DateInput(attrs={"type": "date"}, format=DAY),
    )
    what = forms.ChoiceField(
        label=gettext_lazy("What they ask for"),
        choices=[
            (EXPORT, gettext_lazy("Their data: it is downloaded at once, for you to hand on")),
            (KEEP, gettext_lazy("To be erased; what they wrote stays, under “A former member”")),
            (REMOVE, gettext_lazy("To be erased, and the text of what they wrote with them")),
        ],
        error_messages={"required": gettext_lazy("Choose what they ask for.")},
        # As the admin lays its own choices out.
        widget=forms.RadioSelect(attrs={"class": "radiolist"}),
    )

    def clean_username(self) -> User:
        """Whoever cannot log in any more may write a letter, too."""
        told = self.cleaned_data["username"].strip().removeprefix("@")
        member = User.objects.filter(username__iexact=told).first()
        if member is None:
            raise forms.ValidationError(_("Nobody here has this user name."), code="nobody")
        return member

    def clean_came_on(self) -> datetime:
        day: date = self.cleaned_data["came_on"]
        if day.year < FIRST_YEAR:
            raise forms.ValidationError(NO_DAY, code="invalid")
        moment = beginning_of(day)
        if is_to_come(moment):
            raise forms.ValidationError(_("This day is yet to come."), code="to_come")
        return moment

    def clean_what(self) -> str:
        what: str = self.cleaned_data["what"]
        member = self.cleaned_data.get("username")
        if what != EXPORT and member is not None:
            self._refuse_to_erase(member)
        return what

    def _refuse_to_erase(self, member: User) -> None:
        verdict = can_leave(member)
        if not verdict:
            self.add_error("username", as_told_to(member, verdict.reason))


def as_told_to(member: User, reason: str) -> str:
    """The reason speaks to the member, and a keeper reads it."""
    words = {"name": member.name, "reason": reason}
    return _("%(name)s cannot be erased now, and would be told: “%(reason)s”") % words
