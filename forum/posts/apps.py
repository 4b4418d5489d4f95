from django.apps import AppConfig


class PostsConfig(AppConfig):
    name = "forum.posts"

    def ready(self) -> None:
        from forum.posts.begun import listen  # noqa: PLC0415 — models are there only now

        listen()
