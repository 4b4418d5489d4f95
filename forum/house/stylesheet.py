"""The site's own colours, as a stylesheet: the policy allows none inside a page."""

from forum.house.contrast import DARK_PAPERS, LIGHT_PAPERS, tint
from forum.lib.house import House

# As static/css/tokens.css has them, for the scheme that nobody has chosen a colour for.
LIGHT, DARK = "#1b3fd8", "#9db3ff"


def stylesheet_of(house: House) -> str:
    """Colours were checked when they were settled: nothing but six digits comes in here."""
    light, dark = house.accent_light or LIGHT, house.accent_dark or DARK
    tints = tint(light, LIGHT_PAPERS[0]), tint(dark, DARK_PAPERS[0])
    return (
        "@layer tokens {\n"
        "  :root {\n"
        f"    --pencil: light-dark({light}, {dark});\n"
        f"    --pencil-t: light-dark({tints[0]}, {tints[1]});\n"
        "  }\n"
        "}\n"
    )
