from django.urls import include, path, register_converter

from forum.exchange import export_views, views
from forum.lib.converters import RowNumber

register_converter(RowNumber, "list-number")

app_name = "exchange"

urlpatterns = [
    path("api/v1/", include("forum.exchange.api.urls")),
    path("essays/<slug:slug>/export/", export_views.export, name="export"),
    path("essays/<slug:slug>/export/<slug:name>", export_views.export_file, name="export-file"),
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", views.sitemap, name="sitemap"),
    path(
        "sitemap-<slug:section>-<list-number:number>.xml", views.sitemap_list, name="sitemap-list"
    ),
]
