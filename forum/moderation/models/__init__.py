from forum.moderation.models.appeal import APPEAL_LENGTH, Appeal, AppealResult, Ruling
from forum.moderation.models.case import REPORT_LENGTH, RULE_NAME_LENGTH, Case, CaseState, Report
from forum.moderation.models.conversation import (
    CLOSING_LENGTH,
    MESSAGE_LONGEST,
    Conversation,
    Message,
)
from forum.moderation.models.decision import (
    LOCK_REASON_LENGTH,
    OF_MEMBERS,
    REASON_LENGTH,
    REASON_SHORTEST,
    TAKEN_DOWN,
    TAKING_DOWN,
    BranchPost,
    Decision,
    FrozenText,
    Outcome,
)
from forum.moderation.models.legal_notice import EXPLANATION_LENGTH, LegalNotice
from forum.moderation.models.log import LogEntry, LogHead, LogKind
from forum.moderation.models.note import NOTE_LENGTH, ModeratorNote
from forum.moderation.models.reason_template import ReasonTemplate
from forum.moderation.models.relocation import Relocation
from forum.moderation.models.report_reason import ReportReason
from forum.moderation.models.rule import Rule
from forum.moderation.models.sanction import ENDLESS, MESSAGE_LENGTH, Sanction, SanctionKind

__all__ = [
    "EXPLANATION_LENGTH",
    "LegalNotice",
    "CLOSING_LENGTH",
    "MESSAGE_LONGEST",
    "Conversation",
    "Message",
    "ModeratorNote",
    "NOTE_LENGTH",
    "APPEAL_LENGTH",
    "ENDLESS",
    "LOCK_REASON_LENGTH",
    "MESSAGE_LENGTH",
    "OF_MEMBERS",
    "REASON_LENGTH",
    "REASON_SHORTEST",
    "REPORT_LENGTH",
    "RULE_NAME_LENGTH",
    "TAKEN_DOWN",
    "TAKING_DOWN",
    "Appeal",
    "AppealResult",
    "BranchPost",
    "Case",
    "CaseState",
    "Decision",
    "FrozenText",
    "LogEntry",
    "LogHead",
    "LogKind",
    "Outcome",
    "ReasonTemplate",
    "Relocation",
    "Report",
    "ReportReason",
    "Rule",
    "Ruling",
    "Sanction",
    "SanctionKind",
]
