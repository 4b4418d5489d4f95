from django.urls import path

from forum.news import follow_views, mute_views, views

app_name = "news"

urlpatterns = [
    path("following/", views.following, name="following"),
    path("following/ending/", views.ending, name="ending"),
    path("muted/", mute_views.muted, name="muted"),
    path("muted/ending/", mute_views.muting_end, name="muting-end"),
    path("members/<name:username>/mute/", mute_views.mute, name="mute"),
    path("inbox/settings/", views.settings, name="settings"),
    path("essays/<slug:slug>/following/", follow_views.essay, name="follow-essay"),
    path(
        "essays/<slug:slug>/discussion/following/",
        follow_views.discussion,
        name="follow-discussion",
    ),
    path("claims/<row:pk>/following/", follow_views.claim, name="follow-claim"),
    path("tags/<name:slug>/following/", follow_views.tag, name="follow-tag"),
    path("members/<name:username>/following/", follow_views.member, name="follow-member"),
]
