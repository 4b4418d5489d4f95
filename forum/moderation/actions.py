from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Greatest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forum.accounts.models import User
from forum.lib.site_language import in_site_language
from forum.lib.verdict import Refused, ensure
from forum.moderation import (
    appeals,
    effects,
    ending,
    log,
    outcome_permissions,
    permissions,
    relocating,
    relocation_permissions,
    reversing,
    telling,
    words,
)
from forum.moderation.cases import locked, open_case_of
from forum.moderation.conduct import profile_words
from forum.moderation.destinations import Destination
from forum.moderation.freezing import freeze
from forum.moderation.locking import lock_thread
from forum.moderation.models import (
    RULE_NAME_LENGTH,
    Appeal,
    Case,
    CaseState,
    Decision,
    LogEntry,
    Outcome,
    Report,
    ReportReason,
    Rule,
    Sanction,
    SanctionKind,
)
from forum.moderation.reasons import HELD_GRAVITY
from forum.moderation.sanction_limits import bring_into_force
from forum.moderation.sanction_words import MESSAGES
from forum.posts import actions as posts
from forum.posts.models import Post

EDITED_MEANWHILE = _("The post was edited while you were reading. Read it again, then decide.")
CHANGED_MEANWHILE = _(
    "The member has changed their profile while you were reading. Read it again, then decide."
)
REWORDED = _(
    "Its author has edited the post since you opened this page. It stands above as it reads now: if"
    " it is still wrong, send your report again."
)


class EditedMeanwhile(Refused):
    """What is reported is not what was read."""


@transaction.atomic
def report(
    *,
    reporter: User,
    post: Post,
    reason: str,
    text: str = "",
    seen: str = "",
    now: datetime | None = None,
) -> Report:
    """Add to the post's open case, or open it.

    `seen` is the digest of the words that were read: nobody is held to have reported others.
    """
    ensure(permissions.can_report(reporter, post))
    now = now or timezone.now()
    why = ReportReason.objects.select_related("rule").get(key=reason)
    case = open_case_of(post, now)
    kept = posts.keep_words(post=post, now=now)
    if seen and seen != digest(kept):
        raise EditedMeanwhile(REWORDED)
    made = Report.objects.create(
        case=case, post=post, reporter=reporter, reason=reason, text=text,
        version=kept.edit_count + 1, created_at=now, filed_as=why.name, gravity=why.gravity,
        rule_number=why.rule.number if why.rule else None,
    )  # fmt: skip
    Case.objects.filter(pk=case.pk).update(
        report_count=F("report_count") + 1, gravity=Greatest("gravity", why.gravity)
    )
    return made


@transaction.atomic
def open_case(*, moderator: User, post: Post, now: datetime | None = None) -> Case:
    """Look into a post that nobody reported, or that was decided before; gives an open case."""
    ensure(permissions.can_open_case(moderator, post))
    now = now or timezone.now()
    case = open_case_of(post, now, opened_by=moderator)
    posts.keep_words(post=post, now=now)
    return case


@transaction.atomic
def open_held(post: Post, rule_name: str, now: datetime | None = None) -> Case:
    """A stated rule held the post back: it waits in the queue. `rule_name` is what its author and
    the moderators read of the rule.
    """
    case = open_case_of(post, now or timezone.now())
    case.held_by_rule = rule_name[:RULE_NAME_LENGTH]
    case.gravity = max(case.gravity, HELD_GRAVITY)
    case.save(update_fields=["held_by_rule", "gravity"])
    return case


@transaction.atomic
def claim_case(*, moderator: User, case: Case, now: datetime | None = None) -> Case:
    case = locked(case)
    now = now or timezone.now()
    ensure(permissions.can_claim(moderator, case, now))
    case.claimed_by, case.claimed_at = moderator, now
    case.save(update_fields=["claimed_by", "claimed_at"])
    return case


@transaction.atomic
def release_case(*, moderator: User, case: Case) -> Case:
    case = locked(case)
    ensure(permissions.can_release(moderator, case))
    case.claimed_by = case.claimed_at = None
    case.save(update_fields=["claimed_by", "claimed_at"])
    return case


def digest(judged: Post | User) -> str:
    """Which words a moderator read: a mend within the grace makes no new version."""
    words = profile_words(judged) if isinstance(judged, User) else judged.source
    return sha256(words.encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Choice:
    """What a moderator chose, on its way through the steps of a decision."""

    moderator: User
    outcome: Outcome
    rule: Rule
    reason: str
    sanction: str | None
    until: datetime | None
    locks: bool
    at: datetime
    # What the member is told of a sanction, where it is not what is always said of its kind.
    message: str = ""


@transaction.atomic
def decide(  # noqa: PLR0913 — a decision has that many parts
    *,
    moderator: User,
    case: Case,
    outcome: str,
    rule: Rule,
    reason: str,
    sanction: str | None = None,
    until: datetime | None = None,
    message: str = "",
    lock: bool = False,
    lift: bool = False,
    seen: str = "",
    to: Destination | None = None,
    now: datetime | None = None,
) -> Decision:
    """Decide a case, once. The lock on its row lets one moderator through; the next is refused.

    `seen` is the digest of the words that were read: if the post says something else by now, the
    decision is refused. On appeal, `lift` ends the sanction that was appealed against. `to`: it is
    moved there, with its branch. `lock` closes its thread until a moderator opens it: whoever wants
    it to end by itself locks it on its own form, which asks for how long.
    """
    case = locked(case)
    ensure(permissions.can_decide(moderator, case))
    if to is None:
        ensure(outcome_permissions.can_come_to(case, outcome, sanction))
    else:
        ensure(relocation_permissions.can_move_to(moderator, case.post, to))
    if sanction:
        ensure(permissions.can_sanction(moderator, case.accused))
    if seen and seen != digest(case.judged):
        raise Refused(CHANGED_MEANWHILE if case.is_about_member else EDITED_MEANWHILE)
    at = now or timezone.now()
    locks = lock and not case.is_about_member and not case.post.thread.is_locked
    choice = Choice(
        moderator, Outcome(outcome), rule, reason, sanction or None, until, locks, at, message
    )
    appealed = case.waiting_appeals()
    log.hold()
    decision = _record(case, choice)
    appeals.settle(appealed, decision, lift=lift)
    reversing.mark(appealed, decision)
    entry = _log(decision, _impose(decision, choice), appealed, to)
    ending.log_lifted(appealed, decision)
    if to is None:
        effects.carry_out(decision, entry)
    else:
        relocating.carry_out(decision, to, entry)
    if locks:
        lock_thread(moderator=moderator, thread=case.post.thread, rule=rule, reason=reason, now=at)
    telling.tell(decision, appealed)
    return decision


def _record(case: Case, choice: Choice) -> Decision:
    case.state = CaseState.DECIDED
    case.save(update_fields=["state"])
    post = case.post
    return Decision.objects.create(
        case=case, moderator=choice.moderator, member=case.accused, outcome=choice.outcome,
        rule=choice.rule, reason=choice.reason, status_before=post.status if post else "",
        url_before=post.status_url if post else "", locks=choice.locks, created_at=choice.at,
        told_at=telling.told_at(choice.at),
    )  # fmt: skip


def _impose(decision: Decision, choice: Choice) -> Sanction | None:
    if choice.sanction is None:
        return None
    sanction = Sanction.objects.create(
        member=decision.member, kind=choice.sanction, until=choice.until, decision=decision,
        reason=choice.reason, created_at=choice.at,
        message=choice.message or in_site_language(str, MESSAGES[SanctionKind(choice.sanction)]),
    )  # fmt: skip
    bring_into_force(decision.member_id, choice.at)
    return sanction


def _log(
    decision: Decision, sanction: Sanction | None, appealed: list[Appeal], to: Destination | None
) -> LogEntry:
    """Freeze what was judged, and say in public what was done."""
    case = decision.case
    return log.append(
        kind=log.kind_of(decision), subject=words.for_log(words.subject_of, case.judged, to),
        subject_url=case.public_url, rule=decision.rule, reason=decision.reason,
        moderator=decision.moderator, at=decision.created_at,
        frozen=freeze(decision, sanction),
        about=appealed[-1].decision.log_entry.number if appealed else None,
        ruling=reversing.ruling_of(appealed[-1], decision) if appealed else None,
    )  # fmt: skip
