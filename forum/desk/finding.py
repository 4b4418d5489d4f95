"""What lies on the desk, for whoever may work there."""

from dataclasses import dataclass
from typing import Any

from django.shortcuts import get_object_or_404

from essays.models import Draft, Essay, Revision
from essays.permissions import can_edit
from forum.lib.verdict import ensure


@dataclass(frozen=True, slots=True)
class Desk:
    essay: Essay
    draft: Draft | None

    @property
    def kept(self) -> Draft:
        """The draft, where it is known that there is one."""
        if self.draft is None:
            raise LookupError("There is no draft of this essay.")
        return self.draft


def find_desk(user: Any, slug: str) -> Desk:
    """An essay with its draft, if it has one; 1 query. Raises `Refused` for who may not edit it."""
    ensure(can_edit(user, Essay()))
    essays = Essay.objects.select_related("current_revision", "draft__saved_by")
    essay = get_object_or_404(essays, slug=slug)
    draft = getattr(essay, "draft", None)
    if draft is not None:
        draft.essay = essay
    return Desk(essay, draft)


def find_revision(essay: Essay, number: int) -> Revision:
    return get_object_or_404(Revision, essay=essay, number=number)
