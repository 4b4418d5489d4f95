from django.urls import path

from forum.notifications import stopping_views, views

app_name = "notifications"

urlpatterns = [
    path("inbox/", views.inbox, name="inbox"),
    path("inbox/reading/", views.reading, name="reading"),
    path("inbox/<row:pk>/reading/", views.mark_one, name="mark"),
    path("letters/<str:token>/", stopping_views.unsubscription, name="unsubscription"),
    path("letters/<str:token>/resumption/", stopping_views.resumption, name="resumption"),
]
