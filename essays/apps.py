from typing import Any

from django.apps import AppConfig
from django.db.models.signals import pre_save


class EssaysConfig(AppConfig):
    name = "essays"

    def ready(self) -> None:
        """Hear Django's `loaddata`, which writes rows past `save()` and past our actions.

        The only signals we listen to: without them a fixture would leave a revision without its
        HTML, and a second load would set an essay's totals back to nothing.
        """
        pre_save.connect(complete_revision, sender=self.get_model("Revision"))
        pre_save.connect(complete_essay, sender=self.get_model("Essay"))


def complete_revision(*, instance: Any, raw: bool, using: str, **_: Any) -> None:
    if not raw:
        return
    stored = type(instance)._default_manager.using(using).filter(pk=instance.pk).first()
    if stored is not None and stored.source != instance.source:
        raise ValueError(
            f"{instance.essay.slug}: {stored} is here with other words, and a revision is never "
            "changed. Give the new words the next number."
        )
    if not instance.html:
        instance.derive()


# What a fixture seldom carries, and must not blank where the site knows it.
KEPT = (
    "version",
    "current_revision_id",
    "claim_count",
    "counterpoint_count",
    "post_count",
    "open_count",
)


def complete_essay(*, instance: Any, raw: bool, using: str, **_: Any) -> None:
    if not raw:
        return
    stored = type(instance)._default_manager.using(using).filter(pk=instance.pk).first()
    if stored is not None:
        for name in KEPT:
            if getattr(instance, name) == type(instance)._meta.get_field(name).get_default():
                setattr(instance, name, getattr(stored, name))
    if instance.current_revision_id is not None:
        instance.current_revision.essay = instance
        instance.folded = instance.current_revision.searchable()
