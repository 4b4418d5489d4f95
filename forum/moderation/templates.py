"""Words for what is decided often, as keepers write them and moderators begin with them."""

from typing import Any

from django.db import transaction
from django.http import QueryDict

from forum.house.history import record_changes
from forum.house.permissions import can_settle
from forum.lib.converters import number_in
from forum.lib.site_language import in_site_language
from forum.lib.verdict import ensure
from forum.moderation.models import ReasonTemplate


@transaction.atomic
def keep_template(*, by: Any, template: ReasonTemplate) -> ReasonTemplate:
    """Made, or changed; what it said before stays in the history of settings."""
    ensure(can_settle(by))
    before = ReasonTemplate.objects.select_related("rule").filter(pk=template.pk).first()
    template.save()
    record_changes(
        by=by, subject=f"template {template.pk}",
        before=_words(before) if before else {}, after=_words(template),
    )  # fmt: skip
    return template


def _words(template: ReasonTemplate) -> dict[str, Any]:
    return {
        "title": template.title, "rule": in_site_language(str, template.rule),
        "outcome": template.outcome, "text": template.text, "is offered": template.is_offered,
    }  # fmt: skip


def filled_in(sent: QueryDict) -> QueryDict:
    """What was sent, with the chosen template in it. Nothing that was typed is lost: its words
    come after those.
    """
    filled = sent.copy()
    number = number_in(sent.get("template", ""))
    template = ReasonTemplate.objects.offered().filter(pk=number).first()
    if template is None:
        return filled
    typed = sent.get("reason", "").replace("\r\n", "\n").strip()
    if template.first_words not in typed:
        typed = f"{typed}\n\n{template.first_words}".strip()
    filled["reason"], filled["outcome"] = typed, template.outcome
    filled["rule"] = str(template.rule.number)
    return filled
