from forum.moderation.reason_admin import ReportReasonAdmin  # noqa: F401 — and this
from forum.moderation.rule_admin import RuleAdmin  # noqa: F401 — registered there, found from here
from forum.moderation.template_admin import ReasonTemplateAdmin  # noqa: F401 — so is this
