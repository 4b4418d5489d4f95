from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    """The doors for data: what programs read of the site."""

    name = "forum.exchange"
