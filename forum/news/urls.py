from django.urls import path

from forum.news import follow_views, views

app_name = "news"

urlpatterns = [
    path("following/", views.following, name="following"),
    path("following/ending/", views.ending, name="ending"),
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
