from essays.models.bookmark import Bookmark
from essays.models.desk import Draft, Manuscript, OpenEdit, PreviewLink
from essays.models.essay import Essay, EssayTag, Openness, Series
from essays.models.image import Image
from essays.models.passage import (
    CONTEXT_LENGTH,
    PASSAGE_LENGTH,
    Passage,
    Place,
    PlaceState,
    Settlement,
)
from essays.models.revision import Revision

__all__ = [
    "CONTEXT_LENGTH",
    "PASSAGE_LENGTH",
    "Bookmark",
    "Draft",
    "Essay",
    "EssayTag",
    "Image",
    "Manuscript",
    "OpenEdit",
    "Openness",
    "Passage",
    "Place",
    "PlaceState",
    "PreviewLink",
    "Revision",
    "Series",
    "Settlement",
]
