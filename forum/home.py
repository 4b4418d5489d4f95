"""The ways in: all essays, the essays of a tag, the questions that wait."""

from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from taggit.models import Tag

from essays.models import Essay
from forum import essay_lists
from forum.counterpoints.opening_bars import opening_bars_html
from forum.counterpoints.signs import for_score
from forum.essay_lists import (
    LONGEST_WAITING,
    ORDERS,
    PAGE_SIZE,
    QUESTIONS_A_PAGE,
    QUESTIONS_BESIDE,
    TAGS_BESIDE,
    UNTRIED_BESIDE,
)
from forum.essay_rows import add_rows
from forum.guard.personal import PERSONAL, personal_fills
from forum.lib.keyset import page
from forum.lib.shells import Shell
from forum.lib.visitor_pages import kept_for_visitors
from forum.notifications.following import is_following
from forum.notifications.models import FollowKind
from forum.question_rows import add_question_rows

ORDER_WORDS = {"newest": _("Newest"), "oldest": _("Oldest"), "unanswered": _("Most unanswered")}


SECTION = "essays"
HOME = Shell("forum/home.html", gaps=PERSONAL)


def load_all(request: HttpRequest) -> tuple[str, str]:
    version = essay_lists.version_of_all("home", getattr(request, "probed", None))
    return version, version


@login_not_required
@require_safe
@kept_for_visitors(load_all, lambda: essay_lists.probe_of_all("home"))
def home(request: HttpRequest, version: str) -> HttpResponse:
    order, after = _asked(request)
    is_editor = bool(getattr(request.user, "is_editor", False))

    def make_context() -> dict[str, Any]:
        return {"section": SECTION, "is_editor": is_editor, **_shown(order, after)}

    fills = personal_fills(request, SECTION)
    if get_messages(request):
        return HOME.at_once(request, make_context, fills)
    return HOME.fill(make_context, (version, order, after, is_editor), fills)


def _shown(order: str, after: str) -> dict[str, Any]:
    """The same for all who read this version."""
    is_first = not after
    lead, essays, following = _lead_and_others(order, after)
    essay_lists.add_strips([*essays, lead] if lead else essays)
    add_rows(essays)
    return {
        "is_first": is_first,
        "lead": lead,
        "bars_html": _bars_of(lead) if lead else "",
        "essays": essays,
        "tags": essay_lists.tags_with_counts()[:TAGS_BESIDE],
        **(_claims_beside(lead) if is_first else {}),
        **_ways(order, following, is_first=is_first),
    }


def _lead_and_others(order: str, after: str) -> tuple[Essay | None, list[Essay], str]:
    """The newest leads the first page of each order; where the newest come first, only there."""
    listed = essay_lists.essays_listed()
    if not after and order == "newest":
        essays, following = page(listed, ORDERS[order], size=PAGE_SIZE + 1)
        return (essays or [None])[0], essays[1:], following
    lead = None if after else ORDERS["newest"].sorted(listed).first()
    return lead, *page(listed, ORDERS[order], size=PAGE_SIZE, after=after)


def _bars_of(lead: Essay) -> str:
    labelled = lead.labelled  # type: ignore[attr-defined]
    return opening_bars_html(labelled, for_score(lead) if labelled else {})


def _claims_beside(lead: Essay | None) -> dict[str, Any]:
    questions, more, question = essay_lists.questions_beside(lead)
    add_question_rows(questions)
    return {
        "question": question,
        "questions": questions,
        "has_more_questions": more,
        "untried": list(essay_lists.untried()[:UNTRIED_BESIDE]),
    }


def load_tag(_request: HttpRequest, slug: str) -> tuple[Tag, str]:
    tag = get_object_or_404(essay_lists.tags_with_totals(), slug=slug)
    return tag, f"tag.{tag.pk}.{tag.versions}.{tag.ids}"


@login_not_required
@require_safe
@kept_for_visitors(load_tag)
def tag(request: HttpRequest, tag: Tag, slug: str) -> HttpResponse:
    order, after = _asked(request)
    essays, following = page(
        essay_lists.essays_listed(tag), ORDERS[order], size=PAGE_SIZE, after=after
    )
    essay_lists.add_strips(essays)
    add_rows(essays)
    waiting = LONGEST_WAITING.sorted(essay_lists.open_questions_on(tag))
    questions = list(waiting[:QUESTIONS_BESIDE])
    add_question_rows(questions)
    return TemplateResponse(
        request,
        "forum/tag.html",
        {
            "section": "essays",
            "tag": tag,
            "follows": is_following(request.user, FollowKind.TAG, tag.pk),
            "essays": essays,
            "questions": questions,
            "near": list(essay_lists.tags_near(tag)[:TAGS_BESIDE]),
            **_ways(order, following, is_first=not after),
        },
    )


def load_questions(request: HttpRequest) -> tuple[None, str]:
    return None, essay_lists.version_of_all("questions", getattr(request, "probed", None))


@login_not_required
@require_safe
@kept_for_visitors(load_questions, lambda: essay_lists.probe_of_all("questions"))
def open_questions(request: HttpRequest, _subject: None) -> HttpResponse:
    after = request.GET.get("after", "")
    questions, following = page(
        essay_lists.open_questions(), LONGEST_WAITING, size=QUESTIONS_A_PAGE, after=after
    )
    add_question_rows(questions)
    return TemplateResponse(
        request,
        "forum/open_questions.html",
        {
            "section": "open",
            "questions": questions,
            "previous_url": request.path if after else "",
            "next_url": f"?{urlencode({'after': following})}" if following else "",
        },
    )


def _asked(request: HttpRequest) -> tuple[str, str]:
    """What the address says of order and place; what no link of ours says is the first page."""
    order = request.GET.get("order", "newest")
    return order if order in ORDERS else "newest", request.GET.get("after", "")


def _ways(order: str, following: str, *, is_first: bool) -> dict[str, Any]:
    return {
        "order": order,
        "orders": [(name, f"?order={name}", words) for name, words in ORDER_WORDS.items()],
        "previous_url": "" if is_first else f"?order={order}",
        "next_url": f"?{urlencode({'order': order, 'after': following})}" if following else "",
    }
