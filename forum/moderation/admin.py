from forum.moderation.rule_admin import RuleAdmin  # noqa: F401 — registered there, found from here
