"""What members may add to an essay, and whether it is still one that readers are offered."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from essays import permissions
from essays.actions import raise_kin, raise_version
from essays.models import Essay, Openness
from forum.lib.verdict import ensure


@transaction.atomic
def set_openness(
    *, by: Any, essay: Essay, discussion: str, claims: str, reason: str, slow_minutes: int
) -> Essay:
    """Open, slow down or close the discussion and the claims. The reason is for everybody."""
    ensure(permissions.can_edit(by, essay))
    discussion, claims = Openness(discussion), Openness(claims)
    is_open = {discussion, claims} == {Openness.OPEN}
    reason = "" if is_open else " ".join(reason.split())
    if not is_open:
        ensure(permissions.is_explained(reason))
    ensure(permissions.is_pace(slow_minutes))
    return _store(
        essay,
        discussion_openness=discussion,
        claims_openness=claims,
        openness_reason=reason,
        slow_minutes=slow_minutes,
    )


@transaction.atomic
def retire(
    *,
    by: Any,
    essay: Essay,
    reason: str,
    redirects_to: Essay | None = None,
    now: datetime | None = None,
) -> Essay:
    """Take it off the lists; all of it stays readable. Its address may lead to another essay.

    Of one that is retired already, the reason and the other essay change, the day does not.
    """
    ensure(permissions.can_edit(by, essay))
    reason = " ".join(reason.split())
    ensure(permissions.is_explained(reason))
    if redirects_to is not None:
        ensure(permissions.can_lead_to(essay, redirects_to))
    since = _current(essay).retired_at or now or timezone.now()
    return _store(essay, retired_at=since, retired_reason=reason, redirects_to=redirects_to)


@transaction.atomic
def reinstate(*, by: Any, essay: Essay) -> Essay:
    ensure(permissions.can_edit(by, essay))
    return _store(essay, retired_at=None, retired_reason="", redirects_to=None)


def _current(essay: Essay) -> Essay:
    """The row as it is now, held until the transaction ends."""
    return Essay.objects.select_for_update(of=("self",)).defer("folded").get(pk=essay.pk)


def _store(essay: Essay, **values: Any) -> Essay:
    """Nothing is touched where nothing changes: whoever saves an essay passes by here."""
    fresh = _current(essay)
    for name, value in values.items():
        setattr(essay, name, value)
    if any(getattr(fresh, name) != value for name, value in values.items()):
        Essay.objects.filter(pk=essay.pk).update(**values)
        raise_version(essay.pk)
        raise_kin(essay.pk)
    return essay
