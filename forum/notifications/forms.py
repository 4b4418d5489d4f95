from django import forms
from django.utils.translation import gettext_lazy as _

from forum.lib.converters import GREATEST_ID
from forum.notifications.kinds import Tab


class InboxForm(forms.Form):
    """What the inbox's address asks for."""

    kind = forms.ChoiceField(required=False, choices=Tab.choices)
    before = forms.IntegerField(required=False, min_value=1, max_value=GREATEST_ID)


class ReadingForm(forms.Form):
    upto = forms.IntegerField(min_value=1, max_value=GREATEST_ID)


class MarkForm(forms.Form):
    read = forms.ChoiceField(choices=[("yes", _("Read")), ("no", _("New"))])
