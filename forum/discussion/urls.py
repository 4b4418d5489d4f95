from django.urls import path

from forum.discussion import views, writing_views

app_name = "discussion"

urlpatterns = [
    path("discussion/", views.index, name="index"),
    path("essays/<slug:slug>/discussion/", views.thread, name="thread"),
    path("posts/<row:pk>/reply/", writing_views.reply, name="reply"),
    path("posts/<row:pk>/vote/", views.vote, name="vote"),
    path("posts/<row:pk>/withdrawal/", views.withdrawal, name="withdrawal"),
]
