from django import template

from forum.lib import small_letters

register = template.Library()
register.filter("small", small_letters.small)
