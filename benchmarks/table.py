"""The table, as text and as docs/benchmarks.md."""

from collections.abc import Iterable, Sequence

from benchmarks.measure import Row

HEADINGS = (
    "operation", "aim CPU ms", "CPU ms", "aim statements", "statements", "req/s", "p50 ms", "p95 ms",
    "bare CPU ms", "bare statements", "bare ÷ real", "misses its aim",
)  # fmt: skip


def table(rows: Iterable[Row]) -> str:
    lines = [HEADINGS, *(_cells(row) for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEADINGS))]
    head, *body = [_line(line, widths) for line in lines]
    rule = "|" + "|".join("-" * (width + 1) + ("-" if place == 0 else ":") for place, width in enumerate(widths)) + "|"
    return "\n".join([head, rule, *body])


def missed(row: Row) -> str:
    """Which aims the row misses, in words."""
    if row.failed:
        return f"not measured: {row.failed}".replace("|", "/").replace("\n", " ")
    over = []
    if row.aim_ms and row.ms and row.ms > row.aim_ms:
        over.append("CPU")
    if row.aim_statements and row.statements and row.statements > row.aim_statements:
        over.append("statements")
    return ", ".join(over)


def _cells(row: Row) -> Sequence[str]:
    share = f"{100 * row.bare_ms / row.ms:.0f} %" if row.bare_ms and row.ms else ""
    return (
        row.name,
        _number(row.aim_ms),
        _number(row.ms, 1),
        _number(row.aim_statements),
        _number(row.statements),
        _number(row.per_second, 0 if row.per_second and row.per_second >= 10 else 1),
        _number(row.p50, 1),
        _number(row.p95, 1),
        _number(row.bare_ms, 1),
        _number(row.bare_statements),
        share,
        missed(row),
    )


def _number(value: float | None, digits: int | None = None) -> str:
    if value is None:
        return ""
    return f"{value:g}" if digits is None else f"{value:.{digits}f}"


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    padded = [
        cell.ljust(width) if place in (0, len(widths) - 1) else cell.rjust(width)
        for place, (cell, width) in enumerate(zip(cells, widths, strict=True))
    ]
    return "| " + " | ".join(padded) + " |"
