"""Below the admin's list of essays."""

from django.urls import path

from essays import import_views

urlpatterns = [
    path("", import_views.import_manuscript, name="import-manuscript"),
    path("<row:pk>/", import_views.manuscript, name="manuscript"),
    path("<row:pk>/<row:number>/", import_views.manuscript_look, name="manuscript-look"),
    path("<row:pk>/discarding/", import_views.manuscript_discarding, name="manuscript-discarding"),
]
