"""The page on which an editor sees what a draft does, and says what is to be said."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.http import HttpRequest

from essays import drafting
from essays.models import Draft
from forum.desk.decisions import ANSWERS, REASON, SURE, WORDS, Decisions
from forum.desk.finding import Desk
from forum.desk.forms import ImpactForm, ScheduleForm, zones
from forum.desk.impact import ClaimFate, Impact, impact_of
from forum.desk.publishing import behind_words, is_behind
from forum.desk.scheduling import publish_when_due
from forum.lib.rendering import Unrenderable

REFUSED = 400


class Page:
    """What the page shows: of the draft as it lies there, with what was typed into its form."""

    def __init__(self, request: HttpRequest, desk: Desk) -> None:
        self.desk = desk
        self.status = 200
        self.errors: dict[int, str] = {}
        self.link = ""
        self.link_ends_at: datetime | None = None
        self.impact: Impact | None = None
        self.why_not = ""
        draft, sent = desk.draft, request.POST if request.method == "POST" else None
        if draft is not None:
            self._look_at(draft)
        self.form = ImpactForm(
            sent,
            initial={"note": draft.note, "seen": draft.version} if draft is not None else None,
        )
        is_timed = sent is not None and "schedule" in sent
        self.schedule_form = ScheduleForm(sent if is_timed else None, initial={"zone": "UTC"})
        self.decisions = self._decided(sent)

    def _look_at(self, draft: Draft) -> None:
        try:
            self.impact = impact_of(draft)
        except Unrenderable as error:
            self.why_not = str(error)
        if is_behind(draft):
            self.why_not = behind_words(draft)

    def _decided(self, sent: Any) -> Decisions:
        if self.impact is None or self.desk.draft is None:
            return Decisions()
        if sent is None:
            return Decisions.of_draft(self.desk.draft.decisions)
        return Decisions.of_form(self.impact, sent)

    def refuse(self, words: str) -> None:
        self.form.add_error(None, words)
        self.status = REFUSED

    def context(self) -> dict[str, Any]:
        impact, draft = self.impact, self.desk.draft
        current = self.desk.essay.current_revision
        return {
            "essay": self.desk.essay,
            "draft": draft,
            "number": current.number + 1 if current else 1,
            "impact": impact,
            "rows": [self._row(each) for each in impact.claims] if impact else [],
            "form": self.form,
            "schedule_form": self.schedule_form,
            "zones": zones(),
            "why_not": self.why_not,
            "link": self.link,
            "link_ends_at": self.link_ends_at,
            "has_links": draft is not None and draft.preview_links.exists(),
        }

    def _row(self, each: ClaimFate) -> dict[str, Any]:
        pk = each.claim.passage_id
        return {
            "fate": each,
            "claim": each.claim,
            "error": self.errors.get(pk, ""),
            "reason_name": f"{REASON}{each.claim.pk}",
            "reason": self.decisions.reasons.get(pk, ""),
            "sure_name": f"{SURE}{each.claim.pk}",
            "is_sure": pk in self.decisions.confirmed,
            "offers": [
                {
                    "answer": answer,
                    "name": f"{ANSWERS}{answer.pk}",
                    "is_taken": answer.pk in self.decisions.answers,
                    "words_name": f"{WORDS}{answer.pk}",
                    "words": self.decisions.words.get(answer.pk, ""),
                }
                for answer in each.objections
            ],
        }


@transaction.atomic
def schedule(
    *, by: Any, draft: Draft, note: str, decisions: Decisions, at: datetime, zone: str
) -> None:
    drafting.keep_decisions(by=by, draft=draft, note=note, decisions=decisions.kept())
    drafting.schedule(by=by, draft=draft, at=at, zone=zone)
    publish_when_due.using(run_after=draft.publish_at).enqueue()
