from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    """The place of the doors for data: feeds, exports, imports. It holds nothing yet."""

    name = "forum.exchange"
