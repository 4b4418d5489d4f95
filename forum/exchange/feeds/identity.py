"""Names of things for as long as there are any: no title, address or host is in them."""

from datetime import UTC, datetime
from uuid import UUID, uuid5

from essays.models import Revision

# Made up once, for this purpose alone.
OURS = UUID("5f6c1d0e-1a55-4c1e-9d0b-8f6f6d2b7c41")

# Before anything was written down.
NEVER = datetime(1970, 1, 1, tzinfo=UTC)


def urn(kind: str, pk: object, born: datetime) -> str:
    """Of one thing of one site: numbers recur on other sites, the moments of their making do not.

    Whoever calls it gives the moment that never changes, to the microsecond.
    """
    return uuid5(OURS, f"{kind}/{pk}/{born.astimezone(UTC).isoformat()}").urn


def feed_urn(kind: str, pk: object = 0) -> str:
    """Of a feed of this site, which is known by the first text that was written down on it; one
    query.
    """
    first = Revision.objects.order_by("pk").values_list("created_at", flat=True).first()
    return urn(f"{kind} feed", pk, first or NEVER)
