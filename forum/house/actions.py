from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from forum.house.history import record_changes
from forum.house.models import Page, Settings
from forum.house.permissions import can_settle
from forum.house.reading import values_of
from forum.house.texts import source_of
from forum.lib.house import House, read_again
from forum.lib.rendering import render_essay
from forum.lib.verdict import ensure

SETTINGS = "settings"


@transaction.atomic
def settle(*, by: Any, values: Mapping[str, Any]) -> Settings:
    """What is not among the values stays. It shows at once here, in other processes soon."""
    ensure(can_settle(by))
    row = Settings.objects.select_for_update().first()
    before = values_of(row or House())
    after = {**before, **values}
    row = row or Settings()
    for part, value in after.items():
        setattr(row, part, value)
    row.full_clean()
    row.save()
    record_changes(by=by, subject=SETTINGS, before=before, after=after)
    transaction.on_commit(read_again)
    return row


@transaction.atomic
def write_page(*, by: Any, name: str, source: str) -> Page:
    """Raises Unrenderable where the text holds what no page may."""
    ensure(can_settle(by))
    before = source_of(name)
    render_essay(source)
    page, _ = Page.objects.update_or_create(
        name=name, defaults={"source": source, "edited_at": timezone.now()}
    )
    record_changes(by=by, subject=f"page {name}", before={"text": before}, after={"text": source})
    return page
