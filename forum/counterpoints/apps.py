from django.apps import AppConfig


class CounterpointsConfig(AppConfig):
    name = "forum.counterpoints"
