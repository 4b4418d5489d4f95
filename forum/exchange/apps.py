from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


class ExchangeConfig(AppConfig):
    """The doors for data: what programs read of the site."""

    name = "forum.exchange"

    def ready(self) -> None:
        from forum.exchange.change_triggers import drop_triggers, make_triggers  # noqa: PLC0415

        pre_migrate.connect(drop_triggers, sender=self)
        post_migrate.connect(make_triggers, sender=self)
