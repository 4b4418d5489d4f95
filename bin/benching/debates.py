"""What one claim costs with few counterpoints and with thousands, in a tree fourteen deep: its
page, one more counterpoint, a vote. Run inside the site's own Python, in a database of its own.
"""

import random
import sys
from collections.abc import Callable
from itertools import cycle

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.core.cache import caches  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.utils import timezone  # noqa: E402

from benching.anchoring import cpu_ms, text_of  # noqa: E402
from essays.actions import make_current  # noqa: E402
from essays.models import Essay, Revision  # noqa: E402
from forum.accounts.models import MEMBER, User  # noqa: E402
from forum.counterpoints import actions as counterpoints  # noqa: E402
from forum.counterpoints.models import Claim, Counterpoint  # noqa: E402
from forum.lib.sentences import sentence_spans  # noqa: E402
from forum.load import words  # noqa: E402

SIZES = (40, 4_000)
DEPTH = 14
# The share that answers the claim itself.
DIRECT = 0.3
TIMES = 25
SEED = 1
RELATIONS = ("rebuts", "undercuts", "supports", "concedes")


class Debate:
    """A claim with so many counterpoints: first a line down to the greatest depth, then anywhere
    above its end."""

    def __init__(self, rng: random.Random, essay: Essay, members: list[User], size: int) -> None:
        self.rng, self.members, self.size = rng, members, size
        revision = essay.current_revision
        start, end = rng.choice(sentence_spans(revision.text if revision else ""))
        self.claim = counterpoints.mark_claim(
            author=members[0], essay=essay, start=start, end=end, statement=words.sentence(rng)
        )
        self.authors = cycle(members)
        self.line: list[Counterpoint] = []
        above: list[Counterpoint] = []
        with transaction.atomic():
            for number in range(size):
                if number < DEPTH:
                    target = self.line[-1] if self.line else None
                    self.line.append(self.answer(target))
                    above += self.line[-1:] if number < DEPTH - 1 else []
                else:
                    target = None if rng.random() < DIRECT else rng.choice(above)
                    one = self.answer(target)
                    above += [one] if one.post.depth < DEPTH else []

    def answer(self, target: Counterpoint | None) -> Counterpoint:
        return counterpoints.answer(
            author=next(self.authors), claim=self.claim, target=target,
            relation=self.rng.choice(RELATIONS), restatement="",
            source=words.sentences(self.rng, 3),
        )  # fmt: skip

    def acts(self) -> dict[str, Callable[[], object]]:
        """Deep in the tree, where a change has the longest way up."""
        visitor = Client(SERVER_NAME=settings.ALLOWED_HOSTS[0])
        path, deepest = self.claim.get_absolute_url(), self.line[-1]
        voters = iter(
            User.objects.bulk_create(
                User(username=f"voter-{self.size}-{number}", trust_level=MEMBER)
                for number in range(2 * TIMES)
            )
        )

        def page() -> None:
            caches["pages"].clear()
            if visitor.get(path).status_code != 200:  # noqa: PLR2004 — a page that can be read
                raise SystemExit(f"{path} cannot be read.")

        def vote() -> None:
            counterpoints.vote(
                voter=next(voters),
                counterpoint=deepest,
                is_up=self.rng.random() < 0.5,  # noqa: PLR2004
            )

        return {"page": page, "insert": lambda: self.answer(self.line[-2]), "vote": vote}


def make_essay(rng: random.Random) -> Essay:
    essay = Essay.objects.create(
        slug="debated", title="E", author_name="A", summary="S", published_at=timezone.now()
    )
    revision = Revision(essay=essay, number=1, source=text_of(rng, 500), created_at=timezone.now())
    revision.save()
    make_current(essay, revision)
    return essay


def statements(act: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as told:
        act()
    return len(told)


def main() -> None:
    call_command("migrate", verbosity=0)
    rng = random.Random(SEED)  # noqa: S311 — nothing is secret here
    essay = make_essay(rng)
    members = [User.objects.create(username=f"member-{number}") for number in range(50)]
    debates = [Debate(rng, essay, members, size) for size in SIZES]
    if Claim.objects.count() != len(SIZES):
        raise SystemExit("A claim was not made.")
    small, large = SIZES
    print(f"One claim with {small:,} and {large:,} counterpoints, {DEPTH} deep: CPU ms and SQL.\n")
    few, many = (debate.acts() for debate in debates)
    for name in few:
        counted = [statements(each[name]) for each in (few, many)]
        costs = [cpu_ms(each[name], TIMES) for each in (few, many)]
        sys.stdout.write(
            f"| {name:6} | {costs[0]:6.2f} | {costs[1]:6.2f} | × {costs[1] / costs[0]:.2f}"
            f" | {counted[0]} / {counted[1]} |\n"
        )


if __name__ == "__main__":
    main()
