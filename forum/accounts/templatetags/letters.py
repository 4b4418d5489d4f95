from pathlib import Path

from django import template
from django.conf import settings

register = template.Library()


@register.simple_tag
def kept_letters() -> str:
    """The folder where a demonstration keeps its letters, seen from the project; else nothing."""
    folder = getattr(settings, "EMAIL_FILE_PATH", None)
    if not settings.DEMO or not folder:
        return ""
    path = Path(folder)
    if path.is_relative_to(settings.BASE_DIR):
        return path.relative_to(settings.BASE_DIR).as_posix()
    return f"{path.parent.name}/{path.name}"
