from django.urls import path

from forum.house import views

app_name = "house"

urlpatterns = [
    path("site-<slug:look>.css", views.stylesheet, name="stylesheet"),
    path("privacy/", views.privacy, name="privacy"),
    path("contact/", views.contact, name="contact"),
]
