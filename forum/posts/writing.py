"""How a page takes a post that somebody writes: once, previewed if wished, never lost."""

from collections.abc import Callable

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from forum.guard.actions import run_once
from forum.guard.forms import KeyedForm
from forum.lib.rendering import Unrenderable, render_post, trusted
from forum.lib.verdict import Refused

REFUSED = 403


class Writing:
    """A form that was filled in, and what became of it. Its page shows it again unless `sent`."""

    def __init__(self, request: HttpRequest, form: KeyedForm) -> None:
        self.request = request
        self.form = form
        self.preview_html = ""
        self.status = 200

    def send(self, *, action: str, work: Callable[[], str]) -> HttpResponse | None:
        """Do the work and lead to what it made; None if the form has to be shown again."""
        if self.request.method != "POST" or not self.form.is_valid():
            return None
        try:
            if "preview" in self.request.POST:
                rendered = render_post(self.form.cleaned_data["source"])
                self.preview_html = trusted(rendered.html)
                return None
            url = run_once(
                user=self.request.user,
                key=self.form.cleaned_data["form_key"],
                action=action,
                work=work,
            )
        except Unrenderable as error:
            self.form.add_error("source", forms.ValidationError(str(error), code="unrenderable"))
            return None
        except Refused as refusal:
            self.form.add_error(None, forms.ValidationError(str(refusal), code="refused"))
            self.status = REFUSED
            return None
        return HttpResponseRedirect(url)
