from datetime import date
from functools import cached_property
from typing import Any

from django import forms
from django.db import connection
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from taggit.models import Tag

from essays.models import Essay
from forum.accounts.models import User
from forum.counterpoints.models import Standing
from forum.lib.prepared import Prepared
from forum.search.filters import FIRST_YEAR, KINDS, MOST_NAMESAKES, Author, Filters
from forum.search.listed import OfListed
from forum.search.ranking import BEST, ORDERS

LAST_YEAR = 2199
# The words' own form: see templates/search/search.html.
FORM_ID = "search"
NAMES = ("kind", "standing", "author", "tag", "from", "to")
_UNKNOWN_CHOICE = gettext_lazy("There is no such choice: take one from the list.")


def _members(**named: str) -> Any:
    found = User.objects.filter(is_active=True, **named).order_by("pk")
    return found.values_list("pk")[:MOST_NAMESAKES]


_by_username = Prepared(lambda name: _members(username__iexact=name))
_by_display_name = Prepared(lambda name: _members(display_name__iexact=name))
_on_essays = OfListed(
    lambda essays, name: (
        essays.filter(author_name__iexact=name).order_by("pk").values_list("author_name")[:1]
    )
)


class SearchForm(forms.Form):
    """What narrows a search, as its address says it; the words are `query.parse`'s."""

    kind = forms.ChoiceField(
        required=False, choices=list(KINDS.items()),
        error_messages={"invalid_choice": _UNKNOWN_CHOICE},
    )  # fmt: skip
    standing = forms.ChoiceField(
        required=False, choices=Standing.choices,
        error_messages={"invalid_choice": _UNKNOWN_CHOICE},
    )  # fmt: skip
    author = forms.CharField(
        label=gettext_lazy("Author"), required=False, max_length=80,
        help_text=gettext_lazy("A member, or whose essay it is."),
    )  # fmt: skip
    tag = forms.CharField(label=gettext_lazy("Tag"), required=False, max_length=100)

    def __init__(self, data: Any, *, user: Any) -> None:
        super().__init__(data)
        self.user = user
        # A word of Python's own, and no name for an attribute.
        self.fields["from"] = _day(_("Written from"))
        self.fields["to"] = _day(_("To"))
        for field in self.fields.values():
            # They stand beside the results, and are sent with the words above them.
            field.widget.attrs["form"] = FORM_ID

    def clean_author(self) -> Author | None:
        name = self.cleaned_data["author"].removeprefix("@")
        if not name:
            return None
        # A prepared statement takes it as Django's own `iexact` would hand it on.
        sought = connection.ops.prep_for_iexact_query(name)
        members = _by_username(name=sought) or _by_display_name(name=sought)
        essay_names = _on_essays(self.user, name=sought)
        if not members and not essay_names:
            raise forms.ValidationError(_("Nobody here goes by this name."), code="unknown")
        essay_name = essay_names[0][0] if essay_names else ""
        return Author(name, tuple(pk for (pk,) in members), essay_name)

    def clean_tag(self) -> Tag | None:
        name = self.cleaned_data["tag"].removeprefix("#")
        if not name:
            return None
        offered = Essay.objects.listed_for(self.user).order_by()
        tags = Tag.objects.filter(essay_tags__content_object__in=offered).distinct()
        tag = tags.filter(Q(slug=name) | Q(name__iexact=name)).order_by("pk").first()
        if tag is None:
            raise forms.ValidationError(_("No essay has this tag."), code="unknown")
        return tag

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        since, until = given.get("from"), given.get("to")
        if since and until and until < since:
            self.add_error("to", _("This day lies before the one that it should follow."))
        if given.get("standing") and given.get("kind") not in {"", "claim", None}:
            self.add_error("standing", _("Only claims have a standing."))
        return given

    @property
    def filters(self) -> Filters:
        """Once it is valid."""
        given = self.cleaned_data
        return Filters(
            kind=given["kind"], standing=given["standing"], author=given["author"],
            tag=given["tag"], since=given["from"], until=given["to"],
        )  # fmt: skip


class Narrowing:
    """What an address narrows a search by. Most narrow it by nothing, which takes no form to see:
    then it is made where it is shown.
    """

    def __init__(self, data: Any, user: Any) -> None:
        self.data, self.user = data, user
        self.given = tuple(data.get(name, "") for name in NAMES)

    @cached_property
    def form(self) -> SearchForm:
        return SearchForm(self.data, user=self.user)

    @property
    def is_sound(self) -> bool:
        return not any(self.given) or self.form.is_valid()

    @property
    def filters(self) -> Filters:
        return self.form.filters if any(self.given) and self.is_sound else Filters()


def _day(label: str) -> forms.DateField:
    field = forms.DateField(
        label=label, required=False, input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("A day is written like 2026-03-01.")},
    )  # fmt: skip
    field.validators.append(_is_of_our_time)
    return field


def _is_of_our_time(day: date) -> None:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise forms.ValidationError(
            _("Give a year from %(first_year)s to %(last_year)s.")
            % {"first_year": FIRST_YEAR, "last_year": LAST_YEAR},
            code="out_of_time",
        )


def order_of(raw: str) -> str:
    return raw if raw in ORDERS else BEST
