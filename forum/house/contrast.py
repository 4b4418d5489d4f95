"""Whether a colour can be read, by the formulas of WCAG 2.2. Plain arithmetic."""

import re

COLOUR = re.compile(r"#[0-9a-f]{6}")
# What WCAG asks of text at level AA.
ENOUGH = 4.5
# The papers of static/css/tokens.css that coloured words stand on.
LIGHT_PAPERS = ("#ffffff", "#f2f4f5")
DARK_PAPERS = ("#131517", "#1d2024")
# How much of the accent is in the tint that lies under it: at most, and in what steps less.
TINT_MOST, TINT_STEP = 0.14, 0.02

# Below it a channel is taken as it is.
NEARLY_BLACK = 0.04045

Channels = tuple[int, int, int]


def contrast(one: str, other: str) -> float:
    """From 1 (the same) to 21 (black on white)."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    red, green, blue = (_linear(channel / 255) for channel in channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def least_contrast(colour: str, papers: tuple[str, ...]) -> float:
    return min(contrast(colour, paper) for paper in papers)


def tint(colour: str, paper: str) -> str:
    """As much of the colour on the paper as still lets words in the colour be read on it."""
    share = TINT_MOST
    while share > 0:
        mixed = _mixed(colour, paper, share)
        if contrast(colour, mixed) >= ENOUGH:
            return mixed
        share = round(share - TINT_STEP, 2)
    return paper


def channels(colour: str) -> Channels:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _linear(value: float) -> float:
    return value / 12.92 if value <= NEARLY_BLACK else ((value + 0.055) / 1.055) ** 2.4


def _mixed(colour: str, paper: str, share: float) -> str:
    pairs = zip(channels(colour), channels(paper), strict=True)
    return "#" + "".join(f"{round(a * share + b * (1 - share)):02x}" for a, b in pairs)
