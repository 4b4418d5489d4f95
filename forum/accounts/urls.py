from django.urls import path

from forum.accounts import viewing_views, views

app_name = "accounts"

urlpatterns = [
    path("viewings/", viewing_views.viewings, name="viewings"),
    path("viewings/end/", viewing_views.viewing_end, name="viewing-end"),
    path("sessions/<row:pk>/end/", views.session_end, name="session-end"),
    path("objection/<str:token>/", views.objection, name="objection"),
]
