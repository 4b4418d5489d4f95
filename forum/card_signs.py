"""The signs of the standings and the site's own mark, as icons.svg has them, in pixels."""

from collections.abc import Callable

from PIL import Image, ImageDraw

# Of tokens.css, as they are on light paper.
PAPER, INK, SOFT = "#ffffff", "#12161a", "#535b62"
PENCIL = "#1b3fd8"
INKS = {
    "unchallenged": "#56616b",
    "stands": "#0b6a50",
    "unanswered": INK,
    "contested": "#8a5200",
    "refuted": "#b5211b",
    "conceded": "#74379b",
}

# Signs are drawn on a grid of 16, at so many pixels to its unit, and then made small.
FINE = 16
GRID = 16

Point = tuple[float, float]


class _Pen:
    """Draws on the grid."""

    def __init__(self, ink: str, width: int = GRID) -> None:
        self.image = Image.new("RGB", (width * FINE, GRID * FINE), PAPER)
        self.draw = ImageDraw.Draw(self.image)
        self.ink = ink

    def disc(self, centre: Point, radius: float) -> None:
        self.draw.ellipse(_box(centre, radius), fill=self.ink)

    def half_disc(self, radius: float, start: int) -> None:
        """Of the middle, from this angle on for half a turn."""
        self.draw.pieslice(_box((8, 8), radius), start, start + 180, fill=self.ink)

    def ring(self, radius: float, width: float, start: float = 0, end: float = 360) -> None:
        box = _box((8, 8), radius + width / 2)
        self.draw.arc(box, start, end, fill=self.ink, width=round(width * FINE))

    def line(self, start: Point, end: Point, width: float) -> None:
        points = [start[0] * FINE, start[1] * FINE, end[0] * FINE, end[1] * FINE]
        self.draw.line(points, fill=self.ink, width=round(width * FINE))

    def bar(self, x: float, y: float, width: float, height: float, ink: str) -> None:
        box = [x * FINE, y * FINE, (x + width) * FINE - 1, (y + height) * FINE - 1]
        self.draw.rectangle(box, fill=ink)


def _box(centre: Point, radius: float) -> list[float]:
    x, y = centre
    return [
        (x - radius) * FINE, (y - radius) * FINE, (x + radius) * FINE, (y + radius) * FINE,
    ]  # fmt: skip


# The ten dots of a ring: where each stands on a circle of one.
_DOTS = (
    (1.0, 0.0), (0.809, 0.588), (0.309, 0.951), (-0.309, 0.951), (-0.809, 0.588),
    (-1.0, 0.0), (-0.809, -0.588), (-0.309, -0.951), (0.309, -0.951), (0.809, -0.588),
)  # fmt: skip


def _unchallenged(pen: _Pen) -> None:
    for x, y in _DOTS:
        pen.disc((8 + 6 * x, 8 + 6 * y), 1.05)


def _stands(pen: _Pen) -> None:
    pen.disc((8, 8), 7)


def _unanswered(pen: _Pen) -> None:
    pen.ring(6.1, 1.75, 34, 326)
    pen.line((6.5, 8), (16, 8), 2.75)


def _contested(pen: _Pen) -> None:
    pen.ring(6.1, 1.75)
    pen.half_disc(6, 90)


def _refuted(pen: _Pen) -> None:
    pen.ring(6.1, 1.75, 135, 295)
    pen.ring(6.1, 1.75, -45, 115)
    pen.line((13.75, 1.25), (2.25, 14.75), 2)


def _conceded(pen: _Pen) -> None:
    pen.half_disc(5.75, 180)
    pen.line((1, 10.5), (15, 10.5), 2)
    pen.line((1, 14.25), (15, 14.25), 2)


_DRAWN: dict[str, Callable[[_Pen], None]] = {
    "unchallenged": _unchallenged,
    "stands": _stands,
    "unanswered": _unanswered,
    "contested": _contested,
    "refuted": _refuted,
    "conceded": _conceded,
}


def sign(label: str, size: int) -> Image.Image:
    pen = _Pen(INKS[label])
    _DRAWN[label](pen)
    return pen.image.resize((size, size), Image.Resampling.LANCZOS)


def site_mark(height: int) -> Image.Image:
    """Two bars, the lower one in pencil."""
    pen = _Pen(INK, width=22)
    pen.bar(0, 2.5, 14, 4, INK)
    pen.bar(8, 9.5, 14, 4, PENCIL)
    return pen.image.resize((round(22 / GRID * height), height), Image.Resampling.LANCZOS)
