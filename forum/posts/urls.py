from django.urls import path

from forum.posts import views

app_name = "posts"

urlpatterns = [
    path("posts/preview/", views.preview, name="preview"),
    path("posts/<int:pk>/", views.post, name="post"),
    path("posts/<int:pk>/edit/", views.edit, name="edit"),
    path("posts/<int:pk>/history/", views.history, name="history"),
]
