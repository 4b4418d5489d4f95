"""Of a claim's page what no other thread's page has."""

from typing import Any

from django.utils import timezone

from forum.counterpoints.links_shown import linked_versions
from forum.counterpoints.models import Claim
from forum.lib.prepared import Prepared
from forum.lib.visitor_pages import Probe, version_of
from forum.posts.statuses import PostStatus

_versions = Prepared(
    lambda claim: Claim.objects.filter(
        pk=claim,
        merged_into=None,
        opening__status=PostStatus.VISIBLE,
        essay__current_revision__isnull=False,
    ).values_list(
        "pk", "thread__version", "essay__version", linked_versions(), "essay__published_at"
    )
)


def version_for_all(pk: int, probed: list[Any] | None = None) -> str:
    """Of all that a visitor's page of the claim shows; empty if visitors may not read it."""
    rows = _versions(claim=pk) if probed is None else _versions.read(probed, claim=pk)
    for *numbers, published_at in rows:
        if published_at is not None and published_at <= timezone.now():
            return version_of("claim", *numbers)
    return ""


def version_probe(pk: int) -> Probe:
    return Probe("claim", *_versions.statement(claim=pk), columns=(0, 1, 2, 3))
