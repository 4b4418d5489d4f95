"""Whether a counterpoint restated fairly what it answers: asked of whoever is answered."""

from datetime import datetime
from html import escape
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _

from forum.accounts.language import speaking_to
from forum.accounts.models import User
from forum.accounts.names import shown_name
from forum.counterpoints import permissions
from forum.counterpoints.actions import hold
from forum.counterpoints.models import ESSAYIST, Counterpoint, Restating
from forum.lib.verdict import ensure
from forum.notifications.actions import notify
from forum.posts.acts import address
from forum.posts.mentioning import excerpt
from forum.posts.rows import raise_thread_version
from forum.templatetags.look import icon


@transaction.atomic
def judge_restatement(
    *,
    by: User,
    counterpoint: Counterpoint,
    is_fair: bool,
    words: str = "",
    now: datetime | None = None,
) -> Counterpoint:
    """Confirm how one was restated, or say it in one's own words. The writer is told."""
    hold(counterpoint.claim_id)
    ensure(permissions.can_judge_restatement(by, counterpoint))
    words = "" if is_fair else " ".join(words.split())
    last = counterpoint.restatings.first()
    if last is not None and (last.is_fair, last.words, last.by_id) == (is_fair, words, by.pk):
        return counterpoint
    now = now or timezone.now()
    made = Restating.objects.create(
        counterpoint=counterpoint, by=by, is_fair=is_fair, words=words, at=now,
        as_author=counterpoint.target_speaker == ESSAYIST,
    )  # fmt: skip
    Counterpoint.objects.filter(pk=counterpoint.pk).update(restated=made)
    raise_thread_version(counterpoint.claim_id)
    _tell_writer(counterpoint, made, now)
    return counterpoint


def _tell_writer(counterpoint: Counterpoint, made: Restating, now: datetime) -> None:
    writer = counterpoint.post.author
    with speaking_to(writer):
        sentence = _told(counterpoint.claim, is_fair=made.is_fair)
    notify(
        recipient=writer, kind="answered", actor=made.by, sign="pen",
        sentence=sentence[:300],
        excerpt=excerpt(made.words), url=counterpoint.get_absolute_url(), now=now,
    )  # fmt: skip


def _told(claim: Any, *, is_fair: bool) -> str:
    words = (
        _("confirms how you restated claim %(number)s of %(title)s")
        if is_fair
        else _("corrects how you restated claim %(number)s of %(title)s")
    )
    return words % {"number": claim.number, "title": claim.essay.title}


def may_be_asked(user: Any, one: Any, *, speaks: bool) -> bool:
    """Whether this reader is the one whom this row of a tree restates. `speaks` for the essay."""
    if not one.restatement or not user.is_authenticated:
        return False
    return speaks if one.target_speaker == ESSAYIST else one.target_speaker == user.pk


def restatement_html(one: Any, *, asked: bool = False) -> str:
    """How a counterpoint put what it answers, and what was said to that. `one`: a row of a tree.

    `asked`: this reader may say whether it was put fairly.
    """
    if not one.restatement:
        return ""
    html: str = format_html(
        '<p class="restate"><b>{}</b><span dir="auto">{}</span></p>',
        _("In fair words"),
        one.restatement,
    )
    if one.is_restated is not None:
        html += _judged(one)
    if asked:
        url = address("counterpoints:restatement") % {"pk": one.pk}
        words = (
            _('Was it put fairly?<span class="vh"> (post %(pk)s)</span>')
            if one.is_restated is None
            else _('Say something else of it<span class="vh"> (post %(pk)s)</span>')
        ) % {"pk": one.pk}
        html += f'<p class="meta"><a class="more" href="{url}">{words} {icon("right")}</a></p>'
    return html


def _judged(one: Any) -> str:
    called = shown_name(one.restated_called or "", one.restated_name or _("its author"))
    name = f"<bdi>{escape(called)}</bdi>"
    if one.is_restated:
        words = (
            _("Fairly restated, says the essay’s author")
            if one.restated_as_author
            else _("Fairly restated, says %(name)s") % {"name": name}
        )
        return f'<p class="meta restated">{icon("tick")}<span>{words}</span></p>'
    words = (
        _("Put right by the essay’s author")
        if one.restated_as_author
        else _("Put right by %(name)s") % {"name": name}
    )
    return (
        f'<p class="restate restated"><b>{words}</b>'
        f'<span dir="auto">{escape(one.restated_words)}</span></p>'
    )
