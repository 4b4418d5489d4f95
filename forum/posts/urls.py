from django.urls import path

from forum.posts import draft_views, mention_views, views, visit_views

app_name = "posts"

urlpatterns = [
    path("drafts/", draft_views.own_drafts, name="drafts"),
    path("drafts/<row:pk>/removal/", draft_views.draft_removal, name="draft-removal"),
    path("posts/preview/", views.preview, name="preview"),
    path("posts/<row:pk>/", views.post, name="post"),
    path("posts/<row:pk>/context/", views.context, name="context"),
    path("posts/<row:pk>/edit/", views.edit, name="edit"),
    path("posts/<row:pk>/history/", views.history, name="history"),
    path("mentions/", mention_views.names, name="names"),
    path("threads/<row:pk>/visit/", visit_views.visit, name="visit"),
    path("threads/<row:pk>/news/", visit_views.news, name="news"),
]
