from django.urls import path

from forum.desk import passage_views, views

app_name = "desk"

urlpatterns = [
    path("desk/essays/<slug:slug>/impact/", views.impact, name="impact"),
    path("desk/essays/<slug:slug>/preview/", views.preview, name="preview"),
    path("desk/essays/<slug:slug>/presence/", views.presence, name="presence"),
    path(
        "desk/essays/<slug:slug>/restoration/<int:number>/",
        views.restoration,
        name="restoration",
    ),
    path("desk/essays/<slug:slug>/passages/", passage_views.doubtful_passages, name="passages"),
    path("desk/places/<row:pk>/settlement/", passage_views.settlement, name="settlement"),
    path("desk/settlements/<row:pk>/undoing/", passage_views.undoing, name="undoing"),
]
