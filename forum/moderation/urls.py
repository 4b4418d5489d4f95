from django.urls import path

from forum.moderation import (
    amendment_views,
    appeal_views,
    claim_views,
    conversation_views,
    fairness_views,
    legal_views,
    many_views,
    own_views,
    reattachment_views,
    relocation_views,
    rules_page,
    slow_views,
    undoing_views,
    views,
    watch_views,
)

app_name = "moderation"

urlpatterns = [
    path("rules/", rules_page.rules, name="rules"),
    path("legal-notice/", legal_views.legal_notice, name="legal-notice"),
    path("moderation/", views.queue, name="queue"),
    path("moderation/legal-notices/", legal_views.legal_notices, name="legal-notices"),
    path("moderation/watch-list/", watch_views.watch_list, name="watch-list"),
    path("moderation/watch-list/<row:pk>/", watch_views.watch_entry, name="watch-entry"),
    path("moderation/watch-list/<row:pk>/switch/", watch_views.watch_switch, name="watch-switch"),
    path(
        "moderation/watch-list/<row:pk>/removal/", watch_views.watch_removal, name="watch-removal"
    ),
    path("moderation/standing/", own_views.own_standing, name="own-standing"),
    path("moderation/reports/", own_views.own_reports, name="own-reports"),
    path("moderation/conversation/", conversation_views.own_conversation, name="own-conversation"),
    path("moderation/conversations/", conversation_views.conversations, name="conversations"),
    path("moderation/members/<name:username>/", conversation_views.member, name="member"),
    path("moderation/members/<name:username>/notes/", conversation_views.note, name="note"),
    path(
        "moderation/members/<name:username>/messages/", conversation_views.message, name="message"
    ),
    path("moderation/members/<name:username>/closing/", conversation_views.closing, name="closing"),
    path(
        "moderation/members/<name:username>/reopening/",
        conversation_views.reopening,
        name="reopening",
    ),
    path("moderation/cases/<int:pk>/notes/", conversation_views.case_note, name="case-note"),
    path("moderation/log/", views.public_log, name="log"),
    path("moderation/fairness/", fairness_views.fairness, name="fairness"),
    path("moderation/cases/together/", many_views.together, name="together"),
    path("moderation/cases/<int:pk>/", views.case, name="case"),
    path("moderation/cases/<int:pk>/claim/", views.claiming, name="claiming"),
    path("moderation/cases/<int:pk>/release/", views.release, name="release"),
    path("moderation/cases/<int:pk>/decision/", views.decision, name="decision"),
    path("moderation/cases/<int:pk>/undoing/", undoing_views.undoing, name="undoing"),
    path("moderation/cases/<int:pk>/restoration/", amendment_views.restoration, name="restoration"),
    path("moderation/decisions/<int:pk>/", appeal_views.statement, name="statement"),
    path("moderation/decisions/<int:pk>/appeal/", appeal_views.appeal, name="appeal"),
    path("moderation/threads/<int:pk>/lock/", views.lock, name="lock"),
    path("moderation/threads/<int:pk>/unlock/", views.unlock, name="unlock"),
    path("moderation/threads/<int:pk>/slow/", slow_views.slow, name="slow"),
    path("moderation/threads/<int:pk>/unslow/", slow_views.unslow, name="unslow"),
    path("moderation/branches/<row:pk>/slow/", slow_views.slow_branch, name="slow-branch"),
    path("moderation/branches/<row:pk>/unslow/", slow_views.unslow_branch, name="unslow-branch"),
    path("moderation/claims/<row:pk>/merger/", claim_views.merger, name="merger"),
    path(
        "moderation/claims/<row:pk>/passage/",
        reattachment_views.reattachment,
        name="reattachment",
    ),
    path("moderation/links/<row:pk>/removal/", claim_views.link_removal, name="link-removal"),
    path("posts/<int:pk>/report/", views.report, name="report"),
    path("posts/<int:pk>/amendment/", amendment_views.amendment, name="amendment"),
    path("posts/<int:pk>/case/", views.opening, name="opening"),
    path("posts/<row:pk>/relocation/", relocation_views.relocation, name="relocation"),
]
