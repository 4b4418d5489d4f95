"""The ways in: all essays, the essays of a tag, the questions that wait."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.contrib.messages import get_messages
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from taggit.models import Tag

from essays.versions import probe_of_all, version_of_all
from forum import essay_lists
from forum.essay_lists import ORDERS
from forum.essay_rows import add_rows
from forum.guard.personal import PERSONAL, personal_fills
from forum.leading_essay import add_lead
from forum.lib.shells import Shell
from forum.lib.visitor_pages import kept_for_visitors
from forum.notifications.following import is_following
from forum.notifications.models import FollowKind
from forum.question_rows import add_question_rows

ORDER_WORDS = {"newest": _("Newest"), "oldest": _("Oldest"), "unanswered": _("Most unanswered")}

HOME = Shell("forum/home.html", gaps=PERSONAL)
TAG = Shell("forum/tag.html", gaps=PERSONAL)
QUESTIONS = Shell("forum/open_questions.html", gaps=PERSONAL)


def load_all(request: HttpRequest) -> tuple[str, str]:
    version = version_of_all("home", getattr(request, "probed", None))
    return version, version


@login_not_required
@require_safe
@kept_for_visitors(load_all, lambda: probe_of_all("home"))
def home(request: HttpRequest, version: str) -> HttpResponse:
    order, after = _asked(request)
    shown = {"is_editor": bool(getattr(request.user, "is_editor", False))}
    return _put_together(
        request, HOME, (version, order, after), shown, lambda: _of_all(order, after)
    )


def _of_all(order: str, after: str) -> dict[str, Any]:
    is_first = not after
    lead, essays, following = essay_lists.lead_and_others(order, after)
    add_rows(essays)
    if lead is not None:
        add_lead(lead)
    return {
        "is_first": is_first,
        "lead": lead,
        "essays": essays,
        "tags": essay_lists.most_used_tags(),
        **(_claims_beside() if is_first else {}),
        **_ways(order, following, is_first=is_first),
    }


def _claims_beside() -> dict[str, Any]:
    questions, more = essay_lists.questions_beside()
    add_question_rows(questions)
    return {
        "questions": questions,
        "has_more_questions": more,
        "untried": essay_lists.untried(),
    }


def load_tag(_request: HttpRequest, slug: str) -> tuple[tuple[Tag, str], str]:
    tag = essay_lists.tag_at(slug)
    if tag is None:
        raise Http404("No tag has this address.")
    version = f"tag.{tag.pk}.{tag.versions}.{tag.ids}"
    return (tag, version), version


@login_not_required
@require_safe
@kept_for_visitors(load_tag)
def tag(request: HttpRequest, found: tuple[Tag, str], slug: str) -> HttpResponse:
    tag, version = found
    order, after = _asked(request)
    shown = {
        "is_member": request.user.is_authenticated,
        "follows": is_following(request.user, FollowKind.TAG, tag.pk),
    }
    return _put_together(
        request, TAG, (version, order, after), shown, lambda: _of_tag(tag, order, after)
    )


def _of_tag(tag: Tag, order: str, after: str) -> dict[str, Any]:
    essays, following = essay_lists.page_of_tag(tag, order, after)
    add_rows(essays)
    questions = essay_lists.questions_of(tag)
    add_question_rows(questions)
    return {
        "tag": tag,
        "essays": essays,
        "questions": questions,
        "near": essay_lists.tags_near(tag),
        **_ways(order, following, is_first=not after),
    }


def load_questions(request: HttpRequest) -> tuple[str, str]:
    version = version_of_all("questions", getattr(request, "probed", None))
    return version, version


@login_not_required
@require_safe
@kept_for_visitors(load_questions, lambda: probe_of_all("questions"))
def open_questions(request: HttpRequest, version: str) -> HttpResponse:
    after = request.GET.get("after", "")

    def make() -> dict[str, Any]:
        questions, following = essay_lists.page_of_questions(after)
        add_question_rows(questions)
        return {
            "questions": questions,
            "previous_url": request.path if after else "",
            "next_url": f"?{urlencode({'after': following})}" if following else "",
        }

    return _put_together(request, QUESTIONS, (version, after), {}, make, section="open")


def _put_together(
    request: HttpRequest,
    shell: Shell,
    version: tuple[str, ...],
    shown: dict[str, Any],
    make: Callable[[], dict[str, Any]],
    *,
    section: str = "essays",
) -> HttpResponse:
    """`make` finds what is the same for all who read this version, `shown` is what is not."""
    fills = personal_fills(request, section)

    def make_context() -> dict[str, Any]:
        return {"section": section, **shown, **make()}

    if get_messages(request):
        return shell.at_once(request, make_context, fills)
    return shell.fill(make_context, (*version, *shown.values()), fills)


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
