from argparse import ArgumentParser
from datetime import UTC, datetime, timedelta
from time import monotonic
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from essays.models import Essay
from forum.accounts.models import User
from forum.load.filling import Amounts, fill
from forum.load.people import LOAD_MEMBER, Span
from forum.posts.models import Post
from forum.search.forgetting import merge_files

# Past, whenever it is run, and always the same: the same seed gives the same data.
UNTIL = datetime(2025, 1, 1, tzinfo=UTC)
WRITTEN_WITHIN = timedelta(days=700)
# Whoever answers is not whom they answer, nor the essay's author.
FEWEST_MEMBERS = 4


class Progress:
    """A line for each stage, and for each part of a long one: so many, and how quickly."""

    def __init__(self, out: Any) -> None:
        self.out = out
        self.since = self.started = monotonic()
        self.stage, self.number = "", 0

    def __call__(self, stage: str, number: int) -> None:
        now = monotonic()
        done = number - (self.number if stage == self.stage else 0)
        rate = done / max(now - self.since, 1e-6)
        self.out.write(
            f"{now - self.started:7.1f} s  {number:>8,} {stage:<14}{rate:>10,.0f} a second"
        )
        self.out.flush()
        self.since, self.stage, self.number = now, stage, number


class Command(BaseCommand):
    help = "Fill an empty database with believable load, to measure the site under."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--essays", type=int, default=50)
        parser.add_argument("--members", type=int, default=1_000)
        parser.add_argument("--claims", type=int, default=400)
        parser.add_argument(
            "--posts", type=int, default=100_000,
            help="remarks and counterpoints; claims' statements come on top",
        )  # fmt: skip
        parser.add_argument("--seed", type=int, default=1)

    def handle(self, *args: Any, seed: int, **options: Any) -> None:
        names = ("essays", "members", "claims", "posts")
        amounts = Amounts(**{name: options[name] for name in names})
        _check(amounts)
        fill(
            amounts, seed=seed, span=Span(UNTIL - WRITTEN_WITHIN, UNTIL), tell=Progress(self.stdout)
        )
        if connection.vendor == "postgresql":
            # As its own housekeeping would within a minute: till then it knows no sizes.
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")
        # As `tidy` does every day.
        merge_files()


def _check(amounts: Amounts) -> None:
    if min(amounts.essays, amounts.posts) < 1 or amounts.claims < 0:
        raise CommandError("There must be at least one essay and one post.")
    if amounts.members < FEWEST_MEMBERS:
        raise CommandError(f"There must be at least {FEWEST_MEMBERS} members.")
    taken = Post.objects.exists() or Essay.objects.exists()
    if taken or User.objects.filter(username=LOAD_MEMBER).exists():
        raise CommandError(
            "This database holds essays or posts already; only an empty one is filled."
        )
