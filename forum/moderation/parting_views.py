"""A moderator parts two claims that were merged: first it is shown what would go back."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from forum.counterpoints.models import Claim, Merger
from forum.counterpoints.parting_preview import preview
from forum.counterpoints.unmerging import merger_of
from forum.guard.actions import run_once
from forum.lib.verdict import Refused, ensure
from forum.moderation import permissions
from forum.moderation.parting import part_claims
from forum.moderation.thread_forms import PartingForm


@require_http_methods(["GET", "HEAD", "POST"])
def parting(request: HttpRequest, pk: int) -> HttpResponse:
    """Of the claim that went. Whatever cannot be parted, the page says why."""
    ensure(permissions.can_moderate(request.user))
    claim = get_object_or_404(
        Claim.objects.for_merger().select_related("merged_into__opening"),
        pk=pk, essay__isnull=False,
    )  # fmt: skip
    merger = merger_of(claim)
    if merger is None and claim.merged_into is None:
        raise Http404(_("This claim has never been a part of another one."))
    form = PartingForm(request.POST or None)
    if request.method == "POST" and merger is None:
        # No form was ever offered.
        ensure(permissions.can_part(request.user, merger))
    elif merger is not None and form.is_bound and form.is_valid():
        done = _part(request, merger, form)
        if done is not None:
            return done
    verdict = permissions.can_part(request.user, merger)
    context = {
        "section": "log", "claim": claim, "into": merger.into if merger else claim.merged_into,
        "form": form, "can_part": verdict,
        "preview": preview(merger) if merger and verdict else None,
    }  # fmt: skip
    status = 422 if form.is_bound else 200
    return TemplateResponse(request, "moderation/parting.html", context, status=status)


def _part(request: HttpRequest, merger: Merger, form: PartingForm) -> HttpResponse | None:
    given = form.cleaned_data

    def work() -> str:
        part_claims(
            moderator=request.user, merger=merger, rule=given["rule"],  # type: ignore[arg-type]
            reason=given["reason"],
        )  # fmt: skip
        return merger.claim.get_absolute_url()

    # Of the claim, not of the merger: the same key sent twice does it once.
    action = f"part:{merger.claim_id}"
    try:
        return redirect(
            run_once(user=request.user, key=given["form_key"], action=action, work=work)
        )
    except Refused as refusal:
        # What was typed is still there, if another moderator did something else meanwhile.
        form.add_error(None, str(refusal))
        return None
