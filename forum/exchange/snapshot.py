"""Reads the argument of essays as it stands: in as many statements for one claim as for a thousand.

What strangers may read, and nothing else. A post that was taken down or taken back leaves a
tombstone: it has its place in the tree, and no text, no author, no votes. A claim whose opening
was taken down keeps its number alone: its page is closed, and what hangs below it.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, datetime
from fractions import Fraction
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import F, QuerySet
from django.urls import reverse

from essays.models import Essay, Passage, Place, Revision
from forum.accounts.models import User
from forum.counterpoints import camps
from forum.counterpoints.models import ESSAYIST, Claim, Counterpoint
from forum.exchange.records import (
    ESSAY_VOICE,
    MERGED,
    PUBLISHED,
    WRITERS,
    Author,
    ClaimRecord,
    CounterpointRecord,
    EssayRecord,
    PassageRecord,
    PlaceRecord,
    RevisionRecord,
    Snapshot,
)

# Nothing that is told, and most of what a post weighs.
LONG_COLUMNS = ("source", "html", "folded", "card_html")


def public_essays() -> "QuerySet[Essay]":
    found: QuerySet[Essay] = Essay.objects.visible_to(AnonymousUser())
    return found.order_by("pk")


def read_snapshot(essays: "QuerySet[Essay]", *, site: str, named: bool = False) -> Snapshot:
    """`site` is its address, without a slash at the end."""
    chosen = essays.order_by().values("pk")
    found = list(essays.annotate(newest=F("current_revision__number")).defer("folded"))
    slugs = {essay.pk: essay.slug for essay in found}
    claims = [claim for claim in _claims(chosen) if claim.essay_id in slugs]
    open_claims = {claim.pk for claim in claims if claim.opening.is_visible}
    # One that was marked between two statements is not in the first: nor is what hangs on it.
    debate = [each for each in _counterpoints(chosen) if each.claim_id in open_claims]
    names = Pseudonyms(claims, debate)
    passages = {claim.passage_id for claim in claims}
    return Snapshot(
        site=site,
        licence=settings.CONTENT_LICENCE,
        floor=Fraction(settings.STANDING_FLOOR),
        quorum=settings.STANDING_QUORUM,
        authors=names.authors(named=named),
        essays=[_essay(each, site) for each in found],
        revisions=[_revision(each, slugs[each.essay_id], site) for each in _revisions(chosen)],
        passages=[
            _passage(each, slugs[each.essay_id])
            for each in _passages(chosen)
            if each.pk in passages
        ],
        places=[_place(each) for each in _places(chosen) if each.passage_id in passages],
        claims=[_claim(each, slugs[each.essay_id], names, site) for each in claims],
        counterpoints=[_counterpoint(each, names, site) for each in debate],
    )


def _revisions(essays: Any) -> "QuerySet[Revision]":
    """Those that readers have seen."""
    newest = F("essay__current_revision__number")
    found = Revision.objects.filter(essay__in=essays, number__lte=newest)
    return found.defer("source", "html", "blocks").order_by("essay", "number")


def _passages(essays: Any) -> "QuerySet[Any]":
    found = Passage.objects.filter(essay__in=essays)
    return found.annotate(number=F("made_in__number")).order_by("pk")


def _places(essays: Any) -> "QuerySet[Any]":
    newest = F("revision__essay__current_revision__number")
    found = Place.objects.filter(passage__essay__in=essays, revision__number__lte=newest)
    return found.annotate(number=F("revision__number")).order_by("passage", "number")


def _claims(essays: Any) -> "QuerySet[Claim]":
    """With their openings, of which the statement and the writer are told."""
    found = Claim.objects.filter(essay__in=essays).select_related("opening")
    found = found.annotate(is_here=F("opening__author__is_active"))
    return found.defer(*(f"opening__{name}" for name in LONG_COLUMNS)).order_by("essay", "number")


def _counterpoints(essays: Any) -> "QuerySet[Counterpoint]":
    found = Counterpoint.objects.filter(claim__essay__in=essays).select_related("post")
    found = found.annotate(is_here=F("post__author__is_active"))
    return found.defer(*(f"post__{name}" for name in LONG_COLUMNS)).order_by("pk")


class Pseudonyms:
    """In the order in which people first wrote: the same data gives the same ones.

    Whoever has left has another one in each debate: nothing ties together what they wrote. Within
    one it has to be the same, since a standing depends on who grants whose point.
    """

    def __init__(self, claims: Iterable[Any], debate: Iterable[Any]) -> None:
        wrote = [
            (each.opening_id, each.opening.author_id, each.pk, each.is_here)
            for each in claims
            if _is_shown(each)
        ]
        wrote += [
            (each.pk, each.speaker, each.claim_id, each.is_here)
            for each in debate
            if each.post.is_visible and each.speaker != ESSAYIST
        ]
        self._here: dict[int, str] = {}
        self._left: dict[int, dict[int, str]] = defaultdict(dict)
        for _, writer, claim, is_here in sorted(wrote):
            if is_here:
                self._here.setdefault(writer, f"a{len(self._here) + 1}")
            else:
                left = self._left[claim]
                left.setdefault(writer, f"left-{claim}-{len(left) + 1}")

    def of(self, writer: int, claim: int) -> str:
        if writer == ESSAYIST:
            return ESSAY_VOICE
        return self._here.get(writer) or self._left[claim][writer]

    def authors(self, *, named: bool) -> list[Author]:
        names: dict[int, str] = {}
        if named:
            people = User.objects.filter(pk__in=list(self._here))
            names = {person.pk: person.name for person in people}
        here = [Author(key, names.get(writer)) for writer, key in self._here.items()]
        return here + [Author(key, None) for left in self._left.values() for key in left.values()]


def _is_shown(claim: Claim) -> bool:
    return claim.opening.is_visible


def _moment(at: datetime | None) -> str:
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z") if at else ""


def _essay(essay: Any, site: str) -> EssayRecord:
    return EssayRecord(
        slug=essay.slug,
        title=essay.title,
        author_name=essay.author_name,
        summary=essay.summary,
        published_at=_moment(essay.published_at),
        current_revision=essay.newest,
        url=site + essay.get_absolute_url(),
        **_terms(is_shown=True),
    )


def _revision(revision: Revision, slug: str, site: str) -> RevisionRecord:
    return RevisionRecord(
        essay=slug,
        number=revision.number,
        created_at=_moment(revision.created_at),
        note=revision.note,
        text=revision.text,
        url=site + reverse("revision", args=[slug, revision.number]),
    )


def _passage(passage: Any, slug: str) -> PassageRecord:
    words = passage.exact, passage.prefix, passage.suffix
    return PassageRecord(passage.pk, slug, passage.number, *words)


def _place(place: Any) -> PlaceRecord:
    where = place.start, place.end, place.similarity
    return PlaceRecord(place.passage_id, place.number, place.state, *where)


def _claim(claim: Claim, slug: str, names: Pseudonyms, site: str) -> ClaimRecord:
    shown = _is_shown(claim)
    # Of one that was merged there are the words, and no standing.
    stands = shown and claim.merged_into_id is None
    return ClaimRecord(
        id=claim.pk,
        essay=slug,
        number=claim.number,
        passage=claim.passage_id,
        status=MERGED if shown and claim.merged_into_id else claim.opening.status,
        merged_into=claim.merged_into_id,
        statement=claim.statement if shown else None,
        marked_by=names.of(claim.opening.author_id, claim.pk) if shown else None,
        created_at=_moment(claim.created_at),
        is_key=claim.is_key,
        label=claim.label if stands else None,
        label_since=_moment(claim.label_since) if stands else None,
        is_frozen=claim.is_frozen,
        strength=claim.strength if stands else None,
        decided_by=claim.decided_by_id if stands else None,
        **_stances(claim),
        url=site + claim.get_absolute_url(),
        **_terms(is_shown=shown),
    )


def _stances(claim: Claim) -> dict[str, Any]:
    """Sums alone, and none of fewer than five: who stands where is nobody's business."""
    sides = {"agree": claim.agree, "disagree": claim.disagree, "unsure": claim.unsure}
    if not _is_shown(claim) or not camps.may_tell(sum(sides.values())):
        return dict.fromkeys(sides)
    return sides


def _camps(one: Counterpoint) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for side in (camps.AGREE, camps.DISAGREE):
        votes = {name: getattr(one, name) for name in (f"{side}_up", f"{side}_down")}
        is_told = one.post.is_visible and camps.may_tell(sum(votes.values()))
        found |= votes if is_told else dict.fromkeys(votes)
    shown = one.post.is_visible
    found["both_sides"] = one.both_sides if shown else None
    found["minds"] = camps.told(one.minds) if shown else None
    return found


def _terms(*, is_shown: bool) -> dict[str, Any]:
    return {"licence": WRITERS, "consent": PUBLISHED} if is_shown else {}


def _counterpoint(one: Counterpoint, names: Pseudonyms, site: str) -> CounterpointRecord:
    post, shown = one.post, one.post.is_visible
    return CounterpointRecord(
        id=one.pk,
        claim=one.claim_id,
        target=one.target_id,
        relation=one.relation,
        status=post.status,
        author=names.of(one.speaker, one.claim_id) if shown else None,
        created_at=_moment(post.created_at),
        edited_at=(_moment(post.edited_at) or None) if shown else None,
        restatement=one.restatement if shown else None,
        text=post.text if shown else None,
        up=post.up if shown else None,
        down=post.down if shown else None,
        base=one.base if shown else None,
        strength=one.strength if shown else None,
        link=one.link if shown else None,
        effect=one.effect if shown else None,
        **_camps(one),
        url=site + post.get_absolute_url(),
        **_terms(is_shown=shown),
    )
