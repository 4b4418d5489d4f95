from django.urls import path

from forum.counterpoints import (
    choosing_views,
    claim_page,
    essay_views,
    history_views,
    link_views,
    map_views,
    reconsider_views,
    restating_views,
    stance_views,
    views,
)

app_name = "counterpoints"

urlpatterns = [
    path("essays/<slug:slug>/claims/", essay_views.claims, name="claims"),
    path("essays/<slug:slug>/map/", map_views.claim_map, name="map"),
    path("essays/<slug:slug>/map.svg", map_views.map_svg, name="map-svg"),
    path("essays/<slug:slug>/p<int:paragraph>/", choosing_views.choose, name="choose"),
    path("essays/<slug:slug>/p<int:paragraph>/similar/", choosing_views.similar, name="similar"),
    path("claims/<row:pk>/", claim_page.claim, name="claim"),
    path("claims/<row:pk>/history/", history_views.history, name="history"),
    path("claims/<row:pk>/key/", views.key, name="key"),
    path("claims/<row:pk>/answer/", views.answer_claim, name="answer-claim"),
    path("claims/<row:pk>/stance/", stance_views.stance, name="stance"),
    path("claims/<row:pk>/moved/", stance_views.moved, name="moved"),
    path("claims/<row:pk>/links/", link_views.links, name="links"),
    path("links/<row:pk>/confirmation/", link_views.link_confirmation, name="link-confirmation"),
    path("links/<row:pk>/refusal/", link_views.link_refusal, name="link-refusal"),
    path("links/<row:pk>/withdrawal/", link_views.link_withdrawal, name="link-withdrawal"),
    path("counterpoints/<row:pk>/answer/", views.answer, name="answer"),
    path("counterpoints/<row:pk>/vote/", views.vote, name="vote"),
    path("counterpoints/<row:pk>/withdrawal/", views.withdrawal, name="withdrawal"),
    path("counterpoints/<row:pk>/restatement/", restating_views.restatement, name="restatement"),
    path(
        "counterpoints/<row:pk>/changed-mind/",
        stance_views.changed_mind,
        name="changed-mind",
    ),
    path(
        "counterpoints/<row:pk>/unchanged-mind/",
        stance_views.unchanged_mind,
        name="unchanged-mind",
    ),
    path(
        "counterpoints/<row:pk>/reconsider/",
        reconsider_views.reconsideration,
        name="reconsideration",
    ),
]
