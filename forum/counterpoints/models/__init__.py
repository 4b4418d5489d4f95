from forum.counterpoints.models.changed_mind import ChangedMind
from forum.counterpoints.models.claim import Claim
from forum.counterpoints.models.claim_link import LIVE, ClaimLink, LinkKind, LinkState
from forum.counterpoints.models.claim_word import ClaimWord
from forum.counterpoints.models.correction import Correction
from forum.counterpoints.models.counterpoint import Counterpoint
from forum.counterpoints.models.label_change import Cause, LabelChange
from forum.counterpoints.models.merger import Merger, StanceBefore
from forum.counterpoints.models.reconsideration import Choice, Reconsideration
from forum.counterpoints.models.relation import ESSAYIST, OBJECTIONS, Relation
from forum.counterpoints.models.restating import Restating
from forum.counterpoints.models.stance import Side, Stance
from forum.counterpoints.models.standing import Standing

__all__ = [
    "ESSAYIST",
    "LIVE",
    "OBJECTIONS",
    "Cause",
    "ChangedMind",
    "Choice",
    "Claim",
    "ClaimWord",
    "ClaimLink",
    "Correction",
    "Counterpoint",
    "LabelChange",
    "LinkKind",
    "LinkState",
    "Merger",
    "Reconsideration",
    "Relation",
    "Restating",
    "Side",
    "Stance",
    "StanceBefore",
    "Standing",
]
