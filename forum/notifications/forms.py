from django import forms

from forum.notifications.models import NoticeKind

# The largest number that either database keeps.
GREATEST_ID = 2**63 - 1


class InboxForm(forms.Form):
    """What the inbox's address asks for."""

    kind = forms.ChoiceField(required=False, choices=NoticeKind.choices)
    before = forms.IntegerField(required=False, min_value=1, max_value=GREATEST_ID)


class ReadingForm(forms.Form):
    upto = forms.IntegerField(min_value=1, max_value=GREATEST_ID)
