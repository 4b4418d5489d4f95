"""The stylesheets say start and end, not left and right: the page may run from right to left."""

import re
from pathlib import Path

import pytest

SHEETS = sorted((Path(__file__).resolve().parents[2] / "static" / "css").glob("*.css"))
SIDED = re.compile(
    r"(?:^|[\s;{])"
    r"((?:margin|padding|border|inset|scroll-margin|scroll-padding)-(?:left|right)(?:-\w+)?"
    r"|left|right|float|clear|text-align|caption-side|border-(?:top|bottom)-(?:left|right)-radius)"
    r"\s*:\s*([^;}]+)"
)
# In those that are said of either side by keywords, these are the sides.
KEYWORDS = {"float", "clear", "text-align", "caption-side"}
# Four values go round from the top: where the second is not the fourth, the sides differ.
ROUND = re.compile(
    r"(?:^|[\s;{])(margin|padding|inset|border-width|border-style|border-color)\s*:\s*([^;}]+)"
)
TOWARDS = re.compile(r"(?:gradient\([^;]*\bto (?:left|right)|translateX\()")
# Sheet and declaration, and why it has to be so.
PHYSICAL = {
    ("pop.css", "inset: var(--pop-top) auto auto var(--pop-left)"): (
        "A script measures where the words stand on the screen."
    ),
}


def parts_of(value: str) -> list[str]:
    """`0 calc(1px + 2px) 0` → three."""
    parts, depth = [""], 0
    for char in value.strip():
        depth += (char == "(") - (char == ")")
        if char == " " and depth == 0:
            parts.append("")
        else:
            parts[-1] += char
    return [part for part in parts if part]


def sides_in(css: str) -> list[str]:
    code = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    found = [
        f"{name}: {value.strip()}"
        for name, value in SIDED.findall(code)
        if name not in KEYWORDS or value.strip() in {"left", "right"}
    ]
    for name, value in ROUND.findall(code):
        parts = parts_of(value)
        if len(parts) == 4 and parts[1] != parts[3]:
            found.append(f"{name}: {' '.join(parts)}")
    return found + [match[0] for match in TOWARDS.finditer(code)]


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.name)
def test_a_sheet_names_no_side(path):
    found = sides_in(path.read_text(encoding="utf-8"))
    assert [said for said in found if (path.name, said) not in PHYSICAL] == []


def test_each_exception_is_needed():
    said = {(path.name, each) for path in SHEETS for each in sides_in(path.read_text())}
    assert set(PHYSICAL) <= said


@pytest.mark.parametrize(
    ("css", "found"),
    [
        ("a { margin-left: 1px; }", ["margin-left: 1px"]),
        ("a { left: 0 }", ["left: 0"]),
        ("a { text-align: right; float: left }", ["text-align: right", "float: left"]),
        ("a { text-align: end; margin-inline-start: 1px }", []),
        ("a { inset: 0 auto auto 0; }", ["inset: 0 auto auto 0"]),
        ("a { padding: 1px calc(2px + 1px) 3px calc(2px + 1px); }", []),
        ("a { background: linear-gradient(to right, red, blue); }",
         ["gradient(to right"]),
        (".cols.left { color: red } /* left: 0 */", []),
    ],
)  # fmt: skip
def test_sides_are_found_and_nothing_else(css, found):
    assert sides_in(css) == found
