"""What is left on the editors' desk and nobody will take up again."""

from datetime import datetime, timedelta

from django.utils import timezone

from essays.models import Manuscript, OpenEdit, PreviewLink

# A manuscript that was brought and never made into essays; the writer still has the file.
MANUSCRIPT_LIFE = timedelta(days=30)
# Long after an editor was last seen at an essay.
OPEN_EDIT_LIFE = timedelta(days=1)


def tidy_desk(*, now: datetime | None = None) -> int:
    """Drop what has ended; periodic work. Returns how many manuscripts went."""
    now = now or timezone.now()
    PreviewLink.objects.filter(expires_at__lte=now).delete()
    OpenEdit.objects.filter(seen_at__lt=now - OPEN_EDIT_LIFE).delete()
    return Manuscript.objects.filter(uploaded_at__lt=now - MANUSCRIPT_LIFE).delete()[0]
