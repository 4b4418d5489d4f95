"""The links of two claims that become one, and of both when they are parted again."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from essays.actions import raise_version
from forum.counterpoints.linking import count_links, ends
from forum.counterpoints.models import Claim, ClaimLink, LinkState, Merger
from forum.posts.rows import raise_thread_version

Key = tuple[int, int, str]


def ends_of(claim: int) -> set[int]:
    """Whoever merges the claim, or parts it, holds them, too: what their pages tell changes."""
    found = ClaimLink.objects.of_claims([claim]).values_list("source", "target")
    return {end for pair in found for end in pair} - {claim}


def move_links(merger: Merger) -> list[tuple[int, str, bool]]:
    """A link of both claims has no object any more; nor has one that the other one has already.

    Gives what `Merger.links` holds.
    """
    claim, into = merger.claim, merger.into
    known = _live_keys(into)
    before = []
    for link in _with_ends(ClaimLink.objects.of_claims([claim.pk]).live()):
        source, target = _turned(link, claim, into)
        is_ended = source.pk == target.pk or _key(source, target, link.kind) in known
        before.append((link.pk, str(link.state), is_ended))
        if is_ended:
            _end(link, merger.made_at)
        else:
            known.add(_key(source, target, link.kind))
            _put(link, source, target)
    _show_changed(merger, [pk for pk, *_ in before])
    return before


def give_links_back(merger: Merger) -> None:
    moved, ended = links_back(merger)
    for link in moved:
        _put(link, *_turned(link, merger.into, merger.claim))
    for link in ended:
        link.state = LinkState(merger.links_before[link.pk][0])
        if link.state == LinkState.PROPOSED:
            link.settled_at = None
        link.save(update_fields=["state", "settled_at"])
    _show_changed(merger, [link.pk for link in (*moved, *ended)])


def links_back(merger: Merger) -> tuple[list[ClaimLink], list[ClaimLink]]:
    """Those that went over, unless somebody has ended them; and those that ended with the merger,
    unless what said the same has ended since, or another end of theirs is a part of another claim
    by now. What another merger has ended since goes back ended: taken back in turn, that one would
    else give the link to the wrong claim.
    """
    known = merger.links_before
    live = _live_keys(merger.into)
    moved, ended = [], []
    for link in _with_ends(ClaimLink.objects.filter(pk__in=list(known)).order_by("pk")):
        is_ended = known[link.pk][1]
        is_here = merger.into_id in {link.source_id, link.target_id}
        if not is_ended and is_here and (link.is_live or link.state == LinkState.MERGED):
            moved.append(link)
        elif is_ended and link.state == LinkState.MERGED:
            source, target = _turned(link, merger.claim, merger.into)
            if source.pk == target.pk or _key(source, target, link.kind) in live:
                ended.append(link)
    return moved, ended


def _with_ends(links: Any) -> Any:
    return links.select_related("source", "target")


def _turned(link: ClaimLink, claim: Claim, to: Claim) -> tuple[Claim, Claim]:
    """Its ends with the one claim in place of the other."""
    source, target = (to if end.pk == claim.pk else end for end in (link.source, link.target))
    return ends(source, target, link.kind)


def _put(link: ClaimLink, source: Claim, target: Claim) -> None:
    link.source, link.target = source, target
    link.source_essay_id, link.target_essay_id = source.essay_id, target.essay_id
    link.save(update_fields=["source", "target", "source_essay", "target_essay"])


def _key(source: Claim, target: Claim, kind: str) -> Key:
    return source.pk, target.pk, kind


def _live_keys(claim: Claim) -> set[Key]:
    links = ClaimLink.objects.of_claims([claim.pk]).live()
    return set(links.values_list("source", "target", "kind"))


def _end(link: ClaimLink, now: datetime) -> None:
    """Who confirmed it, and when, is kept: with the two claims it may come back."""
    link.settled_at = link.settled_at or now
    link.state = LinkState.MERGED
    link.save(update_fields=["state", "settled_at"])


def _show_changed(merger: Merger, links: Iterable[int]) -> None:
    """Of both claims, and of those at the other ends: their counts, and their pages."""
    found = ClaimLink.objects.filter(pk__in=list(links))
    touched = {merger.claim_id, merger.into_id}
    essays = set()
    for source, target, *theirs in found.values_list(
        "source", "target", "source_essay", "target_essay"
    ):
        touched |= {source, target}
        essays.update(theirs)
    count_links(sorted(touched))
    for claim in sorted(touched):
        raise_thread_version(claim)
    for essay in sorted(essays):
        raise_version(essay)
