"""Of commands that answer somebody who asked by letter: the day on which they did."""

from argparse import ArgumentParser, ArgumentTypeError
from datetime import UTC, datetime


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
    if day > datetime.now(UTC):
        raise ArgumentTypeError(f"{told!r} is yet to come.")
    return day
