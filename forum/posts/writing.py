"""How a page takes a post that somebody writes: once, previewed if wished, never lost."""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from forum.accounts.models import MEMBER
from forum.guard.actions import run_once
from forum.guard.deeds import deed_of, level_of
from forum.guard.forms import KeyedForm
from forum.guard.limits import Spent
from forum.guard.machines import FILLED, seconds_since
from forum.guard.refusing import note
from forum.lib.rendering import Unrenderable, render_post, trusted
from forum.lib.verdict import Refused
from forum.posts.begun import keep_begun
from forum.posts.draft_forms import fields_in, seen_in
from forum.posts.drafts import keep, use_up
from forum.posts.models import Draft

INVALID, REFUSED = 422, 403
# Edits are not timed: a slip is mended in a moment.
NEW_WORDS = {"post", "claim"}
JSON = "application/json"
NOTHING_TO_KEEP = gettext_lazy("There is nothing to keep yet.")


class Writing:
    """A form that was filled in, and what became of it. Its page shows it again unless `sent`."""

    def __init__(
        self,
        request: HttpRequest,
        form: KeyedForm,
        *,
        about: str = "",
        also: Sequence[str] = (),
        counted_as: str = "post",
    ) -> None:
        """`about` says what is written, where it may be kept as a draft; `also` names what the
        page sends besides the form's own fields; `counted_as` is the limit's kind."""
        self.request = request
        self.form = form
        self.about = about
        self.also = also
        self.counted_as = counted_as
        self.preview_html = ""
        self.status = 200

    def send(self, *, action: str, work: Callable[[], str]) -> HttpResponse | None:
        """Do the work and lead to what it made; None if the form has to be shown again."""
        if self.request.method != "POST":
            return None
        if self.about and "keep" in self.request.POST and self.is_known:
            return self._keep(action)
        if not self.form.is_valid():
            self.status = INVALID
            return None
        try:
            if "preview" in self.request.POST:
                rendered = render_post(self.form.cleaned_data["source"])
                self.preview_html = trusted(rendered.html)
                return None
            url = self._run(action, work) if self.is_known else self._begin(action)
        except Unrenderable as error:
            self.form.add_error("source", forms.ValidationError(str(error), code="unrenderable"))
            self.status = INVALID
            return None
        except Refused as refusal:
            if isinstance(refusal, Spent):
                note(self.request, refusal)
            self._refuse(str(refusal))
            return None
        return HttpResponseRedirect(url)

    @property
    def is_known(self) -> bool:
        return self.request.user.is_authenticated

    def _begin(self, place: str) -> str:
        """Of whoever is not logged in: their text waits for the account."""
        fields = fields_in(self.request.POST, self.form, self.also)
        key = self.form.cleaned_data["form_key"]
        if not keep_begun(self.request, place=place, about=self.about, fields=fields, key=key):
            raise Refused(str(NOTHING_TO_KEEP))
        return reverse("account_login" if "known" in self.request.POST else "account_signup")

    def _run(self, action: str, work: Callable[[], str]) -> str:
        user, key = self.request.user, self.form.cleaned_data["form_key"]
        if self.counted_as in NEW_WORDS:
            self._look_for_machines(user)
        deed = deed_of(self.request, self.counted_as)

        def write() -> str:
            url = work()
            if self.about:
                use_up(author=user, place=action, form_key=key, seen=seen_in(self.request.POST))  # type: ignore[arg-type]
            return url

        return run_once(user=user, key=key, action=action, work=write, deed=deed)

    def _look_for_machines(self, user: Any) -> None:
        """How long it took goes with its writer to the rules; who is known is asked nothing."""
        given = self.form.cleaned_data
        if given.get("website") and level_of(user) < MEMBER:
            self.form.empty_unseen()  # type: ignore[attr-defined]
            raise Refused(str(FILLED))
        user.wrote_in = seconds_since(given["begun"]) if "begun" in given else None

    def _keep(self, place: str) -> HttpResponse | None:
        """As a draft, whatever is wrong with it. A script is told; others are led to go on."""
        try:
            draft = self.draft_at(place)
        except Refused as refusal:
            if self._asks_for_json():
                return JsonResponse({"said": str(refusal)}, status=REFUSED)
            self._refuse(str(refusal))
            return None
        if self._asks_for_json():
            return JsonResponse(_told(draft))
        if draft is None:
            self._refuse(str(NOTHING_TO_KEEP))
            return None
        messages.success(self.request, _("Your draft is kept. Only you can read it."))
        return HttpResponseRedirect(draft.get_absolute_url())

    def draft_at(self, place: str, url: str = "") -> Draft | None:
        """Raises Refused, with a sentence."""
        data = self.request.POST
        try:
            form_key = UUID(data.get("form_key", ""))
        except ValueError:
            return None
        return keep(
            author=self.request.user, place=place, url=url or self.request.path, about=self.about,  # type: ignore[arg-type]
            fields=fields_in(data, self.form, self.also), form_key=form_key, seen=seen_in(data),
        )  # fmt: skip

    def _refuse(self, reason: str) -> None:
        self.form.add_error(None, forms.ValidationError(reason, code="refused"))
        self.status = REFUSED

    def _asks_for_json(self) -> bool:
        return JSON in self.request.headers.get("Accept", "")


def _told(draft: Draft | None) -> dict[str, str]:
    if draft is None:
        return {"draft": "", "said": ""}
    at = timezone.localtime(draft.kept_at)
    return {"draft": draft.reference, "said": _("Draft kept at %(time)s") % {"time": f"{at:%H:%M}"}}
