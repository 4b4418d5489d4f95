from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HouseConfig(AppConfig):
    """What the keepers settle about the site itself; its own pages; and the history of both."""

    name = "forum.house"
    verbose_name = _("House")
