"""What of the index a reader may see, and what a search is narrowed to: SQL about an entry `e`."""

from typing import Any

from django.db.models.expressions import RawSQL

from essays.models import Essay, EssayTag
from forum.lib.prepared import Prepared
from forum.search.filters import LEADING, Filters, by_whom
from forum.search.listed import OfListed

SQL = tuple[str, list[Any]]

# The index holds visible posts only; a counterpoint also needs a claim that is still there.
_READABLE = """
    EXISTS ({essays}) AND (e.kind <> 'counterpoint' OR EXISTS (
        SELECT 1 FROM posts_post o
        WHERE o.thread_id = e.thread_id AND o.path = '' AND o.status = 'visible'
    ))
"""
_STANDING = """
    EXISTS (SELECT 1 FROM counterpoints_claim c WHERE c.thread_id = e.thread_id AND c.label = %s)
"""

_ITS_ESSAY = RawSQL("e.essay_id", ())
_listed = OfListed(lambda essays: essays.filter(pk=_ITS_ESSAY).values_list("pk"))
_tagged = Prepared(
    lambda tag: EssayTag.objects.filter(tag=tag, content_object=_ITS_ESSAY).values_list("pk")
)
_written = Prepared(
    lambda members, names: (
        Essay.objects.filter(by_whom(members, names), pk=_ITS_ESSAY).order_by().values_list("pk")
    )
)


def rule_for(user: Any, filters: Filters) -> SQL:
    rules, values = [], []
    for rule, its_values in _rules(user, filters):
        rules.append(rule)
        values += its_values
    return " AND ".join(rules), values


def _rules(user: Any, filters: Filters) -> list[SQL]:
    essays, values = _listed.statement(user)
    rules = [(_READABLE.format(essays=essays), values)]
    if filters.tag is not None:
        tagged, values = _tagged.statement(tag=filters.tag.pk)
        rules.append((f"EXISTS ({tagged})", values))
    if len(filters.kinds) == 1 and filters.kinds[0] not in LEADING:
        rules.append(("e.kind = %s", [*filters.kinds]))
    if filters.standing:
        rules.append((_STANDING, [filters.standing]))
    if filters.author is not None:
        rules.append(_speaks(filters.author.members, filters.author.names))
    for sign, moment in ((">=", filters.first_moment), ("<=", filters.last_moment)):
        if moment is not None:
            rules.append((f"e.at {sign} %s", [int(moment.timestamp())]))
    return rules


def _speaks(members: tuple[int, ...], names: tuple[str, ...]) -> SQL:
    """A member does, or the author of the essay, in whose name nobody in particular does."""
    theirs, values = _written.statement(members=[*members], names=[*names])
    speakers = members or (0,)
    places = ", ".join(["%s"] * len(speakers))
    return (
        f"(e.speaker_id IN ({places}) OR e.speaker_id IS NULL AND EXISTS ({theirs}))",
        [*speakers, *values],
    )
