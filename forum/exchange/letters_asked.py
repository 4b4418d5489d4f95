"""Of those who asked by letter, not on the site: the day on which they did, and who answered."""

from argparse import ArgumentParser, ArgumentTypeError
from datetime import UTC, date, datetime, time

from forum.accounts.models import User


def add_asked_on(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--asked-on", metavar="YYYY-MM-DD", type=_day, default=None,
        help="The day of their letter, for the record; without it, today.",
    )  # fmt: skip


def _day(told: str) -> datetime:
    try:
        day = datetime.strptime(told, "%Y-%m-%d").replace(tzinfo=UTC)
    except ValueError:
        raise ArgumentTypeError(f"{told!r} is no day such as 2026-03-31.") from None
    if is_to_come(day):
        raise ArgumentTypeError(f"{told!r} is yet to come.")
    return day


def beginning_of(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def is_to_come(moment: datetime) -> bool:
    return moment > datetime.now(UTC)


def answered_by(keeper: User) -> str:
    """For the record, without a name: a keeper may be erased one day, too."""
    return f"keeper {keeper.pk}"
