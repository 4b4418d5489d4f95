"""The public page of figures. The same for everybody."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from forum.lib.visitor_pages import kept_for_visitors
from forum.moderation import fairness_drawing as drawing
from forum.moderation import log
from forum.moderation.fairness import Figures, figures
from forum.moderation.models import Case, Outcome


def _version(_request: HttpRequest) -> tuple[None, str]:
    """Counted anew with each entry of the log and each new case, and each day."""
    head, waiting = log.counts_and_version()[1], Case.objects.open().counted()
    return None, f"fairness.{head}.{waiting}.{timezone.localdate()}"


@login_not_required
@require_safe
@kept_for_visitors(_version)
def fairness(request: HttpRequest, _subject: None) -> HttpResponse:
    found = figures()
    context = {"section": "log", "figures": found, **_decisions(found), **_waits(found)}
    return TemplateResponse(request, "moderation/fairness.html", context)


def _decisions(found: Figures) -> dict[str, Any]:
    rows = [(str(Outcome(kind).label), numbers) for kind, numbers in found.decided.items()]
    series = drawing.bars(rows)
    bottom = drawing.FIRST_ROW + drawing.ROW * (len(series) - 1)
    return {
        "series": series,
        "months": [(drawing.month_x(at), month) for at, month in enumerate(found.months)],
        "months_y": bottom + 20,
        "chart_height": bottom + 30,
        "decided": sum(one.total for one in series),
        "dots": drawing.dots(found.rulings),
        "dots_width": drawing.dots_width(len(found.rulings)),
    }


def _waits(found: Figures) -> dict[str, Any]:
    rows = [
        {
            "rule": waits.rule,
            "y": y,
            "label_y": y + 4,
            "bar_y": y - 13,
            "dots": [drawing.wait_x(hours) for hours in waits.hours],
            "middle_x": drawing.wait_x(waits.middle),
            "middle": drawing.wait_words(waits.middle),
            "number": len(waits.hours),
        }
        for y, waits in zip(
            range(drawing.FIRST_WAIT, drawing.FIRST_WAIT + drawing.WAIT_ROW * len(found.waits),
                  drawing.WAIT_ROW),
            found.waits,
            strict=True,
        )
    ]  # fmt: skip
    bottom = drawing.FIRST_WAIT + drawing.WAIT_ROW * len(rows)
    return {
        "waits": rows,
        "marks": [(drawing.wait_x(hours), words) for hours, words in drawing.MARKS],
        "marks_bottom": bottom - 30,
        "marks_y": bottom - 12,
        "waits_height": bottom,
    }
