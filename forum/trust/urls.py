from django.urls import path

from forum.trust import views

app_name = "trust"

urlpatterns = [
    path("help/trust/", views.levels, name="levels"),
    path("accounts/level/", views.own_level, name="own-level"),
]
