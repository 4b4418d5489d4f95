"""Importing a manuscript: a file is brought, its cut looked at and corrected, then made essays."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from essays import import_page, manuscript_actions, permissions
from essays.drafting import Overtaken
from essays.import_forms import CutForm, UploadForm
from essays.importing import Imported, Unready
from essays.models import Essay, Manuscript
from forum.guard.actions import run_once
from forum.guard.forms import key_of
from forum.lib.nouns import counted
from forum.lib.verdict import ensure


@require_http_methods(["GET", "HEAD", "POST"])
def import_manuscript(request: HttpRequest) -> HttpResponse:
    ensure(permissions.can_edit(request.user, Essay()))
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        context = {"form": form, "waiting": import_page.waiting()}
        status = 422 if form.is_bound else 200
        return TemplateResponse(request, "essays/import.html", context, status=status)
    said = form.cleaned_data

    def work() -> str:
        brought = manuscript_actions.bring(
            by=request.user, file_name=said["file"].name, pieces=form.pieces,
            author_name=said["author"],
        )  # fmt: skip
        return reverse("manuscript", args=[brought.pk])

    key = said["form_key"]
    return redirect(run_once(user=request.user, key=key, action="bring-manuscript", work=work))


@require_http_methods(["GET", "HEAD", "POST"])
def manuscript(request: HttpRequest, pk: int) -> HttpResponse:
    ensure(permissions.can_edit(request.user, Essay()))
    found = import_page.find(pk)
    if found is None:
        return _gone(request, pk)
    form = CutForm(request.POST or None, manuscript=found)
    if request.method != "POST" or not form.is_valid():
        return _cut_response(request, found, form, status=422 if form.is_bound else 200)
    act, _, number = request.POST.get("act", "").partition(":")
    at = int(number) - 1 if number.isascii() and number.isdigit() else 0
    key = form.cleaned_data["form_key"]
    try:
        return redirect(
            run_once(
                user=request.user, key=key, action=_action(pk),
                work=lambda: _corrected(request, found, form, act, at),
            )
        )  # fmt: skip
    except Overtaken as overtaken:
        messages.error(request, str(overtaken))
        return redirect("manuscript", pk)
    except Unready as unready:
        form.refuse(unready.problems)
        return _cut_response(request, found, form, status=422)


def _action(pk: int) -> str:
    return f"manuscript:{pk}"


def _gone(request: HttpRequest, pk: int) -> HttpResponse:
    """It was made essays of, or thrown away: the same form sent twice leads where it led before."""
    if request.method != "POST":
        raise Http404

    def work() -> str:
        raise Http404

    key = key_of(request)
    return redirect(run_once(user=request.user, key=key, action=_action(pk), work=work))


def _corrected(request: HttpRequest, found: Manuscript, form: CutForm, act: str, at: int) -> str:
    seen, said = form.cleaned_data["seen"], form.said()
    if act == "import":
        done = manuscript_actions.make_essays(
            by=request.user, manuscript=found, seen=seen, said=said
        )
        messages.success(request, _done_words(done))
        return reverse("admin:essays_essay_changelist")
    manuscript_actions.correct(
        by=request.user, manuscript=found, seen=seen, said=said, act=act, at=at
    )
    if act == "look":
        return reverse("manuscript-look", args=[found.pk, at + 1])
    return reverse("manuscript", args=[found.pk]) + ("#cut" if act else "")


def _cut_response(
    request: HttpRequest, found: Manuscript, form: CutForm, status: int
) -> HttpResponse:
    context = import_page.cut_context(found, form)
    return TemplateResponse(request, "essays/manuscript.html", context, status=status)


def _done_words(done: list[Imported]) -> str:
    changed = [each for each in done if each.is_changed]
    if not changed:
        return _("Nothing to change: every essay was here already, with these words.")
    new = sum(each.is_new for each in changed)
    made = _("%(essays)s imported, and none is public yet") % {
        "essays": capfirst(counted(new, "essay"))
    }
    parts = [made] if new else []
    parts += [f"{each.essay.title}: {each.words}" for each in changed if not each.is_new]
    return f"{'. '.join(parts)}."


@require_http_methods(["GET", "HEAD", "POST"])
def manuscript_look(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """One essay as it will be; and where another one begins in it."""
    ensure(permissions.can_edit(request.user, Essay()))
    found = import_page.find(pk)
    pieces = manuscript_actions.pieces_of(found) if found else []
    if found is None or not 1 <= number <= len(pieces):
        raise Http404
    form = import_page.beginning_form(pieces, number - 1, request.POST or None)
    if request.method != "POST" or not form.is_valid():
        context = import_page.look_context(found, pieces, number - 1, form)
        status = 422 if form.is_bound else 200
        return TemplateResponse(request, "essays/manuscript_look.html", context, status=status)
    said = form.cleaned_data

    def work() -> str:
        manuscript_actions.begin_essay(
            by=request.user, manuscript=found, seen=said["seen"], at=number - 1,
            block=said["block"],
        )  # fmt: skip
        return reverse("manuscript", args=[pk])

    try:
        key, action = said["form_key"], f"begin-essay:{pk}"
        return redirect(run_once(user=request.user, key=key, action=action, work=work))
    except Overtaken as overtaken:
        messages.error(request, str(overtaken))
        return redirect("manuscript", pk)


@require_POST
def manuscript_discarding(request: HttpRequest, pk: int) -> HttpResponse:
    def work() -> str:
        found = import_page.find(pk)
        if found is not None:
            manuscript_actions.discard(by=request.user, manuscript=found)
        return reverse("import-manuscript")

    key = key_of(request)
    return redirect(run_once(user=request.user, key=key, action=f"discard:{pk}", work=work))
