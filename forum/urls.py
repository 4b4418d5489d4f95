"""Every address of the site. A name leads to the view, the template and the test of that name."""

from django.contrib import admin
from django.urls import include, path

from forum import members, views

urlpatterns = [
    path("", views.home, name="home"),
    path("essays/<slug:slug>/", views.essay, name="essay"),
    path("essays/<slug:slug>/r<int:number>/", views.revision, name="revision"),
    path("tags/<slug:slug>/", views.tag, name="tag"),
    path("members/<str:username>/", members.member, name="member"),
    path("how-standing-works/", views.standing_rule, name="standing-rule"),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("", include("forum.posts.urls")),
    path("", include("forum.discussion.urls")),
    path("", include("forum.counterpoints.urls")),
    path("", include("forum.notifications.urls")),
    path("", include("forum.moderation.urls")),
    path("", include("forum.search.urls")),
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
]
