from datetime import UTC, datetime


def moment_of(date: str) -> datetime | None:
    """Of what a manuscript says; midnight in UTC where it says no more than a day."""
    try:
        moment = datetime.fromisoformat(date)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
