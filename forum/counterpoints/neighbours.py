"""The strip of a claim's page: the claims of its essay with the nearest numbers."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.db.models import BigIntegerField, Case, Q, TextField, Value, When
from django.utils.translation import gettext as _

from forum.counterpoints.models import Claim
from forum.counterpoints.querysets import RELATIONS, signs_columns
from forum.counterpoints.signs import Sign, signs_of
from forum.lib.numbered import address_of
from forum.lib.prepared import Prepared
from forum.lib.rendering import trusted
from forum.lib.small_letters import small
from forum.posts.statuses import PostStatus
from forum.templatetags.look import icon, standing_word

# So many before the claim, and as many after it.
STRIP_REACH = 24


class InStrip(NamedTuple):
    """A claim among its neighbours."""

    pk: int
    number: int
    label: str

    def get_absolute_url(self) -> str:
        return address_of("counterpoints:claim", self.pk)


def _in_strip(essay: int, claim: int, first: int, last: int) -> Any:
    # Nothing is shown of the others' signs, and each would cost as many look-ups.
    signs = {
        name: Case(When(pk=claim, then=rows), output_field=TextField())
        for name, rows in signs_columns(answers=False).items()
    }
    return (
        Claim.objects.filter(
            Q(opening__status=PostStatus.VISIBLE) | Q(pk=claim),
            essay=essay,
            merged_into=None,
            number__gte=Value(first, BigIntegerField()),
            number__lte=Value(last, BigIntegerField()),
        )
        .annotate(**signs)
        .order_by("number")
        .values_list("pk", "number", "label", *signs)
    )


_strip = Prepared(_in_strip)


def strip_of(claim: Claim) -> tuple[list[InStrip], list[Sign]]:
    """The claims with the nearest numbers, and the signs of this one; one query."""
    found = _strip(
        essay=claim.essay_id,
        claim=claim.pk,
        first=claim.number - STRIP_REACH,
        last=claim.number + STRIP_REACH,
    )
    strip, signs = [], []
    for pk, number, label, *texts in found:
        strip.append(InStrip(pk, number, label))
        if pk == claim.pk:
            signs = signs_of(dict(zip(RELATIONS, texts, strict=True)))
    return strip, signs


def strip_html(strip: Sequence[InStrip], current: int) -> str:
    """A sign for each, which leads to it: in a template it would cost ten times as much."""
    said = _("Claim %(number)s, %(standing)s")
    words = {one.label: small(standing_word(one.label)) for one in strip}
    items = []
    for one in strip:
        here = ' aria-current="page"' if one.pk == current else ""
        aloud = said % {"number": one.number, "standing": words[one.label]}
        items.append(
            f'<li><a class="is-{one.label}" href="{one.get_absolute_url()}"{here}>'
            f'{icon(one.label)}<span class="vh">{aloud}</span></a></li>'
        )
    return trusted(f'<ol class="strip">{"".join(items)}</ol>')
