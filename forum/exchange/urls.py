from django.urls import include, path, register_converter

from forum.exchange import export_views, own_views, views
from forum.exchange.feeds import views as feeds
from forum.lib.converters import RowNumber

register_converter(RowNumber, "list-number")

app_name = "exchange"

urlpatterns = [
    path("api/v1/", include("forum.exchange.api.urls")),
    path("feed.atom", feeds.site_feed, name="site-feed"),
    path("tags/<name:slug>/feed.atom", feeds.tag_feed, name="tag-feed"),
    path("essays/<slug:slug>/feed.atom", feeds.essay_feed, name="essay-feed"),
    path("essays/<slug:slug>/discussion/feed.atom", feeds.discussion_feed, name="discussion-feed"),
    path("claims/<list-number:pk>/feed.atom", feeds.claim_feed, name="claim-feed"),
    path("members/<name:username>/feed.atom", feeds.member_feed, name="member-feed"),
    path("essays/<slug:slug>/export/", export_views.export, name="export"),
    path("essays/<slug:slug>/export/<slug:name>", export_views.export_file, name="export-file"),
    path("accounts/data/", own_views.own_data, name="own-data"),
    path("accounts/data/archive/", own_views.own_archive, name="own-archive"),
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", views.sitemap, name="sitemap"),
    path(
        "sitemap-<slug:section>-<list-number:number>.xml", views.sitemap_list, name="sitemap-list"
    ),
]
