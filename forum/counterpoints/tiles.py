"""The square signs of counterpoints in pictures: each by itself, or drawn once and placed often."""

from collections.abc import Iterable
from dataclasses import replace

from forum.counterpoints.layout import Tile
from forum.lib.static import static

# A relation's sign fills this much of its tile, and starts this far in.
SIGN, INSET = 0.72, 0.14


def number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def tile_html(tile: Tile, icons: str) -> str:
    x, y, size = number(tile.x), number(tile.y), number(tile.size)
    box = f'<rect x="{x}" y="{y}" width="{size}" height="{size}"/>'
    if tile.is_slot:
        return f'<g class="tile slot">{box}</g>'
    inset, sign = tile.size * INSET, f"{tile.size * SIGN:.2f}"
    return (
        f'<g class="tile is-{tile.relation}{" answered" if tile.is_hollow else ""}">{box}'
        f'<use href="{icons}#{tile.relation}" x="{tile.x + inset:.2f}" y="{tile.y + inset:.2f}" '
        f'width="{sign}" height="{sign}"/></g>'
    )


def defined_html(tiles: Iterable[Tile]) -> str:
    """All that look alike once, for `placed_html`: a score shows hundreds."""
    icons = static("icons.svg")
    alike = {_name(tile): replace(tile, x=0, y=0) for tile in tiles}
    signs = "".join(f'<g id="{name}">{tile_html(alike[name], icons)}</g>' for name in sorted(alike))
    return f"<defs>{signs}</defs>" if signs else ""


def placed_html(tile: Tile) -> str:
    return f'<use href="#{_name(tile)}" x="{number(tile.x)}" y="{number(tile.y)}"/>'


def _name(tile: Tile) -> str:
    kind = "slot" if tile.is_slot else tile.relation
    return f"t-{kind}-{number(tile.size)}{'-answered' if tile.is_hollow else ''}"
