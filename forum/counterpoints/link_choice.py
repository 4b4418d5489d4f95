"""Which claim a member means to link with: by its address or number, or by its words."""

import re
from typing import Any

from django.contrib.auth.models import AnonymousUser

from forum.counterpoints.models import Claim
from forum.counterpoints.similar import similar_claims
from forum.lib.converters import number_in
from forum.lib.folding import fold

OFFERED = 12
# Each is looked for in every statement, and nobody remembers more of one.
WORDS_TRIED = 8

_CLAIM = re.compile(r"(?:^|/)claims/([0-9]{1,18})(?:/|$|\?|#)")
_IN_ESSAY = re.compile(r"(?:^|/)essays/([-\w]+)/(?:[^#]*)#(?:claim|p)-([0-9]{1,9})$")


def find_named(claim: Claim, asked: str) -> list[Any] | None:
    """The claim whose address this is, or whose number in the same essay; None if it is neither."""
    asked, claims = asked.strip(), Claim.objects.offered()
    number = number_in(asked.removeprefix("#"), 9)
    if number is not None:
        return list(claims.filter(essay=claim.essay_id, number=number))
    if found := _CLAIM.search(asked):
        return list(claims.filter(pk=int(found[1])))
    if found := _IN_ESSAY.search(asked):
        return list(claims.filter(essay__slug=found[1], number=int(found[2])))
    return None


def offered(claim: Claim, asked: str) -> list[Any]:
    """To choose from: what the words ask for, the same essay's first; three queries at most.

    Asked for nothing: what says something like it, wherever it stands, then more of the same essay.
    """
    named = find_named(claim, asked)
    if named is not None:
        return [one for one in named if one.pk != claim.pk]
    words = fold(asked).split()[:WORDS_TRIED]
    if not words:
        return _suggested(claim)
    claims = Claim.objects.offered().exclude(pk=claim.pk)
    for word in words:
        claims = claims.filter(opening__folded__contains=word)
    return list(claims.near_first(claim.essay_id)[:OFFERED])


def _suggested(claim: Claim) -> list[Any]:
    alike = similar_claims(AnonymousUser(), claim.statement, leave_out=[claim.pk])
    pks = [each.claim.pk for each in alike]
    near = Claim.objects.offered().filter(essay=claim.essay_id).exclude(pk__in=[claim.pk, *pks])
    return [*(each.claim for each in alike), *near.order_by("-pk")[: OFFERED - len(pks)]]


def find_offered(pk: Any) -> Any | None:
    """The claim that a form names, if everybody may read it."""
    number = number_in(str(pk))
    return None if number is None else Claim.objects.offered().filter(pk=number).first()
