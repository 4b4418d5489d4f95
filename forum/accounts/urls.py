from django.urls import path

from forum.accounts import views

app_name = "accounts"

urlpatterns = [
    path("sessions/<int:pk>/end/", views.session_end, name="session-end"),
    path("objection/<str:token>/", views.objection, name="objection"),
]
