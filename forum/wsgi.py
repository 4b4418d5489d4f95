import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "forum.settings")

django_application = get_wsgi_application()

# Knows the settings, so it comes after Django has read them.
from forum.lib.front_door import FrontDoor  # noqa: E402

application = FrontDoor(django_application)
