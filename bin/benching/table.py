"""What `make bench` prints."""

from collections.abc import Sequence
from dataclasses import dataclass

from benching.asking import Cost


@dataclass(frozen=True, slots=True)
class Side:
    """One kind of request at one size."""

    cost: Cost
    floor_ms: float
    size: int = 0
    compressed: int = 0
    posts: int = 0
    statements: int | None = None

    @property
    def floors(self) -> float:
        return self.cost.cpu_ms / self.floor_ms


@dataclass(frozen=True, slots=True)
class Line:
    page: str
    reader: str
    small: Side
    large: Side

    @property
    def growth(self) -> float:
        return self.large.cost.cpu_ms / self.small.cost.cpu_ms


def table(lines: Sequence[Line], small: int, large: int) -> str:
    head = [
        "page", "reader", "req/s", "p95 ms", "CPU ms", f"at {small:,}", "growth", "× floor", "SQL",
        "posts", "bytes", "gzip",
    ]  # fmt: skip
    rows = [head, *(_cells(line) for line in lines)]
    widths = [max(len(row[place]) for row in rows) for place in range(len(head))]
    text = [_row(row, widths) for row in rows]
    text.insert(1, _row(["-" * width for width in widths], widths))
    note = (
        f"CPU of server and database together, at {large:,} posts unless it says otherwise; "
        f"SQL and posts: at {small:,} / at {large:,}.\n"
    )
    return "\n".join([note, *text])


def _row(cells: Sequence[str], widths: Sequence[int]) -> str:
    first = [cell.ljust(width) for cell, width in zip(cells[:2], widths, strict=False)]
    rest = [cell.rjust(width) for cell, width in zip(cells[2:], widths[2:], strict=True)]
    return f"| {' | '.join([*first, *rest])} |"


def _cells(line: Line) -> list[str]:
    small, large = line.small, line.large
    return [
        line.page,
        line.reader,
        f"{large.cost.a_second:,.0f}",
        f"{large.cost.p95_ms:.1f}",
        f"{large.cost.cpu_ms:.2f}",
        f"{small.cost.cpu_ms:.2f}",
        f"{line.growth:.2f}",
        f"{large.floors:.2f}",
        _pair(small.statements, large.statements),
        _pair(small.posts, large.posts),
        f"{large.size:,}" if large.size else "",
        f"{large.compressed:,}" if large.compressed else "",
    ]


def _pair(small: int | None, large: int | None) -> str:
    if not small and not large:
        return ""
    return f"{small} / {large}"
