"""The next revision of an essay while it is being written: kept, shown to a few, given a time."""

import hashlib
import secrets
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from essays import permissions
from essays.models import Draft, Essay, OpenEdit, PreviewLink
from forum.lib.verdict import ensure

# Long enough to be read by a colleague, short enough to be forgotten with the draft.
PREVIEW_LIFE = timedelta(days=7)
# An editor whose page has not been heard of for so long has closed it.
AWAY_AFTER = timedelta(minutes=2)


class Overtaken(Exception):  # noqa: N818 — it is said to whoever was
    """Somebody else saved in the meantime. The message is a sentence that can be shown."""


@transaction.atomic
def save_draft(
    *, by: Any, essay: Essay, source: str, note: str, seen: int, now: datetime | None = None
) -> Draft:
    """`seen` is the version of the draft that the editor began from, 0 where there was none.

    Raises `Overtaken` where it is no longer the newest: nobody overwrites what they have not seen.
    """
    ensure(permissions.can_edit(by, essay))
    essay = Essay.objects.select_for_update().get(pk=essay.pk)
    draft = Draft.objects.select_related("saved_by").filter(essay=essay).first()
    if seen != (draft.version if draft else 0):
        raise Overtaken(_overtaken_by(draft))
    draft = draft or Draft(essay=essay, version=0)
    draft.source, draft.note, draft.based_on_id = source, note, essay.current_revision_id
    draft.version += 1
    draft.saved_at, draft.saved_by, draft.failure = now or timezone.now(), by, ""
    # What was decided, and for when, was said of other words.
    draft.decisions, draft.publish_at, draft.publish_zone = {}, None, ""
    draft.save()
    return draft


def _overtaken_by(draft: Draft | None) -> str:
    if draft is None:
        return _("The draft was published or thrown away while you were writing.")
    who = draft.saved_by.name if draft.saved_by else _("Another editor")
    return _("%(who)s saved this draft while you were writing.") % {"who": who}


@transaction.atomic
def discard_draft(*, by: Any, essay: Essay) -> None:
    ensure(permissions.can_edit(by, essay))
    Draft.objects.filter(essay=essay).delete()


@transaction.atomic
def keep_decisions(*, by: Any, draft: Draft, note: str, decisions: dict[str, Any]) -> Draft:
    """What was said of the draft and of the claims that it touches, until it is published."""
    ensure(permissions.can_edit(by, draft.essay))
    draft.note, draft.decisions = note, decisions
    draft.save(update_fields=["note", "decisions"])
    return draft


@transaction.atomic
def schedule(*, by: Any, draft: Draft, at: datetime, zone: str) -> Draft:
    """Publish it at a wall clock's time in a named zone; `at` is naive, as the clock shows it."""
    ensure(permissions.can_edit(by, draft.essay))
    draft.publish_at, draft.publish_zone, draft.failure = moment_in(at, zone), zone, ""
    draft.save(update_fields=["publish_at", "publish_zone", "failure"])
    return draft


def moment_in(at: datetime, zone: str) -> datetime:
    """The moment of a wall clock's time.

    A time that the clock shows twice is the first of the two. One that it skips is as long after
    the change as it would have been, had there been none.
    """
    return at.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


@transaction.atomic
def unschedule(*, by: Any, draft: Draft) -> Draft:
    ensure(permissions.can_edit(by, draft.essay))
    draft.publish_at, draft.publish_zone = None, ""
    draft.save(update_fields=["publish_at", "publish_zone"])
    return draft


@transaction.atomic
def make_preview_link(
    *, by: Any, draft: Draft, now: datetime | None = None
) -> tuple[str, datetime]:
    """A token that shows the draft to whoever has it, and when it ends. It is told only now."""
    ensure(permissions.can_edit(by, draft.essay))
    now = now or timezone.now()
    token = secrets.token_urlsafe(24)
    link = PreviewLink.objects.create(
        draft=draft, token_digest=digest(token), made_by=by, made_at=now,
        expires_at=now + PREVIEW_LIFE,
    )  # fmt: skip
    return token, link.expires_at


@transaction.atomic
def end_preview_links(*, by: Any, draft: Draft) -> None:
    ensure(permissions.can_edit(by, draft.essay))
    PreviewLink.objects.filter(draft=draft).delete()


def digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def previewed(token: str, *, now: datetime | None = None) -> PreviewLink | None:
    """The link of a token that has not ended yet, with its draft and essay."""
    links = PreviewLink.objects.select_related("draft__essay__current_revision")
    return links.filter(token_digest=digest(token), expires_at__gt=now or timezone.now()).first()


@transaction.atomic
def be_at(*, by: Any, essay: Essay, now: datetime | None = None) -> None:
    """The editor has the essay open."""
    ensure(permissions.can_edit(by, essay))
    OpenEdit.objects.update_or_create(
        essay=essay, editor=by, defaults={"seen_at": now or timezone.now()}
    )


def others_at(essay: Essay, user: Any, *, now: datetime | None = None) -> list[OpenEdit]:
    """Whoever else has the essay open."""
    since = (now or timezone.now()) - AWAY_AFTER
    there = OpenEdit.objects.select_related("editor").filter(essay=essay, seen_at__gt=since)
    return list(there.exclude(editor=user).order_by("seen_at"))
