"""Members and essays: what a load's posts are written by, and about."""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.db.models import Max
from taggit.models import Tag

from essays.actions import make_current, quote
from essays.models import Essay, EssayTag, Passage, Revision
from forum.accounts.models import REGULAR, User
from forum.load import words

# Whom a measurement signs in as; nobody else is told apart.
LOAD_MEMBER = "load_member"
# No password has this form, and unlike Django's own it is the same each time.
NO_PASSWORD = "!"  # noqa: S105
PARAGRAPHS = (5, 12)


@dataclass(frozen=True, slots=True)
class Span:
    """The time in which a load was written, from the first essay on."""

    start: datetime
    end: datetime

    def at(self, share: float) -> datetime:
        return self.start + timedelta(seconds=int((self.end - self.start).total_seconds() * share))


def next_pk(model: type) -> int:
    last = model._default_manager.aggregate(last=Max("pk"))["last"]  # type: ignore[attr-defined]
    return (last or 0) + 1


def make_members(rng: random.Random, number: int, span: Span) -> list[User]:
    first = next_pk(User)
    members = [
        User(
            pk=first + place,
            username=f"member{place}" if place else LOAD_MEMBER,
            display_name=words.name(rng),
            email=f"member{place}@example.org",
            password=NO_PASSWORD,
            date_joined=span.at(rng.random() / 10),
            trust_level=REGULAR,
        )
        for place in range(number)
    ]
    User.objects.bulk_create(members, batch_size=500)
    EmailAddress.objects.bulk_create(
        (
            EmailAddress(user=member, email=member.email, verified=True, primary=True)
            for member in members
        ),
        batch_size=500,
    )
    return members


def make_essays(rng: random.Random, number: int, members: list[User], span: Span) -> list[Essay]:
    """The first is the longest: it will have most claims."""
    tags = [Tag.objects.get_or_create(slug=name, defaults={"name": name})[0] for name in words.TAGS]
    essays = []
    for place in range(number):
        published = span.at(place / number / 3)
        essay = Essay.objects.create(
            slug=f"load-{place + 1}", title=words.title(rng)[:160], author_name=words.name(rng),
            author=rng.choice(members[1:]), summary=words.sentence(rng)[:300],
            published_at=published,
        )  # fmt: skip
        paragraphs = rng.randint(*PARAGRAPHS) if place else PARAGRAPHS[1]
        revision = Revision.objects.create(
            essay=essay, number=1, source=words.essay(rng, paragraphs), created_at=published
        )
        make_current(essay, revision)
        chosen = rng.sample(tags, rng.randint(3, 5))
        EssayTag.objects.bulk_create(EssayTag(tag=tag, content_object=essay) for tag in chosen)
        essays.append(essay)
    return essays


def make_passage(rng: random.Random, essay: Essay) -> Passage:
    """A sentence of the essay, or the first half of one."""
    revision = essay.current_revision
    assert revision is not None  # noqa: S101 — made above
    places = [place for block in revision.blocks for place in block["sentences"]]
    start, end = rng.choice(places)
    if rng.random() < 0.3:  # noqa: PLR2004
        end = start + len(revision.text[start : (start + end) // 2].rstrip())
    return quote(revision=revision, start=start, end=end)
