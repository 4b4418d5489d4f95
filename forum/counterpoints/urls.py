from django.urls import path

from forum.counterpoints import choosing_views, essay_views, views

app_name = "counterpoints"

urlpatterns = [
    path("essays/<slug:slug>/claims/", essay_views.claims, name="claims"),
    path("essays/<slug:slug>/map/", essay_views.claim_map, name="map"),
    path("essays/<slug:slug>/p<int:paragraph>/", choosing_views.choose, name="choose"),
    path("claims/<int:pk>/", views.claim, name="claim"),
    path("claims/<int:pk>/answer/", views.answer_claim, name="answer-claim"),
    path("counterpoints/<int:pk>/answer/", views.answer, name="answer"),
    path("counterpoints/<int:pk>/vote/", views.vote, name="vote"),
    path("counterpoints/<int:pk>/withdrawal/", views.withdrawal, name="withdrawal"),
]
