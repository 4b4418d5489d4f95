from django.apps import AppConfig


class HouseConfig(AppConfig):
    """What the keepers settle about the site itself; its own pages; and the history of both."""

    name = "forum.house"
