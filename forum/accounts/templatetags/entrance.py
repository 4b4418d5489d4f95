from django import template
from django.conf import settings

register = template.Library()


@register.simple_tag
def openid_name() -> str:
    """Of the other site by which people may come in; nothing where there is none."""
    return str(settings.OPENID["name"]) if settings.OPENID else ""
