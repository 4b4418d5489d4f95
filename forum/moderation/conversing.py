"""A member and the moderators write to each other; moderators keep notes among themselves."""

from datetime import datetime

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forum.accounts.models import User
from forum.lib.rendering import render_post
from forum.lib.site_language import in_each_language
from forum.lib.verdict import ensure
from forum.moderation import member_permissions as permissions
from forum.moderation.models import Case, Conversation, Message, ModeratorNote
from forum.notifications.actions import Matter, News, notify, notify_each
from forum.notifications.kinds import NoticeKind
from forum.posts.mentioning import excerpt

# Were there ever more, the first of them would do.
MODERATORS_TOLD = 50
# What comes after the name of who writes.
TO_MODERATORS = _("writes to the moderators")
TO_MEMBER = _("writes to you as a moderator")


@transaction.atomic
def write_note(
    *,
    moderator: User,
    member: User,
    text: str,
    case: Case | None = None,
    now: datetime | None = None,
) -> ModeratorNote:
    ensure(permissions.can_look_into(moderator, member))
    return ModeratorNote.objects.create(
        about=member, author=moderator, text=text, case=case, created_at=now or timezone.now()
    )


@transaction.atomic
def write_to_moderators(*, member: User, source: str, now: datetime | None = None) -> Message:
    """Opens the conversation where there is none. Raises `Unrenderable` with a sentence."""
    conversation = _held(member, now or timezone.now())
    ensure(permissions.can_write_to_moderators(member, conversation))
    message = _add(conversation, member, source, now or timezone.now())
    matter = Matter(
        sentence=in_each_language(str, TO_MODERATORS), url=conversation.get_absolute_url(),
        sign="scales", excerpt=excerpt(source), about=f"conversation:{conversation.pk}",
    )  # fmt: skip
    parts = {name: getattr(matter, name) for name in Matter.__dataclass_fields__}
    news = [News(recipient_id=pk, **parts) for pk in _who_answers(conversation)]
    notify_each(news=news, kind=NoticeKind.WRITTEN, actor=member, now=message.created_at)
    return message


@transaction.atomic
def write_to_member(
    *, moderator: User, member: User, source: str, now: datetime | None = None
) -> Message:
    ensure(permissions.can_look_into(moderator, member))
    conversation = _held(member, now or timezone.now())
    message = _add(conversation, moderator, source, now or timezone.now())
    notify(
        recipient=member, kind=NoticeKind.WRITTEN, actor=moderator, now=message.created_at,
        sentence=in_each_language(str, TO_MEMBER), url=reverse("moderation:own-conversation"),
        excerpt=excerpt(source), sign="scales", about=f"conversation:{conversation.pk}",
    )  # fmt: skip
    return message


@transaction.atomic
def lock_conversation(
    *, moderator: User, member: User, reason: str, now: datetime | None = None
) -> Conversation:
    conversation = _held(member, now or timezone.now())
    ensure(permissions.can_lock_conversation(moderator, conversation))
    conversation.locked_at, conversation.lock_reason = now or timezone.now(), reason
    conversation.unanswered = 0
    conversation.save(update_fields=["locked_at", "lock_reason", "unanswered"])
    return conversation


@transaction.atomic
def unlock_conversation(*, moderator: User, member: User) -> Conversation:
    conversation = _held(member, timezone.now())
    ensure(permissions.can_unlock_conversation(moderator, conversation))
    conversation.locked_at, conversation.lock_reason = None, ""
    conversation.save(update_fields=["locked_at", "lock_reason"])
    return conversation


def _held(member: User, now: datetime) -> Conversation:
    rows = Conversation.objects.select_for_update(of=("self",))
    found, _ = rows.get_or_create(member=member, defaults={"opened_at": now, "last_at": now})
    found.member = member
    return found


def _add(conversation: Conversation, author: User, source: str, now: datetime) -> Message:
    is_theirs = author.pk == conversation.member_id
    Conversation.objects.filter(pk=conversation.pk).update(
        last_at=now, unanswered=F("unanswered") + 1 if is_theirs else 0
    )
    return Message.objects.create(
        conversation=conversation, author=author, is_from_moderators=not is_theirs,
        source=source, html=render_post(source).html, created_at=now,
    )  # fmt: skip


def _who_answers(conversation: Conversation) -> list[int]:
    """Those who have written in it; all moderators, where none has."""
    moderators = User.objects.filter(is_moderator=True, is_active=True).exclude(
        pk=conversation.member_id
    )
    wrote = conversation.messages.filter(is_from_moderators=True).values("author")
    known = list(moderators.filter(pk__in=wrote).values_list("pk", flat=True))
    return known or list(moderators.order_by("pk").values_list("pk", flat=True)[:MODERATORS_TOLD])


def conversation_with(member: User) -> Conversation | None:
    return Conversation.objects.filter(member=member).first()


def messages_in(
    conversation: Conversation | None, *, before: int | None = None
) -> "QuerySet[Message]":
    """The newest first; `before` is the last one seen."""
    if conversation is None:
        return Message.objects.none()
    messages = Message.objects.filter(conversation=conversation)
    messages = messages.select_related("author").order_by("-pk")
    return messages if before is None else messages.filter(pk__lt=before)


def notes_on(member: User) -> "QuerySet[ModeratorNote]":
    notes = ModeratorNote.objects.filter(about=member)
    return notes.select_related("author", "case").order_by("-pk")


def conversations(by: User, *, only_waiting: bool) -> "QuerySet[Conversation]":
    """For moderators, but for their own: the lately moved first; or what waits, oldest first."""
    found = Conversation.objects.select_related("member").filter(~Q(member=by))
    if only_waiting:
        return found.filter(unanswered__gt=0).order_by("last_at", "pk")
    return found.order_by("-last_at", "-pk")
