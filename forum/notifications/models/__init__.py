from forum.notifications.kinds import NoticeKind, Way
from forum.notifications.models.follow import Follow, FollowKind
from forum.notifications.models.happening import Happening
from forum.notifications.models.letter import Letter, LetterState
from forum.notifications.models.mute import Mute
from forum.notifications.models.news_settings import NewsSettings
from forum.notifications.models.notice import ABOUT_LENGTH, PLACE_LENGTH, Notice

__all__ = [
    "ABOUT_LENGTH",
    "PLACE_LENGTH",
    "Follow",
    "FollowKind",
    "Happening",
    "Letter",
    "LetterState",
    "Mute",
    "NewsSettings",
    "Notice",
    "NoticeKind",
    "Way",
]
